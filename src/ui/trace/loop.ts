// Where the columns, stops and rails of the timeline stand. Pure.
//
// The request runs left to right above the rail, its answer back under it: one column for each visit of a network
// namespace. Places are shares of the whole width, widths are in rem.

import type { HopView, StepMeaning, StepView } from '../../sim/index.ts';
import type { Journey } from '../../store/journey.ts';
import { TRACE_WORDS } from './words.ts';

const DOTS = TRACE_WORDS.dots;

/** Above this many steps, hops other than the current one fold to a count. */
const MOST_STEPS = 80;

export interface LoopStop {
  /** The step of the journey that it stands for; of a folded hop the first one. */
  readonly index: number;
  readonly label: string;
  /** The middle of its place, and the width of the place. */
  readonly x: number;
  readonly width: number;
  readonly meaning: StepMeaning;
  readonly decides: boolean;
  /** How many steps it stands for. */
  readonly count: number;
}

export interface LoopColumn {
  readonly key: string;
  readonly name: string;
  readonly kind: HopView['kind'];
  readonly x: number;
  readonly width: number;
  readonly isCurrent: boolean;
}

/** One row of stops, in the order in which the packet passes them. */
export interface LoopRow {
  readonly direction: 'request' | 'reply';
  /** The packet: `SYN`. */
  readonly label: string;
  readonly stops: readonly LoopStop[];
  /** `lost`: the rail ends at the last stop. */
  readonly end: 'arrives' | 'lost';
}

export interface Loop {
  /** What it needs to show all labels. */
  readonly widthRem: number;
  readonly columns: readonly LoopColumn[];
  /** The request, if there is one, then the reply. */
  readonly rows: readonly LoopRow[];
}

/** A hop of the request and the hop of the answer under it. */
export interface HopPair {
  readonly request?: number;
  readonly reply?: number;
}

/**
 * Puts the hops of an answer under those of the request that are in the same namespace, in the order of the graph.
 * A hop that only one of them has gets a column of its own.
 */
export function pairHops(request: readonly string[], reply: readonly string[]): readonly HopPair[] {
  const back = reply.map((element, hop) => ({ element, hop })).reverse();
  // longest[i][j]: the most pairs among request[i..] and back[j..].
  const longest = Array.from({ length: request.length + 1 }, () => new Array<number>(back.length + 1).fill(0));
  const at = (i: number, j: number): number => longest[i]?.[j] ?? 0;
  for (let i = request.length - 1; i >= 0; i--)
    for (let j = back.length - 1; j >= 0; j--) {
      const row = longest[i];
      if (row !== undefined)
        row[j] = request[i] === back[j]?.element ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const pairs: HopPair[] = [];
  let i = 0;
  let j = 0;
  while (i < request.length || j < back.length) {
    const under = back[j];
    if (under === undefined) pairs.push({ request: i++ });
    else if (i >= request.length) {
      pairs.push({ reply: under.hop });
      j++;
    } else if (request[i] === under.element) {
      pairs.push({ request: i++, reply: under.hop });
      j++;
    } else if (at(i + 1, j) >= at(i, j + 1)) pairs.push({ request: i++ });
    else {
      pairs.push({ reply: under.hop });
      j++;
    }
  }
  return pairs;
}

/**
 * The label of a step's dot. The ports of a LAN have the names of hosts, which say less than what happens; so do the
 * names of a bridge that a frame was just given to, and of a lookup that has to wait.
 */
function labelOf(step: StepView, before: StepView | undefined, kind: HopView['kind']): string {
  if (step.action === 'QUEUED') return DOTS.wait;
  if (step.stage === 'bridge' && (kind === 'lan' || before?.short === step.short)) return DOTS.bridge;
  if (kind !== 'lan') return step.short;
  return step.stage === 'linkReceive' ? DOTS.in : step.stage === 'linkTransmit' ? DOTS.out : step.short;
}

type Draft = Omit<LoopStop, 'x' | 'width'> & { readonly rem: number };

/** With room for the frame of the current one. */
const remOf = (label: string): number => Math.max(1.625, label.length * 0.35 + 0.6);

function draftStops(hop: HopView, first: number, fold: 'folded' | 'open'): readonly Draft[] {
  if (fold === 'folded') {
    const label = `${hop.steps.length} steps`;
    const telling = hop.steps.find(step => step.meaning === 'drop') ?? hop.steps.find(step => step.meaning === 'nat');
    return [
      {
        index: first,
        label,
        meaning: telling?.meaning ?? 'plain',
        decides: hop.steps.some(step => step.decides),
        count: hop.steps.length,
        rem: remOf(label),
      },
    ];
  }
  return hop.steps.map((step, i) => {
    const label = labelOf(step, hop.steps[i - 1], hop.kind);
    return { index: first + i, label, meaning: step.meaning, decides: step.decides, count: 1, rem: remOf(label) };
  });
}

/** The timeline of a journey with its cursor at step `cursor`. */
export function loopOf(journey: Journey, cursor: number): Loop {
  const upper = journey.legs.findIndex(leg => leg.direction === 'request');
  const lower = journey.legs.findIndex(leg => leg.direction === 'reply');
  const hopsOf = (leg: number): readonly HopView[] => journey.legs[leg]?.trace.hops ?? [];
  const here = journey.steps[cursor];
  const isLong = journey.steps.length > MOST_STEPS;

  const drafts = pairHops(
    hopsOf(upper).map(hop => hop.element),
    hopsOf(lower).map(hop => hop.element),
  ).flatMap((pair, number) => {
    const above = pair.request === undefined ? undefined : hopsOf(upper)[pair.request];
    const below = pair.reply === undefined ? undefined : hopsOf(lower)[pair.reply];
    const hop = above ?? below;
    if (hop === undefined) return [];
    const isCurrent =
      (here?.leg === upper && here.hop === pair.request) || (here?.leg === lower && here.hop === pair.reply);
    const fold = isLong && !isCurrent ? 'folded' : 'open';
    const stops = (leg: number, at: number | undefined, of: HopView | undefined): readonly Draft[] =>
      of === undefined || at === undefined ? [] : draftStops(of, firstStep(journey, leg, at), fold);
    const request = stops(upper, pair.request, above);
    const reply = stops(lower, pair.reply, below);
    const rem = Math.max(sum(request), sum(reply), headRem(hop.name)) + 0.25;
    return [{ key: `${number} ${hop.element}`, hop, isCurrent, request, reply, rem }];
  });

  const widthRem = drafts.reduce((all, column) => all + column.rem, 0);
  const columns: LoopColumn[] = [];
  const above: LoopStop[] = [];
  const below: LoopStop[][] = [];
  let x = 0;
  for (const { key, hop, isCurrent, request, reply, rem } of drafts) {
    const width = rem / widthRem;
    columns.push({ key, name: hop.name, kind: hop.kind, x, width, isCurrent });
    above.push(...placed(request, x, width));
    // Read from right to left.
    below.unshift([...placed([...reply].reverse(), x, width)].reverse());
    x += width;
  }
  return {
    widthRem,
    columns,
    rows: [...rowOf(journey, upper, above), ...rowOf(journey, lower, below.flat())],
  };
}

const sum = (stops: readonly Draft[]): number => stops.reduce((all, stop) => all + stop.rem, 0);

/** The icon and the name of a column; long names are cut. */
const headRem = (name: string): number => Math.min(7, name.length * 0.5 + 1.75);

function firstStep(journey: Journey, leg: number, hop: number): number {
  return journey.steps.findIndex(place => place.leg === leg && place.hop === hop);
}

function placed(stops: readonly Draft[], start: number, width: number): readonly LoopStop[] {
  const all = sum(stops);
  let x = start;
  return stops.map(({ rem, ...stop }) => {
    const own = (rem / all) * width;
    const middle = x + own / 2;
    x += own;
    return { ...stop, x: middle, width: own };
  });
}

function rowOf(journey: Journey, leg: number, stops: readonly LoopStop[]): readonly LoopRow[] {
  const found = journey.legs[leg];
  if (found === undefined) return [];
  const { direction, trace } = found;
  return [{ direction, label: trace.label, stops, end: trace.disposition === 'ACCEPTED' ? 'arrives' : 'lost' }];
}
