// The life of one Pod on its node, step by step: sandbox, init containers, containers, and what has to be started again.
//
// Read:    kubernetes pkg/kubelet/kubelet.go, `SyncPod`; kuberuntime_manager.go, `computePodActions`.

import type { Container, Pod } from '../api/kinds/pod.ts';
import { rejectionOf } from './admission.ts';
import { containerEnded } from './containerEnd.ts';
import { awaitExit, showPullBackOff, startContainer } from './containerStart.ts';
import { isAwaited, KUBELET_MS, type Kubelet, publish, RETRY_MS, sleep, tell, wake } from './context.ts';
import { writePodFiles } from './podFiles.ts';
import { allContainers, isRunning, isSidecar, newRecord, type PodRecord, withContainer } from './podRecord.ts';
import { phaseOf } from './podStatus.ts';
import { startProbes } from './probes.ts';
import { heedsTerm, ownCourse } from './process.ts';
import { missingVolume } from './references.ts';
import { createSandbox } from './sandbox.ts';
import { cleanUp, terminate } from './termination.ts';

/** What is to be done for a Pod of this node, from what the API says about it now. */
export function syncPod(kubelet: Kubelet, pod: Pod): void {
  const { memory, clock } = kubelet;
  if (pod.metadata.deletionTimestamp !== undefined) {
    terminate(kubelet, pod);
    return;
  }
  const record = memory.get(pod.metadata.uid);
  if (record === undefined) {
    if (pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed') return;
    memory.set(pod.metadata.uid, newRecord(pod, clock.now));
    publish(kubelet, pod);
    wake(kubelet, pod, { purpose: 'sandbox', after: KUBELET_MS.sandbox });
    const { activeDeadlineSeconds: deadline } = pod.spec;
    if (deadline !== undefined) wake(kubelet, pod, { purpose: 'deadline', after: deadline * 1000, kind: 'periodic' });
  } else if (record.phase === 'working' && (pod.spec.readinessGates ?? []).length > 0) publish(kubelet, pod);
}

/** Source: the message of containerd and the kubelet when a plugin fails. */
function sandboxError(pod: Pod, message: string): string {
  return `Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "${pod.metadata.uid.replaceAll('-', '')}": ${message}`;
}

export function makeSandbox(kubelet: Kubelet, pod: Pod): void {
  const { memory, nodeOf, dns } = kubelet;
  const node = nodeOf(pod.spec.nodeName ?? '');
  const record = memory.get(pod.metadata.uid);
  if (node === undefined || record === undefined || record.phase !== 'working') return;
  const rejection = rejectionOf(kubelet.api, pod);
  if (rejection !== undefined) {
    tell(kubelet, pod, 'Warning', rejection.reason, rejection.message);
    const failure = { reason: rejection.reason, message: `Pod was rejected: ${rejection.message}` };
    endForGood(kubelet, pod, { ...record, containers: new Map(), failure });
    return;
  }
  const missing = missingVolume(kubelet.api, pod);
  if (missing !== undefined) {
    const message = `MountVolume.SetUp failed for volume "${missing.volume}" : ${missing.why}`;
    tell(kubelet, pod, 'Warning', 'FailedMount', message);
    wake(kubelet, pod, { purpose: 'sandbox', after: RETRY_MS, kind: 'periodic' });
    return;
  }
  let podIP: string = node.address;
  if (pod.spec.hostNetwork !== true) {
    const created = createSandbox(node.host, node.plugins ?? [], pod);
    if (!created.ok) {
      const { plugin, msg } = created.error;
      const message = sandboxError(pod, `plugin type="${plugin}" failed (add): ${msg}`);
      tell(kubelet, pod, 'Warning', 'FailedCreatePodSandBox', message);
      wake(kubelet, pod, { purpose: 'sandbox', after: RETRY_MS, kind: 'periodic' });
      return;
    }
    podIP = created.value;
  }
  for (const message of writePodFiles(node.host.files, pod, [podIP], dns))
    tell(kubelet, pod, 'Warning', 'DNSConfigForming', message);
  memory.set(pod.metadata.uid, { ...record, podIP });
  publish(kubelet, pod);
  proceed(kubelet, pod);
}

/** Starts what is due, after the time that this takes. */
function proceed(kubelet: Kubelet, pod: Pod): void {
  const record = kubelet.memory.get(pod.metadata.uid);
  if (record?.phase !== 'working' || record.podIP === undefined) return;
  if (dueContainers(pod, record).length > 0) {
    if (!isAwaited(kubelet, pod, 'start')) wake(kubelet, pod, { purpose: 'start', after: KUBELET_MS.start });
  } else if (isOver(pod, record)) endForGood(kubelet, pod, record);
}

/** Init containers one after the other, then all others; sidecars whenever they have ended. */
function dueContainers(pod: Pod, { containers }: PodRecord): readonly Container[] {
  const due: Container[] = [];
  const isDue = ({ name }: Container) => containers.get(name)?.wish === 'start';
  for (const container of pod.spec.initContainers ?? []) {
    const known = containers.get(container.name);
    if (isDue(container)) due.push(container);
    const isThrough = isSidecar(pod, container)
      ? known?.started === true && isRunning(known)
      : known?.state.kind === 'ended' && known.state.ended.exitCode === 0;
    // A sidecar that has to be started again holds up nothing that runs already.
    if (!isThrough && !(isSidecar(pod, container) && (known?.runs ?? 0) > 0)) return due;
  }
  return [...due, ...pod.spec.containers.filter(isDue)];
}

function isOver(pod: Pod, record: PodRecord): boolean {
  const phase = phaseOf(pod, record);
  return phase === 'Succeeded' || phase === 'Failed';
}

export function startDue(kubelet: Kubelet, pod: Pod): void {
  const node = kubelet.nodeOf(pod.spec.nodeName ?? '');
  const record = kubelet.memory.get(pod.metadata.uid);
  if (node === undefined || record?.phase !== 'working') return;
  for (const container of dueContainers(pod, record)) startContainer(kubelet, node, pod, container);
  publish(kubelet, pod);
  proceed(kubelet, pod);
}

/** The container's process ends: by itself, or because it was told to. */
export function endContainer(kubelet: Kubelet, pod: Pod, container: Container, how: 'exit' | 'killed'): void {
  const course = ownCourse(container);
  const exitCode = how === 'exit' ? (course?.exitCode ?? 0) : heedsTerm(container) ? 0 : 137;
  const message = how === 'exit' ? (course?.output.map(({ line }) => `${line}\n`).join('') ?? '') : '';
  containerEnded(kubelet, pod, container, { exitCode, message });
  publish(kubelet, pod);
  proceed(kubelet, pod);
}

/** A back-off is over. */
export function retry(kubelet: Kubelet, pod: Pod, container: Container): void {
  const record = kubelet.memory.get(pod.metadata.uid);
  if (record?.phase !== 'working') return;
  kubelet.memory.set(pod.metadata.uid, withContainer(record, container.name, { wish: 'start' }));
  proceed(kubelet, pod);
}

export function pullWaits(kubelet: Kubelet, pod: Pod, container: Container): void {
  showPullBackOff(kubelet, pod, container);
  publish(kubelet, pod);
}

/** Nothing will be started any more: sidecars and the sandbox go, the status stays. */
function endForGood(kubelet: Kubelet, pod: Pod, record: PodRecord): void {
  kubelet.memory.set(pod.metadata.uid, { ...record, phase: 'ending' });
  for (const container of allContainers(pod)) {
    const { name } = container;
    if (isRunning(kubelet.memory.get(pod.metadata.uid)?.containers.get(name))) {
      tell(kubelet, pod, 'Normal', 'Killing', `Stopping container ${name}`);
      containerEnded(kubelet, pod, container, { exitCode: heedsTerm(container) ? 0 : 137, message: '' });
    }
    for (const purpose of ['retry', 'pull-wait'] as const) sleep(kubelet, pod, purpose, name);
  }
  for (const purpose of ['deadline', 'start'] as const) sleep(kubelet, pod, purpose);
  const ended = kubelet.memory.get(pod.metadata.uid) ?? record;
  kubelet.memory.set(pod.metadata.uid, { ...ended, phase: 'ended' });
  publish(kubelet, pod);
  cleanUp(kubelet, pod);
}

/** Source: kubelet active_deadline.go. */
export function exceedDeadline(kubelet: Kubelet, pod: Pod): void {
  const record = kubelet.memory.get(pod.metadata.uid);
  if (record?.phase !== 'working') return;
  const message = 'Pod was active on the node longer than the specified deadline';
  tell(kubelet, pod, 'Normal', 'DeadlineExceeded', message);
  endForGood(kubelet, pod, { ...record, failure: { reason: 'DeadlineExceeded', message } });
}

/** The node's kubelet is back: it takes up every Pod where its containers are by now. */
export function resume(kubelet: Kubelet, pod: Pod): void {
  const record = kubelet.memory.get(pod.metadata.uid);
  if (record === undefined || pod.metadata.deletionTimestamp !== undefined) {
    syncPod(kubelet, pod);
    return;
  }
  publish(kubelet, pod);
  if (record.phase !== 'working') return;
  if (record.podIP === undefined) {
    wake(kubelet, pod, { purpose: 'sandbox', after: KUBELET_MS.sandbox });
    return;
  }
  for (const container of allContainers(pod)) {
    const known = record.containers.get(container.name);
    if (known?.state.kind === 'running') {
      const course = ownCourse(container);
      if (course !== undefined) awaitExit(kubelet, pod, container, course, kubelet.clock.now - known.state.since);
      startProbes(kubelet, pod, container);
    } else if (known?.state.kind === 'waiting' && known.wish === 'rest') retry(kubelet, pod, container);
  }
  proceed(kubelet, pod);
}
