// The Network level of a large lab: node boxes of one size in rows, twenty to a zone, cables under each row to the LAN at
// their left; left of that what is outside and the Services, and above the nodes the Pods of no node. Services grow
// down and to the left, Pods of no node up and to the right: nothing that grows moves anything else.

import type { ElementId, LabElement } from '../../../sim/index.ts';
import { type Box, bottomOf, boundsOf, type Polyline, rightOf } from '../geometry.ts';
import type { HostPlace, LayoutWish, NetworkLayout, NodePlace, PodPlace } from '../layout.ts';
import {
  drawnServices,
  type ElementOf,
  isOnLan,
  ofKind,
  orderedNodes,
  type PodPart,
  podParts,
} from '../networkParts.ts';
import { placeNode, SIZE } from '../networkPlaces.ts';
import { assignSlots, gridFor, type SlotMemory } from '../slots.ts';
import { SCENE_WORDS } from '../words.ts';
import { type CrowdCell, type Holder, podLook, type Zone } from './crowd.ts';
import { cellsOf, type NodeBoxes, nodeBoxes, nodeGrid } from './crowdGrid.ts';
import { CROWD_WORDS } from './words.ts';

type Elements = ReadonlyMap<ElementId, LabElement>;
type Slots = readonly (ElementId | undefined)[];

/** The middle of the LAN; everything of the cluster is right of it. */
const TRUNK = -36;
const FRAME = { pad: 14, header: 64 } as const;
const NODES = 'crowd/nodes';
const SERVICES = 'services';
const UNSCHEDULED = 'unscheduled';

export function crowdLayout(elements: Elements, wish: LayoutWish, before: SlotMemory): NetworkLayout {
  const parts = podParts(elements, NONE);
  const slots = new Map<string, Slots>();
  const keep = (key: string, members: readonly ElementId[]): Slots => {
    const own = assignSlots(before.get(key) ?? [], members);
    slots.set(key, own);
    return own;
  };

  const places = keep(
    NODES,
    [...orderedNodes(elements)].sort(byNumber).map(node => node.id),
  );
  const cells = places.map(id => (id === undefined ? [] : keep(id, (parts.get(id) ?? []).map(idOf))));
  const size = nodeGrid(Math.max(1, ...cells.map(own => own.length)), wish.capacity);
  const grid = cellsOf(size);
  const { boxes, busY, zones, width, height } = nodeBoxes(places.length, size);

  const nodes = new Map<ElementId, NodePlace>();
  const pods = new Map<ElementId, PodPlace>();
  const holders: Holder[] = [];
  const lines: Polyline[] = [];
  /** How far right the way under each row of nodes reaches. */
  const buses = new Map<number, number>();
  for (const [i, id] of places.entries()) {
    const node = id === undefined ? undefined : elements.get(id);
    const box = boxes[i];
    if (node?.kind !== 'node' || box === undefined) continue;
    const own = new Map((parts.get(node.id) ?? []).map(part => [part.id, part]));
    const plan = { node, parts: own, slots: cells[i] ?? [], grid };
    const placed = placeNode(plan, box, size.rows, SIZE.pod.width);
    const pin = placed.node.uplink[0] ?? placed.node.disc;
    const bus = busY[i] ?? bottomOf(box);
    nodes.set(node.id, { ...placed.node, uplink: [pin, { x: pin.x, y: bus }, { x: TRUNK, y: bus }] });
    lines.push([pin, { x: pin.x, y: bus }]);
    buses.set(bus, Math.max(pin.x, buses.get(bus) ?? TRUNK));
    for (const pod of placed.pods) pods.set(pod.id, pod);
    holders.push(nodeHolder(node, placed.node, placed.pods, own, size.columns * size.rows));
  }
  for (const [y, x] of buses)
    lines.push([
      { x, y },
      { x: TRUNK, y },
    ]);

  const left = placeLeft(elements);
  const services = placeServices(elements, keep, left.bottom);
  const loose = placeUnscheduled(parts.get('') ?? [], keep);
  for (const pod of loose?.places ?? []) pods.set(pod.id, pod);
  const lan = ofKind(elements, 'lan')[0];
  const bottom = Math.max(left.bottom, ...busY);
  const around = [
    { x: TRUNK, y: -34, width: width - TRUNK, height: height + 34 },
    left.box,
    ...(services === undefined ? [] : [services.holder.box]),
    ...(loose === undefined ? [] : [loose.holder.box]),
  ];
  return {
    kind: 'network',
    bounds: boundsOf(around, SIZE.margin),
    nodes,
    pods,
    services: services?.boxes ?? new Map(),
    lan: lan && {
      id: lan.id,
      bar: { x: TRUNK - SIZE.lan / 2, y: 0, width: SIZE.lan, height: bottom },
      label: { x: TRUNK - SIZE.outside.width, y: -12 },
    },
    router: left.router,
    outside: left.outside,
    slots,
    crowd: {
      capacity: size.columns * size.rows,
      zones: zones.map((zone, i) => zoneOf(`zone/${i}`, zone, places, elements, parts)),
      holders: [
        ...holders,
        ...(services === undefined ? [] : [services.holder]),
        ...(loose === undefined ? [] : [loose.holder]),
      ],
      lines,
    },
  };
}

/** The control plane, then the workers; node-2 before node-10. */
function byNumber(a: ElementOf<'node'>, b: ElementOf<'node'>): number {
  return a.role.localeCompare(b.role, 'en') || a.name.localeCompare(b.name, 'en', { numeric: true });
}

const NONE: ReadonlySet<ElementId> = new Set();
const idOf = (part: { readonly id: ElementId }): ElementId => part.id;

function nodeHolder(
  node: ElementOf<'node'>,
  place: NodePlace,
  pods: readonly PodPlace[],
  parts: ReadonlyMap<ElementId, PodPart>,
  capacity: number,
): Holder {
  let count = 0;
  for (const part of parts.values()) count += part.pods.length;
  return {
    id: node.id,
    kind: 'node',
    box: place.box,
    header: SIZE.node.header,
    title: node.name,
    note: SCENE_WORDS.pods(count),
    state: node.ready ? 'ready' : 'not-ready',
    capacity,
    cells: pods.flatMap(pod => {
      const part = parts.get(pod.id);
      return part === undefined ? [] : [podCell(part, pod.box)];
    }),
    bar: place.bridge?.box,
  };
}

function podCell(part: PodPart, box: Box): CrowdCell {
  const [pod] = part.pods;
  if (pod === undefined || part.id.startsWith('group/')) {
    const name = pod?.namespace ?? '';
    return { id: part.id, box, look: 'group', name, detail: SCENE_WORDS.pods(part.pods.length) };
  }
  const detail = pod.terminating || pod.address === undefined ? pod.status : pod.address;
  return { id: pod.id, box, look: podLook(pod), name: pod.name, detail };
}

/** Named after the first and the last of its nodes. */
function zoneOf(
  id: string,
  { box, header, nodes: members }: NodeBoxes['zones'][number],
  places: Slots,
  elements: Elements,
  parts: ReadonlyMap<ElementId, readonly PodPart[]>,
): Zone {
  const nodes = members.flatMap(i => places[i] ?? []);
  const nameOf = (node: ElementId | undefined): string => (node === undefined ? '' : (elements.get(node)?.name ?? ''));
  const pods = nodes.reduce(
    (sum, node) => sum + (parts.get(node) ?? []).reduce((own, part) => own + part.pods.length, 0),
    0,
  );
  return {
    id,
    box,
    header,
    title: CROWD_WORDS.zone(nameOf(nodes[0]), nameOf(nodes[nodes.length - 1])),
    note: CROWD_WORDS.zoneFacts(nodes.length, pods),
  };
}

/** What is outside, and the router under it, at the left of the LAN. */
function placeLeft(elements: Elements): {
  readonly outside: NetworkLayout['outside'];
  readonly router: NetworkLayout['router'];
  readonly box: Box;
  readonly bottom: number;
} {
  const hosts = ofKind(elements, 'outside');
  const router = ofKind(elements, 'router')[0];
  const { width, gap, header, host } = SIZE.outside;
  const right = TRUNK - gap;
  const frame: Box = {
    x: right - width,
    y: 0,
    width,
    height: hosts.length === 0 ? 0 : header + hosts.length * host + 12,
  };
  const routerBox: Box | undefined = router && {
    x: right - SIZE.router.width,
    y: bottomOf(frame) + (hosts.length === 0 ? 0 : 24),
    ...SIZE.router,
  };
  const lane = right - 16;
  const places = hosts.map((element, i): HostPlace => {
    const box = { x: frame.x + 8, y: header + i * host, width: width - 40, height: host - 8 };
    const y = box.y + box.height / 2;
    const start = { x: rightOf(box), y };
    if (isOnLan(element) || routerBox === undefined)
      return { id: element.id, box, to: 'lan', wire: [start, { x: TRUNK, y }] };
    return { id: element.id, box, to: 'router', wire: [start, { x: lane, y }, { x: lane, y: routerBox.y }] };
  });
  const routerY = routerBox === undefined ? 0 : routerBox.y + routerBox.height / 2;
  const box = boundsOf([frame, ...(routerBox === undefined ? [] : [routerBox])]);
  return {
    outside: hosts.length === 0 ? undefined : { frame, hosts: new Map(places.map(place => [place.id, place])) },
    router:
      router === undefined || routerBox === undefined
        ? undefined
        : {
            id: router.id,
            box: routerBox,
            uplink: [
              { x: rightOf(routerBox), y: routerY },
              { x: TRUNK, y: routerY },
            ],
          },
    box,
    bottom: bottomOf(box),
  };
}

type Keep = (key: string, members: readonly ElementId[]) => Slots;

/** Services under what is outside, in a grid that grows down and to the left. */
function placeServices(
  elements: Elements,
  keep: Keep,
  top: number,
): { readonly holder: Holder; readonly boxes: ReadonlyMap<ElementId, Box> } | undefined {
  const services = drawnServices(elements, NONE);
  if (services.length === 0) return undefined;
  const own = keep(SERVICES, services.map(idOf));
  const grid = gridFor(own.length, 1);
  const { width, height, gap } = SIZE.service;
  const right = TRUNK - SIZE.outside.gap;
  const y = top + 40;
  const boxes = new Map<ElementId, Box>();
  const cells: CrowdCell[] = [];
  for (const [slot, id] of own.entries()) {
    const service = id === undefined ? undefined : elements.get(id);
    const cell = grid.cells[slot];
    if (service?.kind !== 'service' || cell === undefined) continue;
    const box = {
      x: right - FRAME.pad - width - cell.column * (width + gap),
      y: y + FRAME.header + cell.row * (height + gap),
      width,
      height,
    };
    boxes.set(service.id, box);
    cells.push({ id: service.id, box, look: 'service', name: service.name, detail: service.clusterIP });
  }
  const size = gridSize(grid, SIZE.service, gap, gap);
  const holder: Holder = {
    id: 'frame/services',
    kind: 'services',
    box: { x: right - size.width, y, ...size },
    header: FRAME.header,
    title: CROWD_WORDS.services,
    note: String(services.length),
    state: 'ready',
    capacity: grid.cells.length,
    cells,
    bar: undefined,
  };
  return { holder, boxes };
}

/** Pods of no node above the nodes, in a grid that grows up and to the right. */
function placeUnscheduled(
  parts: readonly PodPart[],
  keep: Keep,
): { readonly holder: Holder; readonly places: readonly PodPlace[] } | undefined {
  const own = keep(UNSCHEDULED, parts.map(idOf));
  if (own.length === 0) return undefined;
  const byId = new Map(parts.map(part => [part.id, part]));
  const grid = gridFor(own.length, 8);
  const { width, height, gap, rowGap } = SIZE.pod;
  const bottom = -72;
  const places: PodPlace[] = [];
  const cells: CrowdCell[] = [];
  for (const [slot, id] of own.entries()) {
    const part = id === undefined ? undefined : byId.get(id);
    const cell = grid.cells[slot];
    if (part === undefined || cell === undefined) continue;
    const box = {
      x: FRAME.pad + cell.column * (width + gap),
      y: bottom - FRAME.pad - height - cell.row * (height + rowGap),
      width,
      height,
    };
    cells.push(podCell(part, box));
    places.push({
      id: part.id,
      pods: part.pods.map(pod => pod.id),
      node: undefined,
      box,
      wire: [],
      port: undefined,
      labels: 'hidden',
    });
  }
  const size = gridSize(grid, SIZE.pod, gap, rowGap);
  const holder: Holder = {
    id: 'frame/unscheduled',
    kind: 'unscheduled',
    box: { x: 0, y: bottom - size.height, ...size },
    header: FRAME.header,
    title: CROWD_WORDS.unscheduled,
    note: SCENE_WORDS.pods(parts.reduce((sum, part) => sum + part.pods.length, 0)),
    state: 'ready',
    capacity: grid.cells.length,
    cells,
    bar: undefined,
  };
  return { holder, places };
}

/** A frame around a grid of boxes. */
function gridSize(
  { rows, columns }: { readonly rows: number; readonly columns: number },
  cell: { readonly width: number; readonly height: number },
  gap: number,
  rowGap: number,
): { readonly width: number; readonly height: number } {
  return {
    width: columns * (cell.width + gap) - gap + 2 * FRAME.pad,
    height: rows * (cell.height + rowGap) - rowGap + FRAME.header + FRAME.pad,
  };
}
