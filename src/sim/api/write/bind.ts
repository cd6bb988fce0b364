// Binding a Pod to a node: what the scheduler does in the end.
//
// Read:    kubernetes pkg/registry/core/pod/storage/storage.go, `assignPod`, `setPodHostAndAnnotations`.

import { failure, type Result, success } from '../../runtime/errors.ts';
import { conflict, invalidObject, notFound } from '../apiError.ts';
import type { ApiError } from '../client.ts';
import { required } from '../fieldError.ts';
import { path } from '../fieldPath.ts';
import { isPod, type Pod, pods } from '../kinds/pod.ts';
import { type ApiObject, type Condition, keyOf, type ObjectKey } from '../objects.ts';
import type { ApiWorld, WriteOptions } from '../world.ts';

const ABOUT = { group: '', resource: 'pods' } as const;

export function bindPod(
  world: ApiWorld,
  key: ObjectKey,
  node: string,
  { mode }: WriteOptions,
): Result<ApiObject, ApiError> {
  if (node === '') return failure(invalidObject('Binding', '', key.name, [required(path('target', 'name'))]));
  const pod = world.store.table(pods).get(keyOf({ metadata: key }));
  if (pod === undefined || !isPod(pod)) return failure(notFound(ABOUT, key.name));
  const refuse = (why: string) => failure(conflict({ group: '', resource: 'pods/binding' }, key.name, why));
  if (pod.metadata.deletionTimestamp !== undefined)
    return refuse(`pod ${key.name} is being deleted, cannot be assigned to a host`);
  if (pod.spec.nodeName)
    return refuse(`pod ${key.name} is already assigned to node ${JSON.stringify(pod.spec.nodeName)}`);
  if ((pod.spec.schedulingGates ?? []).length > 0) return refuse(`pod ${key.name} has non-empty .spec.schedulingGates`);
  const scheduled: Condition = { type: 'PodScheduled', status: 'True', lastTransitionTime: world.now };
  const others = (pod.status?.conditions ?? []).filter(condition => condition.type !== 'PodScheduled');
  const bound: Pod = {
    ...pod,
    spec: { ...pod.spec, nodeName: node },
    status: { ...pod.status, conditions: [...others, scheduled] },
  };
  return success(mode === 'dry-run' ? bound : world.store.put(pods, bound));
}
