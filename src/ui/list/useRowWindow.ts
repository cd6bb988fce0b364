// The rows of a list that are rendered, as it is scrolled.

import { type RefObject, useCallback, useEffect, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import { type RowPart, rowParts, type Sight } from './rowWindow.ts';

export interface RowWindow {
  readonly parts: readonly RowPart[];
  /** Scrolls until a row is in sight, and renders it. */
  reveal(index: number): void;
}

/** As high as a row when there is none to measure, in pixels. */
const ROW = 28;

/** @param kept rows that are rendered wherever the list is scrolled */
export function useRowWindow(list: RefObject<HTMLElement | null>, count: number, kept: readonly number[]): RowWindow {
  const [sight, setSight] = useState<Sight>({ first: 0, rows: 60 });
  const look = useCallback((): void => {
    const element = list.current;
    if (element === null) return;
    const height = rowHeight(element);
    const first = Math.floor(element.scrollTop / height);
    const rows = Math.ceil(element.clientHeight / height) + 1;
    setSight(before => (before.first === first && before.rows === rows ? before : { first, rows }));
  }, [list]);
  useEffect(() => {
    const element = list.current;
    if (element === null) return;
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [list, look]);
  const reveal = useCallback(
    (index: number): void => {
      const element = list.current;
      if (element === null || index < 0) return;
      const height = rowHeight(element);
      const top = index * height;
      const isIn = top >= element.scrollTop && top + height <= element.scrollTop + element.clientHeight;
      if (!isIn) element.scrollTop = top - element.clientHeight / 2;
      flushSync(look);
    },
    [list, look],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows, not their list.
  const parts = useMemo(() => rowParts(count, sight, kept), [count, sight, ...kept]);
  return { parts, reveal };
}

function rowHeight(list: HTMLElement): number {
  return list.querySelector<HTMLElement>('[data-row]')?.offsetHeight ?? ROW;
}
