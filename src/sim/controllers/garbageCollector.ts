// The garbage collector: deletes what belonged to objects that are gone.
//
// Models:  owner references, and the three ways to delete an owner: its dependents after it, before it, or not at all.
// Omits:   the graph that the real one keeps; the store's index of owners answers here.
// Read:    kubernetes pkg/controller/garbagecollector/garbagecollector.go.

import type { ApiChange, ApiClient, KindRef } from '../api/client.ts';
import { type Controller, ofKind } from '../api/controller.ts';
import { equalJson } from '../api/json.ts';
import { type ApiObject, keyOf, type OwnerReference, parseKey } from '../api/objects.ts';
import { SCHEME } from '../api/scheme.ts';
import { released } from './ownership.ts';

const NAME = 'garbage-collector';
const ORPHAN = 'orphan';
const FOREGROUND = 'foregroundDeletion';

export function garbageCollector(): Controller {
  return {
    name: NAME,
    // Events belong to nobody.
    watches: SCHEME.filter(kind => kind.kind !== 'Event').map(kind => ofKind(kind, keysOf)),
    reconcile(api, key) {
      const [apiVersion = '', kindName = '', objectKey = ''] = key.split(' ');
      const kind = api.kindOf(apiVersion, kindName);
      const object = kind === undefined ? undefined : api.get(kind, parseKey(objectKey));
      if (kind === undefined || object === undefined) return;
      if (isWaiting(object, ORPHAN)) orphanDependents(api, kind, object);
      else if (isWaiting(object, FOREGROUND)) deleteDependents(api, kind, object);
      else collect(api, kind, object);
    },
  };
}

/** Keys hold the kind: `apps/v1 ReplicaSet default/web-6c9f7d8b5`. */
function gcKey(object: ApiObject): string {
  return `${object.apiVersion} ${object.kind} ${keyOf(object)}`;
}

function keysOf({ type, object, previous }: ApiChange<ApiObject>, api: ApiClient): readonly string[] {
  if (type === 'DELETED') {
    const dependents = dependentsOf(api, object).map(({ object: dependent }) => gcKey(dependent));
    return [...dependents, ...waitingOwners(api, object)];
  }
  const { ownerReferences, deletionTimestamp } = object.metadata;
  const hasOwners = ownerReferences !== undefined && ownerReferences.length > 0;
  const isNew = hasOwners && !equalJson(previous?.metadata.ownerReferences, ownerReferences);
  return isNew || (deletionTimestamp !== undefined && hasPolicy(object)) ? [gcKey(object)] : [];
}

function hasPolicy(object: ApiObject): boolean {
  return isWaiting(object, ORPHAN) || isWaiting(object, FOREGROUND);
}

function isWaiting({ metadata }: ApiObject, finalizer: string): boolean {
  return metadata.deletionTimestamp !== undefined && (metadata.finalizers?.includes(finalizer) ?? false);
}

/** Owners that wait for this object to be gone. */
function waitingOwners(api: ApiClient, object: ApiObject): readonly string[] {
  return (object.metadata.ownerReferences ?? []).flatMap(reference => {
    const owner = ownerOf(api, object, reference);
    return owner !== undefined && isWaiting(owner, FOREGROUND) ? [gcKey(owner)] : [];
  });
}

/** The object that a reference means, if it is still the same one. */
function ownerOf(api: ApiClient, object: ApiObject, reference: OwnerReference): ApiObject | undefined {
  const kind = api.kindOf(reference.apiVersion, reference.kind);
  if (kind === undefined) return undefined;
  const { namespace } = object.metadata;
  const inNamespace = kind.namespaced && namespace !== undefined ? { namespace } : {};
  const owner = api.get(kind, { ...inNamespace, name: reference.name });
  return owner?.metadata.uid === reference.uid ? owner : undefined;
}

interface Dependent {
  readonly kind: KindRef<ApiObject>;
  readonly object: ApiObject;
}

function dependentsOf(api: ApiClient, owner: ApiObject): readonly Dependent[] {
  const { uid } = owner.metadata;
  return api
    .kinds()
    .flatMap(kind =>
      api.count(kind, { owner: uid }) === 0 ? [] : api.list(kind, { owner: uid }).map(object => ({ kind, object })),
    );
}

/** Deletes an object none of whose owners is left. References to those that are gone are taken off. */
function collect(api: ApiClient, kind: KindRef<ApiObject>, object: ApiObject): void {
  const references = object.metadata.ownerReferences ?? [];
  if (references.length === 0 || object.metadata.deletionTimestamp !== undefined) return;
  const gone = references.filter(
    reference => isCollectable(api, reference) && ownerOf(api, object, reference) === undefined,
  );
  if (gone.length === 0) return;
  if (gone.length === references.length) {
    api.delete(kind, object.metadata, { uid: object.metadata.uid });
    return;
  }
  const ownerReferences = references.filter(reference => !gone.includes(reference));
  api.update(kind, { ...object, metadata: { ...object.metadata, ownerReferences } });
}

/** Owners of kinds that the server does not have can be neither found nor missed. */
function isCollectable(api: ApiClient, { apiVersion, kind }: OwnerReference): boolean {
  return api.kindOf(apiVersion, kind) !== undefined;
}

/** They belong to nobody from now on; then their owner can go. */
function orphanDependents(api: ApiClient, kind: KindRef<ApiObject>, owner: ApiObject): void {
  for (const dependent of dependentsOf(api, owner))
    api.update(dependent.kind, released(dependent.object, owner.metadata.uid));
  finish(api, kind, owner, ORPHAN);
}

/** They go first; their owner goes when the last one that holds it is gone. */
function deleteDependents(api: ApiClient, kind: KindRef<ApiObject>, owner: ApiObject): void {
  const dependents = dependentsOf(api, owner);
  for (const { kind: dependentKind, object } of dependents) {
    if (object.metadata.deletionTimestamp !== undefined) continue;
    const propagationPolicy = dependentsOf(api, object).length > 0 ? 'Foreground' : 'Background';
    api.delete(dependentKind, object.metadata, { propagationPolicy });
  }
  const isHeld = dependentsOf(api, owner).some(({ object }) =>
    object.metadata.ownerReferences?.some(
      ({ uid, blockOwnerDeletion }) => uid === owner.metadata.uid && blockOwnerDeletion === true,
    ),
  );
  if (!isHeld) finish(api, kind, owner, FOREGROUND);
}

function finish(api: ApiClient, kind: KindRef<ApiObject>, object: ApiObject, finalizer: string): void {
  const finalizers = (object.metadata.finalizers ?? []).filter(name => name !== finalizer);
  api.update(kind, { ...object, metadata: { ...object.metadata, finalizers } });
}
