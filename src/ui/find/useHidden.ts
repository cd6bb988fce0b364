// What the filter hides now.

import { useMemo } from 'react';
import type { ElementId } from '../../sim/index.ts';
import { hiddenElements, keptElements } from '../../store/graphFilter.ts';
import { NO_FILTER } from '../../store/layoutStore.ts';
import { useLab, useLayout, useSelection, useTrace } from '../StoresContext.ts';

const NOTHING: ReadonlySet<ElementId> = new Set();

/** The elements of the level that the filter hides; the same set while nothing changes. */
export function useHidden(): ReadonlySet<ElementId> {
  const elements = useLab(state => state.elements);
  const level = useLayout(state => state.level);
  const namespace = useLayout(state => state.namespace);
  const filter = useLayout(state => state.filter);
  const selected = useSelection(state => state.selected);
  const picking = useSelection(state => state.picking);
  const journey = useTrace(state => state.journey);
  return useMemo(
    () =>
      filter === NO_FILTER
        ? NOTHING
        : hiddenElements(elements, { level, namespace, filter }, keptElements({ selected, picking }, journey)),
    [elements, level, namespace, filter, selected, picking, journey],
  );
}
