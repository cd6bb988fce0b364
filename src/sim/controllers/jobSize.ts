// How many Pods of a Job run at a time: makes what is missing, deletes what is too much.
//
// Read:    kubernetes pkg/controller/job/job_controller.go, `manageJob`; indexed_job_utils.go, `firstPendingIndexes`.

import type { ApiClient } from '../api/client.ts';
import type { Job } from '../api/kinds/job.ts';
import { type Pod, pods } from '../api/kinds/pod.ts';
import type { VirtualMs } from '../runtime/clock.ts';
import {
  failuresBefore,
  finishedAt,
  indexOf,
  isFailed,
  isIndexed,
  isOnItsWayOut,
  JOB_CONTROLLER,
  jobPod,
  untracked,
} from './jobPod.ts';
import { isSuspended, type JobCounts, untilNextTry, untilNextTryOf } from './jobRules.ts';
import { dropPod, makePod } from './podOwner.ts';
import { inOrderOfDeletion } from './podRank.ts';

/** Pods made in one go. Source: `MaxPodCreateDeletePerSync`. */
const BURST = 500;

export interface JobScene {
  readonly pods: readonly Pod[];
  readonly active: readonly Pod[];
  readonly counts: JobCounts;
  readonly now: VirtualMs;
}

/** @returns how many Pods run or are on their way, and how long until more are to be made */
export function manageJob(
  api: ApiClient,
  job: Job,
  scene: JobScene,
): { readonly active: number; readonly wait: VirtualMs } {
  const { active, counts } = scene;
  const never = Number.POSITIVE_INFINITY;
  const { parallelism = 1, completions } = job.spec;
  const left = completions === undefined ? parallelism : Math.max(0, completions - counts.succeeded);
  // Whoever takes work from a queue goes on when the first has found it empty.
  const isDrying = completions === undefined && counts.succeeded > 0;
  const wanted = isSuspended(job) ? 0 : isDrying ? active.length : Math.min(parallelism, left);
  const surplus = surplusOf(job, active, active.length - wanted);
  if (surplus.length > 0) {
    for (const pod of surplus) dropUncounted(api, job, pod);
    return { active: active.length - surplus.length, wait: never };
  }
  const leaving = job.spec.podReplacementPolicy === 'Failed' ? scene.pods.filter(isOnItsWayOut).length : 0;
  const missing = Math.min(wanted - leaving - active.length, BURST);
  if (missing <= 0) return { active: active.length, wait: never };
  return create(api, job, scene, missing);
}

/** Such a Pod is neither a success nor a failure. */
function dropUncounted(api: ApiClient, job: Job, pod: Pod): void {
  const released = api.update(pods, untracked(pod));
  if (released.ok) dropPod(api, job, released.value, JOB_CONTROLLER);
}

/** Second Pods of an index, then those that do the least. */
function surplusOf(job: Job, active: readonly Pod[], atLeast: number): readonly Pod[] {
  const seen = new Set<number>();
  const doubles = active.filter(pod => {
    if (!isIndexed(job)) return false;
    const index = indexOf(job, pod);
    if (index === undefined || seen.has(index)) return true;
    seen.add(index);
    return false;
  });
  const others = inOrderOfDeletion(active.filter(pod => !doubles.includes(pod)));
  return [...doubles, ...others.slice(0, Math.max(0, atLeast - doubles.length))];
}

function create(
  api: ApiClient,
  job: Job,
  { pods: all, active, counts, now }: JobScene,
  missing: number,
): { readonly active: number; readonly wait: VirtualMs } {
  const byIndex = job.spec.backoffLimitPerIndex !== undefined;
  const wait = byIndex ? 0 : untilNextTry(job, all, now);
  if (wait > 0) return { active: active.length, wait };
  let made = 0;
  let shortest = Number.POSITIVE_INFINITY;
  const make = (index: number | undefined, failures: number | undefined): void => {
    if (makePod(api, job, jobPod(job, index, failures), JOB_CONTROLLER).ok) made++;
  };
  if (!isIndexed(job)) for (let i = 0; i < missing; i++) make(undefined, undefined);
  for (const index of isIndexed(job) ? pendingIndexes(job, all, active, counts).slice(0, missing) : []) {
    const last = byIndex ? lastFailedOf(job, all, index, now) : undefined;
    const rest = untilNextTryOf(last, now);
    if (rest > 0) shortest = Math.min(shortest, rest);
    else make(index, byIndex ? (last === undefined ? 0 : failuresBefore(last) + 1) : undefined);
  }
  return { active: active.length + made, wait: shortest };
}

/** The lowest indexes that nobody works on and that are not through. */
function pendingIndexes(
  job: Job,
  all: readonly Pod[],
  active: readonly Pod[],
  { succeededIndexes, failedIndexes }: JobCounts,
): readonly number[] {
  const busy = job.spec.podReplacementPolicy === 'Failed' ? [...active, ...all.filter(isOnItsWayOut)] : active;
  const taken = new Set(busy.map(pod => indexOf(job, pod)));
  const pending: number[] = [];
  for (let index = 0; index < (job.spec.completions ?? 0); index++)
    if (!taken.has(index) && !succeededIndexes.has(index) && failedIndexes?.has(index) !== true) pending.push(index);
  return pending;
}

function lastFailedOf(job: Job, all: readonly Pod[], index: number, now: VirtualMs): Pod | undefined {
  return all
    .filter(pod => isFailed(job, pod) && indexOf(job, pod) === index)
    .sort((a, b) => finishedAt(a, now) - finishedAt(b, now))
    .at(-1);
}
