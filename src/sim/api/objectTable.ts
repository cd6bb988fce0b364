// The objects of one kind, with the indexes that keep lists short: by namespace, label, owner and what the kind adds.
//
// The map is the state and part of snapshots; the indexes follow from it and are mended, not kept, when one is restored.

import { CowMap } from '../runtime/cowMap.ts';
import type { Kind } from './kinds/kind.ts';
import { type ApiObject, keyOf } from './objects.ts';
import { insertKey, removeKey } from './sortedKeys.ts';

/** One object that differs between two states; absent before or after: it was added or deleted. */
export interface TableDifference {
  readonly key: string;
  readonly before: ApiObject | undefined;
  readonly after: ApiObject | undefined;
}

export class ObjectTable {
  readonly kind: Kind;
  readonly #objects = new CowMap<string, ApiObject>();
  /** All keys in order: `namespace/name`, or `name`. */
  readonly #keys: string[] = [];
  /** Index names (`ns=default`, `label=app=web`, `owner=UID`, `node=node-1`) to the keys of their objects, in order. */
  readonly #index = new Map<string, string[]>();

  constructor(kind: Kind) {
    this.kind = kind;
  }

  get size(): number {
    return this.#objects.size;
  }

  get(key: string): ApiObject | undefined {
    return this.#objects.get(key);
  }

  put(object: ApiObject): void {
    const key = keyOf(object);
    this.#reindex(key, this.#objects.get(key), object);
    this.#objects.set(key, object);
  }

  remove(key: string): void {
    this.#reindex(key, this.#objects.get(key), undefined);
    this.#objects.delete(key);
  }

  /** All objects in order. */
  all(): readonly ApiObject[] {
    return this.#resolve(this.#keys);
  }

  /** The objects under one index name, in order. */
  under(index: string): readonly ApiObject[] {
    return this.#resolve(this.#index.get(index) ?? []);
  }

  /** How many {@link ObjectTable.under} would return. */
  countUnder(index: string): number {
    return this.#index.get(index)?.length ?? 0;
  }

  #resolve(keys: readonly string[]): readonly ApiObject[] {
    const objects: ApiObject[] = [];
    for (const key of keys) {
      const object = this.#objects.get(key);
      if (object !== undefined) objects.push(object);
    }
    return objects;
  }

  snapshot(): ReadonlyMap<string, ApiObject> {
    return this.#objects.snapshot();
  }

  /** Puts an earlier state back. Returns what differs; nothing is looked at when it is the present state. */
  restore(content: ReadonlyMap<string, ApiObject>): readonly TableDifference[] {
    const before = this.#objects.view();
    if (before === content) return [];
    const differences: TableDifference[] = [];
    for (const [key, after] of content) {
      const old = before.get(key);
      if (old !== after) differences.push({ key, before: old, after });
    }
    for (const [key, old] of before) if (!content.has(key)) differences.push({ key, before: old, after: undefined });
    this.#objects.restore(content);
    for (const { key, before: old, after } of differences) this.#reindex(key, old, after);
    return differences;
  }

  #reindex(key: string, old: ApiObject | undefined, next: ApiObject | undefined): void {
    if (old === undefined) insertKey(this.#keys, key);
    if (next === undefined) removeKey(this.#keys, key);
    const [before, after] = [this.#indexesOf(old), this.#indexesOf(next)];
    for (const name of before) if (!after.includes(name)) this.#take(name, key);
    for (const name of after) if (!before.includes(name)) this.#add(name, key);
  }

  #add(name: string, key: string): void {
    const keys = this.#index.get(name);
    if (keys === undefined) this.#index.set(name, [key]);
    else insertKey(keys, key);
  }

  #take(name: string, key: string): void {
    const keys = this.#index.get(name);
    if (keys === undefined) return;
    removeKey(keys, key);
    if (keys.length === 0) this.#index.delete(name);
  }

  #indexesOf(object: ApiObject | undefined): readonly string[] {
    if (object === undefined) return [];
    const { namespace, labels, ownerReferences } = object.metadata;
    const names: string[] = namespace === undefined ? [] : [namespaceIndex(namespace)];
    for (const label in labels) names.push(labelIndex(label, labels[label] ?? ''));
    for (const owner of ownerReferences ?? []) names.push(ownerIndex(owner.uid));
    return this.kind.indexes === undefined ? names : [...names, ...this.kind.indexes(object)];
  }
}

export function namespaceIndex(namespace: string): string {
  return `ns=${namespace}`;
}

export function labelIndex(label: string, value: string): string {
  return `label=${label}=${value}`;
}

export function ownerIndex(uid: string): string {
  return `owner=${uid}`;
}
