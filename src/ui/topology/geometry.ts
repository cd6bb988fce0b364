// Points, boxes and polylines of the scene, in pixels at 100 % zoom.

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle by its top left corner. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** A line through points; every part of it is horizontal or vertical. */
export type Polyline = readonly Point[];

export const centerOf = (box: Box): Point => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
export const rightOf = (box: Box): number => box.x + box.width;
export const bottomOf = (box: Box): number => box.y + box.height;

/** The smallest box around all of them, with a margin. */
export function boundsOf(boxes: readonly Box[], margin = 0): Box {
  if (boxes.length === 0) return { x: 0, y: 0, width: 0, height: 0 };
  const x = Math.min(...boxes.map(box => box.x)) - margin;
  const y = Math.min(...boxes.map(box => box.y)) - margin;
  return {
    x,
    y,
    width: Math.max(...boxes.map(rightOf)) + margin - x,
    height: Math.max(...boxes.map(bottomOf)) + margin - y,
  };
}

export function distance(a: Point, b: Point): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}

export function lengthOf(line: Polyline): number {
  let length = 0;
  for (let i = 1; i < line.length; i++) length += distance(at(line, i - 1), at(line, i));
  return length;
}

function at(line: Polyline, index: number): Point {
  return line[index] ?? { x: 0, y: 0 };
}

/** The point `along` pixels from the start. */
export function pointAt(line: Polyline, along: number): Point {
  let left = along;
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [at(line, i - 1), at(line, i)];
    const part = distance(a, b);
    if (left <= part && part > 0) return { x: a.x + ((b.x - a.x) * left) / part, y: a.y + ((b.y - a.y) * left) / part };
    left -= part;
  }
  return at(line, line.length - 1);
}

/** The part of a line between two distances from its start. */
export function slice(line: Polyline, from: number, to: number): Polyline {
  const points: Point[] = [pointAt(line, from)];
  let passed = 0;
  for (let i = 1; i < line.length; i++) {
    passed += distance(at(line, i - 1), at(line, i));
    if (passed > from && passed < to) points.push(at(line, i));
  }
  const end = pointAt(line, to);
  const last = points[points.length - 1];
  if (last === undefined || distance(last, end) > 0) points.push(end);
  return points;
}

/** The line without points that repeat the one before. */
export function compact(line: Polyline): Polyline {
  return line.filter((point, i) => i === 0 || distance(at(line, i - 1), point) > 0);
}

/** As the `d` of an SVG path. */
export function pathData(line: Polyline): string {
  return line.map((point, i) => `${i === 0 ? 'M' : 'L'}${round(point.x)} ${round(point.y)}`).join('');
}

const round = (n: number): number => Math.round(n * 100) / 100;

export function moved(line: Polyline, dx: number, dy: number): Polyline {
  return line.map(point => ({ x: point.x + dx, y: point.y + dy }));
}
