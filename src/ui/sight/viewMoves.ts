// Where the graph's view goes: zoom and pan after a key, to an element, after a packet. Pure.

import { type Box, centerOf, type Point } from '../topology/geometry.ts';
import type { Viewport } from '../topology/viewport.ts';

export interface ViewSize {
  readonly width: number;
  readonly height: number;
}

/** As Cytoscape's own (createGraph.ts). */
export interface ZoomRange {
  readonly min: number;
  readonly max: number;
}

/** Around an element that fills the view, in pixels at 100 %. */
const SURROUNDINGS = 60;
/** Around an element that is brought in sight: its border, and the names of its ports, in pixels at 100 %. */
const BORDER = 28;
/**
 * Around a packet: what its label and what stands beside it need, in pixels at 100 %, and however small that is, the
 * least in pixels of the view. Nearer to the border it is cut.
 */
const PACKET_ROOM = { scene: { x: 72, y: 36 }, least: { x: 140, y: 70 } } as const;
const ZOOM_STEP = 1.25;
/** The part of the view that an arrow key moves by. */
const PAN_STEP = 0.15;

/** Zoomed so that a point of the view, its middle or a pointer, stays where it is. */
export function zoomedAt(view: Viewport, at: Point, zoom: number): Viewport {
  const scale = zoom / view.zoom;
  return { zoom, x: at.x - (at.x - view.x) * scale, y: at.y - (at.y - view.y) * scale };
}

const middle = ({ width, height }: ViewSize): Point => ({ x: width / 2, y: height / 2 });
const within = (zoom: number, { min, max }: ZoomRange): number => Math.max(min, Math.min(max, zoom));

/** What a key does to the view: `+`, `-` and the arrows. The other keys do nothing. */
export function viewAfterKey(key: string, view: Viewport, size: ViewSize, range: ZoomRange): Viewport | undefined {
  const dx = size.width * PAN_STEP;
  const dy = size.height * PAN_STEP;
  switch (key) {
    case '+':
    case '=':
      return zoomedAt(view, middle(size), within(view.zoom * ZOOM_STEP, range));
    case '-':
    case '_':
      return zoomedAt(view, middle(size), within(view.zoom / ZOOM_STEP, range));
    case 'ArrowLeft':
      return { ...view, x: view.x + dx };
    case 'ArrowRight':
      return { ...view, x: view.x - dx };
    case 'ArrowUp':
      return { ...view, y: view.y + dy };
    case 'ArrowDown':
      return { ...view, y: view.y - dy };
    default:
      return undefined;
  }
}

export interface ZoomMarks {
  /** From here on addresses are written (topology/detail.ts). */
  readonly readable: number;
  /** Where the whole graph is in sight. */
  readonly whole: number;
}

/**
 * A box in the middle, at a zoom at which its texts can be read, and at which it fits with its border; never from farther
 * away than the whole graph is seen from. Where it is seen and can be read already, the view stays.
 */
export function centredOn(box: Box, view: Viewport, size: ViewSize, { readable, whole }: ZoomMarks): Viewport {
  if (view.zoom >= readable && isInSight(box, view, size)) return view;
  const fits = Math.min(size.width / (box.width + 2 * BORDER), size.height / (box.height + 2 * BORDER));
  return showing(centerOf(box), Math.max(Math.min(Math.max(view.zoom, readable), fits), whole), size);
}

/** A box as large as the view and the zoom allow, with a little of what is around it. */
export function filledWith(box: Box, size: ViewSize, range: ZoomRange): Viewport {
  const fits = Math.min(size.width / (box.width + 2 * SURROUNDINGS), size.height / (box.height + 2 * SURROUNDINGS));
  return showing(centerOf(box), within(fits, range), size);
}

function showing(point: Point, zoom: number, size: ViewSize): Viewport {
  const { x, y } = middle(size);
  return { zoom, x: x - point.x * zoom, y: y - point.y * zoom };
}

/** How much of a box shows: from 0 to 1. */
export function shareInSight({ x, y, width, height }: Box, view: Viewport, size: ViewSize): number {
  const seen = (from: number, length: number, most: number): number =>
    length === 0 ? 1 : Math.max(0, Math.min(from + length, most) - Math.max(from, 0)) / length;
  return (
    seen(x * view.zoom + view.x, width * view.zoom, size.width) *
    seen(y * view.zoom + view.y, height * view.zoom, size.height)
  );
}

/** Whether the whole of a box shows. */
export function isInSight(box: Box, view: Viewport, size: ViewSize): boolean {
  const [left, top] = [box.x * view.zoom + view.x, box.y * view.zoom + view.y];
  const [right, bottom] = [left + box.width * view.zoom, top + box.height * view.zoom];
  // A pixel is lost where a zoom is rounded.
  return left >= -1 && top >= -1 && right <= size.width + 1 && bottom <= size.height + 1;
}

/** The least movement that brings a packet in sight; undefined when it is. */
export function following(packet: Point, view: Viewport, size: ViewSize): Viewport | undefined {
  const shift = (at: number, length: number, margin: number): number => {
    const room = Math.min(margin, length / 3);
    // Half a pixel is no movement.
    return at < room - 0.5 ? room - at : at > length - room + 0.5 ? length - room - at : 0;
  };
  const { scene, least } = PACKET_ROOM;
  const dx = shift(packet.x * view.zoom + view.x, size.width, Math.max(least.x, scene.x * view.zoom));
  const dy = shift(packet.y * view.zoom + view.y, size.height, Math.max(least.y, scene.y * view.zoom));
  return dx === 0 && dy === 0 ? undefined : { ...view, x: view.x + dx, y: view.y + dy };
}
