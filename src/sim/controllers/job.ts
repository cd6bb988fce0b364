// The Job controller: Pods that run to their end, so many times.
//
// Models:  completions and parallelism, work queues, indexes, back-off and its limits (per index, too), failure and success
//          policies, deadlines, suspension; Pods are counted once, by their finalizer.
// Omits:   slow starts of many Pods; Jobs that another controller manages are left alone.
// Read:    kubernetes pkg/controller/job/job_controller.go, `syncJob`, `manageJob`, `trackJobStatusAndRemoveFinalizers`.

import type { ApiClient } from '../api/client.ts';
import { type Controller, ofKind } from '../api/controller.ts';
import { equalJson } from '../api/json.ts';
import { type Job, type JobStatus, jobs } from '../api/kinds/job.ts';
import { isPodReady, isPodTerminal, type Pod, pods } from '../api/kinds/pod.ts';
import { type Condition, type ObjectKey, parseKey, type Timestamp } from '../api/objects.ts';
import { timestamp } from '../api/timestamps.ts';
import type { VirtualMs } from '../runtime/clock.ts';
import type { ControllerContext } from './context.ts';
import { formatIndexes, parseIndexes } from './jobIndexes.ts';
import {
  failuresBefore,
  indexOf,
  isFailed,
  isIndexed,
  isOnItsWayOut,
  isTracked,
  JOB_CONTROLLER,
  untracked,
} from './jobPod.ts';
import { isSuspended, type JobCounts, type JobVerdict, matchFailure, untilDeadline, verdictOn } from './jobRules.ts';
import { manageJob } from './jobSize.ts';
import { controllerOf } from './ownership.ts';
import { isPodActive } from './podCounts.ts';
import { claimPods, dropPod, podsOf } from './podOwner.ts';

/** The value of `managedBy` that means this controller. */
const SELF = 'kubernetes.io/job-controller';

export function jobController({ clock }: Pick<ControllerContext, 'clock'>): Controller {
  return {
    name: JOB_CONTROLLER,
    watches: [ofKind(jobs), podsOf(jobs)],
    reconcile(api, key) {
      const job = api.get(jobs, parseKey(key));
      if (job === undefined) letGo(api, parseKey(key));
      else if ((job.spec.managedBy ?? SELF) === SELF && !isFinished(job)) {
        const wait = sync(api, job, clock.now);
        if (wait < Number.POSITIVE_INFINITY) clock.setAlarm(JOB_CONTROLLER, key, wait, 'periodic');
        else clock.cancelAlarm(JOB_CONTROLLER, key);
      }
    },
  };
}

/** The condition with which a Job is over. */
export function finalCondition({ status }: Job): Condition | undefined {
  return status?.conditions?.find(
    ({ type, status: value }) => (type === 'Complete' || type === 'Failed') && value === 'True',
  );
}

function isFinished(job: Job): boolean {
  return finalCondition(job) !== undefined;
}

/** The Job is gone: nobody will count its Pods. */
function letGo(api: ApiClient, { namespace = '', name }: ObjectKey): void {
  for (const pod of api.list(pods, { namespace })) {
    const owner = controllerOf(pod);
    if (owner?.kind === jobs.kind && owner.name === name && isTracked(pod)) api.update(pods, untracked(pod));
  }
}

/** @returns how long until the Job is to be looked at again; infinite when only changes matter */
function sync(api: ApiClient, stored: Job, now: VirtualMs): VirtualMs {
  const job = started(stored, timestamp(now));
  const own = claimPods(api, job);
  const counts = countPods(job, own);
  const active = own.filter(isPodActive);
  let verdict = verdictOn(job, own, counts, now);
  let wait = Number.POSITIVE_INFINITY;
  let conditions = job.status?.conditions ?? [];
  let startTime = job.status?.startTime;
  if (verdict !== undefined) {
    for (const pod of active) dropPod(api, job, pod, JOB_CONTROLLER);
  } else if (job.metadata.deletionTimestamp === undefined) {
    const managed = manageJob(api, job, { pods: own, active, counts, now });
    wait = Math.min(managed.wait, untilDeadline(job, now) ?? Number.POSITIVE_INFINITY);
    const { completions } = job.spec;
    const isEnough = completions === undefined ? counts.succeeded > 0 : counts.succeeded >= completions;
    if (isEnough && managed.active === 0) verdict = COMPLETE;
    else {
      const suspension = suspended(api, job, conditions, timestamp(now));
      conditions = suspension.conditions;
      if (suspension.change === 'resumed') startTime = timestamp(now);
    }
  }
  const status = { ...job.status, conditions, ...(startTime !== undefined && { startTime }) };
  finish(api, { ...job, status }, counts, verdict, now);
  return wait;
}

const COMPLETE: JobVerdict = {
  type: 'SuccessCriteriaMet',
  reason: 'CompletionsReached',
  message: 'Reached expected number of succeeded pods',
};

function started(job: Job, now: Timestamp): Job {
  if (job.status?.startTime !== undefined || isSuspended(job)) return job;
  return { ...job, status: { ...job.status, startTime: now } };
}

interface Counted extends JobCounts {
  readonly newlySucceeded: readonly Pod[];
}

function countPods(job: Job, own: readonly Pod[]): Counted {
  const { completions = 0, backoffLimitPerIndex } = job.spec;
  const { status = {} } = job;
  const uncounted = own.filter(pod => isTracked(pod) && (!isIndexed(job) || indexOf(job, pod) !== undefined));
  const newlySucceeded = uncounted.filter(pod => pod.status?.phase === 'Succeeded');
  const newlyFailed = uncounted.filter(pod => isFailed(job, pod));
  const failed = (status.failed ?? 0) + newlyFailed.filter(pod => isCounted(job, pod)).length;
  const succeededIndexes = new Set(parseIndexes(status.completedIndexes ?? '', completions));
  for (const pod of newlySucceeded) succeededIndexes.add(indexOf(job, pod) ?? -1);
  if (!isIndexed(job)) {
    const succeeded = (status.succeeded ?? 0) + newlySucceeded.length;
    return { newlySucceeded, newlyFailed, succeeded, failed, succeededIndexes: new Set(), failedIndexes: undefined };
  }
  const failedIndexes =
    backoffLimitPerIndex === undefined ? undefined : new Set(parseIndexes(status.failedIndexes ?? '', completions));
  for (const pod of newlyFailed) {
    const { action } = matchFailure(job, pod);
    const isLast = action === 'FailIndex' || failuresBefore(pod) >= (backoffLimitPerIndex ?? 0);
    if (action !== 'Ignore' && isLast) failedIndexes?.add(indexOf(job, pod) ?? -1);
  }
  const succeeded = succeededIndexes.size;
  return { newlySucceeded, newlyFailed, succeeded, failed, succeededIndexes, failedIndexes };
}

function isCounted(job: Job, pod: Pod): boolean {
  return matchFailure(job, pod).action !== 'Ignore';
}

interface Suspension {
  readonly conditions: readonly Condition[];
  readonly change: 'none' | 'suspended' | 'resumed';
}

function suspended(api: ApiClient, job: Job, conditions: readonly Condition[], now: Timestamp): Suspension {
  const old = conditions.find(({ type }) => type === 'Suspended');
  const wanted = isSuspended(job) ? 'True' : 'False';
  if (old?.status === wanted || (old === undefined && wanted === 'False')) return { conditions, change: 'none' };
  const [verb, change] = wanted === 'True' ? (['Suspended', 'suspended'] as const) : (['Resumed', 'resumed'] as const);
  const message = `Job ${change}`;
  api.event(job, { type: 'Normal', reason: verb, message, source: JOB_CONTROLLER });
  const condition = jobCondition('Suspended', wanted, `Job${verb}`, message, now);
  const next = old === undefined ? [...conditions, condition] : conditions.map(c => (c === old ? condition : c));
  return { conditions: next, change };
}

function jobCondition(type: string, status: 'True' | 'False', reason: string, message: string, now: Timestamp) {
  return { type, status, lastProbeTime: now, lastTransitionTime: now, reason, message };
}

/** Writes what has become of the Pods, lets them go, and ends the Job when the last of them has. */
function finish(api: ApiClient, job: Job, counts: Counted, verdict: JobVerdict | undefined, now: VirtualMs): void {
  const { uid, deletionTimestamp } = job.metadata;
  const left = api.list(pods, { controller: uid });
  // Whoever still ran when the Job failed has failed with it.
  const isAllOver = verdict !== undefined || deletionTimestamp !== undefined;
  const ending = left.filter(pod => isTracked(pod) && (isAllOver || isPodTerminal(pod) || isFailed(job, pod)));
  const alsoFailed =
    verdict?.type === 'FailureTarget'
      ? ending.filter(pod => pod.status?.phase !== 'Succeeded' && !counts.newlyFailed.some(other => same(other, pod)))
      : [];
  const failed = counts.failed + alsoFailed.length;
  const active = left.filter(isPodActive);
  const terminating = left.filter(isOnItsWayOut).length;
  let conditions = job.status?.conditions ?? [];
  if (verdict !== undefined) {
    const { type, reason, message } = verdict;
    const time = timestamp(now);
    if (!conditions.some(other => other.type === type))
      conditions = [...conditions, jobCondition(type, 'True', reason, message, time)];
    if (terminating === 0) {
      const last = type === 'SuccessCriteriaMet' ? 'Complete' : 'Failed';
      conditions = [...conditions, jobCondition(last, 'True', reason, message, time)];
    }
  }
  const { succeeded, succeededIndexes, failedIndexes } = counts;
  const isComplete = conditions.some(({ type }) => type === 'Complete');
  const status: JobStatus = {
    ...(conditions.length > 0 && { conditions }),
    ...(job.status?.startTime !== undefined && { startTime: job.status.startTime }),
    ...(isComplete && { completionTime: timestamp(now) }),
    ...(active.length > 0 && { active: active.length }),
    ...(succeeded > 0 && { succeeded }),
    ...(failed > 0 && { failed }),
    terminating,
    ...(succeededIndexes.size > 0 && { completedIndexes: formatIndexes(succeededIndexes) }),
    ...(failedIndexes !== undefined && { failedIndexes: formatIndexes(failedIndexes) }),
    uncountedTerminatedPods: {},
    ready: active.filter(isPodReady).length,
  };
  const written = equalJson(status, job.status) ? undefined : api.updateStatus(jobs, { ...job, status });
  for (const pod of ending) {
    const current = api.get(pods, pod.metadata);
    if (current !== undefined && same(current, pod)) api.update(pods, untracked(current));
  }
  if (written?.ok === true) tellEnd(api, written.value);
}

function same(a: Pod, b: Pod): boolean {
  return a.metadata.uid === b.metadata.uid;
}

function tellEnd(api: ApiClient, job: Job): void {
  const end = finalCondition(job);
  if (end === undefined) return;
  const tell = (type: 'Normal' | 'Warning', reason: string, message: string) =>
    api.event(job, { type, reason, message, source: JOB_CONTROLLER });
  if (end.type === 'Failed') {
    tell('Warning', end.reason ?? '', end.message ?? '');
    return;
  }
  const { completions } = job.spec;
  if (completions !== undefined && (job.status?.succeeded ?? 0) > completions)
    tell('Warning', 'TooManySucceededPods', 'Too many succeeded pods running after completion count reached');
  tell('Normal', 'Completed', 'Job completed');
}
