// The parts of the Network level that both of its forms place: sizes, the inside of a node, the row of Services.

import type { ElementId, LabElement } from '../../sim/index.ts';
import { type Box, bottomOf, type Point, type Polyline } from './geometry.ts';
import type { LayoutWish, NodePlace, PodPlace } from './layout.ts';
import { bridgeOf, drawnServices, type ElementOf, type PodPart, podParts, portOf, uplinkOf } from './networkParts.ts';
import { assignSlots, type Grid, type SlotMemory } from './slots.ts';

/** From the middle of an interface to its name beside it. */
export const PIN_NAME_GAP = 10;

/** Sizes at 100 %. */
export const SIZE = {
  /** `rowGap`: room for the name of an upper Pod's interface, and for a packet beside it. */
  pod: { width: 130, height: 48, gap: 14, rowGap: 28 },
  node: { pad: 14, header: 40, gap: 24 },
  /** From the last row of Pods to the bridge: room for the names of both ends of a cable. */
  portGap: 48,
  bridge: 26,
  /** From the bridge to the middle of the disc, and from there to the border. */
  discDrop: 38,
  discTail: 36,
  /** From the border of a node to the middle of the LAN. */
  lanDrop: 52,
  lan: 6,
  outside: { width: 172, gap: 28, header: 32, host: 52, pad: 14 },
  router: { width: 136, height: 44 },
  service: { width: 256, height: 46, gap: 14 },
  /** From the LAN to the row of Services under it. */
  serviceDrop: 40,
  margin: 18,
} as const;

/** One node with the slots of its Pods, before it has a place. */
export interface NodePlan {
  readonly node: ElementOf<'node'>;
  readonly parts: ReadonlyMap<ElementId, PodPart>;
  readonly slots: readonly (ElementId | undefined)[];
  readonly grid: Grid;
}

export function nodeHeight(rows: number): number {
  const { pod, node, portGap, bridge, discDrop, discTail } = SIZE;
  return node.header + rows * pod.height + (rows - 1) * pod.rowGap + portGap + bridge + discDrop + discTail;
}

/** The inside of a node; its uplink ends at its border. */
export function placeNode(
  { node, parts, slots, grid }: NodePlan,
  box: Box,
  rows: number,
  podWidth: number,
): { readonly node: NodePlace; readonly pods: readonly PodPlace[] } {
  const { pod, portGap, bridge, discDrop } = SIZE;
  const bridgeName = bridgeOf(node);
  const bridgeY = box.y + SIZE.node.header + rows * pod.height + (rows - 1) * pod.rowGap + portGap;
  const disc = { x: box.x + box.width / 2, y: bridgeY + bridge + discDrop };
  // Wires of upper rows come down between the columns and must end on the bar.
  const inset = rows > 1 ? 6 : SIZE.node.pad;
  const place: NodePlace = {
    id: node.id,
    box,
    facing: 'down',
    detail: 'full',
    header: { x: box.x, y: box.y, width: box.width, height: SIZE.node.header },
    bridge:
      bridgeName === undefined
        ? undefined
        : {
            id: `${node.id}#${bridgeName}`,
            name: bridgeName,
            box: { x: box.x + inset, y: bridgeY, width: box.width - 2 * inset, height: bridge },
          },
    disc,
    uplink: [{ x: disc.x, y: bottomOf(box) }],
    uplinkDevice: uplinkOf(node),
  };
  const pods = slots.flatMap((id, slot): readonly PodPlace[] => {
    const part = id === undefined ? undefined : parts.get(id);
    const cell = grid.cells[slot];
    if (part === undefined || cell === undefined) return [];
    const podBox: Box = {
      x: box.x + SIZE.node.pad + cell.column * (podWidth + pod.gap),
      y: box.y + SIZE.node.header + cell.row * (pod.height + pod.rowGap),
      width: podWidth,
      height: pod.height,
    };
    const below = grid.cells.filter(
      ({ row, column }, other) => column === cell.column && row > cell.row && slots[other] !== undefined,
    ).length;
    return [
      bridgeName === undefined
        ? routedPodPlace(part, node.id, podBox, disc)
        : podPlace(part, node.id, podBox, bridgeY, below),
    ];
  });
  return { node: place, pods };
}

/** `below`: how many rows of Pods are under it. */
function podPlace(part: PodPart, node: ElementId, box: Box, bridgeY: number, below: number): PodPlace {
  const [first] = part.pods;
  const port = first === undefined || part.pods.length > 1 ? undefined : portOf(first);
  const isWired = first?.hostNetwork === false && first.address !== undefined;
  const x = part.id.startsWith('group/') ? box.x + box.width / 2 : box.x + 26;
  const bottom = bottomOf(box);
  let wire: Polyline = [];
  if (isWired) {
    const lane = box.x - 3 - 3 * Math.min(3, below - 1);
    wire =
      below === 0
        ? [
            { x, y: bottom },
            { x, y: bridgeY },
          ]
        : [
            { x, y: bottom },
            { x, y: bottom + SIZE.pod.rowGap / 2 },
            { x: lane, y: bottom + SIZE.pod.rowGap / 2 },
            { x: lane, y: bridgeY },
          ];
  }
  return {
    id: part.id,
    pods: part.pods.map(pod => pod.id),
    node,
    box,
    wire,
    port,
    labels: port === undefined ? 'none' : below === 0 ? 'both' : 'own',
  };
}

/** Of the route disc as the scene draws it. */
const DISC_RADIUS = 14;

/** A Pod of a node without a bridge: its cable ends where the node routes. */
function routedPodPlace(part: PodPart, node: ElementId, box: Box, disc: Point): PodPlace {
  const [first] = part.pods;
  const port = first === undefined || part.pods.length > 1 ? undefined : portOf(first);
  const pin = { x: box.x + 26, y: bottomOf(box) };
  const busY = disc.y - SIZE.discDrop;
  const lane = box.x - SIZE.pod.gap / 2;
  const turn = pin.y + SIZE.pod.rowGap / 2;
  const wire: Polyline =
    port === undefined
      ? []
      : [
          pin,
          { x: pin.x, y: turn },
          { x: lane, y: turn },
          { x: lane, y: busY },
          { x: disc.x, y: busY },
          { x: disc.x, y: disc.y - DISC_RADIUS },
        ];
  return { id: part.id, pods: part.pods.map(pod => pod.id), node, box, wire, port, labels: 'none' };
}

const SERVICES = 'services';
const UNSCHEDULED = 'unscheduled';

/** Services stand in a row under the LAN, beside every node: a Service is a rule, on all of them. Pods of no node follow. */
export function placeRow(
  elements: ReadonlyMap<ElementId, LabElement>,
  wish: LayoutWish,
  before: SlotMemory,
  y: number,
  width: number,
): {
  readonly services: ReadonlyMap<ElementId, Box>;
  readonly pods: readonly PodPlace[];
  readonly slots: readonly (readonly [string, readonly (ElementId | undefined)[]])[];
} {
  const serviceSlots = assignSlots(
    before.get(SERVICES) ?? [],
    drawnServices(elements, wish.drawn).map(service => service.id),
  );
  const homeless = podParts(elements, wish.drawn).get('') ?? [];
  const podSlots = assignSlots(
    before.get(UNSCHEDULED) ?? [],
    homeless.map(part => part.id),
  );
  const { height, gap } = SIZE.service;
  const own = SIZE.service.width;
  const perRow = Math.max(1, Math.floor((width + gap) / (own + gap)));
  const cell = (slot: number): Box => ({
    x: (slot % perRow) * (own + gap),
    y: y + Math.floor(slot / perRow) * (height + gap),
    width: own,
    height,
  });
  const services = new Map<ElementId, Box>();
  for (const [slot, id] of serviceSlots.entries()) if (id !== undefined) services.set(id, cell(slot));
  const podsFrom = Math.ceil(serviceSlots.length / perRow) * perRow;
  const pods = podSlots.flatMap((id, slot): readonly PodPlace[] => {
    const part = homeless.find(other => other.id === id);
    if (part === undefined) return [];
    return [
      {
        id: part.id,
        pods: part.pods.map(pod => pod.id),
        node: undefined,
        box: { ...cell(podsFrom + slot), height: SIZE.pod.height },
        wire: [],
        port: undefined,
        labels: 'none',
      },
    ];
  });
  return {
    services,
    pods,
    slots: [
      [SERVICES, serviceSlots],
      [UNSCHEDULED, podSlots],
    ],
  };
}
