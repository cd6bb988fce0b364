// How links run at the Objects level when it is wide: in lanes beside the columns of Pods, and from column to column
// between two rows. Nothing runs under a card. Pure.

import type { ElementId } from '../../sim/index.ts';
import { type Box, centerOf, lineDown, type Point, type Polyline, rightOf } from './geometry.ts';
import type { ObjectLink } from './objectBands.ts';
import type { ObjectsLayout } from './objectsLayout.ts';

/** How links get to a Pod and away from it. */
export interface PodLanes {
  /** The lane left of its column, and the one right of it. */
  readonly left: number;
  readonly right: number;
  /** The outermost lanes of the columns that it stands among. */
  readonly first: number;
  readonly last: number;
  /** Where links from the left, and those to the right, pass from column to column. */
  readonly arriving: number;
  readonly leaving: number;
}

type Places = Pick<ObjectsLayout, 'boxes' | 'lanes'>;

/** The way of a link; empty when an end of it has no place. */
export function wideLinkLine(link: ObjectLink, { boxes, lanes }: Places): Polyline {
  const [from, to] = [boxes.get(link.from), boxes.get(link.to)];
  if (from === undefined || to === undefined) return [];
  switch (link.kind) {
    case 'slice':
      return lineDown(from, to);
    case 'endpoint':
    case 'unready-endpoint':
      return arrival(from, to, lanes.get(link.to));
    case 'owner':
      return departure(from, to, lanes.get(link.from));
  }
}

/** The way of a request from one stop of a journey to the next. */
export function wideJourneyLine(fromId: ElementId, toId: ElementId, { boxes, lanes }: Places): Polyline {
  const [from, to] = [boxes.get(fromId), boxes.get(toId)];
  if (from === undefined || to === undefined) return [];
  const [start, end] = [lanes.get(fromId), lanes.get(toId)];
  if (start === undefined) return arrival(from, to, end);
  // It leaves a Pod of the columns where links arrive at it: what is asked stands left of them, or among them.
  const back = [...arrival({ ...from, x: start.first, width: 0 }, from, start)].reverse();
  const out = end === undefined ? centerOf(to).y : start.arriving;
  const way = end === undefined ? [{ x: rightOf(to), y: out }] : arrival({ ...to, x: end.first, width: 0 }, to, end);
  return [...back, { x: start.first, y: out }, ...way];
}

/** From the right of a box to the left of a Pod. */
function arrival(from: Box, to: Box, lanes: PodLanes | undefined): Polyline {
  const end = { x: to.x, y: centerOf(to).y };
  const start = centerOf(from).y;
  if (lanes === undefined) return elbow({ x: rightOf(from), y: start }, end, rightOf(from) + 20);
  const { left, first, last, arriving } = lanes;
  const isAlone = first === left && last === lanes.right;
  // A straight line where what it comes from is beside the row that it takes.
  const y = !isAlone && arriving > from.y + 8 && arriving < from.y + from.height - 8 ? arriving : start;
  const head: Polyline = [
    { x: rightOf(from), y },
    { x: first, y },
  ];
  if (left === first) return [...head, { x: first, y: end.y }, end];
  return [...head, { x: first, y: arriving }, { x: left, y: arriving }, { x: left, y: end.y }, end];
}

/** From the right of a Pod to the left of what made it. */
function departure(from: Box, to: Box, lanes: PodLanes | undefined): Polyline {
  const start = { x: rightOf(from), y: centerOf(from).y };
  const end = { x: to.x, y: centerOf(to).y };
  if (lanes === undefined) return elbow(start, end, end.x - 15);
  const { right, last, leaving } = lanes;
  if (right === last) return elbow(start, end, last);
  return [
    start,
    { x: right, y: start.y },
    { x: right, y: leaving },
    { x: last, y: leaving },
    { x: last, y: end.y },
    end,
  ];
}

const elbow = (start: Point, end: Point, x: number): Polyline => [start, { x, y: start.y }, { x, y: end.y }, end];

/** Lines that share a part of their way, as runs of which none lies on another: dots on dots would be a line. */
export function mergedRuns(lines: readonly Polyline[]): readonly Polyline[] {
  const rows = new Map<string, { readonly at: number; readonly across: boolean; readonly spans: [number, number][] }>();
  for (const line of lines)
    for (const [i, b] of line.entries()) {
      const a = line[i - 1];
      if (a === undefined || (a.x === b.x && a.y === b.y)) continue;
      const across = a.y === b.y;
      const at = across ? a.y : a.x;
      const key = `${across} ${at}`;
      const row = rows.get(key) ?? { at, across, spans: [] };
      row.spans.push(across ? [Math.min(a.x, b.x), Math.max(a.x, b.x)] : [Math.min(a.y, b.y), Math.max(a.y, b.y)]);
      rows.set(key, row);
    }
  return [...rows.values()].flatMap(({ at, across, spans }) =>
    joined(spans).map(([from, to]): Polyline => {
      if (across)
        return [
          { x: from, y: at },
          { x: to, y: at },
        ];
      return [
        { x: at, y: from },
        { x: at, y: to },
      ];
    }),
  );
}

/** Spans without overlaps. */
function joined(spans: readonly [number, number][]): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = found.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else found.push([from, to]);
  }
  return found;
}
