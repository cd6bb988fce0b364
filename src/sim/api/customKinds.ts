// The kinds of a server: those of the scheme, and those that its CustomResourceDefinitions bring.

import { customResourceDefinitions } from './kinds/custom/definition.ts';
import { kindsOfDefinition } from './kinds/custom/instance.ts';
import type { Kind } from './kinds/kind.ts';
import type { ApiObject } from './objects.ts';
import { findKind, SCHEME } from './scheme.ts';
import type { ObjectStore } from './store.ts';

/** By the list of definitions, which is the same as long as nothing changes. */
const known = new WeakMap<readonly ApiObject[], readonly Kind[]>();

export function customKinds(store: ObjectStore): readonly Kind[] {
  const definitions = store.table(customResourceDefinitions).all();
  let kinds = known.get(definitions);
  if (kinds === undefined) {
    kinds = definitions.flatMap(kindsOfDefinition);
    known.set(definitions, kinds);
  }
  for (const kind of kinds) store.serve(kind);
  return kinds;
}

export function allKinds(store: ObjectStore): readonly Kind[] {
  const custom = customKinds(store);
  return custom.length === 0 ? SCHEME : [...SCHEME, ...custom];
}

/** The kind of an object, of whatever origin. */
export function kindIn(store: ObjectStore, apiVersion: string, kind: string): Kind | undefined {
  return (
    findKind(apiVersion, kind) ?? customKinds(store).find(one => one.kind === kind && one.apiVersion === apiVersion)
  );
}

/** A definition takes its instances along. */
export function removeInstances(store: ObjectStore, definition: ApiObject): void {
  for (const kind of kindsOfDefinition(definition)) {
    store.serve(kind);
    for (const object of store.table(kind).all()) store.remove(kind, object);
  }
}
