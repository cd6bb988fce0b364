// When a Job is over: limits, policies, deadlines; and how long it waits before it tries again. Nothing here has an effect.
//
// Read:    kubernetes pkg/controller/job/job_controller.go, pod_failure_policy.go, success_policy.go, backoff_utils.go.

import type { Job, PodFailurePolicyRule } from '../api/kinds/job.ts';
import type { Pod } from '../api/kinds/pod.ts';
import { keyOf } from '../api/objects.ts';
import { parseTimestamp } from '../api/timestamps.ts';
import type { VirtualMs } from '../runtime/clock.ts';
import { parseIndexes } from './jobIndexes.ts';
import { failuresBefore, finishedAt, isFailed, isTracked } from './jobPod.ts';

/** Source: `DefaultJobPodFailureBackOff`, `MaxJobPodFailureBackOff`. */
const BACK_OFF = { first: 10_000, most: 600_000 } as const;

/** What the rules look at. */
export interface JobCounts {
  /** The Job's Pods that have failed and are not counted yet. */
  readonly newlyFailed: readonly Pod[];
  readonly succeeded: number;
  /** Failures that count, the new ones included. */
  readonly failed: number;
  readonly succeededIndexes: ReadonlySet<number>;
  /** Undefined where failures are not counted by index. */
  readonly failedIndexes: ReadonlySet<number> | undefined;
}

export interface JobVerdict {
  readonly type: 'SuccessCriteriaMet' | 'FailureTarget';
  readonly reason: string;
  readonly message: string;
}

const failed = (reason: string, message: string): JobVerdict => ({ type: 'FailureTarget', reason, message });

/** The reason to end a Job now whatever still runs; undefined when there is none. */
export function verdictOn(job: Job, pods: readonly Pod[], counts: JobCounts, now: VirtualMs): JobVerdict | undefined {
  return past(job) ?? failureOf(job, pods, counts, now) ?? (isSuspended(job) ? undefined : successOf(job, counts));
}

/** What was decided earlier stands. */
function past({ status }: Job): JobVerdict | undefined {
  for (const { type, status: value, reason = '', message = '' } of status?.conditions ?? [])
    if (value === 'True' && (type === 'FailureTarget' || type === 'SuccessCriteriaMet'))
      return { type, reason, message };
  return undefined;
}

export function isSuspended({ spec }: Job): boolean {
  return spec.suspend === true;
}

function failureOf(job: Job, pods: readonly Pod[], counts: JobCounts, now: VirtualMs): JobVerdict | undefined {
  const { backoffLimit = 6, maxFailedIndexes, completions = 0 } = job.spec;
  for (const pod of counts.newlyFailed) {
    const match = matchFailure(job, pod);
    if (match.action === 'FailJob') return failed('PodFailurePolicy', match.message);
  }
  if (counts.failed > backoffLimit || hasRestartedTooOften(job, pods))
    return failed('BackoffLimitExceeded', 'Job has reached the specified backoff limit');
  const left = untilDeadline(job, now);
  if (left !== undefined && left <= 0)
    return failed('DeadlineExceeded', 'Job was active longer than specified deadline');
  const failedCount = counts.failedIndexes?.size ?? 0;
  if (maxFailedIndexes !== undefined && failedCount > maxFailedIndexes)
    return failed('MaxFailedIndexesExceeded', 'Job has exceeded the specified maximal number of failed indexes');
  if (failedCount > 0 && failedCount + counts.succeededIndexes.size >= completions)
    return failed('FailedIndexes', 'Job has failed indexes');
  return undefined;
}

/** Containers that are started again in their Pod count by their restarts. Source: `pastBackoffLimitOnFailure`. */
function hasRestartedTooOften({ spec }: Job, pods: readonly Pod[]): boolean {
  if (spec.template.spec.restartPolicy !== 'OnFailure') return false;
  let restarts = 0;
  for (const { status } of pods) {
    if (status?.phase !== 'Running' && status?.phase !== 'Pending') continue;
    for (const container of [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])])
      restarts += container.restartCount;
  }
  const { backoffLimit = 6 } = spec;
  return backoffLimit === 0 ? restarts > 0 : restarts >= backoffLimit;
}

/** How long the Job may still take; undefined when nothing limits it. */
export function untilDeadline(job: Job, now: VirtualMs): VirtualMs | undefined {
  const { activeDeadlineSeconds } = job.spec;
  const start = parseTimestamp(job.status?.startTime ?? '');
  if (activeDeadlineSeconds === undefined || start === undefined || isSuspended(job)) return undefined;
  return start + activeDeadlineSeconds * 1000 - now;
}

function successOf({ spec }: Job, { succeededIndexes }: JobCounts): JobVerdict | undefined {
  const { completions = 0 } = spec;
  const met = (spec.successPolicy?.rules ?? []).findIndex(rule => {
    const wanted =
      rule.succeededIndexes === undefined ? succeededIndexes : parseIndexes(rule.succeededIndexes, completions);
    const hits = [...wanted].filter(index => succeededIndexes.has(index)).length;
    return hits >= (rule.succeededCount ?? wanted.size);
  });
  if (met < 0) return undefined;
  return { type: 'SuccessCriteriaMet', reason: 'SuccessPolicy', message: `Matched rules at index ${met}` };
}

interface FailureMatch {
  /** `Count` where no rule says otherwise. */
  readonly action: string;
  readonly message: string;
}

/** The first rule of the Pod failure policy that a failed Pod meets. */
export function matchFailure({ spec }: Job, pod: Pod): FailureMatch {
  for (const [number, rule] of (spec.podFailurePolicy?.rules ?? []).entries()) {
    const what = meets(rule, pod);
    if (what === undefined) continue;
    return { action: rule.action, message: `${what} matching ${rule.action} rule at index ${number}` };
  }
  return { action: 'Count', message: '' };
}

function meets({ onExitCodes: codes, onPodConditions = [] }: PodFailurePolicyRule, pod: Pod): string | undefined {
  const { conditions = [], initContainerStatuses = [], containerStatuses = [] } = pod.status ?? {};
  if (codes !== undefined && pod.status?.phase === 'Failed') {
    for (const { name, state } of [...containerStatuses, ...initContainerStatuses]) {
      const exitCode = state?.terminated?.exitCode ?? 0;
      if (exitCode === 0 || (codes.containerName !== undefined && codes.containerName !== name)) continue;
      if (codes.values.includes(exitCode) === (codes.operator === 'In'))
        return `Container ${name} for pod ${keyOf(pod)} failed with exit code ${exitCode}`;
    }
  }
  const condition = conditions.find(({ type, status }) =>
    onPodConditions.some(pattern => pattern.type === type && (pattern.status ?? 'True') === status),
  );
  return condition === undefined ? undefined : `Pod ${keyOf(pod)} has condition ${condition.type}`;
}

/** How long no new Pod is made: 10 s after the first failure, then twice as long each time, up to 10 minutes. */
export function untilNextTry(job: Job, pods: readonly Pod[], now: VirtualMs): VirtualMs {
  const successes = pods.filter(pod => pod.status?.phase === 'Succeeded').map(pod => finishedAt(pod, now));
  const lastSuccess = Math.max(...successes, Number.NEGATIVE_INFINITY);
  const failures = pods
    // One that was sent away is no failure.
    .filter(pod => pod.status?.phase === 'Failed' || (isTracked(pod) && isFailed(job, pod)))
    .map(pod => finishedAt(pod, now))
    .filter(at => at > lastSuccess);
  return failures.length === 0 ? 0 : waitAfter(failures.length, Math.max(...failures), now);
}

/** The same for one index, whose last failed Pod is known. */
export function untilNextTryOf(lastFailed: Pod | undefined, now: VirtualMs): VirtualMs {
  return lastFailed === undefined ? 0 : waitAfter(failuresBefore(lastFailed) + 1, finishedAt(lastFailed, now), now);
}

function waitAfter(failures: number, last: VirtualMs, now: VirtualMs): VirtualMs {
  const wait = Math.min(BACK_OFF.first * 2 ** (failures - 1), BACK_OFF.most);
  return Math.max(0, last + wait - now);
}
