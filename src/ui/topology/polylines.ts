// Lengths and parts of polylines: what a packet's way needs.

import type { Point, Polyline } from './geometry.ts';

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

export function moved(line: Polyline, dx: number, dy: number): Polyline {
  return line.map(point => ({ x: point.x + dx, y: point.y + dy }));
}
