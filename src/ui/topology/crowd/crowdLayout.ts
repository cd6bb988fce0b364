// The Network level of a large lab: node boxes of one size in rows, twenty to a zone, cables under each row to the LAN at
// their left; left of that what is outside and the Services, and above the nodes the Pods of no node. Services grow
// down and to the left, Pods of no node up and to the right: nothing that grows moves anything else.

import type { ElementId, LabElement } from '../../../sim/index.ts';
import { bottomOf, boundsOf, type Polyline } from '../geometry.ts';
import type { LayoutWish, NetworkLayout, NodePlace, PodPlace } from '../layout.ts';
import { type ElementOf, ofKind, orderedNodes, type PodPart, podParts } from '../networkParts.ts';
import { placeNode, SIZE } from '../networkPlaces.ts';
import { assignSlots, type SlotMemory } from '../slots.ts';
import * as SCENE_WORDS from '../words.ts';
import type { Holder, Zone } from './crowd.ts';
import { cellsOf, type NodeZone, nodeBoxes, nodeGrid } from './crowdGrid.ts';
import { networkHolder, placeOutside, TRUNK } from './crowdOutside.ts';
import { idOf, NONE, placeServices, placeUnscheduled, podCell, type Slots } from './crowdSides.ts';
import { CROWD_WORDS } from './words.ts';
import { zoneNames } from './zoneTitle.ts';

type Elements = ReadonlyMap<ElementId, LabElement>;

const NODES = 'crowd/nodes';
/** Rows of nodes that are wider than this have larger boxes beside them, by as much. */
const BESIDE = { wide: 2300, tall: 760 } as const;
/** The LAN stays left of the nodes. */
const MOST_LAN = 36;

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
  const { boxes, busY, zones, width, height, across } = nodeBoxes(places.length, size, wish.form);

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

  const scale = Math.max(1, across / BESIDE[wish.form]);
  const left = placeOutside(elements, scale);
  for (const host of left.outside?.hosts.values() ?? []) lines.push(host.wire);
  if (left.router !== undefined) lines.push(left.router.uplink);
  const services = placeServices(elements, keep, bottomOf(left.box), scale);
  const loose = placeUnscheduled(parts.get('') ?? [], keep, scale);
  for (const pod of loose?.places ?? []) pods.set(pod.id, pod);
  const lan = ofKind(elements, 'lan')[0];
  const bottom = Math.max(bottomOf(left.box), ...busY);
  const thick = Math.min(MOST_LAN, SIZE.lan * scale);
  const bar = { x: TRUNK - thick / 2, y: 0, width: thick, height: bottom };
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
      bar,
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
        ...left.holders,
        ...(lan === undefined
          ? []
          : [networkHolder({ id: lan.id, box: bar, look: 'lan', name: lan.name, detail: lan.address })]),
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
    count: count.toLocaleString('en'),
    state: node.ready ? 'ready' : 'not-ready',
    capacity,
    cells: pods.flatMap(pod => {
      const part = parts.get(pod.id);
      return part === undefined ? [] : [podCell(part, pod.box)];
    }),
    heads: [],
    ground: undefined,
    bar: place.bridge?.box,
  };
}

/** Named after the first and the last of its nodes. */
function zoneOf(
  id: string,
  { box, header, nodes: members }: NodeZone,
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
    names: zoneNames(nameOf(nodes[0]), nameOf(nodes[nodes.length - 1])),
    note: CROWD_WORDS.zoneFacts(nodes.length, pods),
  };
}
