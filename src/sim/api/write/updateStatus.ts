// The `status` subresource: only the status changes, whatever else the request says.
//
// Read:    kubernetes pkg/registry/core/pod/strategy.go, `podStatusStrategy`, and its siblings.

import { failure, type Result, success } from '../../runtime/errors.ts';
import { invalidObject } from '../apiError.ts';
import type { ApiError } from '../client.ts';
import type { Draft } from '../draft.ts';
import { jsonOf, managedOnUpdate, writerOf } from '../fields/track.ts';
import { equalJson } from '../json.ts';
import type { ApiObject } from '../objects.ts';
import { groupOf } from '../scheme.ts';
import { validateObjectMetaUpdate } from '../validation/objectMeta.ts';
import type { ApiWorld, WriteOptions } from '../world.ts';
import { finished, withManagedFields } from './finished.ts';
import { currentFor, keptMetadata, type UpdateRequest } from './update.ts';

/** Labels and annotations can change along with the status, as upstream allows it. */
export function updateObjectStatus(
  world: ApiWorld,
  { kind, key, object, applied }: UpdateRequest,
  options: WriteOptions,
): Result<ApiObject, ApiError> {
  const current = currentFor(world, kind, key, object);
  if (!current.ok) return current;
  const old = current.value;
  const metadata = keptMetadata(kind, { ...object.metadata, name: old.metadata.name }, old.metadata);
  const next = withStatus({ ...old, metadata: { ...metadata, ...unchangeable(old) } }, kind.defaults(object));
  const errors = [
    ...validateObjectMetaUpdate(next.metadata ?? {}, old.metadata),
    ...(kind.validateStatus?.(next, old) ?? []),
  ];
  if (errors.length > 0) return failure(invalidObject(kind.kind, groupOf(kind.apiVersion), old.metadata.name, errors));
  const managedFields =
    applied === undefined
      ? managedOnUpdate(
          kind,
          jsonOf(old),
          jsonOf(next),
          undefined,
          writerOf(world, kind, { ...options, subresource: 'status' }),
        )
      : applied.managedFields;
  const made = withManagedFields(finished<ApiObject>(next), managedFields);
  if (options.mode === 'dry-run' || equalJson(made, old)) return success(made);
  // Status changes by the thousand; the log keeps to what was wanted, not to what follows.
  return success(world.store.put(kind, made));
}

/** Who an object belongs to and what holds it is no matter of its status. */
function unchangeable({ metadata }: ApiObject) {
  return {
    ...(metadata.ownerReferences !== undefined && { ownerReferences: metadata.ownerReferences }),
    ...(metadata.finalizers !== undefined && { finalizers: metadata.finalizers }),
  };
}

function withStatus(object: Draft<ApiObject>, source: Draft<ApiObject>): Draft<ApiObject> {
  return 'status' in source ? { ...object, ...{ status: source.status } } : object;
}
