// Where a bubble finds room beside the point that it is about: whole in sight, off the way that led there, and over as
// few names as possible. In pixels of the screen. Pure.

import type { Box, Point } from './geometry.ts';
import type { Layout } from './layout.ts';
import { overlapOf } from './overlap.ts';
import type { TraceOverlay } from './traceOverlay.ts';
import type { Viewport } from './viewport.ts';

interface Extent {
  readonly width: number;
  readonly height: number;
}

/** From the point to the top left corner of the bubble, and how large the bubble is. */
export interface Room extends Extent {
  readonly dx: number;
  readonly dy: number;
}

/** What a pixel of cover costs: the way and what stands at its end most, boxes with names little. */
const COST = { way: 400, end: 40, box: 1, outside: 2000, far: 0.02 } as const;
/** Half of the line of a way. */
const WAY = 4;
const GAPS = [18, 34, 64, 110] as const;

export function roomFor(
  at: Point,
  bubble: Extent,
  view: Extent,
  viewport: Viewport,
  layout: Layout,
  overlay: TraceOverlay | undefined,
): Room {
  const onScreen = (box: Box): Box => ({
    x: box.x * viewport.zoom + viewport.x,
    y: box.y * viewport.zoom + viewport.y,
    width: box.width * viewport.zoom,
    height: box.height * viewport.zoom,
  });
  const point = onScreen({ ...at, width: 0, height: 0 });
  const ways = wayBoxes(overlay).map(onScreen);
  const ends = endBoxes(at, overlay).map(onScreen);
  const boxes = namedBoxes(layout).map(onScreen);
  let best: Room | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const { dx, dy } of offsets(bubble)) {
    const wish = { x: point.x + dx, y: point.y + dy, ...bubble };
    const x = Math.max(8, Math.min(view.width - bubble.width - 8, wish.x));
    const y = Math.max(4, Math.min(view.height - bubble.height - 4, wish.y));
    const box = { x, y, ...bubble };
    const cover = (of: readonly Box[]): number => of.reduce((all, other) => all + overlapOf(box, other), 0);
    const cost =
      COST.way * cover(ways) +
      COST.end * cover(ends) +
      COST.box * cover(boxes) +
      COST.outside * (Math.abs(x - wish.x) > 400 ? 1 : 0) +
      COST.far * distanceTo(box, point) * bubble.width;
    if (cost >= least) continue;
    least = cost;
    best = { dx: Math.round(x - point.x), dy: Math.round(y - point.y), ...bubble };
  }
  return best ?? { dx: 0, dy: 20, ...bubble };
}

/** Under, over, right and left of the point, at growing distances. */
function offsets({ width, height }: Extent): readonly { readonly dx: number; readonly dy: number }[] {
  return GAPS.flatMap(gap => [
    ...[-24, -width / 2, -width + 24].flatMap(dx => [
      { dx, dy: gap },
      { dx, dy: -height - gap },
    ]),
    ...[-18, -height / 2, -height + 18].flatMap(dy => [
      { dx: gap, dy },
      { dx: -width - gap, dy },
    ]),
  ]);
}

function distanceTo(box: Box, { x, y }: Point): number {
  const dx = Math.max(box.x - x, 0, x - box.x - box.width);
  const dy = Math.max(box.y - y, 0, y - box.y - box.height);
  return dx + dy;
}

function wayBoxes(overlay: TraceOverlay | undefined): readonly Box[] {
  return (overlay?.travelled ?? []).flatMap(({ line }) =>
    line.flatMap((point, i): readonly Box[] => {
      const before = line[i - 1];
      if (before === undefined) return [];
      return [
        {
          x: Math.min(before.x, point.x) - WAY,
          y: Math.min(before.y, point.y) - WAY,
          width: Math.abs(before.x - point.x) + 2 * WAY,
          height: Math.abs(before.y - point.y) + 2 * WAY,
        },
      ];
    }),
  );
}

/** The mark at the end and the packet that rests beside it, with its note. */
function endBoxes(at: Point, overlay: TraceOverlay | undefined): readonly Box[] {
  const mark = { x: at.x - 20, y: at.y - 20, width: 40, height: 40 };
  if (overlay === undefined) return [mark];
  const { rest, label } = overlay.packet;
  const half = label.length * 3.5 + 10;
  return [mark, { x: rest.x - half, y: rest.y - 12, width: 2 * half + 60, height: 24 }];
}

function namedBoxes(layout: Layout): readonly Box[] {
  if (layout.kind === 'objects') return [...layout.boxes.values()];
  return [
    ...[...layout.nodes.values()].flatMap(node => [
      node.header,
      ...(node.bridge === undefined ? [] : [node.bridge.box]),
    ]),
    ...[...layout.pods.values()].map(pod => pod.box),
    ...layout.services.values(),
    ...[...(layout.outside?.hosts.values() ?? [])].map(host => host.box),
    ...(layout.router === undefined ? [] : [layout.router.box, layout.router.box, layout.router.box]),
  ];
}
