// What an open journey adds to the scene at one step: the way travelled, the packet, what lights up, translations, and
// where a packet ended. Pure.

import type { ElementId, ExchangeSummary, HeaderRow, StepView } from '../../sim/index.ts';
import { type Journey, type JourneyMoment, momentAt } from '../../store/journey.ts';
import { TRACE_WORDS } from '../trace/words.ts';
import { type AddressSide, addressSide, chipPlace, leaderOf } from './chipPlace.ts';
import type { Point, Polyline } from './geometry.ts';
import type { NetworkLayout } from './layout.ts';
import { type LegPath, type Lit, legPath } from './legPath.ts';
import { pointAt, slice } from './polylines.ts';
import { chipBeside, translationText } from './translationPlace.ts';
import { tunnelSpans } from './tunnelSpans.ts';

export type Direction = 'request' | 'reply';

/** The two legs run beside each other: the reply this far down and right of the request. */
export const REPLY_OFFSET = 5;

export interface TraceOverlay {
  /** A lookup of a name has a colour and a line of its own. */
  readonly form: 'dns' | 'plain';
  /** The way of each leg up to the step. */
  readonly travelled: readonly { readonly direction: Direction; readonly line: Polyline }[];
  /** Where the packet travels inside another one, on the way of the current leg; `settled`: up to the step before. */
  readonly tunnels: readonly { readonly line: Polyline; readonly settled: Polyline }[];
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
  /** What is around it in a tunnel: `UDP 8472`. */
  readonly frame: string | undefined;
  /** The one thing that matters now: `TTL 63`. */
  readonly note: string | undefined;
  /** Both ends as the packet names them, one a line: `10.244.1.2:50121`, `→ 10.244.2.2:8080`. */
  readonly addresses: { readonly lines: readonly string[]; readonly side: PacketSide } | undefined;
  /** On its way. */
  readonly at: Point;
  /** Where it rests beside the way, so that it hides nothing. */
  readonly rest: Point;
  /** From its interface to it, where it found no room right beside that. */
  readonly leader: Polyline | undefined;
}

/** `centred`: below the chip, around its middle; `over`: over the bar that it hangs under. */
export type PacketSide = AddressSide | 'centred' | 'over';

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
  const label = shortLabel(moment.leg.trace.label);
  const spans = tunnelSpans(moment.leg.trace);
  const way = slice(path.line, 0, here);
  const half = halfWidthOf(label);
  const rest = restOf(layout, lit, at, half, translations, way);
  const addresses = addressesOf(moment.step.headers);
  const note = ttlNote(moment);
  // A note hangs beside the chip, away from the way.
  const taken = note === undefined ? undefined : rest.x < at.x ? 'left' : 'right';
  return {
    form: journey.exchange.asked === undefined ? 'plain' : 'dns',
    travelled: [
      ...earlier.map((leg, i) => ({ direction: journey.legs[i]?.direction ?? 'request', line: leg.line })),
      { direction, line: way },
    ],
    tunnels: spans
      .filter(({ from }) => from <= own)
      .map(({ from, to }) => {
        const start = path.at[from] ?? 0;
        const end = path.at[to] ?? Number.POSITIVE_INFINITY;
        const until = (limit: number): Polyline => slice(path.line, start, Math.max(start, Math.min(end, limit)));
        return { line: until(here), settled: until(before) };
      }),
    motion: slice(path.line, before, here),
    packet: {
      direction,
      label,
      frame: spans.find(({ from, to }) => from <= own && own < to)?.frame,
      note,
      addresses: addresses && { lines: addresses, side: sideOf(layout, lit, rest, half, addresses, taken) },
      at,
      rest,
      leader: LED.includes(lit.kind) ? leaderOf(at, rest, half) : undefined,
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

/** `A? web…`: a whole name would cover what stands beside the way. */
const shortLabel = (label: string): string => label.replace(/^(\w+\? [^.]+)\..+$/, '$1…');

/** The TTL, once this hop has changed it. */
function ttlNote({ hop, place }: JourneyMoment): string | undefined {
  const steps = hop.steps.slice(0, place.step + 1);
  const changed = steps.some(step =>
    step.headers.some(row => row.field === 'TTL' && row.changed && row.before !== undefined),
  );
  const now = hop.steps[place.step]?.headers.find(row => row.field === 'TTL' && row.after !== undefined)?.after;
  return changed && now !== undefined ? `TTL ${now}` : undefined;
}

function fieldOf(
  headers: readonly HeaderRow[],
  layers: readonly HeaderRow['layer'][],
  field: string,
): HeaderRow | undefined {
  const rows = headers.filter(row => layers.includes(row.layer) && row.field === field);
  // What went with a tunnel is no field of the packet any more.
  return rows.find(row => row.after !== undefined) ?? rows[0];
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
      return TRACE_WORDS.sees[noRouteWords(exchange)](exchange.from);
    default:
      return '';
  }
}

/** A ping prints what the ICMP error says; any other program is told by its kernel. */
function noRouteWords({ protocol, verdict }: ExchangeSummary): 'ttl' | 'unreachable' | 'noRoute' {
  if (protocol !== 'icmp') return 'noRoute';
  return verdict === 'ttl-exceeded' ? 'ttl' : verdict === 'unreachable' ? 'unreachable' : 'noRoute';
}

/** Half of the chip that carries a label, in pixels. */
const halfWidthOf = (label: string): number => label.length * 3.45 + 8;

/** Where the packet looks for room beside an interface. */
const LED: readonly Lit['kind'][] = ['pod', 'pin', 'host', 'router'];

/** Beside a disc they stay within the node, and under a bridge stands what was translated. */
function sideOf(
  layout: NetworkLayout,
  lit: Lit,
  rest: Point,
  half: number,
  lines: readonly string[],
  taken: 'right' | 'left' | undefined,
): PacketSide {
  switch (lit.kind) {
    case 'disc':
      return 'centred';
    case 'spot':
      return 'over';
    default:
      return addressSide(layout, rest, half, lines, taken);
  }
}

/**
 * Beside the way: to the right of a disc, left on a bridge or below it, where it makes room for the text of a
 * translation, and where there is room beside an interface; on the LAN it stays on it.
 */
function restOf(
  layout: NetworkLayout,
  lit: Lit,
  at: Point,
  half: number,
  translations: readonly TranslationMark[],
  way: Polyline,
): Point {
  const by = (x: number, y: number): Point => ({ x: at.x + x, y: at.y + y });
  switch (lit.kind) {
    case 'disc':
      return by(42 + half, 0);
    case 'bridge': {
      const disc = layout.nodes.get(lit.id.split('#')[0] ?? '')?.disc;
      return at.x === disc?.x && at.y === disc.y ? by(42 + half, 0) : by(-24 - half, 0);
    }
    case 'spot': {
      const node = layout.nodes.get(lit.id);
      const isOnBar = node?.bridge !== undefined && Math.abs(at.y - node.bridge.box.y - node.bridge.box.height / 2) < 2;
      if (!isOnBar) return by(26 + half, 0);
      const translation = translations.findLast(mark => mark.node === lit.id);
      if (translation !== undefined) return chipBeside(translationText(translation, layout), at, half, node.disc);
      return by(0, node.facing === 'down' ? 30 : -30);
    }
    case 'pod':
    case 'pin':
    case 'host':
    case 'router':
      return chipPlace(layout, at, half, way);
    case 'lan':
    case 'nothing':
      return at;
  }
}
