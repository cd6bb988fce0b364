// Namespaces hold their objects: nothing is made in one that is missing or going away.
//
// Read:    k8s.io/apiserver pkg/admission/plugin/namespace/lifecycle/admission.go.

import { forbiddenRequest, notFound } from '../apiError.ts';
import type { ApiError } from '../client.ts';
import type { Kind } from '../kinds/kind.ts';
import { namespaces } from '../kinds/namespace.ts';
import { groupOf } from '../scheme.ts';
import type { ObjectStore } from '../store.ts';

/** Namespaces that nobody may delete. */
const IMMORTAL: ReadonlySet<string> = new Set(['default', 'kube-system', 'kube-public']);

/** May an object of this kind and name be made in the namespace? */
export function checkNamespace(store: ObjectStore, kind: Kind, namespace: string, name: string): ApiError | undefined {
  const found = store.table(namespaces).get(namespace);
  if (found === undefined) return notFound({ group: '', resource: 'namespaces' }, namespace);
  if (found.metadata.deletionTimestamp === undefined) return undefined;
  const about = { group: groupOf(kind.apiVersion), resource: kind.resource };
  const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
  const cause = {
    reason: 'NamespaceTerminating',
    message: `namespace ${namespace} is being terminated`,
    field: 'metadata.namespace',
  };
  return forbiddenRequest(about, name, why, [cause]);
}

export function checkNamespaceDeletion(name: string): ApiError | undefined {
  return IMMORTAL.has(name)
    ? forbiddenRequest({ group: '', resource: 'namespaces' }, name, 'this namespace may not be deleted')
    : undefined;
}
