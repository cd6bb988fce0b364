// The Deployment controller: one ReplicaSet a template, the old ones replaced by the new one.
//
// Models:  RollingUpdate and Recreate, surge and unavailability, scaling, pausing, revisions and their history, progress
//          with its deadline.
// Omits:   retries with back-off.
// Read:    kubernetes pkg/controller/deployment/deployment_controller.go, sync.go, progress.go.

import type { ApiChange, ApiClient } from '../api/client.ts';
import { type Controller, ofKind } from '../api/controller.ts';
import { deployments } from '../api/kinds/deployment.ts';
import { type Pod, pods } from '../api/kinds/pod.ts';
import { type ReplicaSet, replicaSets } from '../api/kinds/replicaSet.ts';
import { keyOf, parseKey } from '../api/objects.ts';
import { matchesLabels } from '../api/selectors.ts';
import type { ControllerContext } from './context.ts';
import { byAge, DESIRED_REPLICAS, isRollingUpdate, proportionally } from './deploymentMath.ts';
import { progressOf, rolloutStatus, untilTimeout } from './deploymentStatus.ts';
import { controllerOf } from './ownership.ts';
import { recreate, rollOn } from './rollingUpdate.ts';
import {
  currentStatus,
  DEPLOYMENT_CONTROLLER,
  latestOf,
  nameRevision,
  oldOf,
  type Rollout,
  scale,
  setProgress,
  startRollout,
  writeStatus,
} from './rollout.ts';

export function deploymentController({ clock }: Pick<ControllerContext, 'clock'>): Controller {
  return {
    name: DEPLOYMENT_CONTROLLER,
    watches: [
      ofKind(deployments),
      ofKind(replicaSets, ({ object }, api) => deploymentsOf(object, api)),
      ofKind(pods, deploymentOfDeletedPod),
    ],
    reconcile(api, key) {
      const deployment = api.get(deployments, parseKey(key));
      if (deployment !== undefined) sync(startRollout(api, clock, deployment));
    },
  };
}

/** The Deployment that a ReplicaSet belongs to, or those that may want it. */
function deploymentsOf(replicaSet: ReplicaSet, api: ApiClient): readonly string[] {
  const owner = controllerOf(replicaSet);
  const { namespace = '', labels } = replicaSet.metadata;
  if (owner !== undefined) return owner.kind === 'Deployment' ? [`${namespace}/${owner.name}`] : [];
  return api
    .list(deployments, { namespace })
    .filter(({ spec }) => matchesLabels(spec.selector, labels))
    .map(keyOf);
}

/** Recreate waits for the last old Pod to be gone. */
function deploymentOfDeletedPod({ type, object }: ApiChange<Pod>, api: ApiClient): readonly string[] {
  const owner = type === 'DELETED' ? controllerOf(object) : undefined;
  if (owner?.kind !== 'ReplicaSet') return [];
  const { namespace = '' } = object.metadata;
  const replicaSet = api.get(replicaSets, { namespace, name: owner.name });
  const above = replicaSet === undefined ? undefined : controllerOf(replicaSet);
  return above?.kind === 'Deployment' ? [`${namespace}/${above.name}`] : [];
}

function sync(rollout: Rollout): void {
  const { metadata, spec } = rollout.deployment;
  if (metadata.deletionTimestamp !== undefined) {
    writeStatus(rollout, currentStatus(rollout));
    return;
  }
  notePause(rollout);
  if (spec.paused === true || hasChangedSize(rollout)) {
    resize(rollout);
    return;
  }
  if (isRollingUpdate(rollout.deployment)) rollOn(rollout);
  else recreate(rollout);
  report(rollout);
}

/** A pause stops the deadline too. */
function notePause(rollout: Rollout): void {
  const current = progressOf(rollout.deployment);
  if (current?.reason === 'ProgressDeadlineExceeded') return;
  const isNoted = current?.reason === 'DeploymentPaused';
  const isPaused = rollout.deployment.spec.paused === true;
  if (isPaused && !isNoted) setProgress(rollout, 'Unknown', 'DeploymentPaused', 'Deployment is paused');
  else if (!isPaused && isNoted) setProgress(rollout, 'Unknown', 'DeploymentResumed', 'Deployment is resumed');
}

/** Has the Deployment another size than its ReplicaSets know of? */
function hasChangedSize({ deployment, all }: Rollout): boolean {
  return all.some(({ metadata, spec }) => {
    const desired = metadata.annotations?.[DESIRED_REPLICAS];
    return spec.replicas > 0 && desired !== undefined && Number(desired) !== deployment.spec.replicas;
  });
}

/** Makes the ReplicaSets follow the Deployment's size, without going on with a rollout. */
function resize(rollout: Rollout): void {
  nameRevision(rollout, 'existing');
  const active = rollout.all.filter(({ spec }) => spec.replicas > 0);
  if (active.length <= 1) {
    const only = active[0] ?? latestOf(rollout) ?? [...rollout.all].sort(byAge).at(-1);
    if (only !== undefined) scale(rollout, only, rollout.deployment.spec.replicas);
  } else if (isSaturated(rollout)) {
    for (const old of oldOf(rollout)) scale(rollout, old, 0);
  } else if (isRollingUpdate(rollout.deployment)) {
    for (const [replicaSet, size] of proportionally(rollout.deployment, active)) scale(rollout, replicaSet, size);
  }
  writeStatus(rollout, currentStatus(rollout));
}

/** The new ReplicaSet does it all alone. */
function isSaturated(rollout: Rollout): boolean {
  const latest = latestOf(rollout);
  const { replicas } = rollout.deployment.spec;
  return (
    latest?.spec.replicas === replicas &&
    Number(latest.metadata.annotations?.[DESIRED_REPLICAS]) === replicas &&
    (latest.status?.availableReplicas ?? 0) === replicas
  );
}

/** Writes how far it is, and comes back when the deadline has passed. */
function report(rollout: Rollout): void {
  const { deployment, all, clock } = rollout;
  const status = rolloutStatus(deployment, all, latestOf(rollout), clock.now);
  writeStatus(rollout, status);
  const key = keyOf(deployment);
  const wait = untilTimeout(deployment, status, clock.now);
  if (wait === undefined) clock.cancelAlarm(DEPLOYMENT_CONTROLLER, key);
  else clock.setAlarm(DEPLOYMENT_CONTROLLER, key, wait);
}
