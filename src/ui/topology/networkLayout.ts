// The Network level: nodes with their Pods, bridge and route disc, the LAN, the router, and what is outside.
//
//   +- cp ----+ +- node-1 -------+ +- node-2 -------+ . outside .
//   | [Pod]   | | [Pod] [Pod]    | | [Pod] [Pod]    | .         .
//   |  |      | |  |     |       | |  |     |       | .         .
//   | bridge  | | bridge ======= | | bridge ======= | ...........
//   |    o    | |       o        | |       o        |      |
//   +----|----+ +-------|--------+ +-------|--------+   router
//   =============== LAN ==================================

import type { ElementId, LabElement } from '../../sim/index.ts';
import { type Box, boundsOf, lineDown, type Polyline, rightOf } from './geometry.ts';
import type { HostPlace, LayoutWish, NetworkLayout, NodePlace, PodPlace } from './layout.ts';
import { type ElementOf, isOnLan, ofKind, orderedNodes, podParts } from './networkParts.ts';
import { type NodePlan, nodeHeight, PIN_NAME_GAP, placeNode, placeRow, SIZE } from './networkPlaces.ts';
import { widthOf } from './sceneParts.tsx';
import { assignSlots, gridFor, type SlotMemory } from './slots.ts';

/** The columns of Pods that an empty node has room for. */
function firstColumns(node: ElementOf<'node'>): number {
  return node.role === 'control-plane' ? 1 : 2;
}

/** The slots of every node's Pods and of the Services, taking up those of before. */
function planNodes(
  elements: ReadonlyMap<ElementId, LabElement>,
  wish: LayoutWish,
  before: SlotMemory,
): readonly NodePlan[] {
  const parts = podParts(elements, wish.drawn);
  return orderedNodes(elements).map(node => {
    const own = parts.get(node.id) ?? [];
    const slots = assignSlots(
      before.get(node.id) ?? [],
      own.map(part => part.id),
    );
    const grid = wish.form === 'tall' ? gridFor(slots.length, 2, 2) : gridFor(slots.length, firstColumns(node));
    return { node, parts: new Map(own.map(part => [part.id, part])), slots, grid };
  });
}

/** Puts planned nodes and what surrounds them in their places. */
type Pack = (
  elements: ReadonlyMap<ElementId, LabElement>,
  plans: readonly NodePlan[],
  wish: LayoutWish,
  before: SlotMemory,
) => NetworkLayout;

/** The level as `pack` places it: here for the wide form, in tallLayout.ts for the tall one. */
export function networkLayout(
  elements: ReadonlyMap<ElementId, LabElement>,
  wish: LayoutWish,
  before: SlotMemory,
  pack: Pack,
): NetworkLayout {
  return pack(elements, planNodes(elements, wish, before), wish, before);
}

/** Nodes side by side over the LAN. */
export function wideLayout(
  elements: ReadonlyMap<ElementId, LabElement>,
  plans: readonly NodePlan[],
  wish: LayoutWish,
  before: SlotMemory,
): NetworkLayout {
  // All nodes have the rows of the fullest one, so that their bridges stand in one line.
  const rows = Math.max(1, ...plans.map(plan => plan.grid.rows));
  const height = nodeHeight(rows);
  const lanY = height + SIZE.lanDrop;
  const nodes = new Map<ElementId, NodePlace>();
  const pods = new Map<ElementId, PodPlace>();
  let x = 0;
  for (const plan of plans) {
    const width = nodeWidth(plan);
    const placed = placeNode(plan, { x, y: 0, width, height }, rows, SIZE.pod.width);
    const { uplink } = placed.node;
    const pin = uplink[0] ?? { x, y: height };
    nodes.set(plan.node.id, { ...placed.node, uplink: [pin, { x: pin.x, y: lanY }] });
    for (const pod of placed.pods) pods.set(pod.id, pod);
    x += width + SIZE.node.gap;
  }
  const right = Math.max(0, x - SIZE.node.gap);
  const { router, outside } = placeSurroundings(elements, right + SIZE.outside.gap, height, lanY);
  const lanElement = ofKind(elements, 'lan')[0];
  // The LAN ends under the last of what is plugged into it.
  const reach = Math.max(right, ...[...(outside?.hosts.values() ?? [])].map(({ wire }) => wire.at(-1)?.x ?? 0));
  const lan = lanElement && {
    id: lanElement.id,
    bar: { x: 0, y: lanY - SIZE.lan / 2, width: router?.box.x ?? reach, height: SIZE.lan },
    label: { x: 0, y: lanY + 18 },
  };
  const row = placeRow(elements, wish, before, lanY + SIZE.serviceDrop, right);
  for (const pod of row.pods) pods.set(pod.id, pod);
  const boxes: Box[] = [
    ...[...nodes.values()].map(node => node.box),
    ...[...pods.values()].map(pod => pod.box),
    ...row.services.values(),
    ...(lan === undefined ? [] : [lan.bar, { x: 0, y: lanY, width: 10, height: 24 }]),
    ...(router === undefined ? [] : [router.box]),
    ...(outside === undefined ? [] : [outside.frame]),
  ];
  return {
    kind: 'network',
    bounds: boundsOf(boxes, SIZE.margin),
    nodes,
    pods,
    services: row.services,
    lan,
    router,
    outside,
    slots: new Map([...plans.map(plan => [plan.node.id, plan.slots] as const), ...row.slots]),
  };
}

/** As wide as its Pods, and as what stands right of the uplink in its middle. */
function nodeWidth({ node, grid: { columns } }: NodePlan): number {
  const { pod, node: box } = SIZE;
  const name = widthOf(node.address, 'mono', 11);
  return Math.max(columns * pod.width + (columns - 1) * pod.gap + 2 * box.pad, 2 * (PIN_NAME_GAP + Math.ceil(name)));
}

function placeSurroundings(
  elements: ReadonlyMap<ElementId, LabElement>,
  x: number,
  nodeBottom: number,
  lanY: number,
): { readonly router: NetworkLayout['router']; readonly outside: NetworkLayout['outside'] } {
  const hosts = ofKind(elements, 'outside');
  const router = ofKind(elements, 'router')[0];
  const { width, header, host, pad } = SIZE.outside;
  const nearest = hosts.findLast(element => !isOnLan(element));
  const lane = x + width - pad / 2;
  /** Of hosts that are plugged into the LAN: between the last node and the frame. */
  const lanLane = x - SIZE.outside.gap / 2;
  const routerBox: Box | undefined = router && {
    x: x + width - SIZE.router.width,
    y: lanY - SIZE.router.height / 2,
    ...SIZE.router,
  };
  const frameHeight = Math.max(nodeBottom - 24, header + hosts.length * host + 12);
  const frame: Box = { x, y: 0, width, height: Math.min(frameHeight, lanY - SIZE.router.height / 2 - 16) };
  const places = hosts.map((element, i): HostPlace => {
    const box = { x: x + pad, y: header + i * host, width: width - 2 * pad, height: host - 8 };
    const y = box.y + box.height / 2;
    if (isOnLan(element)) {
      const wire: Polyline = [
        { x: box.x, y },
        { x: lanLane, y },
        { x: lanLane, y: lanY },
      ];
      return { id: element.id, box, to: 'lan', wire };
    }
    const wire: Polyline =
      routerBox === undefined
        ? []
        : element === nearest
          ? lineDown(box, routerBox)
          : [
              { x: rightOf(box), y },
              { x: lane, y },
              { x: lane, y: routerBox.y },
            ];
    return { id: element.id, box, to: 'router', wire };
  });
  return {
    router:
      routerBox === undefined || router === undefined
        ? undefined
        : { id: router.id, box: routerBox, uplink: [{ x: routerBox.x, y: lanY }] },
    outside: hosts.length === 0 ? undefined : { frame, hosts: new Map(places.map(place => [place.id, place])) },
  };
}
