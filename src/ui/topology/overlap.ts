// What covers what. Apart from geometry.ts, since only journeys ask: the page begins without it.

import { type Box, bottomOf, rightOf } from './geometry.ts';

/** The area that two boxes share. */
export function overlapOf(a: Box, b: Box): number {
  const width = Math.min(rightOf(a), rightOf(b)) - Math.max(a.x, b.x);
  const height = Math.min(bottomOf(a), bottomOf(b)) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}
