// Which rows of a long list are rendered: those in sight, some beyond, and the one that has the focus. Pure.

/** Lists up to this are rendered whole. */
const MOST_WHOLE = 400;
/** Rows above and below what is in sight. */
const BEYOND = 15;

/** A row, or the place of rows that are not rendered. */
export type RowPart =
  | { readonly kind: 'row'; readonly index: number }
  | { readonly kind: 'gap'; readonly from: number; readonly rows: number };

/** What of a scrolled list is in sight: the first row, and how many. */
export interface Sight {
  readonly first: number;
  readonly rows: number;
}

/** @param kept rows that stay wherever the list is scrolled: the one with the focus */
export function rowParts(count: number, { first, rows }: Sight, kept: readonly number[]): readonly RowPart[] {
  const isWhole = count <= MOST_WHOLE;
  const from = isWhole ? 0 : Math.max(0, Math.min(first - BEYOND, count));
  const to = isWhole ? count : Math.min(count, first + rows + BEYOND);
  const indexes = new Set(kept.filter(index => index >= 0 && index < count));
  for (let index = from; index < to; index++) indexes.add(index);
  const parts: RowPart[] = [];
  let next = 0;
  for (const index of [...indexes].sort((a, b) => a - b)) {
    if (index > next) parts.push({ kind: 'gap', from: next, rows: index - next });
    parts.push({ kind: 'row', index });
    next = index + 1;
  }
  if (next < count) parts.push({ kind: 'gap', from: next, rows: count - next });
  return parts;
}
