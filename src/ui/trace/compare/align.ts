// Two rows of things side by side, each in its order: what is alike stands in one line. Pure.

export interface Pair<Item> {
  readonly a?: Item;
  readonly b?: Item;
}

/**
 * The alignment with the greatest sum of likenesses (Needleman and Wunsch, without a cost for gaps).
 * @param likeness how alike two are; 0: never in one line
 */
export function align<Item>(
  left: readonly Item[],
  right: readonly Item[],
  likeness: (a: Item, b: Item) => number,
): readonly Pair<Item>[] {
  // best[i][j]: the greatest sum for left[i..] and right[j..].
  const best = Array.from({ length: left.length + 1 }, () => new Array<number>(right.length + 1).fill(0));
  const at = (i: number, j: number): number => best[i]?.[j] ?? 0;
  const together = (i: number, j: number): number => {
    const [a, b] = [left[i], right[j]];
    const like = a === undefined || b === undefined ? 0 : likeness(a, b);
    return like === 0 ? -1 : like + at(i + 1, j + 1);
  };
  for (let i = left.length - 1; i >= 0; i--)
    for (let j = right.length - 1; j >= 0; j--) {
      const row = best[i];
      if (row !== undefined) row[j] = Math.max(together(i, j), at(i + 1, j), at(i, j + 1));
    }
  const pairs: Pair<Item>[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    const [a, b] = [left[i], right[j]];
    if (a !== undefined && b !== undefined && together(i, j) >= Math.max(at(i + 1, j), at(i, j + 1))) {
      pairs.push({ a, b });
      i++;
      j++;
    } else if (a !== undefined && (b === undefined || at(i + 1, j) >= at(i, j + 1))) {
      pairs.push({ a });
      i++;
    } else if (b !== undefined) {
      pairs.push({ b });
      j++;
    }
  }
  return pairs;
}
