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

/** At a zoom of this or more addresses are written (detail.ts). */
const READABLE = 0.85;
/** Around an element that fills the view, in pixels at 100 %. */
const SURROUNDINGS = 60;
/** Around a packet, in pixels at 100 %: what its label and what stands beside it need. Nearer to the border it is cut. */
const PACKET_ROOM = { x: 72, y: 36 } as const;
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

/** A box in the middle, at a zoom at which its texts can be read, and at which it fits. Where it is so already, the view stays. */
export function centredOn(box: Box, view: Viewport, size: ViewSize): Viewport {
  const fits = Math.min(size.width / box.width, size.height / box.height);
  const zoom = Math.min(Math.max(view.zoom, READABLE), fits);
  return zoom === view.zoom && isInSight(box, view, size) ? view : showing(centerOf(box), zoom, size);
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
  const dx = shift(packet.x * view.zoom + view.x, size.width, PACKET_ROOM.x * view.zoom);
  const dy = shift(packet.y * view.zoom + view.y, size.height, PACKET_ROOM.y * view.zoom);
  return dx === 0 && dy === 0 ? undefined : { ...view, x: view.x + dx, y: view.y + dy };
}
