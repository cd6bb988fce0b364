// The graph in small: how large it is, where the view is on it, and where a press on it leads. Pure.

import type { ElementId } from '../../sim/index.ts';
import type { Box, Point } from '../topology/geometry.ts';
import type { Layout } from '../topology/layout.ts';
import type { Viewport } from '../topology/viewport.ts';
import type { ViewSize } from './viewMoves.ts';

/** The most room that it takes, in pixels. */
const MOST = { width: 184, height: 120 } as const;
/** Around the graph. */
const PAD = 4;

/** Views narrower than this have no room for it, in pixels. */
export const LEAST_VIEW = 600;
/** From the lower border of the view to it; and what the button "Follow the packet" needs there. */
const FOOT = { gap: 8, button: 48 } as const;

export interface Miniature {
  readonly scale: number;
  readonly width: number;
  readonly height: number;
}

export function miniatureOf(bounds: Box): Miniature {
  const scale = Math.min(
    (MOST.width - 2 * PAD) / Math.max(1, bounds.width),
    (MOST.height - 2 * PAD) / Math.max(1, bounds.height),
  );
  return {
    scale,
    width: Math.ceil(bounds.width * scale) + 2 * PAD,
    height: Math.ceil(bounds.height * scale) + 2 * PAD,
  };
}

/** The part of a view that neither it nor the button beside it covers. */
export function freeSize(size: ViewSize, small: Miniature): ViewSize {
  const covered = size.width < LEAST_VIEW ? FOOT.button : Math.max(FOOT.button, small.height + 2 * FOOT.gap);
  return { width: size.width, height: size.height - covered };
}

/** A box of the graph in the miniature; what is very small is still a point. */
export function inMiniature({ x, y, width, height }: Box, bounds: Box, { scale }: Miniature): Box {
  return {
    x: (x - bounds.x) * scale + PAD,
    y: (y - bounds.y) * scale + PAD,
    width: Math.max(1, width * scale),
    height: Math.max(1, height * scale),
  };
}

/** The part of a box that is in the miniature itself. */
export function within({ x, y, width, height }: Box, small: Miniature): Box {
  const [left, top] = [Math.max(0, x), Math.max(0, y)];
  return {
    x: left,
    y: top,
    width: Math.max(0, Math.min(small.width, x + width) - left),
    height: Math.max(0, Math.min(small.height, y + height) - top),
  };
}

/** The part of the graph that shows. */
export function seenBox(view: Viewport, size: ViewSize): Box {
  return {
    x: -view.x / view.zoom,
    y: -view.y / view.zoom,
    width: size.width / view.zoom,
    height: size.height / view.zoom,
  };
}

/** The view with the place in its middle at which the miniature was pressed. */
export function viewAt(pressed: Point, bounds: Box, { scale }: Miniature, zoom: number, size: ViewSize): Viewport {
  const x = (pressed.x - PAD) / scale + bounds.x;
  const y = (pressed.y - PAD) / scale + bounds.y;
  return { zoom, x: size.width / 2 - x * zoom, y: size.height / 2 - y * zoom };
}

/** What is drawn of a layout: frames around others, and what stands in them. */
export interface MiniatureBoxes {
  readonly frames: readonly Box[];
  readonly things: readonly (readonly [ElementId, Box])[];
}

export function miniatureBoxes(layout: Layout): MiniatureBoxes {
  if (layout.kind === 'objects') return { frames: [...layout.namespaces.values()], things: [...layout.boxes] };
  const { nodes, pods, services, lan, router, outside } = layout;
  return {
    frames: [...nodes.values()].map(node => node.box),
    things: [
      ...[...pods.values()].map(({ id, box }) => [id, box] as const),
      ...services,
      ...(lan === undefined ? [] : [[lan.id, lan.bar] as const]),
      ...(router === undefined ? [] : [[router.id, router.box] as const]),
      ...[...(outside?.hosts.values() ?? [])].map(({ id, box }) => [id, box] as const),
    ],
  };
}
