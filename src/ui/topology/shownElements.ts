import type { ElementId, LabElement } from '../../sim/index.ts';
import { hiddenElements, keptElements } from '../../store/graphFilter.ts';
import type { Journey } from '../../store/journey.ts';
import { type LayoutState, NO_FILTER } from '../../store/layoutStore.ts';
import type { SelectionState } from '../../store/selectionStore.ts';

/** The elements without those that the filter hides: at the Objects level they take no place. */
export function shownElements(
  elements: ReadonlyMap<ElementId, LabElement>,
  view: Pick<LayoutState, 'level' | 'namespace' | 'filter'>,
  selection: Pick<SelectionState, 'selected' | 'picking'>,
  journey: Journey | undefined,
): ReadonlyMap<ElementId, LabElement> {
  if (view.filter === NO_FILTER) return elements;
  const hidden = hiddenElements(elements, view, keptElements(selection, journey));
  return hidden.size === 0 ? elements : new Map([...elements].filter(([id]) => !hidden.has(id)));
}
