// What the status of a namespace says about its end: what is left in it, and what holds that back.
//
// Read:    kubernetes pkg/controller/namespace/deletion/status_condition_utils.go.

import type { KindRef } from '../api/client.ts';
import type { ApiObject, Condition, Timestamp } from '../api/objects.ts';
import { groupOf } from '../api/scheme.ts';

/** The objects of one kind that are still there. */
export interface Remaining {
  readonly kind: KindRef<ApiObject>;
  readonly objects: readonly ApiObject[];
}

interface Finding {
  readonly type: string;
  readonly status: 'True' | 'False';
  readonly reason: string;
  readonly message: string;
}

/** What cannot go wrong in this lab. */
const FINE: readonly Finding[] = [
  {
    type: 'NamespaceDeletionDiscoveryFailure',
    status: 'False',
    reason: 'ResourcesDiscovered',
    message: 'All resources successfully discovered',
  },
  {
    type: 'NamespaceDeletionGroupVersionParsingFailure',
    status: 'False',
    reason: 'ParsedGroupVersions',
    message: 'All legacy kube types successfully parsed',
  },
  {
    type: 'NamespaceDeletionContentFailure',
    status: 'False',
    reason: 'ContentDeleted',
    message: 'All content successfully deleted, may be waiting on finalization',
  },
];

/** @param old the conditions so far: what stays as it is keeps its time */
export function conditionsOf(
  remaining: readonly Remaining[],
  old: readonly Condition[],
  now: Timestamp,
): readonly Condition[] {
  return [...FINE, contentFinding(remaining), finalizerFinding(remaining)].map(finding => {
    const before = old.find(({ type }) => type === finding.type);
    const lastTransitionTime = before?.status === finding.status ? (before.lastTransitionTime ?? now) : now;
    return { ...finding, lastTransitionTime };
  });
}

function contentFinding(remaining: readonly Remaining[]): Finding {
  const type = 'NamespaceContentRemaining';
  const parts = remaining.map(
    ({ kind, objects }) => `${kind.resource}.${groupOf(kind.apiVersion)} has ${objects.length} resource instances`,
  );
  if (parts.length === 0)
    return { type, status: 'False', reason: 'ContentRemoved', message: 'All content successfully removed' };
  const message = `Some resources are remaining: ${parts.sort().join(', ')}`;
  return { type, status: 'True', reason: 'SomeResourcesRemain', message };
}

function finalizerFinding(remaining: readonly Remaining[]): Finding {
  const type = 'NamespaceFinalizersRemaining';
  const counts = new Map<string, number>();
  for (const { objects } of remaining)
    for (const { metadata } of objects)
      for (const name of metadata.finalizers ?? []) counts.set(name, (counts.get(name) ?? 0) + 1);
  if (counts.size === 0) {
    const message = 'All content-preserving finalizers finished';
    return { type, status: 'False', reason: 'ContentHasNoFinalizers', message };
  }
  const parts = [...counts].map(([name, count]) => `${name} in ${count} resource instances`).sort();
  const message = `Some content in the namespace has finalizers remaining: ${parts.join(', ')}`;
  return { type, status: 'True', reason: 'SomeFinalizersRemain', message };
}
