// The order in which Go's sort.Sort leaves things: it is not stable, and kubectl sorts Events and rows with it.
//
// Models:  pattern-defeating quicksort with Go's choices: insertion up to twelve, the middle of three or nine as the pivot.
// Simplified: where Go would give up and sort by a heap (many bad pivots), equals keep their order.
// Read:    pkg.go.dev/sort; arxiv.org/abs/2106.05123, "Pattern-defeating Quicksort".

/** Sorts a copy. @param isLess for items, not their places */
export function goSort<T>(items: readonly T[], isLess: (a: T, b: T) => boolean): readonly T[] {
  const list = [...items];
  sortRange({ list, isLess }, 0, list.length, Math.floor(Math.log2(list.length || 1)) + 1);
  return list;
}

interface Sorting<T> {
  readonly list: T[];
  readonly isLess: (a: T, b: T) => boolean;
}

/** Up to this many are sorted by insertion. */
const FEW = 12;
/** From this many on, the pivot is the middle of nine, and a few in wrong places are put right one by one. */
const MANY = 50;
const MOST_SWAPS = 12;
const MOST_REPAIRS = 5;

function less<T>({ list, isLess }: Sorting<T>, i: number, k: number): boolean {
  const [a, b] = [list[i], list[k]];
  return a !== undefined && b !== undefined && isLess(a, b);
}

function swap<T>({ list }: Sorting<T>, i: number, k: number): void {
  const [a, b] = [list[i], list[k]];
  if (a === undefined || b === undefined) return;
  list[i] = b;
  list[k] = a;
}

/** Sorts places from `start` up to but not with `stop`. */
function sortRange<T>(sorting: Sorting<T>, start: number, stop: number, patience: number): void {
  let [from, to, left] = [start, stop, patience];
  let isBalanced = true;
  let isPartitioned = true;
  for (;;) {
    const length = to - from;
    if (length <= FEW || left === 0) {
      (length <= FEW ? insert : sortStable)(sorting, from, to);
      return;
    }
    if (!isBalanced) {
      shuffle(sorting, from, to);
      left--;
    }
    let { pivot, hint } = choosePivot(sorting, from, to);
    if (hint === 'falling') {
      for (let i = from, k = to - 1; i < k; i++, k--) swap(sorting, i, k);
      pivot = to - 1 - (pivot - from);
      hint = 'rising';
    }
    if (isBalanced && isPartitioned && hint === 'rising' && repair(sorting, from, to)) return;
    // The pivot is as large as what stands before: everything equal to it is in its place then.
    if (from > 0 && !less(sorting, from - 1, pivot)) {
      from = partition(sorting, from, to, pivot, 'equal').middle;
      continue;
    }
    const { middle, was } = partition(sorting, from, to, pivot, 'smaller');
    isPartitioned = was === 'partitioned';
    const [before, after] = [middle - from, to - middle];
    isBalanced = Math.min(before, after) >= Math.floor(length / 8);
    if (before < after) {
      sortRange(sorting, from, middle, left);
      from = middle + 1;
    } else {
      sortRange(sorting, middle + 1, to, left);
      to = middle;
    }
  }
}

function insert<T>(sorting: Sorting<T>, from: number, to: number): void {
  for (let i = from + 1; i < to; i++) for (let k = i; k > from && less(sorting, k, k - 1); k--) swap(sorting, k, k - 1);
}

function sortStable<T>({ list, isLess }: Sorting<T>, from: number, to: number): void {
  const part = list.slice(from, to).sort((a, b) => (isLess(a, b) ? -1 : isLess(b, a) ? 1 : 0));
  list.splice(from, part.length, ...part);
}

/**
 * Brings what is smaller than the pivot before it, and the rest behind.
 * `equal`: what equals the pivot before what is larger; `middle` is where the larger ones begin.
 */
function partition<T>(
  sorting: Sorting<T>,
  from: number,
  to: number,
  pivot: number,
  first: 'smaller' | 'equal',
): { readonly middle: number; readonly was: 'partitioned' | 'mixed' } {
  swap(sorting, from, pivot);
  const belongsFirst = (i: number): boolean => (first === 'smaller' ? less(sorting, i, from) : !less(sorting, from, i));
  let [i, k, swaps] = [from + 1, to - 1, 0];
  for (;;) {
    while (i <= k && belongsFirst(i)) i++;
    while (i <= k && !belongsFirst(k)) k--;
    if (i > k) break;
    swap(sorting, i++, k--);
    swaps++;
  }
  if (first === 'equal') return { middle: i, was: 'mixed' };
  swap(sorting, k, from);
  return { middle: k, was: swaps === 0 ? 'partitioned' : 'mixed' };
}

/** Is it sorted, or nearly? Then it is put right. */
function repair<T>(sorting: Sorting<T>, from: number, to: number): boolean {
  let i = from + 1;
  for (let step = 0; step < MOST_REPAIRS; step++) {
    while (i < to && !less(sorting, i, i - 1)) i++;
    if (i === to) return true;
    if (to - from < MANY) return false;
    swap(sorting, i, i - 1);
    if (i - from >= 2) for (let k = i - 1; k >= 1 && less(sorting, k, k - 1); k--) swap(sorting, k, k - 1);
    if (to - i >= 2) for (let k = i + 1; k < to && less(sorting, k, k - 1); k++) swap(sorting, k, k - 1);
  }
  return false;
}

/** Breaks patterns that make bad pivots, by chance that is the same every time. */
function shuffle<T>(sorting: Sorting<T>, from: number, to: number): void {
  const length = to - from;
  const mask = BigInt(2 ** (Math.floor(Math.log2(length)) + 1) - 1);
  const at = from + Math.floor(length / 4) * 2;
  let random = BigInt(length);
  for (let i = 0; i < 3; i++) {
    random = BigInt.asUintN(64, random ^ (random << 13n));
    random ^= random >> 17n;
    random = BigInt.asUintN(64, random ^ (random << 5n));
    const other = Number(random & mask);
    swap(sorting, at - 1 + i, from + (other >= length ? other - length : other));
  }
}

function choosePivot<T>(
  sorting: Sorting<T>,
  from: number,
  to: number,
): { pivot: number; hint: 'rising' | 'falling' | 'unknown' } {
  const quarter = Math.floor((to - from) / 4);
  let swaps = 0;
  const ordered = (a: number, b: number): readonly [number, number] => {
    if (!less(sorting, b, a)) return [a, b];
    swaps++;
    return [b, a];
  };
  const middleOf = (x: number, y: number, z: number): number => {
    const [a, b] = ordered(x, y);
    const [c] = ordered(b, z);
    return ordered(a, c)[1];
  };
  const near = (place: number): number => (to - from >= MANY ? middleOf(place - 1, place, place + 1) : place);
  const [a, b, c] = [near(from + quarter), near(from + quarter * 2), near(from + quarter * 3)];
  const pivot = middleOf(a, b, c);
  return { pivot, hint: swaps === 0 ? 'rising' : swaps === MOST_SWAPS ? 'falling' : 'unknown' };
}
