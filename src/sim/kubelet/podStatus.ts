// What the kubelet writes into a Pod's status: phase, conditions and containers.
//
// Read:    kubernetes pkg/kubelet/kubelet_pods.go, `generateAPIPodStatus`, `getPhase`, `convertStatusToAPIStatus`.

import type { Container, ContainerState, ContainerStatus, Pod, PodStatus } from '../api/kinds/pod.ts';
import { timestamp } from '../api/timestamps.ts';
import type { VirtualMs } from '../runtime/clock.ts';
import { podConditions } from './podConditions.ts';
import { type ContainerRecord, type Ended, isSidecar, type PodRecord } from './podRecord.ts';

/** The whole status, from what the kubelet knows. */
export function podStatus(pod: Pod, record: PodRecord, hostIP: string, now: VirtualMs): PodStatus {
  const { podIP, failure } = record;
  const phase = phaseOf(pod, record);
  const startTime = timestamp(record.startTime);
  // A Pod that was rejected never had any.
  if (record.containers.size === 0)
    return {
      phase,
      ...failure,
      startTime,
      ...(pod.status?.qosClass !== undefined && { qosClass: pod.status.qosClass }),
    };
  const containerStatuses = pod.spec.containers.map(container => containerStatus(pod, container, record));
  const initContainerStatuses = pod.spec.initContainers?.map(container => containerStatus(pod, container, record));
  return {
    ...pod.status,
    phase,
    conditions: podConditions(pod, record, phase, timestamp(now)),
    ...(failure !== undefined && failure),
    hostIP,
    hostIPs: [{ ip: hostIP }],
    ...(podIP !== undefined && { podIP, podIPs: [{ ip: podIP }] }),
    startTime,
    ...(initContainerStatuses !== undefined && { initContainerStatuses }),
    containerStatuses,
  };
}

/** Source: kubelet_pods.go, `getPhase`. */
export function phaseOf(pod: Pod, record: PodRecord): 'Pending' | 'Running' | 'Succeeded' | 'Failed' {
  if (record.failure !== undefined) return 'Failed';
  const policy = pod.spec.restartPolicy ?? 'Always';
  for (const container of pod.spec.initContainers ?? []) {
    const init = record.containers.get(container.name);
    if (init === undefined) return 'Pending';
    if (isSidecar(pod, container)) {
      if (!init.started && record.phase === 'working') return 'Pending';
    } else {
      const ended = init.state.kind === 'ended' ? init.state.ended : init.last;
      if (init.state.kind === 'ended' && ended?.exitCode === 0) continue;
      if (ended !== undefined && ended.exitCode !== 0 && policy === 'Never') return 'Failed';
      return 'Pending';
    }
  }
  const own = pod.spec.containers.map(({ name }) => record.containers.get(name));
  // A container that waits for its next run counts as one that has ended.
  if (own.some(container => container?.state.kind === 'waiting' && container.last === undefined)) return 'Pending';
  if (own.some(container => container?.state.kind === 'running')) return 'Running';
  const isAllDone = own.every(container => container?.state.kind === 'ended' && container.wish === 'rest');
  if (record.phase === 'working' && (policy === 'Always' || !isAllDone)) return 'Running';
  return own.every(container => container?.state.kind === 'ended' && container.state.ended.exitCode === 0)
    ? 'Succeeded'
    : 'Failed';
}

function containerStatus(pod: Pod, container: Container, record: PodRecord): ContainerStatus {
  const known = record.containers.get(container.name);
  const { name, image } = container;
  const state = known === undefined ? {} : stateOf(pod, container, known);
  const hasRun = (known?.runs ?? 0) > 0;
  return {
    name,
    image,
    imageID: hasRun ? image : '',
    started: known?.started ?? false,
    ready: known?.ready ?? false,
    restartCount: known?.restarts ?? 0,
    ...(hasRun && { containerID: containerId(pod, name, known?.runs ?? 0) }),
    state,
    ...(known?.last !== undefined && { lastState: { terminated: terminated(pod, container, known.last) } }),
  };
}

function stateOf(pod: Pod, container: Container, { state }: ContainerRecord): ContainerState {
  switch (state.kind) {
    case 'waiting':
      return { waiting: { reason: state.reason, ...(state.message !== undefined && { message: state.message }) } };
    case 'running':
      return { running: { startedAt: timestamp(state.since) } };
    case 'ended':
      return { terminated: terminated(pod, container, state.ended) };
  }
}

function terminated(pod: Pod, container: Container, ended: Ended): NonNullable<ContainerState['terminated']> {
  const isShown = container.terminationMessagePolicy === 'FallbackToLogsOnError' && ended.exitCode !== 0;
  return {
    exitCode: ended.exitCode,
    reason: ended.reason,
    ...(isShown && ended.message !== '' && { message: ended.message }),
    startedAt: timestamp(ended.startedAt),
    finishedAt: timestamp(ended.finishedAt),
    containerID: containerId(pod, container.name, ended.run),
  };
}

/** One a run. The first of a Pod with one container has the characters of the Pod's uid. */
function containerId(pod: Pod, name: string, run: number): string {
  const isFirst = run === 1 && pod.spec.containers[0]?.name === name;
  const base = pod.metadata.uid.replaceAll('-', '');
  if (isFirst) return `containerd://${base}`;
  let hash = run;
  for (let i = 0; i < name.length; i++) hash = (Math.imul(hash, 31) + name.charCodeAt(i)) >>> 0;
  return `containerd://${base.slice(8)}${hash.toString(16).padStart(8, '0')}`;
}
