// Of a text of ten thousand lines only those in sight are in the page.

import { type RefObject, useLayoutEffect, useState } from 'react';

/** Shorter texts are there as a whole: the browser's own search finds them. */
const WHOLE = 400;
/** Lines beyond the edges, so that a quick scroll shows no gap. */
const BEYOND = 60;
/** The height of a line of `--text-mono`, in rem. */
const LINE_REM = 1.25;

export interface TextWindow {
  readonly first: number;
  readonly shown: number;
  /** Of all lines, and of those before the first; undefined: they need no room of their own. */
  readonly height: string | undefined;
  readonly offset: string | undefined;
  readonly onScroll: () => void;
}

/** Which of `count` lines a scroller shows. */
export function useWindow(scroller: RefObject<HTMLElement | null>, count: number): TextWindow {
  const [range, setRange] = useState({ first: 0, shown: WHOLE });
  const measure = (): void => {
    const element = scroller.current;
    if (element === null || count <= WHOLE) return;
    const line = LINE_REM * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const top = Math.floor(element.scrollTop / line);
    const inSight = Math.ceil(element.clientHeight / line);
    // In steps, so that most scrolling moves no line.
    const first = Math.max(0, Math.floor((top - BEYOND) / BEYOND) * BEYOND);
    const shown = inSight + 3 * BEYOND;
    setRange(before => (before.first === first && before.shown === shown ? before : { first, shown }));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text, another place in it
  useLayoutEffect(measure, [count]);
  if (count <= WHOLE)
    return { first: 0, shown: count, height: undefined, offset: undefined, onScroll: () => undefined };
  const first = Math.min(range.first, Math.max(0, count - range.shown));
  return {
    first,
    shown: range.shown,
    height: `${count * LINE_REM}rem`,
    offset: `${first * LINE_REM}rem`,
    onScroll: measure,
  };
}
