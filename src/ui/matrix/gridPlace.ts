// Where the keys of a grid lead: https://www.w3.org/WAI/ARIA/apg/patterns/grid/.

/** A cell, counted from the heads: row 0 and column 0. The corner between them is nothing. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

export const FIRST_PLACE: Place = { row: 1, column: 1 };

/** Rows that a page key goes. */
const PAGE = 10;

/** The cell that a key leads to, within `last`; undefined: the key moves nothing. */
export function moved(
  from: Place,
  { key, ctrlKey }: { readonly key: string; readonly ctrlKey: boolean },
  last: Place,
): Place | undefined {
  const { row, column } = from;
  switch (key) {
    case 'ArrowRight':
      return within({ row, column: column + 1 }, last);
    case 'ArrowLeft':
      return within({ row, column: column - 1 }, last);
    case 'ArrowDown':
      return within({ row: row + 1, column }, last);
    case 'ArrowUp':
      return within({ row: row - 1, column }, last);
    case 'PageDown':
      return within({ row: row + PAGE, column }, last);
    case 'PageUp':
      return within({ row: Math.max(1, row - PAGE), column }, last);
    case 'Home':
      return ctrlKey ? within(FIRST_PLACE, last) : within({ row, column: 1 }, last);
    case 'End':
      return ctrlKey ? last : { row, column: last.column };
    default:
      return undefined;
  }
}

function within({ row, column }: Place, last: Place): Place {
  const inside = { row: Math.max(0, Math.min(last.row, row)), column: Math.max(0, Math.min(last.column, column)) };
  // Out of the corner, to the cell beside it.
  return inside.row === 0 && inside.column === 0 ? { row: 1, column: 0 } : inside;
}
