import type { Core } from 'cytoscape';
import { useEffect, useRef, useState } from 'react';
import type { Layout } from '../topology/layout.ts';
import { type Corner, freeCorner } from './freeCorner.ts';
import { sizeOf, viewOf } from './moveView.ts';
import type { ViewSize } from './viewMoves.ts';

/** The view has come to rest by then, in milliseconds (moveView.ts). */
const SETTLED_MS = 300;

/**
 * The corner of the view for something that is wanted over the graph; undefined while it is not, and until the view is at
 * rest. It stays there: what is pressed must not go away from under the pointer.
 */
export function useFreeCorner(
  cy: Core,
  layout: Layout,
  wanted: 'wanted' | 'unwanted',
  { width, height }: ViewSize,
  corners: readonly Corner[],
): Corner | undefined {
  const [corner, setCorner] = useState<Corner | undefined>(undefined);
  const latest = useRef({ layout, corners });
  latest.current = { layout, corners };
  useEffect(() => {
    if (wanted === 'unwanted') {
      setCorner(undefined);
      return;
    }
    const choose = (): void =>
      setCorner(
        before =>
          before ??
          freeCorner(latest.current.layout, viewOf(cy), sizeOf(cy), { width, height }, latest.current.corners),
      );
    const timer = setTimeout(choose, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [cy, wanted, width, height]);
  return corner;
}
