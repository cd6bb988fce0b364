// What may be the other end of a trace whose one end is known.

import { useMemo } from 'react';
import type { ElementId, LabElement } from '../../sim/index.ts';
import type { KnownEnd } from '../../store/selectionStore.ts';
import { useLab, useSelection } from '../StoresContext.ts';
import { traceCommand } from './elementActions.ts';

/** The command of the trace between the known end and what was picked; of an interface, its owner counts. */
export function endsCommand(
  elements: ReadonlyMap<ElementId, LabElement>,
  ends: KnownEnd,
  picked: ElementId,
): string | undefined {
  const known = elements.get(ends.known);
  const other = elements.get(picked.split('#')[0] ?? picked);
  if (known === undefined || other === undefined) return undefined;
  return ends.side === 'from' ? traceCommand(known, other) : traceCommand(other, known);
}

/** Whether an element is an end of the trace, or may be; undefined while none is asked for. */
export function useEnds(): ((id: ElementId) => boolean) | undefined {
  const elements = useLab(state => state.elements);
  const ends = useSelection(state => state.ends);
  return useMemo(
    () => (ends === undefined ? undefined : id => id === ends.known || endsCommand(elements, ends, id) !== undefined),
    [elements, ends],
  );
}
