// What an open journey adds to the scene at one step: the way travelled, the packet, what lights up, translations, and
// where a packet ended. Pure.

import type { ElementId, HeaderRow, StepView } from '../../sim/index.ts';
import { type Journey, type JourneyMoment, momentAt } from '../../store/journey.ts';
import { TRACE_WORDS } from '../trace/words.ts';
import type { Point, Polyline } from './geometry.ts';
import type { NetworkLayout } from './layout.ts';
import { type LegPath, type Lit, legPath } from './legPath.ts';
import { pointAt, slice } from './polylines.ts';
import { chipBeside, translationText } from './translationPlace.ts';

export type Direction = 'request' | 'reply';

/** The two legs run beside each other: the reply this far down and right of the request. */
export const REPLY_OFFSET = 5;

export interface TraceOverlay {
  /** The way of each leg up to the step. */
  readonly travelled: readonly { readonly direction: Direction; readonly line: Polyline }[];
  /** The part between the step before and this one. */
  readonly motion: Polyline;
  readonly packet: PacketMark;
  readonly lit: Lit;
  readonly pins: readonly { readonly point: Point; readonly direction: Direction }[];
  readonly translations: readonly TranslationMark[];
  /** Where packets of the journey ended, badly or well. The bubble is open at the step itself. */
  readonly ends: readonly EndMark[];
  /** The element whose hop this is. */
  readonly current: ElementId;
}

export interface PacketMark {
  readonly direction: Direction;
  readonly label: string;
  /** The one thing that matters now: `TTL 63`. */
  readonly note: string | undefined;
  /** Both ends as the packet names them, one a line: `10.244.1.2:50121`, `→ 10.244.2.2:8080`. */
  readonly addresses: readonly string[] | undefined;
  /** On its way. */
  readonly at: Point;
  /** Where it rests beside the way, so that it hides nothing. */
  readonly rest: Point;
}

export interface TranslationMark {
  readonly at: Point;
  readonly kind: 'DNAT' | 'SNAT';
  readonly before: string;
  readonly after: string;
  readonly node: ElementId;
}

export interface EndMark {
  readonly at: Point;
  /**
   * - `dropped`: nobody heard of it again.
   * - `refused`: it was answered "no".
   * - `delivered`
   */
  readonly kind: 'dropped' | 'refused' | 'delivered';
  readonly bubble: { readonly title: string; readonly text: string } | undefined;
}

/** Paths of both legs; they change with the layout, not with the step. */
export function journeyPaths(layout: NetworkLayout, journey: Journey): readonly LegPath[] {
  return journey.legs.map(leg => legPath(layout, leg.trace));
}

export function traceOverlay(
  layout: NetworkLayout,
  journey: Journey,
  paths: readonly LegPath[],
  cursor: number,
): TraceOverlay | undefined {
  const moment = momentAt(journey, cursor);
  const path = moment === undefined ? undefined : paths[moment.place.leg];
  if (moment === undefined || path === undefined || path.line.length === 0) return undefined;
  const first = journey.steps.findIndex(place => place.leg === moment.place.leg);
  const own = cursor - first;
  const here = path.at[own] ?? 0;
  const before = own === 0 ? here : (path.at[own - 1] ?? here);
  const at = pointAt(path.line, here);
  const lit = path.lit[own] ?? { kind: 'nothing' };
  const earlier = paths.slice(0, moment.place.leg);
  const { direction } = moment.leg;
  const translations = translationsUntil(journey, paths, cursor);
  return {
    travelled: [
      ...earlier.map((leg, i) => ({ direction: journey.legs[i]?.direction ?? 'request', line: leg.line })),
      { direction, line: slice(path.line, 0, here) },
    ],
    motion: slice(path.line, before, here),
    packet: {
      direction,
      label: moment.leg.trace.label,
      note: ttlNote(moment),
      addresses: addressesOf(moment.step.headers),
      at,
      rest: restOf(layout, lit, at, halfWidthOf(moment.leg.trace.label), translations),
    },
    lit,
    pins: [
      ...earlier.flatMap((leg, i) =>
        leg.pins.map(pin => ({ point: pin.point, direction: journey.legs[i]?.direction ?? ('request' as const) })),
      ),
      ...path.pins.filter(pin => pin.at <= here).map(pin => ({ point: pin.point, direction })),
    ],
    translations,
    ends: endsUntil(journey, paths, cursor),
    current: moment.hop.element,
  };
}

/** The TTL, once this hop has changed it. */
function ttlNote({ hop, place }: JourneyMoment): string | undefined {
  const steps = hop.steps.slice(0, place.step + 1);
  const changed = steps.some(step =>
    step.headers.some(row => row.field === 'TTL' && row.changed && row.before !== undefined),
  );
  const now = hop.steps[place.step]?.headers.find(row => row.field === 'TTL')?.after;
  return changed && now !== undefined ? `TTL ${now}` : undefined;
}

function fieldOf(
  headers: readonly HeaderRow[],
  layers: readonly HeaderRow['layer'][],
  field: string,
): HeaderRow | undefined {
  return headers.find(row => layers.includes(row.layer) && row.field === field);
}

function addressesOf(headers: readonly HeaderRow[]): readonly string[] | undefined {
  const end = (address: string, port: string): string | undefined => {
    const row = fieldOf(headers, ['IP'], address);
    const value = row?.after ?? row?.before;
    const portRow = fieldOf(headers, ['TCP', 'UDP'], port);
    const number = portRow?.after ?? portRow?.before;
    return value === undefined || number === undefined ? value : `${value}:${number}`;
  };
  const source = end('source', 'source port');
  const destination = end('destination', 'destination port');
  return source === undefined || destination === undefined ? undefined : [source, `→ ${destination}`];
}

/** What a step rewrote: the address with its port, before and after. */
export function translationOf(step: StepView): Omit<TranslationMark, 'at' | 'node'> | undefined {
  if (step.meaning !== 'nat') return undefined;
  for (const [kind, field] of [
    ['DNAT', 'destination'],
    ['SNAT', 'source'],
  ] as const) {
    const address = fieldOf(step.headers, ['IP'], field);
    const port = fieldOf(step.headers, ['TCP', 'UDP'], `${field} port`);
    if (address?.changed !== true && port?.changed !== true) continue;
    const join = (side: 'before' | 'after'): string =>
      port?.[side] === undefined ? (address?.[side] ?? '') : `${address?.[side] ?? ''}:${port[side]}`;
    return { kind, before: join('before'), after: join('after') };
  }
  return undefined;
}

function translationsUntil(journey: Journey, paths: readonly LegPath[], cursor: number): readonly TranslationMark[] {
  const leg = journey.steps[cursor]?.leg;
  const first = journey.steps.findIndex(place => place.leg === leg);
  const path = leg === undefined ? undefined : paths[leg];
  if (path === undefined) return [];
  const marks: TranslationMark[] = [];
  for (let i = first; i <= cursor; i++) {
    const moment = momentAt(journey, i);
    const found = moment === undefined ? undefined : translationOf(moment.step);
    if (moment === undefined || found === undefined) continue;
    const lit = path.lit[i - first];
    const at = lit?.kind === 'spot' ? lit.point : pointAt(path.line, path.at[i - first] ?? 0);
    marks.push({ ...found, at, node: moment.hop.element });
  }
  return marks;
}

function endsUntil(journey: Journey, paths: readonly LegPath[], cursor: number): readonly EndMark[] {
  const ends: EndMark[] = [];
  for (const [index, leg] of journey.legs.entries()) {
    const path = paths[index];
    const last = journey.steps.reduce((found, place, i) => (place.leg === index ? i : found), -1);
    const moment = momentAt(journey, last);
    if (path === undefined || moment === undefined || last > cursor) continue;
    const at = pointAt(path.line, path.at[path.at.length - 1] ?? 0);
    const { disposition, dropReason } = leg.trace;
    if (disposition === 'ACCEPTED') {
      ends.push({ at, kind: 'delivered', bubble: undefined });
      continue;
    }
    const isRefusal = disposition === 'REJECTED' || dropReason === 'NO_SOCKET';
    const { lead, rest } = moment.step;
    ends.push({
      at,
      kind: isRefusal ? 'refused' : 'dropped',
      bubble:
        last === cursor ? { title: lead.replace(/\.$/, ''), text: `${rest} ${clientSees(journey)}`.trim() } : undefined,
    });
  }
  return ends;
}

/** What the client program makes of a packet that ended. */
function clientSees({ exchange }: Journey): string {
  switch (exchange.lessonVerdict) {
    case 'timeout':
      return TRACE_WORDS.sees.timeout(exchange.from);
    case 'refused':
      return TRACE_WORDS.sees.refused(exchange.from);
    case 'no-route':
      return TRACE_WORDS.sees.noRoute(exchange.from);
    default:
      return '';
  }
}

/** Half of the chip that carries a label, in pixels. */
const halfWidthOf = (label: string): number => label.length * 3.45 + 8;

/**
 * Beside the way: to the right of a disc, to the left of a pin on a border, below a bridge, where it makes room for the
 * text of a translation; on the LAN it stays on it.
 */
function restOf(
  layout: NetworkLayout,
  lit: Lit,
  at: Point,
  half: number,
  translations: readonly TranslationMark[],
): Point {
  const by = (x: number, y: number): Point => ({ x: at.x + x, y: at.y + y });
  switch (lit.kind) {
    case 'disc':
      return by(42 + half, 0);
    case 'bridge':
      return by(-24 - half, 0);
    case 'spot': {
      const node = layout.nodes.get(lit.id);
      const isOnBar = node?.bridge !== undefined && Math.abs(at.y - node.bridge.box.y - node.bridge.box.height / 2) < 2;
      if (!isOnBar) return by(26 + half, 0);
      const translation = translations.findLast(mark => mark.node === lit.id);
      if (translation !== undefined) return chipBeside(translationText(translation, layout), at, half, node.disc);
      return by(0, node.facing === 'down' ? 30 : -30);
    }
    case 'pod':
      return by(24 + half, isHanging(layout, at) ? -13 : 13);
    case 'pin': {
      const node = layout.nodes.get(lit.id.split('#')[0] ?? '');
      const isUplink = node !== undefined && node.uplink[0]?.x === at.x && node.uplink[0]?.y === at.y;
      if (isUplink) return by(-22 - half, 0);
      const isPod = lit.id.startsWith('pod/');
      const down = isHanging(layout, at) ? -13 : 13;
      return by(24 + half, isPod ? down : -down);
    }
    case 'host':
      return by(-20, -24);
    case 'router':
      return by(-22 - half, 0);
    case 'lan':
    case 'nothing':
      return at;
  }
}

function isHanging(layout: NetworkLayout, at: Point): boolean {
  for (const { box, facing } of layout.nodes.values())
    if (facing === 'up' && at.y >= box.y && at.y <= box.y + box.height) return true;
  return false;
}
