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

/** As the `d` of an SVG path. */
export function pathData(line: Polyline): string {
  return line.map((point, i) => `${i === 0 ? 'M' : 'L'}${round(point.x)} ${round(point.y)}`).join('');
}

const round = (n: number): number => Math.round(n * 100) / 100;

/** From the lower edge of one box straight down to the upper edge of another. */
export const lineDown = (from: Box, to: Box): Polyline => [
  { x: centerOf(from).x, y: from.y + from.height },
  { x: centerOf(from).x, y: to.y },
];
