// Who belongs to whom: owner references, and the one owner that controls an object.
//
// Read:    k8s.io/apimachinery pkg/apis/meta/v1/controller_ref.go.

import type { ApiObject, OwnerReference } from '../api/objects.ts';

/** A reference to the object that controls another one. */
export function controllerReference(owner: ApiObject): OwnerReference {
  const { apiVersion, kind, metadata } = owner;
  return { apiVersion, kind, name: metadata.name, uid: metadata.uid, controller: true, blockOwnerDeletion: true };
}

/** The reference to the object's controller, if it has one. */
export function controllerOf(object: ApiObject): OwnerReference | undefined {
  return object.metadata.ownerReferences?.find(reference => reference.controller === true);
}

export function isControlledBy(object: ApiObject, owner: ApiObject): boolean {
  return controllerOf(object)?.uid === owner.metadata.uid;
}

/** The object with this controller; it must have none. */
export function adopted<T extends ApiObject>(object: T, owner: ApiObject): T {
  const ownerReferences = [...(object.metadata.ownerReferences ?? []), controllerReference(owner)];
  return { ...object, metadata: { ...object.metadata, ownerReferences } };
}

/** The object without its references to an owner. */
export function released<T extends ApiObject>(object: T, ownerUid: string): T {
  const { ownerReferences = [], ...metadata } = object.metadata;
  const others = ownerReferences.filter(({ uid }) => uid !== ownerUid);
  return { ...object, metadata: { ...metadata, ...(others.length > 0 && { ownerReferences: others }) } };
}
