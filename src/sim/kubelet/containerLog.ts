// The log of a container: what its script prints, or why its program did not start.
//
// Omits:   what programs say while they run; logs are never rotated.
// Read:    kubernetes pkg/kubelet/kubelet_pods.go, `validateContainerLogStatus`.

import type { ContainerLog, LogLine } from '../api/containerLog.ts';
import type { Container, Pod } from '../api/kinds/pod.ts';
import type { VirtualMs } from '../runtime/clock.ts';
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

/** Simplified: a container starts at a whole second, as its status says. */
function linesOf(container: Container, from: VirtualMs, until: VirtualMs): readonly LogLine[] {
  const start = Math.floor(from / 1000) * 1000;
  return (ownCourse(container)?.output ?? [])
    .filter(({ at }) => from + at <= until)
    .map(({ at, line }) => ({ at: start + at, text: line }));
}

function refused(message: string): ContainerLog {
  return { kind: 'refused', message };
}
