import { type RefObject, useEffect, useRef } from 'react';

/** Who has just scrolled reads: this long, in milliseconds, nothing moves the text. */
const READING = 2_000;
const READS = ['wheel', 'touchmove', 'keydown'] as const;
const SCROLL_KEYS = /^(Arrow|Page|Home|End)/;

/**
 * Scrolls a part of a pane into its sight when there is something new in it, unless a person moves the pane just then.
 * @param news what the part says: whenever this changes
 */
export function useNewsInSight(part: RefObject<HTMLElement | null>, news: string): void {
  const last = useRef(news);
  const read = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const pane = part.current?.closest('article');
    const onRead = (event: Event): void => {
      if (!(event instanceof KeyboardEvent) || SCROLL_KEYS.test(event.key)) read.current = event.timeStamp;
    };
    for (const kind of READS) pane?.addEventListener(kind, onRead, { passive: true });
    return () => {
      for (const kind of READS) pane?.removeEventListener(kind, onRead);
    };
  }, [part]);
  useEffect(() => {
    if (last.current === news) return;
    last.current = news;
    if (performance.now() - read.current > READING) part.current?.scrollIntoView({ block: 'nearest' });
  }, [part, news]);
}
