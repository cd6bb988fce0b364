// What a Deployment says of its rollout: numbers and conditions.
//
// Read:    kubernetes pkg/controller/deployment/sync.go (`calculateStatus`), progress.go (`syncRolloutStatus`).

import type { Deployment, DeploymentCondition, DeploymentStatus } from '../api/kinds/deployment.ts';
import type { ReplicaSet } from '../api/kinds/replicaSet.ts';
import { parseTimestamp, timestamp } from '../api/timestamps.ts';
import type { VirtualMs } from '../runtime/clock.ts';
import { maxUnavailableOf, sumOf } from './deploymentMath.ts';

/** Seconds that stand for "never". Source: deployment_util.go, `HasProgressDeadline`. */
const NO_DEADLINE = 2 ** 31 - 1;

type NewCondition = Pick<DeploymentCondition, 'type' | 'status' | 'reason' | 'message'>;

/** The status without any word about progress. */
export function calculateStatus(
  deployment: Deployment,
  all: readonly ReplicaSet[],
  latest: ReplicaSet | undefined,
  now: VirtualMs,
): DeploymentStatus {
  const { generation } = deployment.metadata;
  const [replicas, available, ready] = [sumOf(all, 'actual'), sumOf(all, 'available'), sumOf(all, 'ready')];
  const updated = latest?.status?.replicas ?? 0;
  const unavailable = Math.max(0, sumOf(all, 'wanted') - available);
  const isEnough = available >= deployment.spec.replicas - maxUnavailableOf(deployment);
  const condition: NewCondition = isEnough
    ? {
        type: 'Available',
        status: 'True',
        reason: 'MinimumReplicasAvailable',
        message: 'Deployment has minimum availability.',
      }
    : {
        type: 'Available',
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
      };
  const collisions = deployment.status?.collisionCount;
  return {
    ...(generation !== undefined && { observedGeneration: generation }),
    ...(replicas > 0 && { replicas }),
    ...(updated > 0 && { updatedReplicas: updated }),
    ...(ready > 0 && { readyReplicas: ready }),
    ...(available > 0 && { availableReplicas: available }),
    ...(unavailable > 0 && { unavailableReplicas: unavailable }),
    conditions: withCondition(deployment.status?.conditions ?? [], condition, now),
    ...(collisions !== undefined && { collisionCount: collisions }),
  };
}

/** The status with what is to be said about progress and failures. */
export function rolloutStatus(
  deployment: Deployment,
  all: readonly ReplicaSet[],
  latest: ReplicaSet | undefined,
  now: VirtualMs,
): DeploymentStatus {
  const status = calculateStatus(deployment, all, latest, now);
  let conditions = status.conditions ?? [];
  const current = progressOf(deployment);
  const isOver =
    (status.replicas ?? 0) === (status.updatedReplicas ?? 0) && current?.reason === 'NewReplicaSetAvailable';
  if (!hasDeadline(deployment)) conditions = without(conditions, 'Progressing');
  else if (!isOver) conditions = withProgress(deployment, status, latest, conditions, now);
  const failure = all.flatMap(({ status: own }) => own?.conditions ?? []).find(({ type }) => type === 'ReplicaFailure');
  conditions =
    failure === undefined
      ? without(conditions, 'ReplicaFailure')
      : withCondition(conditions, { ...failure, type: 'ReplicaFailure' }, now);
  return { ...status, conditions };
}

function withProgress(
  deployment: Deployment,
  status: DeploymentStatus,
  latest: ReplicaSet | undefined,
  conditions: readonly DeploymentCondition[],
  now: VirtualMs,
): readonly DeploymentCondition[] {
  const what =
    latest === undefined
      ? `Deployment ${JSON.stringify(deployment.metadata.name)}`
      : `ReplicaSet ${JSON.stringify(latest.metadata.name)}`;
  const progressing = (reason: string, text: string, state: 'True' | 'False' = 'True'): NewCondition => ({
    type: 'Progressing',
    status: state,
    reason,
    message: `${what} ${text}`,
  });
  if (isComplete(deployment, status))
    return withCondition(conditions, progressing('NewReplicaSetAvailable', 'has successfully progressed.'), now);
  if (hasProgressed(deployment, status)) {
    const current = progressOf(deployment);
    const next = withCondition(
      without(conditions, 'Progressing'),
      progressing('ReplicaSetUpdated', 'is progressing.'),
      now,
    );
    // Since when it moves at all does not change with every step.
    const since = current?.status === 'True' ? current.lastTransitionTime : undefined;
    return since === undefined
      ? next
      : next.map(other => (other.type === 'Progressing' ? { ...other, lastTransitionTime: since } : other));
  }
  if (isTimedOut(deployment, status, now))
    return withCondition(
      conditions,
      progressing('ProgressDeadlineExceeded', 'has timed out progressing.', 'False'),
      now,
    );
  return conditions;
}

export function isComplete({ spec, metadata }: Deployment, status: DeploymentStatus): boolean {
  return (
    (status.updatedReplicas ?? 0) === spec.replicas &&
    (status.replicas ?? 0) === spec.replicas &&
    (status.availableReplicas ?? 0) === spec.replicas &&
    (status.observedGeneration ?? 0) >= (metadata.generation ?? 0)
  );
}

/** Has anything moved since the status was written last? */
function hasProgressed({ status: old = {} }: Deployment, next: DeploymentStatus): boolean {
  const outdated = (status: DeploymentStatus) => (status.replicas ?? 0) - (status.updatedReplicas ?? 0);
  return (
    (next.updatedReplicas ?? 0) > (old.updatedReplicas ?? 0) ||
    outdated(next) < outdated(old) ||
    (next.readyReplicas ?? 0) > (old.readyReplicas ?? 0) ||
    (next.availableReplicas ?? 0) > (old.availableReplicas ?? 0)
  );
}

function hasDeadline({ spec }: Deployment): boolean {
  return spec.progressDeadlineSeconds !== NO_DEADLINE;
}

export function progressOf(deployment: Deployment): DeploymentCondition | undefined {
  return deployment.status?.conditions?.find(({ type }) => type === 'Progressing');
}

/** When a rollout that does not move is given up, in milliseconds from now; undefined when nothing is to be waited for. */
export function untilTimeout(deployment: Deployment, status: DeploymentStatus, now: VirtualMs): VirtualMs | undefined {
  const condition = status.conditions?.find(({ type }) => type === 'Progressing');
  if (!hasDeadline(deployment) || condition === undefined || isComplete(deployment, status)) return undefined;
  if (condition.reason === 'NewReplicaSetAvailable' || condition.reason === 'ProgressDeadlineExceeded')
    return undefined;
  if (condition.reason === 'DeploymentPaused') return undefined;
  const since = parseTimestamp(condition.lastUpdateTime ?? '') ?? now;
  // One second more than the deadline, so that it has passed when it is looked at.
  return Math.max(0, since + deployment.spec.progressDeadlineSeconds * 1000 - now) + 1000;
}

function isTimedOut(deployment: Deployment, status: DeploymentStatus, now: VirtualMs): boolean {
  const condition = status.conditions?.find(({ type }) => type === 'Progressing');
  if (condition === undefined || condition.reason === 'NewReplicaSetAvailable') return false;
  if (condition.reason === 'ProgressDeadlineExceeded') return true;
  const since = parseTimestamp(condition.lastUpdateTime ?? '') ?? now;
  return since + deployment.spec.progressDeadlineSeconds * 1000 < now;
}

/** Sets a condition. One with the same status and reason stays as it is. Source: `SetDeploymentCondition`. */
export function withCondition(
  conditions: readonly DeploymentCondition[],
  next: NewCondition,
  now: VirtualMs,
): readonly DeploymentCondition[] {
  const current = conditions.find(({ type }) => type === next.type);
  if (current?.status === next.status && current.reason === next.reason) return conditions;
  const time = timestamp(now);
  const since = current?.status === next.status ? (current.lastTransitionTime ?? time) : time;
  return [...without(conditions, next.type), { ...next, lastUpdateTime: time, lastTransitionTime: since }];
}

function without(conditions: readonly DeploymentCondition[], type: string): readonly DeploymentCondition[] {
  return conditions.filter(other => other.type !== type);
}
