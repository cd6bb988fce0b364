// The Objects level on a phone: one column. What belongs to a Service stands under it, and the links run along the
// sides: from a slice down the left to its Pods, from Pods down the right to what made them. Pure.

import type { ElementId } from '../../sim/index.ts';
import { type Box, centerOf, lineDown, type Polyline, rightOf } from './geometry.ts';
import type { ElementOf } from './networkParts.ts';
import { type Band, OBJECT_SIZE, type ObjectLink, SLICE_LINES } from './objectBands.ts';

/** Fits 390 px wide screens without panning. */
export const TALL_WIDTH = 356;
const PAD = 12;
/** What Pods keep free at their left for links from slices, and everything at the right for the others. */
const LANE = 22;
const GAP = 10;
const WIDE = TALL_WIDTH - 2 * PAD - LANE;

/** The boxes of one namespace, from top to bottom. */
export function placeTallNamespace(
  { bands, rest }: { readonly bands: readonly Band[]; readonly rest: readonly ElementOf<'pod'>[] },
  top: number,
): ReadonlyMap<ElementId, Box> {
  const { frame, loose, service, slice, pod, workload } = OBJECT_SIZE;
  const boxes = new Map<ElementId, Box>();
  let y = top + frame.header;
  const add = (id: ElementId, x: number, width: number, height: number, gap: number): void => {
    boxes.set(id, { x, y, width, height });
    y += height + gap;
  };
  for (const own of rest) add(own.id, PAD, WIDE, loose.height, GAP);
  for (const band of bands) {
    if (boxes.size > 0) y += 14;
    for (const own of band.services) add(own.id, PAD, WIDE, service.height, 34);
    for (const own of band.slices) {
      const lines = Math.max(1, Math.min(SLICE_LINES, own.endpoints.length));
      add(own.id, PAD, WIDE, slice.height + lines * slice.line, GAP + 4);
    }
    for (const own of band.pods) add(own.id, PAD + LANE, WIDE - LANE, pod.height, GAP);
    for (const own of band.workloads) add(own.id, PAD + LANE, WIDE - LANE, workload.height, GAP);
  }
  return boxes;
}

/** A link beside the boxes that it joins. */
export function tallLinkLine(link: ObjectLink, boxes: ReadonlyMap<ElementId, Box>): Polyline {
  const [from, to] = [boxes.get(link.from), boxes.get(link.to)];
  if (from === undefined || to === undefined) return [];
  switch (link.kind) {
    case 'slice':
      return lineDown(from, to);
    case 'endpoint':
    case 'unready-endpoint': {
      const x = PAD + LANE / 2;
      const { y } = centerOf(to);
      return [
        { x, y: y > from.y ? from.y + from.height : from.y },
        { x, y },
        { x: to.x, y },
      ];
    }
    case 'owner':
      return aroundRight(from, to, 8);
  }
}

/** From the right of one box to the right of another; nearer to the edge than the links. */
export function tallJourneyLine(from: Box, to: Box): Polyline {
  const [start, end] = [lowered(from, 10), lowered(to, -10)];
  return aroundRight(start, end, 16);
}

/** What arrives at a box and what leaves it stand beside each other. */
const lowered = (box: Box, by: number): Box => ({ ...box, y: box.y + by });

function aroundRight(from: Box, to: Box, lane: number): Polyline {
  const x = Math.max(rightOf(from), rightOf(to)) + lane;
  return [
    { x: rightOf(from), y: centerOf(from).y },
    { x, y: centerOf(from).y },
    { x, y: centerOf(to).y },
    { x: rightOf(to), y: centerOf(to).y },
  ];
}
