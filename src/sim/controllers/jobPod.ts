// The Pods of a Job: how one is made, and what became of it.
//
// Read:    kubernetes pkg/controller/job/indexed_job_utils.go, backoff_utils.go.

import type { Job } from '../api/kinds/job.ts';
import { type Container, isPodTerminal, type Pod } from '../api/kinds/pod.ts';
import type { NewObject } from '../api/objects.ts';
import { parseTimestamp } from '../api/timestamps.ts';
import type { VirtualMs } from '../runtime/clock.ts';
import { podOfTemplate } from './podOwner.ts';

export const JOB_CONTROLLER = 'job-controller';
/** Holds a Pod until its Job has counted it. */
const TRACKING_FINALIZER = 'batch.kubernetes.io/job-tracking';
const INDEX = 'batch.kubernetes.io/job-completion-index';
const INDEX_FAILURES = 'batch.kubernetes.io/job-index-failure-count';
const INDEX_VARIABLE = 'JOB_COMPLETION_INDEX';

export function isIndexed({ spec }: Job): boolean {
  return spec.completionMode === 'Indexed';
}

export function isTracked({ metadata }: Pod): boolean {
  return metadata.finalizers?.includes(TRACKING_FINALIZER) ?? false;
}

/** The Pod without the Job's hold on it. */
export function untracked(pod: Pod): Pod {
  const { finalizers = [], ...metadata } = pod.metadata;
  const others = finalizers.filter(name => name !== TRACKING_FINALIZER);
  return { ...pod, metadata: { ...metadata, ...(others.length > 0 && { finalizers: others }) } };
}

/** The index of a Pod of an Indexed Job; undefined when it has none that the Job has. */
export function indexOf({ spec }: Job, { metadata }: Pod): number | undefined {
  const text = metadata.annotations?.[INDEX] ?? '';
  const index = Number(text);
  return /^\d+$/.test(text) && index < (spec.completions ?? 0) ? index : undefined;
}

/** Has failed, or is being deleted and so will never succeed. Source: `isPodFailed`. */
export function isFailed({ spec }: Job, pod: Pod): boolean {
  if (pod.status?.phase === 'Failed') return true;
  if (spec.podReplacementPolicy === 'Failed') return false;
  return pod.metadata.deletionTimestamp !== undefined && pod.status?.phase !== 'Succeeded';
}

/** Being deleted and not yet at its end. */
export function isOnItsWayOut(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp !== undefined && !isPodTerminal(pod);
}

/** How often the Pod's index has failed before it. */
export function failuresBefore({ metadata }: Pod): number {
  return Number(metadata.annotations?.[INDEX_FAILURES] ?? 0);
}

/** When the last container of a Pod ended, as far as its status tells. Source: `getFinishedTime`. */
export function finishedAt({ status, metadata }: Pod, now: VirtualMs): VirtualMs {
  const ends = (status?.containerStatuses ?? []).flatMap(({ state }) => {
    const at = parseTimestamp(state?.terminated?.finishedAt ?? '');
    return at === undefined ? [] : [at];
  });
  if (ends.length > 0) return Math.max(...ends);
  const ready = status?.conditions?.find(({ type }) => type === 'Ready')?.lastTransitionTime;
  return parseTimestamp(ready ?? '') ?? parseTimestamp(metadata.deletionTimestamp ?? '') ?? now;
}

/** @param failures how often its index has failed; undefined where the Job does not count by index */
export function jobPod(job: Job, index: number | undefined, failures: number | undefined): NewObject<Pod> {
  const pod = podOfTemplate(job, job.spec.template);
  const tracked = { ...pod.metadata, finalizers: [...(pod.metadata.finalizers ?? []), TRACKING_FINALIZER] };
  if (index === undefined) return { ...pod, metadata: tracked };
  const { name } = job.metadata;
  const mark = { [INDEX]: String(index) };
  return {
    ...pod,
    metadata: {
      ...tracked,
      generateName: `${name}-${index}-`,
      labels: { ...tracked.labels, ...mark },
      annotations: {
        ...tracked.annotations,
        ...mark,
        ...(failures !== undefined && { [INDEX_FAILURES]: String(failures) }),
      },
    },
    spec: {
      ...pod.spec,
      hostname: `${name}-${index}`,
      containers: pod.spec.containers.map(withIndex),
      ...(pod.spec.initContainers !== undefined && { initContainers: pod.spec.initContainers.map(withIndex) }),
    },
  };
}

function withIndex(container: Container): Container {
  if (container.env?.some(({ name }) => name === INDEX_VARIABLE) === true) return container;
  const fieldRef = { apiVersion: 'v1', fieldPath: `metadata.labels['${INDEX}']` };
  return { ...container, env: [...(container.env ?? []), { name: INDEX_VARIABLE, valueFrom: { fieldRef } }] };
}
