// Which rows of the tree show: what is open, what the search finds, and where the arrow keys lead. Pure.

import type { ListRow } from './listRow.ts';

/** A row that shows, with its place among its siblings for assistive technology. */
export interface VisibleRow {
  readonly row: ListRow;
  readonly parent: string | undefined;
  /** From 1. */
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  readonly fold: 'open' | 'closed' | 'leaf';
}

/** What the learner opened and closed; any other row is as it starts. */
export type Folds = ReadonlyMap<string, 'open' | 'closed'>;

/** The rows that show, from top to bottom. A search opens whatever leads to what it finds. */
export function visibleRows(tree: readonly ListRow[], folds: Folds, search: string): readonly VisibleRow[] {
  const wanted = search.trim().toLowerCase();
  const all: VisibleRow[] = [];
  const add = (rows: readonly ListRow[], parent: string | undefined, level: number): void => {
    for (const [i, row] of rows.entries()) {
      const isOpen = wanted !== '' || (folds.get(row.id) ?? row.starts) === 'open';
      const fold = row.children.length === 0 ? 'leaf' : isOpen ? 'open' : 'closed';
      all.push({ row, parent, level, position: i + 1, siblings: rows.length, fold });
      if (fold === 'open') add(row.children, row.id, level + 1);
    }
  };
  add(wanted === '' ? tree : found(tree, wanted), undefined, 1);
  return all;
}

/** Rows that match, with what leads to them and with all of what is under them. */
function found(rows: readonly ListRow[], wanted: string): readonly ListRow[] {
  return rows.flatMap(row => {
    if (matches(row, wanted)) return [row];
    const children = found(row.children, wanted);
    return children.length === 0 ? [] : [{ ...row, children }];
  });
}

function matches(row: ListRow, wanted: string): boolean {
  return [row.label, row.detail, ...row.terms].some(text => text.toLowerCase().includes(wanted));
}

/** The ids of the rows that must be open for a row to show; undefined if there is no such row. */
export function pathTo(tree: readonly ListRow[], id: string): readonly string[] | undefined {
  for (const row of tree) {
    if (row.id === id) return [];
    const below = pathTo(row.children, id);
    if (below !== undefined) return [row.id, ...below];
  }
  return undefined;
}

/** What a key does to the row that has the focus. */
export type TreeMove =
  | { readonly kind: 'focus'; readonly id: string }
  | { readonly kind: 'open' | 'close'; readonly id: string }
  | { readonly kind: 'none' };

const focusOn = (row: VisibleRow | undefined): TreeMove =>
  row === undefined ? { kind: 'none' } : { kind: 'focus', id: row.row.id };

/** The keys of a tree (ARIA Authoring Practices, tree view): arrows, Home, End, and letters. */
export function treeMove(rows: readonly VisibleRow[], focused: string | undefined, key: string): TreeMove | undefined {
  const index = rows.findIndex(({ row }) => row.id === focused);
  const here = rows[index];
  switch (key) {
    case 'ArrowDown':
      return focusOn(rows[index + 1]);
    case 'ArrowUp':
      return focusOn(rows[index < 0 ? 0 : index - 1]);
    case 'Home':
      return focusOn(rows[0]);
    case 'End':
      return focusOn(rows[rows.length - 1]);
    case 'ArrowRight':
      if (here?.fold === 'closed') return { kind: 'open', id: here.row.id };
      return focusOn(here?.fold === 'open' ? rows[index + 1] : undefined);
    case 'ArrowLeft':
      if (here?.fold === 'open') return { kind: 'close', id: here.row.id };
      return focusOn(rows.find(({ row }) => row.id === here?.parent));
    default: {
      // Digits are left to the questions that are answered by picking.
      if (!/^[a-z]$/i.test(key)) return undefined;
      const letter = key.toLowerCase();
      const after = [...rows.slice(index + 1), ...rows.slice(0, Math.max(0, index))];
      return focusOn(after.find(({ row }) => row.label.toLowerCase().startsWith(letter)));
    }
  }
}
