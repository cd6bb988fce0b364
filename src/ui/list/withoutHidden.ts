import type { ElementId } from '../../sim/index.ts';
import type { ListRow } from './listRow.ts';

/** The tree without what the filter hides. A hidden element that leads to one that shows stays as the way to it. */
export function withoutHidden(tree: readonly ListRow[], hidden: ReadonlySet<ElementId>): readonly ListRow[] {
  return hidden.size === 0 ? tree : tree.flatMap(row => shownRow(row, hidden));
}

function shownRow(row: ListRow, hidden: ReadonlySet<ElementId>): readonly ListRow[] {
  const children = withoutHidden(row.children, hidden);
  const owner = row.target.split('#')[0] ?? row.target;
  // Pods that the graph draws as one have a row together, which is no element.
  const isEmptied = row.target.startsWith('group/') && children.length === 0;
  if (!hidden.has(owner) && !isEmptied) return [{ ...row, children }];
  return children.length === 0 ? [] : [{ ...row, children }];
}
