// The store: every object of the cluster, its versions, and who wants to hear of changes.
//
// Models:  etcd behind the API server: one growing revision, objects that are only replaced, watches in order.
// Omits:   compaction by time: the history has a length.
// Read:    kubernetes.io/docs/reference/using-api/api-concepts, "Resource versions", "Efficient detection of changes".

import { InvariantError } from '../runtime/errors.ts';
import type { ApiChange } from './client.ts';
import type { Kind } from './kinds/kind.ts';
import { type ApiObject, keyOf } from './objects.ts';
import { ObjectTable } from './objectTable.ts';

/** One change in the history. */
export interface StoreChange extends ApiChange<ApiObject> {
  readonly kind: Kind;
  /** The resourceVersion that the change made. */
  readonly resourceVersion: number;
}

/** The store as a value. Shares its objects with the live store and with other states. */
export interface StoreState {
  readonly resourceVersion: number;
  /** Kind to key to object. Kinds are written as `apps/v1 Deployment`. */
  readonly tables: ReadonlyMap<string, ReadonlyMap<string, ApiObject>>;
}

/** What changed since a revision: the page draws only this. */
export interface StoreDifference {
  /** To ask from the next time. */
  readonly revision: number;
  /**
   * - `difference`: `changed` and `deleted` are all that happened.
   * - `all`: too much has happened: `changed` is everything there is, and whatever is not in it is gone.
   */
  readonly scope: 'difference' | 'all';
  readonly changed: readonly ApiObject[];
  readonly deleted: readonly { readonly apiVersion: string; readonly kind: string; readonly key: string }[];
}

/** So many changes can be asked for again, by watches and by the page. */
const HISTORY_LENGTH = 10_000;

type ChangeListener = (change: StoreChange) => void;

export class ObjectStore {
  readonly #tables: Map<string, ObjectTable>;
  /** Objects of a state that was put back, of kinds that nobody has asked for since. */
  readonly #unserved = new Map<string, ReadonlyMap<string, ApiObject>>();
  #resourceVersion = 0;
  /** Changes since the last restore, oldest first. */
  #history: StoreChange[] = [];
  /** Watches from before this resourceVersion cannot be served. */
  #historyStart = 0;
  /** What the page may have missed: a kind's key each time it changed. It goes on over restores. */
  #touched: { readonly table: ObjectTable; readonly key: string }[] = [];
  #touchedStart = 0;
  readonly #listeners = new Map<string, Set<ChangeListener>>();
  readonly #restoreListeners = new Set<ChangeListener>();
  readonly #progressListeners = new Set<() => void>();

  constructor(kinds: readonly Kind[]) {
    this.#tables = new Map(kinds.map(kind => [tableName(kind), new ObjectTable(kind)]));
  }

  /** The latest resourceVersion. */
  get resourceVersion(): number {
    return this.#resourceVersion;
  }

  /** @throws InvariantError when the kind is not one of the server's */
  table(kind: { readonly apiVersion: string; readonly kind: string }): ObjectTable {
    const name = tableName(kind);
    const table = this.#tables.get(name);
    if (table === undefined) throw new InvariantError(`a kind of the scheme, not ${name}`);
    return table;
  }

  /** Makes room for a kind that came later. */
  serve(kind: Kind): void {
    const name = tableName(kind);
    if (this.#tables.has(name)) return;
    const table = new ObjectTable(kind);
    table.restore(this.#unserved.get(name) ?? new Map());
    this.#unserved.delete(name);
    this.#tables.set(name, table);
  }

  tables(): Iterable<ObjectTable> {
    return this.#tables.values();
  }

  /** Stores an object under a new resourceVersion and tells the watchers. Returns it as stored. */
  put(kind: Kind, object: ApiObject): ApiObject {
    const table = this.table(kind);
    const previous = table.get(keyOf(object));
    const stored = this.#versioned(object);
    table.put(stored);
    this.#happened(table, {
      kind,
      type: previous === undefined ? 'ADDED' : 'MODIFIED',
      object: stored,
      ...(previous !== undefined && { previous }),
      resourceVersion: this.#resourceVersion,
    });
    return stored;
  }

  /** Removes an object. What watchers get is its last state, under a new resourceVersion. */
  remove(kind: Kind, object: ApiObject): ApiObject {
    const table = this.table(kind);
    const key = keyOf(object);
    const previous = table.get(key);
    const last = this.#versioned(object);
    table.remove(key);
    this.#happened(table, {
      kind,
      type: 'DELETED',
      object: last,
      ...(previous !== undefined && { previous }),
      resourceVersion: this.#resourceVersion,
    });
    return last;
  }

  #versioned(object: ApiObject): ApiObject {
    const resourceVersion = String(++this.#resourceVersion);
    return { ...object, metadata: { ...object.metadata, resourceVersion } };
  }

  #happened(table: ObjectTable, change: StoreChange): void {
    this.#history.push(change);
    if (this.#history.length > 2 * HISTORY_LENGTH) {
      const dropped = this.#history.splice(0, HISTORY_LENGTH);
      this.#historyStart = dropped[dropped.length - 1]?.resourceVersion ?? this.#historyStart;
    }
    this.#touch(table, keyOf(change.object));
    // A listener may stop itself or start another one meanwhile.
    for (const listener of [...(this.#listeners.get(tableName(change.kind)) ?? [])]) listener(change);
    for (const listener of this.#progressListeners) listener();
  }

  #touch(table: ObjectTable, key: string): void {
    this.#touched.push({ table, key });
    if (this.#touched.length > 2 * HISTORY_LENGTH) {
      this.#touched.splice(0, HISTORY_LENGTH);
      this.#touchedStart += HISTORY_LENGTH;
    }
  }

  /** Calls for each change of a kind from now on. Returns how to stop. */
  onChange(kind: { readonly apiVersion: string; readonly kind: string }, listener: ChangeListener): () => void {
    const name = tableName(kind);
    let listeners = this.#listeners.get(name);
    if (listeners === undefined) {
      listeners = new Set();
      this.#listeners.set(name, listeners);
    }
    listeners.add(listener);
    return () => this.#listeners.get(name)?.delete(listener);
  }

  /** Calls after each change of anything. Returns how to stop. */
  onProgress(listener: () => void): () => void {
    this.#progressListeners.add(listener);
    return () => this.#progressListeners.delete(listener);
  }

  /** Calls for each difference that putting back a snapshot makes. Controllers do not listen to this. */
  onRestore(listener: ChangeListener): () => void {
    this.#restoreListeners.add(listener);
    return () => this.#restoreListeners.delete(listener);
  }

  /** Changes of a kind after a resourceVersion; `undefined` when the history does not reach back so far. */
  changesAfter(kind: Kind, resourceVersion: number): readonly StoreChange[] | undefined {
    if (resourceVersion < this.#historyStart) return undefined;
    const name = tableName(kind);
    return this.#history.filter(change => change.resourceVersion > resourceVersion && tableName(change.kind) === name);
  }

  /**
   * The objects of a kind as they were at a resourceVersion, in order; `undefined` when the history does not reach back
   * so far.
   */
  objectsAt(kind: Kind, resourceVersion: number): readonly ApiObject[] | undefined {
    const later = this.changesAfter(kind, resourceVersion);
    if (later === undefined || later.length === 0) return later && this.table(kind).all();
    const before = new Map<string, ApiObject | undefined>();
    for (const { object, previous } of [...later].reverse()) before.set(keyOf(object), previous);
    const unchanged = this.table(kind)
      .all()
      .filter(object => !before.has(keyOf(object)));
    const changed = [...before.values()].filter(object => object !== undefined);
    return [...unchanged, ...changed].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  }

  /** Forgets the changes so far, as etcd does every five minutes. Watches and lists of earlier states end with 410. */
  compact(): void {
    this.#history = [];
    this.#historyStart = this.#resourceVersion;
  }

  /** From which resourceVersion on watches can be served. */
  get oldestVersion(): number {
    return this.#historyStart;
  }

  /** A number that grows with every change and every restore: what {@link ObjectStore.changesSince} counts by. */
  get revision(): number {
    return this.#touchedStart + this.#touched.length;
  }

  /** The objects that differ from what they were at a revision, each once. 0 asks for everything. */
  changesSince(revision: number): StoreDifference {
    const now = this.revision;
    if (revision <= 0 || revision < this.#touchedStart || revision > now) {
      const changed = [...this.#tables.values()].flatMap(table => table.all());
      return { revision: now, scope: 'all', changed, deleted: [] };
    }
    const keysByTable = new Map<ObjectTable, Set<string>>();
    for (const { table, key } of this.#touched.slice(revision - this.#touchedStart)) {
      const keys = keysByTable.get(table);
      if (keys === undefined) keysByTable.set(table, new Set([key]));
      else keys.add(key);
    }
    const changed: ApiObject[] = [];
    const deleted: { apiVersion: string; kind: string; key: string }[] = [];
    for (const [table, keys] of keysByTable) {
      const { apiVersion, kind } = table.kind;
      for (const key of keys) {
        const object = table.get(key);
        if (object === undefined) deleted.push({ apiVersion, kind, key });
        else changed.push(object);
      }
    }
    return { revision: now, scope: 'difference', changed, deleted };
  }

  snapshot(): StoreState {
    const tables = new Map([
      ...this.#unserved,
      ...Array.from(this.#tables, ([name, table]) => [name, table.snapshot()] as const),
    ]);
    return { resourceVersion: this.#resourceVersion, tables };
  }

  /**
   * Puts a state back, resourceVersion included. Watches begin anew from there; {@link ObjectStore.changesSince} and
   * restore listeners get the differences.
   */
  restore(state: StoreState): void {
    this.#resourceVersion = state.resourceVersion;
    this.#history = [];
    this.#historyStart = state.resourceVersion;
    this.#unserved.clear();
    for (const [name, objects] of state.tables) if (!this.#tables.has(name)) this.#unserved.set(name, objects);
    for (const [name, table] of this.#tables) {
      for (const { key, before, after } of table.restore(state.tables.get(name) ?? new Map())) {
        this.#touch(table, key);
        const object = after ?? before;
        if (object === undefined) continue;
        const change: StoreChange = {
          kind: table.kind,
          type: after === undefined ? 'DELETED' : before === undefined ? 'ADDED' : 'MODIFIED',
          object,
          ...(before !== undefined && { previous: before }),
          resourceVersion: state.resourceVersion,
        };
        for (const listener of [...this.#restoreListeners]) listener(change);
      }
    }
  }
}

const tableNames = new WeakMap<object, string>();

/** Made once for each descriptor: every read asks. */
function tableName(of: { readonly apiVersion: string; readonly kind: string }): string {
  const known = tableNames.get(of);
  if (known !== undefined) return known;
  const { apiVersion, kind } = of;
  const name = `${apiVersion} ${kind}`;
  tableNames.set(of, name);
  return name;
}
