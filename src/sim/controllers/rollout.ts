// One look at one Deployment: what is there, and the writes that a rollout is made of.
//
// Read:    kubernetes pkg/controller/deployment/sync.go.

import type { ApiClient } from '../api/client.ts';
import { equalJson } from '../api/json.ts';
import { type Deployment, type DeploymentStatus, deployments } from '../api/kinds/deployment.ts';
import { type ReplicaSet, replicaSets } from '../api/kinds/replicaSet.ts';
import type { Clock } from '../runtime/clock.ts';
import { DESIRED_REPLICAS, newReplicas, REVISION } from './deploymentMath.ts';
import {
  annotationsFor,
  findLatest,
  isOfTemplate,
  newReplicaSet,
  revisionOf,
  sizeAnnotations,
} from './deploymentRevisions.ts';
import { calculateStatus, isComplete, progressOf, withCondition } from './deploymentStatus.ts';
import { adopted, controllerOf, isControlledBy } from './ownership.ts';

export const DEPLOYMENT_CONTROLLER = 'deployment-controller';

/** The working copy of a reconciliation: its two objects follow what is written. */
export interface Rollout {
  readonly api: ApiClient;
  readonly clock: Clock;
  deployment: Deployment;
  /** All ReplicaSets of the Deployment. */
  all: readonly ReplicaSet[];
}

/** Its own ReplicaSets, and those of nobody that match, which it takes in. */
export function startRollout(api: ApiClient, clock: Clock, deployment: Deployment): Rollout {
  const { namespace = '', uid, deletionTimestamp } = deployment.metadata;
  const own = api.list(replicaSets, { owner: uid }).filter(other => isControlledBy(other, deployment));
  if (deletionTimestamp !== undefined) return { api, clock, deployment, all: own };
  const strays = api
    .list(replicaSets, { namespace, selector: deployment.spec.selector })
    .filter(other => controllerOf(other) === undefined && other.metadata.deletionTimestamp === undefined);
  const taken = strays.flatMap(stray => {
    const result = api.update(replicaSets, adopted(stray, deployment));
    return result.ok ? [result.value] : [];
  });
  return { api, clock, deployment, all: [...own, ...taken] };
}

/** The ReplicaSet of the present template. */
export function latestOf({ deployment, all }: Rollout): ReplicaSet | undefined {
  return findLatest(deployment, all);
}

export function oldOf(rollout: Rollout): readonly ReplicaSet[] {
  const latest = latestOf(rollout);
  return rollout.all.filter(replicaSet => replicaSet !== latest);
}

export function isDone({ deployment }: Rollout): boolean {
  return isComplete(deployment, deployment.status ?? {});
}

/** The numbers as they are, with nothing said about progress. */
export function currentStatus(rollout: Rollout): DeploymentStatus {
  return calculateStatus(rollout.deployment, rollout.all, latestOf(rollout), rollout.clock.now);
}

export function writeStatus(rollout: Rollout, status: DeploymentStatus): void {
  if (equalJson(status, rollout.deployment.status)) return;
  const written = rollout.api.updateStatus(deployments, { ...rollout.deployment, status });
  if (written.ok) rollout.deployment = written.value;
}

export function setProgress(rollout: Rollout, status: 'True' | 'Unknown', reason: string, message: string): void {
  const { deployment, clock } = rollout;
  const conditions = withCondition(
    deployment.status?.conditions ?? [],
    { type: 'Progressing', status, reason, message },
    clock.now,
  );
  writeStatus(rollout, { ...deployment.status, conditions });
}

/** Sets a ReplicaSet's size and its memory of the Deployment's. Returns whether the size changed. */
export function scale(rollout: Rollout, replicaSet: ReplicaSet, replicas: number): boolean {
  const { name, annotations } = replicaSet.metadata;
  const before = replicaSet.spec.replicas;
  const next: ReplicaSet = {
    ...replicaSet,
    metadata: { ...replicaSet.metadata, annotations: { ...annotations, ...sizeAnnotations(rollout.deployment) } },
    spec: { ...replicaSet.spec, replicas },
  };
  if (equalJson(next, replicaSet)) return false;
  const written = rollout.api.update(replicaSets, next);
  if (!written.ok) return false;
  replace(rollout, written.value);
  if (before === replicas) return false;
  tell(rollout, `Scaled ${replicas > before ? 'up' : 'down'} replica set ${name} from ${before} to ${replicas}`);
  return true;
}

function tell({ api, deployment }: Rollout, message: string): void {
  api.event(deployment, { type: 'Normal', reason: 'ScalingReplicaSet', message, source: DEPLOYMENT_CONTROLLER });
}

function replace(rollout: Rollout, replicaSet: ReplicaSet): void {
  const { uid } = replicaSet.metadata;
  rollout.all = rollout.all.map(other => (other.metadata.uid === uid ? replicaSet : other));
}

/**
 * Finds the ReplicaSet of the present template and gives it the next number.
 * - `existing`: none is made.
 * - `create`: it is made when there is none.
 */
export function nameRevision(rollout: Rollout, mode: 'existing' | 'create'): ReplicaSet | undefined {
  const highest = Math.max(0, ...oldOf(rollout).map(revisionOf));
  const latest = latestOf(rollout);
  if (latest === undefined) return mode === 'create' ? createLatest(rollout, highest + 1) : undefined;
  const revision = Math.max(revisionOf(latest), highest + 1);
  const { minReadySeconds } = rollout.deployment.spec;
  const next: ReplicaSet = {
    ...latest,
    metadata: { ...latest.metadata, annotations: renumbered(rollout.deployment, latest, revision) },
    spec: { ...latest.spec, ...(minReadySeconds !== undefined && { minReadySeconds }) },
  };
  const written = equalJson(next, latest) ? undefined : rollout.api.update(replicaSets, next);
  if (written?.ok === true) replace(rollout, written.value);
  setRevision(rollout, revision);
  if (progressOf(rollout.deployment) === undefined) {
    const message = `Found new replica set ${JSON.stringify(latest.metadata.name)}`;
    setProgress(rollout, 'True', 'FoundNewReplicaSet', message);
  }
  return latestOf(rollout);
}

/** A ReplicaSet's memory of the Deployment's size changes only when it is scaled. */
function renumbered(
  deployment: Deployment,
  { metadata }: ReplicaSet,
  revision: number,
): Readonly<Record<string, string>> {
  const current = metadata.annotations ?? {};
  const annotations = annotationsFor(deployment, current, revision);
  if (current[DESIRED_REPLICAS] === undefined) return annotations;
  const sizes = Object.entries(current).filter(([key]) => key in sizeAnnotations(deployment));
  return { ...annotations, ...Object.fromEntries(sizes) };
}

function createLatest(rollout: Rollout, revision: number): ReplicaSet | undefined {
  const { deployment } = rollout;
  const wanted = newReplicaSet(deployment, revision, newReplicas(deployment, rollout.all, 0));
  const created = rollout.api.create(replicaSets, wanted);
  if (!created.ok) {
    if (created.error.reason === 'AlreadyExists') return meetTaken(rollout, wanted.metadata.name ?? '', revision);
    const name = JSON.stringify(wanted.metadata.name);
    const message = `Failed to create new replica set ${name}: ${created.error.message}`;
    setProgress(rollout, 'Unknown', 'ReplicaSetCreateError', message);
    return undefined;
  }
  rollout.all = [...rollout.all, created.value];
  const { name } = created.value.metadata;
  const { replicas } = created.value.spec;
  if (replicas > 0) tell(rollout, `Scaled up replica set ${name} from 0 to ${replicas}`);
  setRevision(rollout, revision);
  setProgress(rollout, 'True', 'NewReplicaSetCreated', `Created new replica set ${JSON.stringify(name)}`);
  return created.value;
}

/** The name is taken: by this very template after all, or by another one, and then the next attempt has another name. */
function meetTaken(rollout: Rollout, name: string, revision: number): ReplicaSet | undefined {
  const { deployment } = rollout;
  const taken = rollout.api.get(replicaSets, { namespace: deployment.metadata.namespace ?? '', name });
  if (taken !== undefined && isControlledBy(taken, deployment) && isOfTemplate(taken, deployment.spec.template))
    return taken;
  const { status } = deployment;
  writeStatus(rollout, { ...status, collisionCount: (status?.collisionCount ?? 0) + 1 });
  return createLatest(rollout, revision);
}

/** Written as a status is: it is no change of what is wanted. */
function setRevision(rollout: Rollout, revision: number): void {
  const { metadata } = rollout.deployment;
  if (metadata.annotations?.[REVISION] === String(revision)) return;
  const annotations = { ...metadata.annotations, [REVISION]: String(revision) };
  const written = rollout.api.updateStatus(deployments, {
    ...rollout.deployment,
    metadata: { ...metadata, annotations },
  });
  if (written.ok) rollout.deployment = written.value;
}

/** Old ReplicaSets without Pods are kept for going back, but not all of them. */
export function forgetHistory(rollout: Rollout): void {
  const idle = oldOf(rollout).filter(
    ({ metadata, spec, status }) =>
      metadata.deletionTimestamp === undefined && spec.replicas === 0 && (status?.replicas ?? 0) === 0,
  );
  const surplus = idle.length - rollout.deployment.spec.revisionHistoryLimit;
  if (surplus <= 0) return;
  const oldest = [...idle].sort((a, b) => revisionOf(a) - revisionOf(b)).slice(0, surplus);
  for (const replicaSet of oldest) {
    if (rollout.api.delete(replicaSets, replicaSet.metadata).ok)
      rollout.all = rollout.all.filter(other => other !== replicaSet);
  }
}
