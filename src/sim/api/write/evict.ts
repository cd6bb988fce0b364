// Evicting a Pod: a deletion that says why, as `kubectl drain` asks for it.
//
// Omits:   PodDisruptionBudgets, which have no effect in this lab.
// Read:    kubernetes pkg/registry/core/pod/storage/eviction.go.

import { failure, type Result, success } from '../../runtime/errors.ts';
import { notFound } from '../apiError.ts';
import type { ApiError, DeleteOptions } from '../client.ts';
import { isPod, isPodTerminal, type Pod, pods } from '../kinds/pod.ts';
import { type Condition, keyOf, type ObjectKey } from '../objects.ts';
import type { ApiWorld, WriteOptions } from '../world.ts';
import { removeObject } from './remove.ts';

export interface EvictRequest {
  readonly key: ObjectKey;
  readonly options: DeleteOptions;
}

export function evictPod(
  world: ApiWorld,
  { key, options: wanted }: EvictRequest,
  options: WriteOptions,
): Result<void, ApiError> {
  const pod = world.store.table(pods).get(keyOf({ metadata: key }));
  if (pod === undefined || !isPod(pod)) return failure(notFound({ group: '', resource: 'pods' }, key.name));
  const request = { kind: pods, key, options: wanted };
  // The first run finds out whether anything speaks against it: the Pod must not be marked in vain.
  const refused = removeObject(world, request, { ...options, mode: 'dry-run' });
  if (!refused.ok) return refused;
  if (options.mode === 'dry-run') return success(undefined);
  if (!isGoing(pod)) world.store.put(pods, withCondition(world, pod));
  const { resourceVersion: _version, ...unversioned } = wanted;
  const removed = removeObject(world, { ...request, options: unversioned }, options);
  return removed.ok ? success(undefined) : removed;
}

/** Its end is no disruption any more. */
function isGoing(pod: Pod): boolean {
  return isPodTerminal(pod) || pod.status?.phase === 'Pending' || pod.metadata.deletionTimestamp !== undefined;
}

function withCondition(world: ApiWorld, pod: Pod): Pod {
  const target: Condition = {
    type: 'DisruptionTarget',
    status: 'True',
    reason: 'EvictionByEvictionAPI',
    message: 'Eviction API: evicting',
    lastTransitionTime: world.now,
  };
  const others = (pod.status?.conditions ?? []).filter(({ type }) => type !== target.type);
  return { ...pod, status: { ...pod.status, conditions: [...others, target] } };
}
