// Where the packet rests beside an interface: near it, over no name, box or border, and off its own way. Pure.

import { type Box, bottomOf, type Point, type Polyline, rightOf } from './geometry.ts';
import type { NetworkLayout, NodePlace, PodPlace } from './layout.ts';
import { PIN_NAME_GAP } from './networkPlaces.ts';
import { overlapOf } from './overlap.ts';
import { widthOf } from './sceneParts.tsx';

/** The chip, at 100 %; its halo reaches a bit beyond it. */
export const CHIP = { height: 20, halo: 2 } as const;

/** Around a box that is lit, half of it: the chip's halo has the rest. */
const RING = 2;

/** What a pixel of cover costs, and a pixel of distance. */
const COST = { named: 10, border: 6, way: 4, wire: 2, far: 3, left: 12, abroad: 5000 } as const;

interface Obstacle {
  readonly box: Box;
  readonly cost: number;
}

/** From the interface to the nearest edge of the chip. */
const ASIDE = [12, 20, 44, 70, 98, 130] as const;
/** From the interface to the middle of the chip, up or down. */
const OFF = [0, 13, 18, 24, 32, 40] as const;

/**
 * The middle of a chip beside a point.
 * @param half half of its width
 * @param way the line that the packet came by
 */
export function chipPlace(layout: NetworkLayout, at: Point, half: number, way: Polyline): Point {
  const obstacles = obstaclesOf(nearby(layout, at), way);
  // What is inside a node, or outside the cluster, stays there; at a border it may stand on either side.
  const home = homeOf(layout, at);
  let best: Point = { x: at.x + ASIDE[0] + half, y: at.y };
  let least = Number.POSITIVE_INFINITY;
  for (const side of [1, -1])
    for (const aside of ASIDE)
      for (const off of OFF)
        for (const down of off === 0 ? [1] : [1, -1]) {
          const point = { x: at.x + side * (aside + half), y: at.y + down * off };
          const cost =
            costOf(chipBox(point, half), obstacles) +
            COST.far * (aside + off) +
            (side < 0 ? COST.left : 0) +
            (home !== undefined && !holds(home, chipBox(point, half)) ? COST.abroad : 0);
          if (cost >= least) continue;
          least = cost;
          best = point;
        }
  return best;
}

/** The node that a point is in, or the frame of what is outside. */
function homeOf({ nodes, outside }: NetworkLayout, point: Point): Box | undefined {
  const boxes = [...nodes.values()].map(({ box }) => box);
  return [...boxes, ...(outside === undefined ? [] : [outside.frame])].find(box => isIn(grown(box, -2), point));
}

const isIn = ({ x, y, width, height }: Box, point: Point): boolean =>
  point.x > x && point.x < x + width && point.y > y && point.y < y + height;

const holds = (box: Box, inner: Box): boolean =>
  isIn(box, inner) && isIn(box, { x: rightOf(inner), y: bottomOf(inner) });

const chipBox = ({ x, y }: Point, half: number): Box => ({
  x: x - half - CHIP.halo,
  y: y - CHIP.height / 2 - CHIP.halo,
  width: 2 * (half + CHIP.halo),
  height: CHIP.height + 2 * CHIP.halo,
});

/** Where the two addresses of a packet stand beside its chip; nowhere if they would hide the name of something. */
export type AddressSide = 'below' | 'above' | 'right' | 'left' | 'nowhere';

const GAP = 4;
/** Two lines of 14 px in a border, in letters 6.6 px wide. */
const ADDRESSES = { height: 32, letter: 6.6, padding: 10 } as const;
/** What the sides may cover and still be taken: lines, and the name of a cable. */
const MOST_COVER = 1500 * COST.named;

/** @param taken where something else stands beside the chip */
export function addressSide(
  layout: NetworkLayout,
  rest: Point,
  half: number,
  addresses: readonly string[],
  taken: AddressSide | undefined,
): AddressSide {
  const width = Math.max(...addresses.map(line => line.length)) * ADDRESSES.letter + ADDRESSES.padding;
  const { height } = ADDRESSES;
  const own = CHIP.height / 2 + GAP;
  const sides: readonly (readonly [AddressSide, Box])[] = [
    ['below', { x: rest.x - half, y: rest.y + own, width, height }],
    ['right', { x: rest.x + half + GAP, y: rest.y - height / 2, width, height }],
    ['left', { x: rest.x - half - GAP - width, y: rest.y - height / 2, width, height }],
    ['above', { x: rest.x - half, y: rest.y - own - height, width, height }],
  ];
  const near = nearby(layout, rest);
  const obstacles = obstaclesOf(near, []);
  const boxes = namedBoxes(near);
  const home = homeOf(layout, rest);
  const found = sides
    .filter(([side, box]) => side !== taken && boxes.every(other => overlapOf(box, other) === 0))
    .map(([side, box]) => ({
      side,
      cost: costOf(box, obstacles) + (home !== undefined && !holds(home, box) ? COST.abroad : 0),
    }))
    .reduce<{ readonly side: AddressSide; readonly cost: number }>((best, own) => (own.cost < best.cost ? own : best), {
      side: 'nowhere',
      cost: MOST_COVER,
    });
  return found.side;
}

/** A chip that stands further off than this has a line to its interface. */
const LEADER_FROM = 48;

/** From the interface to the nearest edge of the chip, where it does not stand right beside it. */
export function leaderOf(at: Point, rest: Point, half: number): Polyline | undefined {
  const x = Math.max(rest.x - half, Math.min(rest.x + half, at.x));
  const y = Math.max(rest.y - CHIP.height / 2, Math.min(rest.y + CHIP.height / 2, at.y));
  return Math.hypot(x - at.x, y - at.y) > LEADER_FROM ? [at, { x, y }] : undefined;
}

/** Further than a chip and its addresses ever stand. */
const NEAR = 340;

/** Of a layout, what stands around a point. */
function nearby(layout: NetworkLayout, { x, y }: Point): NetworkLayout {
  const around = { x: x - NEAR, y: y - NEAR, width: 2 * NEAR, height: 2 * NEAR };
  const isNear = (box: Box): boolean => overlapOf(box, around) > 0;
  return {
    ...layout,
    nodes: new Map([...layout.nodes].filter(([, { box }]) => isNear(box))),
    pods: new Map([...layout.pods].filter(([, { box }]) => isNear(box))),
    services: new Map([...layout.services].filter(([, box]) => isNear(box))),
  };
}

function costOf(box: Box, obstacles: readonly Obstacle[]): number {
  return obstacles.reduce((sum, { box: other, cost }) => sum + cost * overlapOf(box, other), 0);
}

/** Pods, hosts, the router and Services: boxes that are named. */
function namedBoxes(layout: NetworkLayout): readonly Box[] {
  return [
    ...[...layout.pods.values()].map(({ box }) => grown(box, RING)),
    ...layout.services.values(),
    ...[...(layout.outside?.hosts.values() ?? [])].map(({ box }) => grown(box, RING)),
    ...(layout.router === undefined ? [] : [grown(layout.router.box, RING)]),
    ...[...layout.nodes.values()].map(({ header }) => ({ ...header, y: header.y + 8, height: 22 })),
  ];
}

function obstaclesOf(layout: NetworkLayout, way: Polyline): readonly Obstacle[] {
  const nodes = [...layout.nodes.values()];
  const pods = [...layout.pods.values()];
  const named = [...namedBoxes(layout), ...nodes.flatMap(nodeTexts), ...pods.flatMap(podTexts)];
  const borders = [
    ...nodes.map(({ box }) => box),
    ...nodes.flatMap(({ bridge }) => (bridge === undefined ? [] : [bridge.box])),
    ...(layout.outside === undefined ? [] : [layout.outside.frame]),
  ].flatMap(edgesOf);
  const wires = [
    ...pods.map(({ wire }) => wire),
    ...nodes.map(({ uplink }) => uplink),
    ...[...(layout.outside?.hosts.values() ?? [])].map(({ wire }) => wire),
  ].flatMap(line => stripsOf(line, 3));
  const { lan } = layout;
  const lanBoxes = lan === undefined ? [] : [lan.bar, { ...lan.label, y: lan.label.y - 11, width: 200, height: 14 }];
  return [
    ...[...named, ...lanBoxes].map(box => ({ box, cost: COST.named })),
    ...borders.map(box => ({ box, cost: COST.border })),
    ...stripsOf(way, 8).map(box => ({ box, cost: COST.way })),
    ...wires.map(box => ({ box, cost: COST.wire })),
  ];
}

/** What is written in and at a node: its bridge's name, its routes with the disc, its uplink's name (NetworkScene.tsx). */
function nodeTexts({ bridge, disc, uplink, facing, detail }: NodePlace): readonly Box[] {
  if (detail === 'compact') return [];
  const pin = uplink[0] ?? disc;
  return [
    { x: disc.x - 80, y: disc.y - 9, width: 60, height: 18 },
    { x: disc.x - 16, y: disc.y - 16, width: 32, height: 32 },
    { x: pin.x - 6, y: pin.y - 6, width: 12, height: 12 },
    { x: pin.x + PIN_NAME_GAP, y: facing === 'up' ? pin.y - 30 : pin.y + 8, width: 122, height: 22 },
    ...(bridge === undefined ? [] : [{ ...bridge.box, x: rightOf(bridge.box) - 136, width: 136 }]),
  ];
}

/** The pins of a Pod's cable and the names beside them. */
function podTexts({ wire, port, labels, box }: PodPlace): readonly Box[] {
  const [pin, end] = [wire[0], wire[wire.length - 1]];
  if (pin === undefined || end === undefined) return [];
  const down = pin.y >= bottomOf(box) ? 1 : -1;
  const beside = (from: Point, text: string, up: number): Box => ({
    x: from.x + PIN_NAME_GAP,
    y: from.y + up * 10 - 6,
    width: widthOf(text, 'mono', 11),
    height: 12,
  });
  const square = ({ x, y }: Point): Box => ({ x: x - 6, y: y - 6, width: 12, height: 12 });
  return [
    square(pin),
    square(end),
    ...(labels === 'none' ? [] : [beside(pin, 'eth0', down)]),
    ...(labels === 'both' && port !== undefined ? [beside(end, port, -down)] : []),
  ];
}

const grown = ({ x, y, width, height }: Box, by: number): Box => ({
  x: x - by,
  y: y - by,
  width: width + 2 * by,
  height: height + 2 * by,
});

function edgesOf({ x, y, width, height }: Box): readonly Box[] {
  return [
    { x, y: y - 1, width, height: 2 },
    { x, y: y + height - 1, width, height: 2 },
    { x: x - 1, y, width: 2, height },
    { x: x + width - 1, y, width: 2, height },
  ];
}

/** A line as boxes, so wide. */
function stripsOf(line: Polyline, width: number): readonly Box[] {
  return line.slice(1).map((point, i) => {
    const before = line[i] ?? point;
    return {
      x: Math.min(before.x, point.x) - width / 2,
      y: Math.min(before.y, point.y) - width / 2,
      width: Math.abs(before.x - point.x) + width,
      height: Math.abs(before.y - point.y) + width,
    };
  });
}
