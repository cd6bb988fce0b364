// The list twin as a tree of rows: the same levels, elements and order as the graph. Pure.

import type { ElementId, LabElement } from '../../sim/index.ts';
import type { GraphLevel } from '../../store/layoutStore.ts';
import type { ListRow } from './listRow.ts';
import { networkRows, type RowWish } from './networkRows.ts';
import { objectRows } from './objectRows.ts';

/** The rows of a level, as the graph draws it. `namespace` counts at the Objects level; undefined: all. */
export function treeRows(
  elements: ReadonlyMap<ElementId, LabElement>,
  level: GraphLevel,
  namespace: string | undefined,
  wish: RowWish,
): readonly ListRow[] {
  return level === 'objects' ? objectRows(elements, namespace, wish) : networkRows(elements, wish);
}
