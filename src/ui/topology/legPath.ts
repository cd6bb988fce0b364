// The way of one packet over the scene: a line along the drawn wires, and where on it each step happens. Pure.
//
// A hop's part of the line runs over named marks: `in` and `out` (its interfaces), `bar` (where a cable meets the
// bridge), `hub` (where the bridge meets the way to the route disc) and `disc`. A step stands at the next mark of the
// name that its stage has; it never stands behind the step before it.

import type { ElementId, HopView, StepView, TraceView } from '../../sim/index.ts';
import { centerOf, type Point, type Polyline } from './geometry.ts';
import type { NetworkLayout, NodePlace, PodPlace } from './layout.ts';
import { compact, distance, lengthOf } from './polylines.ts';

/** What lights up while a step is shown. */
export type Lit =
  | { readonly kind: 'pod' | 'bridge' | 'disc' | 'lan' | 'router' | 'host'; readonly id: ElementId }
  | { readonly kind: 'pin' | 'spot'; readonly id: ElementId; readonly point: Point }
  | { readonly kind: 'nothing' };

export interface LegPath {
  readonly line: Polyline;
  /** For each step of the trace, over all hops: its distance from the start of the line. */
  readonly at: readonly number[];
  readonly lit: readonly Lit[];
  /** Interfaces on the way, with their distances. */
  readonly pins: readonly { readonly point: Point; readonly at: number }[];
}

type MarkName = 'in' | 'bar' | 'hub' | 'disc' | 'out';

interface Mark {
  readonly point: Point;
  readonly name?: MarkName;
  /** An interface is drawn here. */
  readonly isPin?: boolean;
}

interface PlacedMark {
  readonly name: MarkName;
  readonly at: number;
  readonly point: Point;
}

export function legPath(layout: NetworkLayout, trace: TraceView): LegPath {
  const line: Point[] = [];
  const at: number[] = [];
  const lit: Lit[] = [];
  const pins: { point: Point; at: number }[] = [];
  let length = 0;
  let here = 0;
  for (const [index, hop] of trace.hops.entries()) {
    const marks = marksOf(layout, hop, trace.hops[index - 1], trace.hops[index + 1]);
    const placed: PlacedMark[] = [];
    for (const mark of marks) {
      const last = line[line.length - 1];
      for (const point of last === undefined ? [mark.point] : joined(last, mark.point)) {
        const before = line[line.length - 1];
        if (before !== undefined) length += distance(before, point);
        line.push(point);
      }
      if (mark.name !== undefined) placed.push({ name: mark.name, at: length, point: mark.point });
      if (mark.isPin === true) pins.push({ point: mark.point, at: length });
    }
    const start = line.length === 0 ? 0 : (placed[0]?.at ?? length);
    here = Math.max(here, Math.min(start, length));
    const rules = hop.steps.filter(step => step.stage === 'prerouting').length;
    let seen = 0;
    for (const step of hop.steps) {
      if (step.stage === 'prerouting') seen++;
      here = Math.max(here, distanceOf(step, hop, placed, here, seen / (rules + 1)));
      at.push(here);
      lit.push(litBy(layout, step, hop, placed, here));
    }
  }
  const whole = compact(line);
  const most = lengthOf(whole);
  return { line: whole, at: at.map(own => Math.min(own, most)), lit, pins };
}

/** A corner where two points are not in line: down (or up) first. */
function joined(from: Point, to: Point): readonly Point[] {
  return from.x === to.x || from.y === to.y ? [to] : [{ x: from.x, y: to.y }, to];
}

function marksOf(
  layout: NetworkLayout,
  hop: HopView,
  previous: HopView | undefined,
  next: HopView | undefined,
): readonly Mark[] {
  switch (hop.kind) {
    case 'pod':
      return podMarks(layout, hop, previous);
    case 'node':
      return nodeMarks(layout, hop);
    case 'lan':
      return lanMarks(layout, previous, next);
    case 'router':
      return routerMarks(layout, previous, next);
    case 'outside':
      return outsideMarks(layout, hop, previous);
  }
}

/** The place of a Pod, or of the box that it is drawn in. */
function podPlaceOf(layout: NetworkLayout, id: ElementId): PodPlace | undefined {
  const own = layout.pods.get(id);
  if (own !== undefined) return own;
  for (const place of layout.pods.values()) if (place.pods.includes(id)) return place;
  return undefined;
}

const pinOf = (place: PodPlace): Point => place.wire[0] ?? centerOf(place.box);

function podMarks(layout: NetworkLayout, hop: HopView, previous: HopView | undefined): readonly Mark[] {
  const place = podPlaceOf(layout, hop.element);
  if (place === undefined) return [];
  const pin: Mark = { point: pinOf(place), name: 'in', isPin: true };
  if (previous?.kind !== 'node') return [pin];
  return [...[...place.wire].reverse().map(point => ({ point })), pin];
}

function nodeMarks(layout: NetworkLayout, hop: HopView): readonly Mark[] {
  const node = layout.nodes.get(hop.element);
  if (node === undefined) return [];
  const inPod = hop.inAt === undefined ? undefined : podAtPort(layout, node, hop.inAt);
  const outPod = hop.outAt === undefined ? undefined : podAtPort(layout, node, hop.outAt);
  const disc: Mark = { point: node.disc, name: 'disc' };
  const way: Mark[] = [];
  if (inPod !== undefined) way.push(...portMarks(inPod, node, 'in'));
  else if (hop.inAt === node.uplinkDevice) way.push(...uplinkMarks(node.uplink, 'in'));
  const isSwitched =
    inPod !== undefined && outPod !== undefined && !hop.steps.some(step => step.action === 'PASSED_UP');
  if (!isSwitched) {
    if (inPod !== undefined && node.bridge !== undefined) way.push({ point: hubOf(node), name: 'hub' });
    way.push(disc);
    if (outPod !== undefined && node.bridge !== undefined) way.push({ point: hubOf(node), name: 'hub' });
  } else {
    const [from, to] = [inPod, outPod].map(pod => portOf(pod, node).x);
    const middle = { x: ((from ?? 0) + (to ?? 0)) / 2, y: hubOf(node).y };
    way.push({ point: node.bridge === undefined ? node.disc : middle, name: 'hub' });
  }
  if (outPod !== undefined) way.push(...portMarks(outPod, node, 'out'));
  else if (hop.outAt === node.uplinkDevice) {
    const pin = node.uplink[0];
    if (pin !== undefined) way.push({ point: pin, name: 'out', isPin: true });
  }
  return way;
}

function podAtPort(layout: NetworkLayout, node: NodePlace, device: string): PodPlace | undefined {
  for (const place of layout.pods.values()) if (place.node === node.id && place.port === device) return place;
  // Pods drawn as one box share its wire.
  if (!device.startsWith('veth')) return undefined;
  for (const place of layout.pods.values())
    if (place.node === node.id && place.id.startsWith('group/') && place.port === undefined) return place;
  return undefined;
}

const portOf = (pod: PodPlace, node: NodePlace): Point =>
  pod.wire[pod.wire.length - 1] ?? { x: node.disc.x, y: centerOf(pod.box).y };

function hubOf(node: NodePlace): Point {
  return node.bridge === undefined ? node.disc : { x: node.disc.x, y: centerOf(node.bridge.box).y };
}

/** From a Pod's cable onto the bridge, or from the bridge into the cable. */
function portMarks(pod: PodPlace, node: NodePlace, name: 'in' | 'out'): readonly Mark[] {
  const port: Mark = { point: portOf(pod, node), name, isPin: pod.wire.length > 0 };
  const bar: Mark | undefined =
    node.bridge === undefined ? undefined : { point: { x: port.point.x, y: hubOf(node).y }, name: 'bar' };
  if (name === 'in') return [...pod.wire.map(point => ({ point })), port, ...(bar === undefined ? [] : [bar])];
  return [...(bar === undefined ? [] : [bar]), port];
}

/** From the LAN to the interface at the other end of the line. */
function uplinkMarks(uplink: Polyline, name: MarkName): readonly Mark[] {
  const points = [...uplink].reverse();
  return points.map((point, i) => (i === points.length - 1 ? { point, name, isPin: true } : { point }));
}

function uplinkOf(layout: NetworkLayout, hop: HopView | undefined): Polyline {
  if (hop === undefined) return [];
  if (hop.kind === 'router') return layout.router?.uplink ?? [];
  if (hop.kind === 'outside') {
    const host = layout.outside?.hosts.get(hop.element);
    return host?.to === 'lan' ? host.wire : [];
  }
  return layout.nodes.get(hop.element)?.uplink ?? [];
}

function lanMarks(layout: NetworkLayout, previous: HopView | undefined, next: HopView | undefined): readonly Mark[] {
  const from = uplinkOf(layout, previous);
  const a = from[from.length - 1];
  const b = uplinkOf(layout, next).at(-1);
  const start = a ?? b;
  if (start === undefined) return [];
  const marks: Mark[] = [...from.map(point => ({ point })), { point: start, name: 'in' }];
  if (a === undefined || b === undefined) return marks;
  marks.push({ point: { x: (a.x + b.x) / 2, y: a.y }, name: 'hub' }, { point: b, name: 'out' });
  return marks;
}

function routerMarks(layout: NetworkLayout, previous: HopView | undefined, next: HopView | undefined): readonly Mark[] {
  const { router, outside } = layout;
  if (router === undefined) return [];
  const marks: Mark[] = [];
  if (previous?.kind === 'lan') marks.push(...uplinkMarks(router.uplink, 'in'));
  if (previous?.kind === 'outside') {
    const wire = outside?.hosts.get(previous.element)?.wire ?? [];
    marks.push(
      ...wire.map((point, i) => (i === wire.length - 1 ? ({ point, name: 'in', isPin: true } as const) : { point })),
    );
  }
  if (next === undefined && marks.length > 0) return marks;
  marks.push({ point: centerOf(router.box), name: 'disc' });
  const pin = next?.kind === 'lan' ? router.uplink[0] : undefined;
  const top = next?.kind === 'outside' ? outside?.hosts.get(next.element)?.wire.at(-1) : undefined;
  const out = pin ?? top;
  if (out !== undefined) marks.push({ point: out, name: 'out', isPin: true });
  return marks;
}

function outsideMarks(layout: NetworkLayout, hop: HopView, previous: HopView | undefined): readonly Mark[] {
  const place = layout.outside?.hosts.get(hop.element);
  if (place === undefined) return [];
  const point = place.wire[0] ?? centerOf(place.box);
  if (previous?.kind !== place.to) return [{ point, name: 'in', isPin: true }];
  return [...[...place.wire].reverse().map(wire => ({ point: wire })), { point, name: 'in', isPin: true }];
}

/** The mark that a step stands at. `share`: how far between two marks the rules before routing are. */
function distanceOf(step: StepView, hop: HopView, marks: readonly PlacedMark[], here: number, share: number): number {
  const next = (name: MarkName): number | undefined => marks.find(mark => mark.name === name && mark.at >= here)?.at;
  switch (step.stage) {
    case 'linkReceive':
      return (step.device === hop.inAt ? next('in') : next('hub')) ?? here;
    case 'linkTransmit':
      return (step.device === hop.outAt ? next('out') : next('hub')) ?? here;
    case 'bridge':
      return next('hub') ?? here;
    case 'neighbor':
      return (step.device === hop.outAt ? next('out') : next('disc')) ?? here;
    case 'prerouting': {
      const first = marks.find(mark => mark.name === 'bar') ?? marks.find(mark => mark.name === 'in');
      const until = marks.find(mark => mark.name === 'hub' || mark.name === 'disc');
      if (first === undefined || until === undefined || until.at <= first.at) return next('disc') ?? here;
      return first.at + (until.at - first.at) * share;
    }
    default:
      return next('disc') ?? here;
  }
}

function litBy(layout: NetworkLayout, step: StepView, hop: HopView, marks: readonly PlacedMark[], here: number): Lit {
  const id = hop.element;
  const pointOf = (name: MarkName): Point | undefined => marks.find(mark => mark.name === name)?.point;
  const pin = (point: Point | undefined): Lit =>
    point === undefined ? { kind: 'nothing' } : { kind: 'pin', id: step.element ?? id, point };
  switch (hop.kind) {
    case 'pod': {
      const place = podPlaceOf(layout, id);
      if (place === undefined) return { kind: 'nothing' };
      return step.stage === 'linkReceive' || step.stage === 'linkTransmit'
        ? pin(pinOf(place))
        : { kind: 'pod', id: place.id };
    }
    case 'lan':
      return { kind: 'lan', id };
    case 'router':
      return { kind: 'router', id };
    case 'outside':
      return { kind: 'host', id };
    case 'node': {
      const bridge = layout.nodes.get(id)?.bridge;
      const atBridge: Lit = bridge === undefined ? { kind: 'disc', id } : { kind: 'bridge', id: bridge.id };
      if (step.stage === 'bridge') return atBridge;
      if (step.stage === 'linkReceive') return step.device === hop.inAt ? pin(pointOf('in')) : atBridge;
      if (step.stage === 'linkTransmit') return step.device === hop.outAt ? pin(pointOf('out')) : atBridge;
      if (step.stage === 'neighbor') return step.device === hop.outAt ? pin(pointOf('out')) : atBridge;
      if (step.stage === 'prerouting') {
        const isOnTheWay =
          marks.some(mark => mark.name === 'in') && marks.every(mark => mark.name !== 'disc' || mark.at > here);
        const from = [...marks].reverse().find(mark => mark.at <= here);
        const to = marks.find(mark => mark.at > here);
        if (isOnTheWay && from !== undefined && to !== undefined) {
          const part = (here - from.at) / (to.at - from.at);
          const point = {
            x: from.point.x + (to.point.x - from.point.x) * part,
            y: from.point.y + (to.point.y - from.point.y) * part,
          };
          return { kind: 'spot', id, point };
        }
      }
      return { kind: 'disc', id };
    }
  }
}
