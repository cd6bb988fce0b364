import { type Box, bottomOf, type Point } from '../topology/geometry.ts';
import { END, RUN } from '../topology/upward.ts';

/** The line of a Service to an endpoint (topology/upward.ts) as points: start, two bends, end. */
export function upwardLine(from: Box, to: Box): readonly [Point, Point, Point, Point] {
  const start = { x: from.x + from.width / 2, y: from.y };
  const end = { x: to.x + END * to.width, y: bottomOf(to) };
  return [start, { x: start.x, y: start.y - RUN }, { x: end.x, y: start.y - RUN }, end];
}
