// Which element of the graph stands at a point. Pure.

import type { ElementId } from '../../sim/index.ts';
import type { Box, Point } from '../topology/geometry.ts';
import type { Layout } from '../topology/layout.ts';

const isIn = ({ x, y, width, height }: Box, point: Point): boolean =>
  point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height;

/** What lies on top comes first: a Pod before its node. Several Pods in one box have no element of their own. */
export function elementAt(layout: Layout, point: Point): ElementId | undefined {
  for (const [id, box] of boxesOf(layout)) if (isIn(box, point)) return id;
  return undefined;
}

function* boxesOf(layout: Layout): Generator<readonly [ElementId, Box]> {
  if (layout.kind === 'objects') {
    yield* layout.boxes;
    yield* layout.namespaces;
    return;
  }
  for (const pod of layout.pods.values()) yield [pod.id, pod.box];
  yield* layout.services;
  for (const host of layout.outside?.hosts.values() ?? []) yield [host.id, host.box];
  if (layout.router !== undefined) yield [layout.router.id, layout.router.box];
  for (const node of layout.nodes.values()) yield [node.id, node.box];
  if (layout.lan !== undefined) yield [layout.lan.id, layout.lan.bar];
}
