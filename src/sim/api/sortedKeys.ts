// Distinct names that change often and are read in order now and then.

/** Names in order. Those that were added since somebody read them wait unsorted: moving 50,000 for each is dear. */
export class SortedKeys {
  #sorted: string[] = [];
  readonly #waiting = new Set<string>();

  get size(): number {
    return this.#sorted.length + this.#waiting.size;
  }

  /** @param key one that is not there yet */
  add(key: string): void {
    const last = this.#sorted[this.#sorted.length - 1];
    // Most objects are made in order: their place is the end.
    if (this.#waiting.size === 0 && (last === undefined || last < key)) this.#sorted.push(key);
    else this.#waiting.add(key);
  }

  remove(key: string): void {
    if (this.#waiting.delete(key)) return;
    const at = placeOf(this.#sorted, key);
    if (this.#sorted[at] === key) this.#sorted.splice(at, 1);
  }

  /** For reading only: later changes may show in it. */
  inOrder(): readonly string[] {
    if (this.#waiting.size > 0) {
      this.#sorted = merged(this.#sorted, [...this.#waiting].sort());
      this.#waiting.clear();
    }
    return this.#sorted;
  }
}

function merged(a: readonly string[], b: readonly string[]): string[] {
  // One name among many: only what is behind it moves.
  const [only] = b;
  if (b.length === 1 && only !== undefined) return a.toSpliced(placeOf(a, only), 0, only);
  const all: string[] = [];
  let i = 0;
  for (const key of b) {
    for (let other = a[i]; other !== undefined && other < key; other = a[++i]) all.push(other);
    all.push(key);
  }
  for (; i < a.length; i++) all.push(a[i] ?? '');
  return all;
}

/** The index of the key, or the one where it would stand. */
export function placeOf(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
