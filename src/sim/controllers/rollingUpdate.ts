// The two ways to replace Pods: step by step, or all at once.
//
// Read:    kubernetes pkg/controller/deployment/rolling.go, recreate.go.

import { isPodTerminal, pods } from '../api/kinds/pod.ts';
import type { ReplicaSet } from '../api/kinds/replicaSet.ts';
import { byAge, maxUnavailableOf, newReplicas, sumOf } from './deploymentMath.ts';
import { forgetHistory, isDone, nameRevision, oldOf, type Rollout, scale } from './rollout.ts';

/** One step: the new ReplicaSet grows, or the old ones shrink. */
export function rollOn(rollout: Rollout): void {
  const latest = nameRevision(rollout, 'create');
  if (latest === undefined || growLatest(rollout, latest) || shrinkOld(rollout, latest)) return;
  if (isDone(rollout)) forgetHistory(rollout);
}

/** Is the new ReplicaSet too large, or is there room to let it grow? */
function growLatest(rollout: Rollout, latest: ReplicaSet): boolean {
  const { replicas } = rollout.deployment.spec;
  const current = latest.spec.replicas;
  const size = current >= replicas ? replicas : newReplicas(rollout.deployment, rollout.all, current);
  return scale(rollout, latest, size);
}

/** Takes as many Pods from the old ReplicaSets as may be missing: first those that do not work anyway. */
function shrinkOld(rollout: Rollout, latest: ReplicaSet): boolean {
  const wanted = sumOf(oldOf(rollout), 'wanted');
  if (wanted === 0) return false;
  const minAvailable = rollout.deployment.spec.replicas - maxUnavailableOf(rollout.deployment);
  const latestUnavailable = latest.spec.replicas - (latest.status?.availableReplicas ?? 0);
  const limit = sumOf(rollout.all, 'wanted') - minAvailable - latestUnavailable;
  if (limit <= 0) return false;
  dropFromOld(rollout, limit, ({ spec, status }) => spec.replicas - (status?.availableReplicas ?? 0));
  dropFromOld(rollout, sumOf(rollout.all, 'available') - minAvailable, ({ spec }) => spec.replicas);
  return sumOf(oldOf(rollout), 'wanted') < wanted;
}

/** Makes old ReplicaSets smaller, the oldest first, by what each can give and `limit` together. */
function dropFromOld(rollout: Rollout, limit: number, most: (replicaSet: ReplicaSet) => number): void {
  let left = limit;
  for (const replicaSet of [...oldOf(rollout)].sort(byAge)) {
    const count = Math.min(left, most(replicaSet), replicaSet.spec.replicas);
    if (count <= 0) continue;
    scale(rollout, replicaSet, replicaSet.spec.replicas - count);
    left -= count;
  }
}

/** All old Pods go before the first new one comes. */
export function recreate(rollout: Rollout): void {
  nameRevision(rollout, 'existing');
  const active = oldOf(rollout).filter(({ spec }) => spec.replicas > 0);
  for (const old of active) scale(rollout, old, 0);
  if (active.length > 0 || hasOldPods(rollout)) return;
  const latest = nameRevision(rollout, 'create');
  if (latest !== undefined) scale(rollout, latest, rollout.deployment.spec.replicas);
  if (isDone(rollout)) forgetHistory(rollout);
}

/** Pods of old ReplicaSets that still run, those that terminate included. */
function hasOldPods(rollout: Rollout): boolean {
  return oldOf(rollout).some(old =>
    rollout.api.list(pods, { owner: old.metadata.uid }).some(pod => !isPodTerminal(pod)),
  );
}
