// The Network level on a phone: the two ends of a journey are mirrored over the LAN, so that the path runs straight from
// top to bottom. Everything else hangs on a lane at the right.

import type { ElementId, LabElement } from '../../sim/index.ts';
import { type Box, bottomOf, boundsOf, centerOf, type Point, type Polyline, rightOf } from './geometry.ts';
import type { HostPlace, LayoutWish, NetworkLayout, NodePlace, PodPlace } from './layout.ts';
import { isOnLan, ofKind } from './networkParts.ts';
import { type NodePlan, nodeHeight, placeNode, placeRow, SIZE } from './networkPlaces.ts';
import type { SlotMemory } from './slots.ts';

/** Fits 390 px wide screens without panning. */
const WIDTH = 346;
const LANE = WIDTH + 10;
const POD_WIDTH = (WIDTH - 2 * SIZE.node.pad - SIZE.pod.gap) / 2;
const GAP = 16;

export function tallLayout(
  elements: ReadonlyMap<ElementId, LabElement>,
  plans: readonly NodePlan[],
  wish: LayoutWish,
  before: SlotMemory,
): NetworkLayout {
  const [upper, lower] = endsOf(plans, wish.ends);
  const nodes = new Map<ElementId, NodePlace>();
  const pods = new Map<ElementId, PodPlace>();
  const add = (placed: { readonly node: NodePlace; readonly pods: readonly PodPlace[] }): void => {
    nodes.set(placed.node.id, placed.node);
    for (const pod of placed.pods) pods.set(pod.id, pod);
  };

  let y = 0;
  if (upper !== undefined) {
    const box = { x: 0, y, width: WIDTH, height: nodeHeight(upper.grid.rows) };
    const placed = placeNode(upper, box, upper.grid.rows, POD_WIDTH);
    y = bottomOf(box) + SIZE.lanDrop;
    add({ ...placed, node: { ...placed.node, uplink: [pinOf(placed.node), { x: placed.node.disc.x, y }] } });
  }
  const lanY = y;
  if (lower !== undefined) {
    const box = { x: 0, y: lanY + SIZE.lanDrop, width: WIDTH, height: nodeHeight(lower.grid.rows) };
    const placed = hungUp(placeNode(lower, box, lower.grid.rows, POD_WIDTH));
    y = bottomOf(box);
    add({ ...placed, node: { ...placed.node, uplink: [pinOf(placed.node), { x: placed.node.disc.x, y: lanY }] } });
  }
  y += GAP + 8;
  for (const plan of plans) {
    if (plan === upper || plan === lower) continue;
    const placed = compactNode(plan, y, lanY);
    add(placed);
    y = bottomOf(placed.node.box) + GAP;
  }
  const { router, outside } = placeBelow(elements, y, lanY);
  y = bottomOf(outside?.frame ?? router?.box ?? { x: 0, y, width: 0, height: -GAP }) + GAP;
  const row = placeRow(elements, wish, before, y, SIZE.service.width);
  for (const pod of row.pods) pods.set(pod.id, pod);

  const lanElement = ofKind(elements, 'lan')[0];
  const lan = lanElement && {
    id: lanElement.id,
    bar: { x: 0, y: lanY - SIZE.lan / 2, width: LANE + SIZE.lan / 2, height: SIZE.lan },
    label: { x: 0, y: lanY + 18 },
  };
  const boxes: Box[] = [
    ...[...nodes.values()].map(node => node.box),
    ...[...pods.values()].map(pod => pod.box),
    ...row.services.values(),
    ...(lan === undefined ? [] : [lan.bar]),
    ...(router === undefined ? [] : [router.box]),
    ...(outside === undefined ? [] : [outside.frame]),
  ];
  return {
    kind: 'network',
    bounds: boundsOf(boxes, 6),
    nodes,
    pods,
    services: row.services,
    lan,
    router,
    outside,
    slots: new Map([...plans.map(plan => [plan.node.id, plan.slots] as const), ...row.slots]),
  };
}

/** The two nodes that are drawn whole: the ends of the journey, else the first workers. */
function endsOf(plans: readonly NodePlan[], ends: readonly ElementId[]): readonly (NodePlan | undefined)[] {
  const named = ends.flatMap(id => plans.find(plan => plan.node.id === id) ?? []);
  const workers = plans.filter(plan => plan.node.role === 'worker');
  const [first, second] = [...new Set([...named, ...workers, ...plans])];
  return [first, second];
}

const pinOf = (node: NodePlace): Point => node.uplink[0] ?? node.disc;

/** The same node head down: everything mirrored at the middle of its box. */
function hungUp({ node, pods }: { readonly node: NodePlace; readonly pods: readonly PodPlace[] }): {
  readonly node: NodePlace;
  readonly pods: readonly PodPlace[];
} {
  const sum = 2 * node.box.y + node.box.height;
  const flipPoint = ({ x, y }: Point): Point => ({ x, y: sum - y });
  const flipBox = (box: Box): Box => ({ ...box, y: sum - box.y - box.height });
  return {
    node: {
      ...node,
      facing: 'up',
      header: flipBox(node.header),
      bridge: node.bridge && { ...node.bridge, box: flipBox(node.bridge.box) },
      disc: flipPoint(node.disc),
      uplink: node.uplink.map(flipPoint),
    },
    pods: pods.map(pod => ({ ...pod, box: flipBox(pod.box), wire: pod.wire.map(flipPoint) })),
  };
}

/** A node with its Pods, without its inside, on the lane. */
function compactNode(
  plan: NodePlan,
  y: number,
  lanY: number,
): { readonly node: NodePlace; readonly pods: readonly PodPlace[] } {
  const { pod, node } = SIZE;
  const { rows } = plan.grid;
  const height = node.header + (plan.slots.length === 0 ? 0 : rows * pod.height + (rows - 1) * pod.rowGap + node.pad);
  const box = { x: 0, y, width: WIDTH, height };
  const placed = placeNode(plan, box, rows, POD_WIDTH);
  const disc = { x: rightOf(box), y: y + node.header / 2 };
  return {
    node: {
      ...placed.node,
      detail: 'compact',
      bridge: undefined,
      disc,
      uplink: [disc, { x: LANE, y: disc.y }, { x: LANE, y: lanY }],
    },
    pods: placed.pods.map(own => ({ ...own, wire: [], labels: 'none' })),
  };
}

function placeBelow(
  elements: ReadonlyMap<ElementId, LabElement>,
  y: number,
  lanY: number,
): { readonly router: NetworkLayout['router']; readonly outside: NetworkLayout['outside'] } {
  const routerElement = ofKind(elements, 'router')[0];
  const hosts = ofKind(elements, 'outside');
  const routerBox: Box = { x: WIDTH - SIZE.router.width, y, ...SIZE.router };
  const middle = routerBox.y + routerBox.height / 2;
  const router = routerElement && {
    id: routerElement.id,
    box: routerBox,
    uplink: [
      { x: rightOf(routerBox), y: middle },
      { x: LANE, y: middle },
      { x: LANE, y: lanY },
    ],
  };
  const { header, host } = SIZE.outside;
  const frame: Box = {
    x: 0,
    y: bottomOf(routerBox) + GAP,
    width: WIDTH,
    height: header + hosts.length * host + 4,
  };
  const lane = rightOf(frame) - 20;
  const nearest = hosts.find(element => !isOnLan(element));
  const places = hosts.map((element, i): HostPlace => {
    const box = { x: 8, y: frame.y + header + i * host, width: WIDTH - 44, height: host - 8 };
    const own = box.y + box.height / 2;
    if (isOnLan(element)) {
      const wire: Polyline = [
        { x: rightOf(box), y: own },
        { x: LANE, y: own },
        { x: LANE, y: lanY },
      ];
      return { id: element.id, box, to: 'lan', wire };
    }
    return {
      id: element.id,
      box,
      to: 'router',
      wire:
        element === nearest
          ? [
              { x: centerOf(routerBox).x, y: box.y },
              { x: centerOf(routerBox).x, y: bottomOf(routerBox) },
            ]
          : [
              { x: rightOf(box), y: own },
              { x: lane, y: own },
              { x: lane, y: bottomOf(routerBox) },
            ],
    };
  });
  return {
    router,
    outside: hosts.length === 0 ? undefined : { frame, hosts: new Map(places.map(place => [place.id, place])) },
  };
}
