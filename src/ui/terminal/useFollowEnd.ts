import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** How near to the end counts as there, in pixels. */
const NEAR = 32;

export interface FollowedEnd {
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly onScroll: () => void;
  readonly place: 'end' | 'above';
  readonly toEnd: () => void;
}

/**
 * Keeps a scrolled area at its end while `content` grows, unless the reader scrolled up. Something new at the end, named
 * by `last`, is always shown: the reader asked for it.
 */
export function useFollowEnd(content: unknown, last: string | undefined): FollowedEnd {
  const ref = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  /** The heights of the content and the area when it was last scrolled. */
  const before = useRef('');
  const [place, setPlace] = useState<'end' | 'above'>('end');

  const toEnd = useCallback(() => {
    follows.current = true;
    setPlace('end');
    if (ref.current) ref.current.scrollTop = ref.current.scrollHeight;
  }, []);

  const onScroll = useCallback(() => {
    const area = ref.current;
    if (!area) return;
    // Where the size changed with it, the browser scrolled and not the reader.
    const size = `${area.scrollHeight} ${area.clientHeight}`;
    const isReader = size === before.current;
    before.current = size;
    if (!isReader && follows.current) area.scrollTop = area.scrollHeight;
    follows.current = area.scrollHeight - area.scrollTop - area.clientHeight < NEAR;
    setPlace(follows.current ? 'end' : 'above');
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: content is what makes the area longer
  useLayoutEffect(() => {
    if (follows.current && ref.current) ref.current.scrollTop = ref.current.scrollHeight;
  }, [content]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another one is the last
  useLayoutEffect(() => toEnd(), [last, toEnd]);

  // The pane is dragged, or a longer command makes the input higher: the end stays in sight.
  useEffect(() => {
    const area = ref.current;
    if (!area) return;
    const observer = new ResizeObserver(() => {
      if (follows.current) area.scrollTop = area.scrollHeight;
    });
    observer.observe(area);
    return () => observer.disconnect();
  }, []);

  return { ref, onScroll, place, toEnd };
}
