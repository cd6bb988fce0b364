// A journey to step through: the packet on its way there and, where there was an answer, the packet on its way back,
// as one row of steps. Pure.

import type { ExchangeView, HopView, StepView, TraceView } from '../sim/index.ts';

/** One packet of a journey. */
export interface JourneyLeg {
  /** The form and colour in which it is drawn. */
  readonly direction: 'request' | 'reply';
  readonly trace: TraceView;
}

/** One step with where it stands. */
export interface JourneyStep {
  readonly leg: number;
  /** Index of the hop in its trace, and of the step in its hop. */
  readonly hop: number;
  readonly step: number;
}

export interface Journey {
  readonly exchange: ExchangeView;
  /** One or two. */
  readonly legs: readonly JourneyLeg[];
  readonly steps: readonly JourneyStep[];
}

/** What happens at a step of a journey. */
export interface JourneyMoment {
  readonly leg: JourneyLeg;
  readonly hop: HopView;
  readonly step: StepView;
  readonly place: JourneyStep;
}

/** Roles of the packets that answer a request. */
const ANSWERS: readonly TraceView['role'][] = ['reply', 'reset', 'icmp-error'];

/** The client's first packet and the first answer to it. */
export function mainJourney(exchange: ExchangeView): Journey {
  const request = exchange.traces.find(trace => trace.role === 'request') ?? exchange.traces[0];
  const answer = exchange.traces.find(trace => ANSWERS.includes(trace.role));
  return journeyOf(exchange, request, answer);
}

/** The journey of one packet; that of the request or its answer is the main one. */
export function journeyOfTrace(exchange: ExchangeView, id: number): Journey {
  const main = mainJourney(exchange);
  if (main.legs.some(leg => leg.trace.id === id)) return main;
  return journeyOf(
    exchange,
    exchange.traces.find(trace => trace.id === id),
    undefined,
  );
}

function journeyOf(exchange: ExchangeView, request: TraceView | undefined, answer: TraceView | undefined): Journey {
  const legs: JourneyLeg[] = [];
  if (request !== undefined) legs.push({ direction: directionOf(request), trace: request });
  if (answer !== undefined && answer !== request) legs.push({ direction: 'reply', trace: answer });
  const steps = legs.flatMap(({ trace }, leg) =>
    trace.hops.flatMap((hop, hopIndex) => hop.steps.map((_, step) => ({ leg, hop: hopIndex, step }))),
  );
  return { exchange, legs, steps };
}

function directionOf(trace: TraceView): JourneyLeg['direction'] {
  return trace.leg === 'return' && trace.role !== 'copy' ? 'reply' : 'request';
}

/** What happens at step `index`, from 0; undefined beyond either end. */
export function momentAt(journey: Journey, index: number): JourneyMoment | undefined {
  const place = journey.steps[index];
  const leg = place === undefined ? undefined : journey.legs[place.leg];
  const hop = place === undefined ? undefined : leg?.trace.hops[place.hop];
  const step = place === undefined ? undefined : hop?.steps[place.step];
  return place === undefined || leg === undefined || hop === undefined || step === undefined
    ? undefined
    : { place, leg, hop, step };
}

/** The journey in which the exchange was decided, and the index of the step that did it. */
export function decidingPlace(journey: Journey): { readonly journey: Journey; readonly index: number } {
  const { exchange } = journey;
  const { decidedBy } = exchange;
  if (decidedBy === undefined) return { journey, index: 0 };
  const isShown = journey.legs.some(leg => leg.trace.id === decidedBy.trace);
  const shown = isShown ? journey : journeyOfTrace(exchange, decidedBy.trace);
  const start = firstStepOf(shown, decidedBy.trace);
  return { journey: shown, index: Math.max(0, start) + decidedBy.step };
}

/** Where a packet's steps begin; -1: the journey does not show it. */
export function firstStepOf(journey: Journey, trace: number): number {
  return journey.steps.findIndex(place => journey.legs[place.leg]?.trace.id === trace);
}

/** The first step of the hop after (1) or before (-1) the one that `index` is in; within a hop, -1 first goes to its start. */
export function hopBeside(journey: Journey, index: number, by: -1 | 1): number {
  const starts = journey.steps.flatMap((place, i) => (place.step === 0 ? [i] : []));
  if (by === 1) return starts.find(start => start > index) ?? journey.steps.length - 1;
  return [...starts].reverse().find(start => start < index) ?? 0;
}

/** The index of the first step of a hop. */
export function indexOfHop(journey: Journey, leg: number, hop: number): number {
  return journey.steps.findIndex(place => place.leg === leg && place.hop === hop);
}
