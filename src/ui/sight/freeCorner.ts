// In which corner of the graph's view something stands that lies over the graph: where it covers the least. Pure.

import { type Box, bottomOf, rightOf } from '../topology/geometry.ts';
import type { Layout } from '../topology/layout.ts';
import type { Viewport } from '../topology/viewport.ts';
import { miniatureBoxes } from './miniature.ts';
import type { ViewSize } from './viewMoves.ts';

export type Corner = 'bottomRight' | 'bottomLeft' | 'topRight' | 'topLeft';

/** To the sides of the view, in pixels. */
const EDGE = 8;
/** Of what is written beside a node's port, under its border: at 100 %. */
const PORT_TEXT = { width: 140, height: 24 } as const;

/**
 * @param corners those that may be taken, the best first
 * @param own the size of what stands there, in pixels
 */
export function freeCorner(
  layout: Layout,
  view: Viewport,
  pane: ViewSize,
  own: ViewSize,
  corners: readonly Corner[],
): Corner | undefined {
  const things = thingsOf(layout);
  const covered = (corner: Corner): number => {
    const place = placeIn(corner, view, pane, own);
    return things.reduce((sum, thing) => sum + sharedArea(place, thing), 0);
  };
  const marks = corners.map(corner => ({ corner, area: covered(corner) }));
  const least = Math.min(...marks.map(({ area }) => area));
  return marks.find(({ area }) => area === least)?.corner;
}

/** The corner as a box of the graph. */
function placeIn(corner: Corner, view: Viewport, pane: ViewSize, own: ViewSize): Box {
  const x = corner.endsWith('Right') ? pane.width - EDGE - own.width : EDGE;
  const y = corner.startsWith('bottom') ? pane.height - EDGE - own.height : EDGE;
  return {
    x: (x - view.x) / view.zoom,
    y: (y - view.y) / view.zoom,
    width: own.width / view.zoom,
    height: own.height / view.zoom,
  };
}

function sharedArea(a: Box, b: Box): number {
  const width = Math.min(rightOf(a), rightOf(b)) - Math.max(a.x, b.x);
  const height = Math.min(bottomOf(a), bottomOf(b)) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

/** All that has something to say; the empty ground of a node is free. */
function thingsOf(layout: Layout): readonly Box[] {
  const things = miniatureBoxes(layout).things.map(([, box]) => box);
  if (layout.kind === 'objects') return things;
  const ofNodes = [...layout.nodes.values()].flatMap(({ header, bridge, uplink: [pin] }) => [
    header,
    ...(bridge === undefined ? [] : [bridge.box]),
    ...(pin === undefined ? [] : [{ ...pin, ...PORT_TEXT }]),
  ]);
  const ofLan = layout.lan === undefined ? [] : [{ ...layout.lan.label, y: layout.lan.label.y - 14, ...PORT_TEXT }];
  return [...things, ...ofNodes, ...ofLan];
}
