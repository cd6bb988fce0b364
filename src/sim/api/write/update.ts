// Replacing an object: what the server keeps of the old one, what may not change, and when nothing has changed at all.
//
// Read:    k8s.io/apiserver pkg/registry/generic/registry/store.go, `Update`; pkg/registry/rest/update.go.

import { failure, type Result, success } from '../../runtime/errors.ts';
import { allocateService } from '../admission/serviceAllocation.ts';
import { badRequest, conflict, invalidObject, MODIFIED_MEANWHILE, notFound, uidMismatch } from '../apiError.ts';
import type { ApiError } from '../client.ts';
import type { Draft } from '../draft.ts';
import type { FieldError } from '../fieldError.ts';
import { jsonOf, managedOnUpdate, writerOf } from '../fields/track.ts';
import { equalJson } from '../json.ts';
import type { Kind } from '../kinds/kind.ts';
import { type Service, services } from '../kinds/service.ts';
import { type ApiObject, keyOf, type ObjectKey, type ObjectMeta } from '../objects.ts';
import { groupOf } from '../scheme.ts';
import { validateCommonMeta, validateObjectMetaUpdate } from '../validation/objectMeta.ts';
import { type ApiWorld, type AppliedFields, logWrite, type WriteOptions } from '../world.ts';
import { finished, withManagedFields } from './finished.ts';

export interface UpdateRequest {
  readonly kind: Kind;
  readonly key: ObjectKey;
  readonly object: Draft<ApiObject>;
  readonly applied?: AppliedFields;
}

export function updateObject(
  world: ApiWorld,
  request: UpdateRequest,
  options: WriteOptions,
): Result<ApiObject, ApiError> {
  const { kind, key, object } = request;
  const current = currentFor(world, kind, key, object);
  if (!current.ok) return current;
  const old = current.value;
  const before = world.allocation;
  const made = prepare(world, request, old, options);
  if (!made.ok || options.mode === 'dry-run') {
    world.allocation = before;
    return made;
  }
  return success(replace(world, kind, old, made.value, options));
}

/** Stores the new state, or removes the object when this took its last finalizer away. */
export function replace(
  world: ApiWorld,
  kind: Kind,
  old: ApiObject,
  object: ApiObject,
  options: WriteOptions,
): ApiObject {
  if (equalJson(object, old)) return old;
  if (isDoomed(kind, object)) {
    const last = world.store.remove(kind, object);
    logWrite(world, kind, last, options, 'Deleted');
    return last;
  }
  const stored = world.store.put(kind, object);
  logWrite(world, kind, stored, options, 'Updated');
  return stored;
}

/** Waits for nothing any more: marked for deletion, no time left, no finalizer. Namespaces have their own. */
function isDoomed(kind: Kind, { metadata }: ApiObject): boolean {
  return (
    kind.kind !== 'Namespace' &&
    metadata.deletionTimestamp !== undefined &&
    (metadata.deletionGracePeriodSeconds ?? 0) === 0 &&
    (metadata.finalizers ?? []).length === 0
  );
}

/** The object that is to be replaced, if the request is about the state that it has now. */
export function currentFor(
  world: ApiWorld,
  kind: Kind,
  key: ObjectKey,
  object: Draft<ApiObject>,
): Result<ApiObject, ApiError> {
  const about = { group: groupOf(kind.apiVersion), resource: kind.resource };
  const old = world.store.table(kind).get(keyOf({ metadata: key }));
  if (old === undefined) return failure(notFound(about, key.name));
  const { resourceVersion = '', uid = '', namespace = '' } = object.metadata ?? {};
  if (namespace !== '' && namespace !== (key.namespace ?? namespace))
    return failure(badRequest('the namespace of the provided object does not match the namespace sent on the request'));
  if (uid !== '' && uid !== old.metadata.uid) return failure(uidMismatch(about, keyOf(old), uid, old.metadata.uid));
  if (resourceVersion !== '' && resourceVersion !== old.metadata.resourceVersion)
    return failure(conflict(about, key.name, MODIFIED_MEANWHILE));
  return success(old);
}

function prepare(
  world: ApiWorld,
  { kind, object, applied }: UpdateRequest,
  old: ApiObject,
  options: WriteOptions,
): Result<ApiObject, ApiError> {
  const draft = kind.defaults({
    ...object,
    apiVersion: kind.apiVersion,
    kind: kind.kind,
    metadata: keptMetadata(kind, object.metadata ?? {}, old.metadata),
  });
  const prepared = kind.prepareUpdate?.(draft, old) ?? draft;
  const allocated = allocate(world, kind, prepared, old);
  if (!allocated.ok) return allocated;
  const next = withGeneration(kind, allocated.value, old);
  const errors = validateChange(kind, next, old);
  const { name } = old.metadata;
  if (errors.length > 0) return failure(invalidObject(kind.kind, groupOf(kind.apiVersion), name, errors));
  const given = object.metadata?.managedFields;
  const managedFields =
    applied === undefined
      ? managedOnUpdate(kind, jsonOf(old), jsonOf(draft), given, writerOf(world, kind, options))
      : applied.managedFields;
  return success(withManagedFields(finished(next), managedFields));
}

/** All that is wrong with a new state of an object. */
export function validateChange(kind: Kind, next: Draft<ApiObject>, old: ApiObject): FieldError[] {
  const metadata = next.metadata ?? {};
  return [
    ...validateCommonMeta(metadata, kind.namespaced),
    ...validateObjectMetaUpdate(metadata, old.metadata),
    ...(kind.validateUpdate?.(next, old) ?? []),
    ...kind.validate(next),
  ];
}

/** An update cannot touch what the system says of an object. */
export function keptMetadata(kind: Kind, metadata: Draft<ObjectMeta>, old: ObjectMeta): Draft<ObjectMeta> {
  const { managedFields: _managedFields, generation: _generation, selfLink: _selfLink, namespace, ...rest } = metadata;
  return {
    ...rest,
    ...(kind.namespaced && { namespace: namespace || old.namespace }),
    uid: metadata.uid || old.uid,
    resourceVersion: old.resourceVersion,
    creationTimestamp: old.creationTimestamp,
    ...(old.managedFields !== undefined && { managedFields: old.managedFields }),
    ...(old.generation !== undefined && { generation: old.generation }),
    ...(old.deletionTimestamp !== undefined && { deletionTimestamp: old.deletionTimestamp }),
    ...(old.deletionGracePeriodSeconds !== undefined && {
      deletionGracePeriodSeconds: metadata.deletionGracePeriodSeconds ?? old.deletionGracePeriodSeconds,
    }),
  };
}

/** Counts up when anything but metadata and status has changed. */
function withGeneration(kind: Kind, object: Draft<ApiObject>, old: ApiObject): Draft<ApiObject> {
  if (!kind.countsGenerations || equalJson(ownFields(object), ownFields(old))) return object;
  return { ...object, metadata: { ...object.metadata, generation: (old.metadata.generation ?? 0) + 1 } };
}

function ownFields(object: Draft<ApiObject>): object {
  const { metadata: _metadata, ...rest } = object;
  return { ...rest, status: undefined };
}

function allocate(
  world: ApiWorld,
  kind: Kind,
  object: Draft<ApiObject>,
  old: ApiObject,
): Result<Draft<ApiObject>, ApiError> {
  if (!isService(kind, old)) return success(object);
  const context = { store: world.store, network: world.serviceSubnet };
  const allocated = allocateService(object, old, context, world.allocation);
  if (!allocated.ok) return allocated;
  world.allocation = allocated.value.state;
  return success(allocated.value.service);
}

function isService(kind: Kind, object: ApiObject): object is Service {
  return kind.kind === services.kind && kind.apiVersion === services.apiVersion && object.kind === services.kind;
}
