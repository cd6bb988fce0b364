// Two journeys hop by hop and step by step, and where they part. Pure.

import type { EvidenceView, HopView, StepView } from '../../../sim/index.ts';
import type { Journey, JourneyLeg } from '../../../store/journey.ts';
import { align, type Pair } from './align.ts';
import { COMPARE_WORDS } from './words.ts';

/** A step of a journey, and its index there. */
export interface PlacedStep {
  readonly index: number;
  readonly step: StepView;
}

/**
 * In what two steps differ:
 * - `wait`: one of the packets waits for a neighbour's answer, the other finds it in the table.
 * - `only`: one of the journeys has no such step.
 * - `verdict`: another thing was done.
 * - `route`, `rule`: something else won, or was decided.
 * - `header`: the packet leaves it with other addresses, ports or TTL; it came with the same.
 */
export type Difference = 'none' | 'wait' | 'only' | 'verdict' | 'route' | 'rule' | 'header';

export interface ComparedStep extends Pair<PlacedStep> {
  readonly difference: Difference;
  /** What won, was decided or was written into the header on each side; absent where nothing of it differs. */
  readonly told?: Told;
}

interface Told {
  readonly a: string;
  readonly b: string;
}

export interface ComparedHop {
  readonly direction: JourneyLeg['direction'];
  readonly a?: HopView;
  readonly b?: HopView;
  readonly steps: readonly ComparedStep[];
}

export function compareJourneys(a: Journey, b: Journey): readonly ComparedHop[] {
  return (['request', 'reply'] as const).flatMap(direction =>
    align(hopsOf(a, direction), hopsOf(b, direction), hopLikeness).map(pair => comparedHop(direction, pair)),
  );
}

/** The first step in which they differ by more than a wait, with its hop; undefined: there is none. */
export function firstDifference(
  hops: readonly ComparedHop[],
): { readonly hop: ComparedHop; readonly step: ComparedStep } | undefined {
  for (const hop of hops) {
    const step = hop.steps.find(({ difference }) => difference !== 'none' && difference !== 'wait');
    if (step !== undefined) return { hop, step };
  }
  return undefined;
}

interface PlacedHop {
  readonly hop: HopView;
  readonly steps: readonly PlacedStep[];
}

function hopsOf({ legs, steps }: Journey, direction: JourneyLeg['direction']): readonly PlacedHop[] {
  const number = legs.findIndex(leg => leg.direction === direction);
  return (legs[number]?.trace.hops ?? []).map((hop, i) => {
    const first = steps.findIndex(place => place.leg === number && place.hop === i);
    return { hop, steps: hop.steps.map((step, n) => ({ step, index: first + n })) };
  });
}

/** The same namespace, or one of the same kind: another Pod that answers. */
function hopLikeness({ hop: a }: PlacedHop, { hop: b }: PlacedHop): number {
  return a.element === b.element ? 3 : a.kind === b.kind ? 1 : 0;
}

function stepLikeness({ step: a }: PlacedStep, { step: b }: PlacedStep): number {
  return a.stage !== b.stage ? 0 : 2 + (a.short === b.short ? 2 : 0) + (a.action === b.action ? 1 : 0);
}

function comparedHop(direction: JourneyLeg['direction'], { a, b }: Pair<PlacedHop>): ComparedHop {
  return {
    direction,
    ...(a !== undefined && { a: a.hop }),
    ...(b !== undefined && { b: b.hop }),
    steps: align(a?.steps ?? [], b?.steps ?? [], stepLikeness).map(pair => ({
      ...pair,
      ...differenceOf(pair, direction),
    })),
  };
}

function differenceOf(
  { a, b }: Pair<PlacedStep>,
  direction: JourneyLeg['direction'],
): Pick<ComparedStep, 'difference' | 'told'> {
  if (a === undefined || b === undefined) return { difference: (a ?? b)?.step.action === 'QUEUED' ? 'wait' : 'only' };
  const [one, other] = [decisionOf(a.step.evidence), decisionOf(b.step.evidence)];
  if (one !== other)
    return { difference: a.step.evidence?.kind === 'routes' ? 'route' : 'rule', told: { a: one, b: other } };
  if (a.step.action !== b.step.action) return { difference: 'verdict' };
  const told = partingFields(a.step, b.step, direction);
  return told === undefined ? { difference: 'none' } : { difference: 'header', told };
}

/** What was decided by a lookup; empty where nothing is decided. */
function decisionOf(evidence: EvidenceView | undefined): string {
  switch (evidence?.kind) {
    case 'routes': {
      const winner = evidence.rows.find(({ fit }) => fit === 'wins');
      return winner === undefined ? COMPARE_WORDS.noRoute : COMPARE_WORDS.route(winner);
    }
    case 'rules':
      return evidence.verdict;
    default:
      return '';
  }
}

/** Each connection has a port of its own at the client, which says nothing. */
const CLIENT_PORT = { request: 'source port', reply: 'destination port' } as const;
const COMPARED: readonly string[] = ['source', 'destination', 'TTL', 'source port', 'destination port', 'flags', 'VNI'];

/**
 * The fields that are others after the steps, and were the same before (if there was a packet before); undefined: there
 * is none. MAC addresses follow from the rest.
 */
function partingFields(a: StepView, b: StepView, direction: JourneyLeg['direction']): Told | undefined {
  const parting = a.headers.flatMap(row => {
    if (row.layer === 'Ethernet' || !COMPARED.includes(row.field) || row.field === CLIENT_PORT[direction]) return [];
    const other =
      b.headers.find(({ layer, field }) => layer === row.layer && field === row.field) ??
      // Ports of TCP and of UDP mean the same.
      b.headers.find(({ field }) => field === row.field && field.endsWith(' port'));
    const parts = row.after !== other?.after && (a.stage === 'socketSend' || row.before === other?.before);
    return parts ? [{ field: row.field, a: row.after, b: other?.after }] : [];
  });
  if (parting.length === 0) return undefined;
  const told = (side: 'a' | 'b'): string =>
    parting.flatMap(part => (part[side] === undefined ? [] : [`${part.field} ${part[side]}`])).join(', ');
  return { a: told('a'), b: told('b') };
}
