// The objects of one kind, with the indexes that keep lists short: by namespace, label, owner and what the kind adds.
//
// The map is the state and part of snapshots; the indexes follow from it and are mended, not kept, when one is restored.

import { CowMap } from '../runtime/cowMap.ts';
import type { Kind } from './kinds/kind.ts';
import { type ApiObject, keyOf } from './objects.ts';
import { SortedKeys } from './sortedKeys.ts';

/** What an object adds to named sums; see {@link ObjectTable.tally}. It must depend on the object alone. */
export type Measure<T extends ApiObject> = (object: T) => readonly (readonly [name: string, amount: number])[];

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
  readonly #keys = new SortedKeys();
  /** Index names (`ns=default`, `label=app=web`, `owner=UID`, `node=node-1`) to the keys of their objects, in order. */
  readonly #index = new Map<string, SortedKeys>();

  /** Lists that were asked for and have not changed since, by index name. */
  readonly #lists = new Map<string, readonly ApiObject[]>();
  #all: readonly ApiObject[] | undefined;
  /** Index names to the sums that were asked for. */
  readonly #tallies = new Map<string, Map<Measure<ApiObject>, Map<string, number>>>();

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
    this.#all ??= this.#resolve(this.#keys.inOrder());
    return this.#all;
  }

  /** The objects under one index name, in order. */
  under(index: string): readonly ApiObject[] {
    let list = this.#lists.get(index);
    if (list === undefined) {
      list = this.#resolve(this.#index.get(index)?.inOrder() ?? []);
      this.#lists.set(index, list);
    }
    return list;
  }

  /** How many {@link ObjectTable.under} would return. */
  countUnder(index: string): number {
    return this.#index.get(index)?.size ?? 0;
  }

  /**
   * Sums over the objects under one index name. Counted once, then kept up with each change, so that asking costs
   * nothing however many objects there are. Names whose sum is 0 are left out.
   * @param measure the same function each time
   */
  tally(index: string, measure: Measure<ApiObject>): ReadonlyMap<string, number> {
    let measures = this.#tallies.get(index);
    if (measures === undefined) {
      measures = new Map();
      this.#tallies.set(index, measures);
    }
    let sums = measures.get(measure);
    if (sums === undefined) {
      sums = new Map();
      for (const object of this.under(index)) addTo(sums, measure(object), 1);
      measures.set(measure, sums);
    }
    return sums;
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
    if (old === undefined) this.#keys.add(key);
    if (next === undefined) this.#keys.remove(key);
    const [before, after] = [this.#indexesOf(old), this.#indexesOf(next)];
    this.#all = undefined;
    for (const name of before) {
      this.#lists.delete(name);
      this.#count(name, old, -1);
      if (!after.includes(name)) this.#take(name, key);
    }
    for (const name of after) {
      this.#lists.delete(name);
      this.#count(name, next, 1);
      if (!before.includes(name)) this.#add(name, key);
    }
  }

  #count(index: string, object: ApiObject | undefined, sign: 1 | -1): void {
    const measures = this.#tallies.get(index);
    if (measures === undefined || object === undefined) return;
    for (const [measure, sums] of measures) addTo(sums, measure(object), sign);
  }

  #add(name: string, key: string): void {
    let keys = this.#index.get(name);
    if (keys === undefined) {
      keys = new SortedKeys();
      this.#index.set(name, keys);
    }
    keys.add(key);
  }

  #take(name: string, key: string): void {
    const keys = this.#index.get(name);
    if (keys === undefined) return;
    keys.remove(key);
    if (keys.size > 0) return;
    this.#index.delete(name);
    this.#tallies.delete(name);
  }

  #indexesOf(object: ApiObject | undefined): readonly string[] {
    if (object === undefined) return [];
    const { namespace, labels, ownerReferences } = object.metadata;
    const names: string[] = namespace === undefined ? [] : [namespaceIndex(namespace)];
    for (const label in labels) names.push(labelIndex(label, labels[label] ?? ''));
    let controller = '';
    for (const owner of ownerReferences ?? []) {
      names.push(ownerIndex(owner.uid));
      if (owner.controller === true) controller = owner.uid;
    }
    // Events belong to nobody, and there are many of them.
    if (controller !== '' || this.kind.kind !== 'Event') names.push(controllerIndex(controller));
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

/** @param uid empty: of objects that nobody controls */
export function controllerIndex(uid: string): string {
  return `controller=${uid}`;
}

function addTo(sums: Map<string, number>, amounts: ReturnType<Measure<ApiObject>>, sign: 1 | -1): void {
  for (const [name, amount] of amounts) {
    const sum = (sums.get(name) ?? 0) + sign * amount;
    if (sum === 0) sums.delete(name);
    else sums.set(name, sum);
  }
}
