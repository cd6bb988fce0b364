// Places that keep their holder: what is added takes the first free place, and nothing that stays moves.

import type { ElementId } from '../../sim/index.ts';

/** The places of each holder of places (a node, the row of Services), with who is in them. */
export type SlotMemory = ReadonlyMap<string, readonly (ElementId | undefined)[]>;

/** The places after members came and went. */
export function assignSlots(
  before: readonly (ElementId | undefined)[],
  members: readonly ElementId[],
): readonly (ElementId | undefined)[] {
  const wanted = new Set(members);
  const slots = before.map(id => (id !== undefined && wanted.has(id) ? id : undefined));
  const placed = new Set(slots);
  let free = 0;
  for (const id of members) {
    if (placed.has(id)) continue;
    while (free < slots.length && slots[free] !== undefined) free++;
    slots[free] = id;
  }
  while (slots.length > 0 && slots[slots.length - 1] === undefined) slots.pop();
  return slots;
}

export interface Cell {
  readonly row: number;
  readonly column: number;
}

export interface Grid {
  readonly rows: number;
  readonly columns: number;
  /** The cell of each slot. */
  readonly cells: readonly Cell[];
}

/**
 * A grid for this many slots that grows by whole rows and columns: a slot has the same cell in every larger grid.
 * @param columns the columns that it starts with
 * @param most it never gets more columns than these
 */
export function gridFor(slots: number, columns: number, most = Number.POSITIVE_INFINITY): Grid {
  const grid = { rows: 1, columns };
  const cells: Cell[] = Array.from({ length: columns }, (_, column) => ({ row: 0, column }));
  while (cells.length < slots) {
    if (grid.rows <= grid.columns || grid.columns >= most) {
      for (let column = 0; column < grid.columns; column++) cells.push({ row: grid.rows, column });
      grid.rows++;
    } else {
      for (let row = 0; row < grid.rows; row++) cells.push({ row, column: grid.columns });
      grid.columns++;
    }
  }
  return { ...grid, cells };
}
