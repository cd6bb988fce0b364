// All that the server serves under its groups and versions: kinds whose objects it stores, and reviews.

import type { Kind } from '../kinds/kind.ts';
import { SCHEME } from '../scheme.ts';
import { REVIEWS } from './reviews.ts';

/** What discovery says of a resource. */
export interface ServedKind extends Pick<Kind, 'apiVersion' | 'kind' | 'resource' | 'singular' | 'namespaced'> {
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly subresources: Kind['subresources'];
  readonly verbs: readonly string[];
}

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

function servedKind(kind: Kind): ServedKind {
  // Namespaces go one by one: there is no way to delete all of them.
  return { ...kind, verbs: kind.kind === 'Namespace' ? VERBS.filter(verb => verb !== 'deletecollection') : VERBS };
}

const SERVED: readonly ServedKind[] = [
  ...SCHEME.map(servedKind),
  ...REVIEWS.map(review => ({
    ...review,
    namespaced: false,
    shortNames: [],
    categories: [],
    subresources: [],
    verbs: ['create'],
  })),
];

/** @param custom kinds that the server has beside those of the scheme */
export function servedKinds(custom: readonly Kind[]): readonly ServedKind[] {
  return custom.length === 0 ? SERVED : [...SERVED, ...custom.map(servedKind)];
}
