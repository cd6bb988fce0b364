// The log of a container: what its script prints, or what its program says as it starts and ends.
//
// Omits:   what programs say while they run: requests that were served leave no line.
// Read:    kubernetes pkg/kubelet/kubelet_pods.go, `validateContainerLogStatus`.

import type { ContainerLog, LogLine } from '../api/containerLog.ts';
import type { Container, Pod } from '../api/kinds/pod.ts';
import type { VirtualMs } from '../runtime/clock.ts';
import { findImage } from '../workload/registry.ts';
import type { Kubelet } from './context.ts';
import { allContainers, type ContainerRecord, type Ended } from './podRecord.ts';
import { ownCourse } from './process.ts';

/** Where a kubelet listens. */
const KUBELET_PORT = 10_250;

export function containerLog(kubelet: Kubelet, pod: Pod, name: string, run: 'current' | 'previous'): ContainerLog {
  const { nodeName = '' } = pod.spec;
  const node = kubelet.nodeOf(nodeName);
  if (node === undefined || kubelet.stopped.has(nodeName)) {
    const address = `${node?.address ?? nodeName}:${KUBELET_PORT}`;
    const url = `https://${address}/containerLogs/${pod.metadata.namespace}/${pod.metadata.name}/${name}`;
    return { kind: 'unreachable', message: `Get "${url}": dial tcp ${address}: connect: connection refused` };
  }
  const container = allContainers(pod).find(other => other.name === name);
  const record = kubelet.memory.get(pod.metadata.uid)?.containers.get(name);
  const where = `container ${JSON.stringify(name)} in pod ${JSON.stringify(pod.metadata.name)}`;
  if (container === undefined || record === undefined) return refused(`${where} is not available`);
  if (run === 'current') return currentLog(kubelet, container, record, where);
  if (record.last === undefined) return refused(`previous terminated ${where} not found`);
  return logOfEnded(container, record.last);
}

function currentLog(
  kubelet: Kubelet,
  container: Container,
  { state, last }: ContainerRecord,
  where: string,
): ContainerLog {
  switch (state.kind) {
    case 'running':
      return {
        kind: 'lines',
        startedAt: state.since,
        lines: linesOf(container, state.since, kubelet.clock.now),
        process: 'running',
      };
    case 'ended':
      return logOfEnded(container, state.ended);
    case 'waiting':
      return last === undefined
        ? refused(`${where} is waiting to start: ${waitingWords(state.reason)}`)
        : logOfEnded(container, last);
  }
}

function waitingWords(reason: string): string {
  if (reason === 'ErrImagePull') return "image can't be pulled";
  return reason === 'ImagePullBackOff' ? 'trying and failing to pull image' : reason;
}

function logOfEnded(container: Container, { startedAt, finishedAt, message }: Ended): ContainerLog {
  const lines = linesOf(container, startedAt, finishedAt);
  // What a program says last is not known before; a script has said it already.
  const isSaid = message === '' || ownCourse(container) !== undefined;
  const said = isSaid ? lines : [...lines, { at: finishedAt, text: message }];
  return { kind: 'lines', startedAt, lines: said, process: 'ended' };
}

function linesOf(container: Container, from: VirtualMs, until: VirtualMs): readonly LogLine[] {
  const course = ownCourse(container);
  if (course !== undefined)
    return course.output.map(({ at, line }) => ({ at: from + at, text: line })).filter(({ at }) => at <= until);
  const { command = [], args = [], env = [] } = container;
  const values = Object.fromEntries(env.map(entry => [entry.name, entry.value ?? '']));
  const image = findImage(container.image);
  const start = { command, args, env: values };
  const said = image?.listens(start).ok === true ? (image.says?.(start) ?? []) : [];
  return said.map(text => ({ at: from, text }));
}

function refused(message: string): ContainerLog {
  return { kind: 'refused', message };
}
