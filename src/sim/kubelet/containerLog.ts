// What a container has printed: the lines of its script. The programs of images print nothing.
//
// Simplified: a container starts at a whole second, as its status says; logs are never rotated.
// Read:    kubernetes.io/docs/concepts/cluster-administration/logging.

import type { ContainerState, Pod } from '../api/kinds/pod.ts';
import { parseTimestamp } from '../api/timestamps.ts';
import type { LogLine } from '../api/world.ts';
import type { VirtualMs } from '../runtime/clock.ts';
import { ownCourse } from './process.ts';

/** @param state how it runs, or ran: that says from when to when */
export function containerLog(pod: Pod, name: string, state: ContainerState, now: VirtualMs): readonly LogLine[] {
  const container = [...(pod.spec.initContainers ?? []), ...pod.spec.containers].find(own => own.name === name);
  const startedAt = state.running?.startedAt ?? state.terminated?.startedAt;
  const start = startedAt === undefined ? undefined : parseTimestamp(startedAt);
  if (container === undefined || start === undefined) return [];
  const finishedAt = state.terminated?.finishedAt;
  // It may have ended within the second that its status names.
  const end = finishedAt === undefined ? now : (parseTimestamp(finishedAt) ?? now) + 999;
  return (ownCourse(container)?.output ?? [])
    .map(({ at, line }) => ({ at: start + at, text: line }))
    .filter(({ at }) => at <= end);
}
