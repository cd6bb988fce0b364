// The tree of the list from the stores, and what the learner opened and closed in it.

import { useCallback, useEffect, useMemo, useState } from 'react';
import type { ElementId } from '../../sim/index.ts';
import { useHidden } from '../find/useHidden.ts';
import { useLab, useLayout, useSelection, useTrace } from '../StoresContext.ts';
import { type JourneyMarks, journeyMarks, NO_MARKS, withAdded } from './journeyTags.ts';
import { treeRows } from './treeRows.ts';
import { type Folds, pathTo, type VisibleRow, visibleRows } from './visibleRows.ts';
import { withoutHidden } from './withoutHidden.ts';

export interface ListTree {
  readonly rows: readonly VisibleRow[];
  readonly marks: JourneyMarks;
  readonly fold: (id: string, to: 'open' | 'closed') => void;
}

/** The rows that show now. What is selected elsewhere is made to show. */
export function useListTree(search: string): ListTree {
  const elements = useLab(state => state.elements);
  const level = useLayout(state => state.level);
  const namespace = useLayout(state => state.namespace);
  const selected = useSelection(state => state.selected);
  const candidates = useSelection(state => state.picking?.candidates);
  const journey = useTrace(state => state.journey);
  const cursor = useTrace(state => state.cursor);
  const [folds, setFolds] = useState<Folds>(new Map());
  const fold = useCallback(
    (id: string, to: 'open' | 'closed'): void => setFolds(before => new Map([...before, [id, to]])),
    [],
  );

  // Only Services depend on being selected: another choice must not build the tree again.
  const service = selected?.startsWith('svc/') === true ? selected : undefined;
  const wish = useMemo(() => {
    const hops = journey?.legs.flatMap(leg => leg.trace.hops.map(hop => hop.element)) ?? [];
    const asked = candidates?.map(candidate => candidate.element) ?? [];
    return {
      traced: new Set<ElementId>(hops),
      shown: new Set<ElementId>(service === undefined ? asked : [...asked, service]),
    };
  }, [journey, candidates, service]);
  const hidden = useHidden();
  const whole = useMemo(() => treeRows(elements, level, namespace, wish), [elements, level, namespace, wish]);
  const base = useMemo(() => withoutHidden(whole, hidden), [whole, hidden]);
  const marks = useMemo(
    () => (journey === undefined ? NO_MARKS : journeyMarks(elements, level, journey, cursor)),
    [elements, level, journey, cursor],
  );
  const tree = useMemo(() => withAdded(base, marks.added), [base, marks]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: opened once per choice, so that it can be closed again.
  useEffect(() => {
    const wanted = [selected, ...(candidates?.map(candidate => candidate.element) ?? [])];
    const path = wanted.flatMap(id => (id === undefined ? [] : (pathTo(base, id) ?? [])));
    if (path.length > 0) setFolds(before => new Map([...before, ...path.map(id => [id, 'open'] as const)]));
  }, [selected, candidates, level]);

  const rows = useMemo(() => visibleRows(tree, folds, search), [tree, folds, search]);
  return { rows, marks, fold };
}
