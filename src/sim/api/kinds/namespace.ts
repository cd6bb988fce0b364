// Namespace: a space of names. Deleting one deletes everything in it first.
//
// Read:    kubernetes pkg/registry/core/namespace/strategy.go.

import { eachInvalid, type FieldError, invalid } from '../fieldError.ts';
import { path } from '../fieldPath.ts';
import type { ApiObject, Condition } from '../objects.ts';
import { age } from '../timestamps.ts';
import { dnsLabel, qualifiedName } from '../validation/formats.ts';
import { column, type Kind, nameColumn } from './kind.ts';

export interface Namespace extends ApiObject {
  readonly spec?: { readonly finalizers?: readonly string[] };
  readonly status?: { readonly phase?: 'Active' | 'Terminating'; readonly conditions?: readonly Condition[] };
}

/** Holds a namespace until its content is gone. */
export const NAMESPACE_FINALIZER = 'kubernetes';

export const namespaces: Kind<Namespace> = {
  apiVersion: 'v1',
  kind: 'Namespace',
  resource: 'namespaces',
  singular: 'namespace',
  shortNames: ['ns'],
  categories: [],
  namespaced: false,
  subresources: ['status', 'finalize'],
  nameRule: dnsLabel,
  countsGenerations: false,
  deletionAnswers: 'object',
  defaults(namespace) {
    const name = namespace.metadata?.name;
    if (name === undefined) return namespace;
    const labels = { ...namespace.metadata?.labels, 'kubernetes.io/metadata.name': name };
    return { ...namespace, metadata: { ...namespace.metadata, labels } };
  },
  prepareCreate(namespace) {
    const finalizers = namespace.spec?.finalizers ?? [];
    return {
      ...namespace,
      spec: {
        ...namespace.spec,
        finalizers: finalizers.includes(NAMESPACE_FINALIZER) ? finalizers : [...finalizers, NAMESPACE_FINALIZER],
      },
      status: { phase: 'Active' },
    };
  },
  prepareUpdate(namespace, old) {
    return {
      ...namespace,
      ...(old.spec !== undefined && { spec: old.spec }),
      ...(old.status !== undefined && { status: old.status }),
    };
  },
  validate(namespace): readonly FieldError[] {
    return (namespace.spec?.finalizers ?? []).flatMap(name => [
      ...eachInvalid(path('spec', 'finalizers'), name, qualifiedName(name)),
      ...(name.includes('/') || STANDARD_FINALIZERS.has(name)
        ? []
        : [
            invalid(
              path('spec', 'finalizers'),
              name,
              'name is neither a standard finalizer name nor is it fully qualified',
            ),
          ]),
    ]);
  },
  columns: [
    nameColumn(),
    column('Status', namespace => namespace.status?.phase ?? ''),
    column('Age', (namespace, now) => age(namespace.metadata?.creationTimestamp, now)),
  ],
  selectableFields: ['status.phase', 'name'],
  selectableField: (namespace, field) =>
    field === 'status.phase' ? (namespace.status?.phase ?? '') : field === 'name' ? namespace.metadata.name : undefined,
};

/** Source: kubernetes pkg/apis/core/helper, `standardFinalizers`. */
const STANDARD_FINALIZERS: ReadonlySet<string> = new Set([NAMESPACE_FINALIZER, 'orphan', 'foregroundDeletion']);
