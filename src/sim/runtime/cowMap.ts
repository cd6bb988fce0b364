// A map whose snapshots cost nothing: the first write after a snapshot copies, later writes go in place.

/** What all empty maps share: most tables of most namespaces never get an entry. */
const NOTHING: ReadonlyMap<never, never> = new Map<never, never>();

/** A mutable map with O(1) {@link CowMap.snapshot}. Keys keep their insertion order. */
export class CowMap<K, V> {
  #map: Map<K, V>;
  #shared = true;

  constructor(entries: ReadonlyMap<K, V> = NOTHING) {
    this.#map = entries as Map<K, V>;
  }

  /** The current content. It never changes afterwards. */
  snapshot(): ReadonlyMap<K, V> {
    this.#shared = true;
    return this.#map;
  }

  /** Takes over the content of an earlier {@link CowMap.snapshot}. */
  restore(content: ReadonlyMap<K, V>): void {
    this.#map = content as Map<K, V>;
    this.#shared = true;
  }

  get size(): number {
    return this.#map.size;
  }

  get(key: K): V | undefined {
    return this.#map.get(key);
  }

  has(key: K): boolean {
    return this.#map.has(key);
  }

  set(key: K, value: V): void {
    this.#own().set(key, value);
  }

  delete(key: K): boolean {
    return this.#map.has(key) && this.#own().delete(key);
  }

  clear(): void {
    this.#map = new Map();
    this.#shared = false;
  }

  /** For reading only: a view that later writes may change. */
  view(): ReadonlyMap<K, V> {
    return this.#map;
  }

  values(): IterableIterator<V> {
    return this.#map.values();
  }

  #own(): Map<K, V> {
    if (this.#shared) {
      this.#map = new Map(this.#map);
      this.#shared = false;
    }
    return this.#map;
  }
}
