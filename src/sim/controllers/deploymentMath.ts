// The numbers of a rollout: how many Pods may be too many, how many may be missing, how many are there.
//
// Read:    kubernetes pkg/controller/deployment/util/deployment_util.go.

import type { Deployment } from '../api/kinds/deployment.ts';
import type { ReplicaSet } from '../api/kinds/replicaSet.ts';

/** `25%` of so many Pods, rounded up or down; numbers as they are. */
export function intOrPercent(value: number | string | undefined, total: number, round: (n: number) => number): number {
  if (typeof value === 'number') return value;
  return round((Number.parseInt(value ?? '0', 10) * total) / 100);
}

/** Surge is rounded up, unavailability down; where both come to nothing, one Pod may be missing. */
function fenceposts({ spec }: Deployment): { readonly surge: number; readonly unavailable: number } {
  const { maxSurge, maxUnavailable } = spec.strategy.rollingUpdate ?? {};
  const surge = intOrPercent(maxSurge, spec.replicas, Math.ceil);
  const unavailable = intOrPercent(maxUnavailable, spec.replicas, Math.floor);
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}

export function isRollingUpdate({ spec }: Deployment): boolean {
  return spec.strategy.type === 'RollingUpdate';
}

/** How many Pods there may be beyond what is wanted. */
export function maxSurgeOf(deployment: Deployment): number {
  return isRollingUpdate(deployment) ? fenceposts(deployment).surge : 0;
}

/** How many of the wanted Pods may be missing. */
export function maxUnavailableOf(deployment: Deployment): number {
  const { replicas } = deployment.spec;
  if (!isRollingUpdate(deployment) || replicas === 0) return 0;
  return Math.min(fenceposts(deployment).unavailable, replicas);
}

type Count = 'wanted' | 'actual' | 'ready' | 'available';

/** Pods of several ReplicaSets together. */
export function sumOf(replicaSets: readonly ReplicaSet[], what: Count): number {
  return replicaSets.reduce((sum, replicaSet) => sum + countOf(replicaSet, what), 0);
}

function countOf({ spec, status }: ReplicaSet, what: Count): number {
  switch (what) {
    case 'wanted':
      return spec.replicas;
    case 'actual':
      return status?.replicas ?? 0;
    case 'ready':
      return status?.readyReplicas ?? 0;
    case 'available':
      return status?.availableReplicas ?? 0;
  }
}

/** How large the new ReplicaSet may be now. Source: `NewRSNewReplicas`. */
export function newReplicas(deployment: Deployment, all: readonly ReplicaSet[], current: number): number {
  const { replicas } = deployment.spec;
  if (!isRollingUpdate(deployment)) return replicas;
  const room = replicas + maxSurgeOf(deployment) - sumOf(all, 'wanted');
  return room <= 0 ? current : current + Math.min(room, replicas - current);
}

/** The shares of ReplicaSets when a Deployment changes size in the middle of a rollout. Source: sync.go, `scale`. */
export function proportionally(deployment: Deployment, active: readonly ReplicaSet[]): ReadonlyMap<ReplicaSet, number> {
  const { replicas } = deployment.spec;
  const allowed = replicas > 0 ? replicas + maxSurgeOf(deployment) : 0;
  const toAdd = allowed - sumOf(active, 'wanted');
  const sorted = [...active].sort(
    (a, b) => b.spec.replicas - a.spec.replicas || (toAdd > 0 ? youngerFirst(a, b) : youngerFirst(b, a)),
  );
  const sizes = new Map<ReplicaSet, number>();
  let added = 0;
  for (const replicaSet of sorted) {
    let size = replicaSet.spec.replicas;
    if (toAdd !== 0) {
      const share = shareOf(replicaSet, deployment, toAdd, added);
      size += share;
      added += share;
    }
    sizes.set(replicaSet, size);
  }
  // What rounding leaves over goes to the largest.
  const [largest] = sorted;
  if (largest !== undefined && toAdd !== 0) sizes.set(largest, Math.max(0, (sizes.get(largest) ?? 0) + toAdd - added));
  return sizes;
}

function shareOf(replicaSet: ReplicaSet, deployment: Deployment, toAdd: number, added: number): number {
  const { replicas } = replicaSet.spec;
  if (replicas === 0 || toAdd === added) return 0;
  const before = Number(replicaSet.metadata.annotations?.[MAX_REPLICAS] ?? 0) || (deployment.status?.replicas ?? 0);
  const share =
    before === 0 ? 0 : Math.round((replicas * (deployment.spec.replicas + maxSurgeOf(deployment))) / before) - replicas;
  const allowed = toAdd - added;
  return toAdd > 0 ? Math.min(share, allowed) : Math.max(share, allowed);
}

function youngerFirst(a: ReplicaSet, b: ReplicaSet): number {
  return byAge(b, a);
}

/** The oldest first; of those made at one moment, by name. */
export function byAge(a: ReplicaSet, b: ReplicaSet): number {
  const [x, y] = [a.metadata, b.metadata];
  if (x.creationTimestamp !== y.creationTimestamp) return x.creationTimestamp < y.creationTimestamp ? -1 : 1;
  return x.name < y.name ? -1 : x.name > y.name ? 1 : 0;
}

/** What a ReplicaSet remembers of its Deployment: which rollout it was, and how large the Deployment was then. */
export const REVISION = 'deployment.kubernetes.io/revision';
export const DESIRED_REPLICAS = 'deployment.kubernetes.io/desired-replicas';
export const MAX_REPLICAS = 'deployment.kubernetes.io/max-replicas';
