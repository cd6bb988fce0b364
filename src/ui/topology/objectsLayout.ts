// The Objects level: API objects and what joins them, from left to right: Pods that nobody selects, Services over their
// EndpointSlices, the Pods behind them, and the workloads that made those. One frame for each namespace.

import type { ElementId, LabElement } from '../../sim/index.ts';
import type { Crowd } from './crowd/crowd.ts';
import { type Box, bottomOf, boundsOf, rightOf } from './geometry.ts';
import type { LayoutWish } from './layout.ts';
import { ofKind } from './networkParts.ts';
import { type Band, bandsOf, OBJECT_SIZE, type ObjectLink, ownerOf, SLICE_LINES } from './objectBands.ts';
import type { PodLanes } from './objectLanes.ts';
import { assignSlots, type SlotMemory } from './slots.ts';
import { placeTallNamespace, TALL_WIDTH } from './tallObjects.ts';

export interface ObjectsLayout {
  readonly kind: 'objects';
  readonly bounds: Box;
  readonly namespaces: ReadonlyMap<ElementId, Box>;
  readonly boxes: ReadonlyMap<ElementId, Box>;
  readonly links: readonly ObjectLink[];
  /** The lanes beside the Pods that stand behind a Service or with what made them; none in the tall form. */
  readonly lanes: ReadonlyMap<ElementId, PodLanes>;
  /** `tall`, for a phone: links run along the sides of what they join. */
  readonly form: 'wide' | 'tall';
  readonly slots: SlotMemory;
  /** There when the graph's canvas paints it; `boxes` still has the place of everything. */
  readonly crowd?: Crowd;
}

export function objectsLayout(
  elements: ReadonlyMap<ElementId, LabElement>,
  wish: LayoutWish,
  before: SlotMemory,
): ObjectsLayout {
  const namespaces = ofKind(elements, 'namespace').filter(
    namespace => (wish.namespace ?? namespace.name) === namespace.name,
  );
  const frames = new Map<ElementId, Box>();
  const boxes = new Map<ElementId, Box>();
  const lanes = new Map<ElementId, PodLanes>();
  const slots = new Map<string, readonly (ElementId | undefined)[]>();
  let y = 0;
  for (const namespace of namespaces) {
    const placed =
      wish.form === 'tall'
        ? placeTallNamespace(bandsOf(elements, namespace.name, wish.drawn), y)
        : placeNamespace(elements, namespace.name, wish, y, { before, slots, lanes });
    const isEmpty = placed.size === 0;
    if (isEmpty && namespaces.length > 1) continue;
    for (const [id, box] of placed) boxes.set(id, box);
    const { header, pad, gap } = OBJECT_SIZE.frame;
    const around = boundsOf([...placed.values()], pad);
    const least = wish.form === 'tall' ? TALL_WIDTH : 640;
    const frame = isEmpty
      ? { x: 0, y, width: least, height: 160 }
      : { x: 0, y, width: Math.max(least, rightOf(around)), height: bottomOf(around) - y };
    frames.set(namespace.id, { ...frame, height: Math.max(frame.height, header + 40) });
    y += Math.max(frame.height, header + 40) + gap;
  }
  const widest = Math.max(0, ...[...frames.values()].map(frame => frame.width));
  for (const [id, frame] of frames) frames.set(id, { ...frame, width: widest });
  return {
    kind: 'objects',
    bounds: boundsOf([...frames.values()], wish.form === 'tall' ? 6 : 16),
    namespaces: frames,
    boxes,
    links: linksOf(elements, boxes),
    lanes,
    form: wish.form,
    slots,
  };
}

/** What packing reads and writes beside the boxes. */
interface Notes {
  readonly before: SlotMemory;
  readonly slots: Map<string, readonly (ElementId | undefined)[]>;
  readonly lanes: Map<ElementId, PodLanes>;
}

function placeNamespace(
  elements: ReadonlyMap<ElementId, LabElement>,
  namespace: string,
  wish: LayoutWish,
  top: number,
  notes: Notes,
): ReadonlyMap<ElementId, Box> {
  const { before, slots } = notes;
  const { frame, loose, gap, column } = OBJECT_SIZE;
  const { bands, rest } = bandsOf(elements, namespace, wish.drawn);
  const boxes = new Map<ElementId, Box>();
  const left = frame.pad;
  const y = top + frame.header;
  const looseKey = `objects/${namespace}`;
  const looseSlots = assignSlots(
    before.get(looseKey) ?? [],
    rest.map(pod => pod.id),
  );
  slots.set(looseKey, looseSlots);
  const looseRows = 4;
  for (const [slot, id] of looseSlots.entries()) {
    if (id === undefined) continue;
    boxes.set(id, {
      x: left + Math.floor(slot / looseRows) * (loose.width + gap),
      y: y + (slot % looseRows) * (loose.height + gap),
      ...loose,
    });
  }
  const looseColumns = Math.ceil(looseSlots.length / looseRows);
  const bandX = left + (looseColumns === 0 ? 0 : looseColumns * (loose.width + gap) - gap + column);
  let bandY = y;
  // Workloads that no Service selects stand under the other Pods, not under the Services.
  const podX = bands.some(band => band.services.length > 0) ? bandX + OBJECT_SIZE.service.width + column : bandX;
  let podY = y;
  for (const band of bands) {
    const hasService = band.services.length > 0;
    const bottom = placeBand(band, hasService ? bandX : podX, hasService ? bandY : podY, notes, boxes);
    if (hasService) bandY = bottom + OBJECT_SIZE.band;
    if (!hasService || band.pods.length > 0 || band.workloads.length > 0) podY = bottom + OBJECT_SIZE.band;
  }
  return boxes;
}

function placeBand(
  band: Band,
  x: number,
  y: number,
  { before, slots, lanes }: Notes,
  boxes: Map<ElementId, Box>,
): number {
  const { service, slice, pod, workload, gap, column, lane } = OBJECT_SIZE;
  let left = y;
  for (const element of band.services) {
    boxes.set(element.id, { x, y: left, ...service });
    left += service.height + gap + 24;
  }
  for (const element of band.slices) {
    const lines = Math.max(1, Math.min(SLICE_LINES, element.endpoints.length));
    boxes.set(element.id, { x, y: left, width: slice.width, height: slice.height + lines * slice.line });
    left += slice.height + lines * slice.line + gap;
  }
  const podX = band.services.length === 0 ? x : x + service.width + column;
  const podSlots = assignSlots(
    before.get(band.id) ?? [],
    band.pods.map(element => element.id),
  );
  slots.set(band.id, podSlots);
  const rows = rowsFor(podSlots.length);
  const columns = Math.ceil(podSlots.length / rows);
  const pitch = { x: pod.width + lane.width, y: pod.height + gap };
  const leftOf = (i: number): number => podX + i * pitch.x - (i === 0 ? lane.outer : lane.inner);
  const rightLane = (i: number): number =>
    podX + i * pitch.x + pod.width + (i === columns - 1 ? column / 4 : lane.inner);
  const between = (row: number): number => y + row * pitch.y - gap / 2;
  for (const [slot, id] of podSlots.entries()) {
    if (id === undefined) continue;
    const at = Math.floor(slot / rows);
    boxes.set(id, { x: podX + at * pitch.x, y: y + (slot % rows) * pitch.y, ...pod });
    lanes.set(id, {
      left: leftOf(at),
      right: rightLane(at),
      first: leftOf(0),
      last: rightLane(columns - 1),
      arriving: between(1),
      leaving: between(Math.ceil(rows / 2)),
    });
  }
  const podsBottom = y + Math.max(0, Math.min(rows, podSlots.length) * (pod.height + gap) - gap);
  const workloadX = podX + (columns === 0 ? 0 : columns * pitch.x - lane.width + column / 2);
  let bottom = Math.max(left - gap, podsBottom);
  const stack = band.workloads.length * (workload.height + gap) - gap;
  let workloadY = Math.max(y, y + (podsBottom - y) / 2 - stack / 2);
  for (const element of band.workloads) {
    boxes.set(element.id, { x: workloadX, y: workloadY, ...workload });
    workloadY += workload.height + gap;
    bottom = Math.max(bottom, workloadY - gap);
  }
  return bottom;
}

/** How many Pods stand under each other: full columns of about the height of a screen. */
function rowsFor(pods: number): number {
  if (pods <= 4) return 4;
  if (pods <= 9) return 3;
  return pods <= 24 ? 5 : pods <= 48 ? 8 : 16;
}

function linksOf(
  elements: ReadonlyMap<ElementId, LabElement>,
  boxes: ReadonlyMap<ElementId, Box>,
): readonly ObjectLink[] {
  const links: ObjectLink[] = [];
  const add = (from: ElementId | undefined, to: ElementId | undefined, kind: ObjectLink['kind']): void => {
    if (from !== undefined && to !== undefined && boxes.has(from) && boxes.has(to))
      links.push({ id: `${kind}:${from}:${to}`, from, to, kind });
  };
  for (const slice of ofKind(elements, 'slice')) {
    add(slice.service, slice.id, 'slice');
    for (const endpoint of slice.endpoints) {
      add(slice.id, endpoint.pod, endpoint.ready ? 'endpoint' : 'unready-endpoint');
    }
  }
  for (const pod of ofKind(elements, 'pod')) add(pod.id, ownerOf(elements, pod), 'owner');
  return links;
}
