import { describe, expect, it } from 'vitest';
import type { StepView } from '../../src/sim/index.ts';
import { type Journey, mainJourney } from '../../src/store/journey.ts';
import { align } from '../../src/ui/trace/compare/align.ts';
import { compareJourneys, firstDifference } from '../../src/ui/trace/compare/compareJourneys.ts';
import { stepName } from '../../src/ui/trace/words.ts';
import { exchangeOf, lesson, type Recorded, sandbox } from './traceRecordings.ts';

describe('two rows side by side', () => {
  /** `a-b` of letters that are alike in any case, `.` for a gap. */
  const aligned = (left: string, right: string): string =>
    align([...left], [...right], (a, b) => (a === b ? 2 : a.toLowerCase() === b.toLowerCase() ? 1 : 0))
      .map(({ a = '.', b = '.' }) => a + b)
      .join(' ');

  it.each([
    ['', '', ''],
    ['abc', 'abc', 'aa bb cc'],
    ['abc', 'ac', 'aa b. cc'],
    ['ac', 'abc', 'aa .b cc'],
    ['ab', 'xy', 'a. b. .x .y'],
    ['aAb', 'Ab', 'a. AA bb'],
    ['abcd', 'aBd', 'aa bB c. dd'],
  ])('%s and %s', (left, right, expected) => {
    expect(aligned(left, right)).toBe(expected);
  });
});

const journeyOf = (recording: Recorded, id: string) => mainJourney(exchangeOf(recording, id));

/** The same journey with other steps. */
const withSteps = (journey: Journey, change: (step: StepView) => StepView): Journey => ({
  ...journey,
  legs: journey.legs.map(leg => ({
    ...leg,
    trace: { ...leg.trace, hops: leg.trace.hops.map(hop => ({ ...hop, steps: hop.steps.map(change) })) },
  })),
});

/** Where they part first: `node-1, filter rules: rule`. */
function parting(recording: Recorded, a: string, b: string): string {
  const found = firstDifference(compareJourneys(journeyOf(recording, a), journeyOf(recording, b)));
  const step = (found?.step.a ?? found?.step.b)?.step;
  if (found === undefined || step === undefined) return 'nowhere';
  return `${(found.hop.a ?? found.hop.b)?.name}, ${stepName(step)}: ${found.step.difference}`;
}

describe('two journeys', () => {
  it.each<[string, Recorded, string, string, string]>([
    ['the same', sandbox, 'x1', 'x1', 'nowhere'],
    ['to a Service with and without endpoints', sandbox, 'x1', 'x2', 'client, socket: header'],
    ['to another port of the same Pod', lesson, 'x1', 'x2', 'client, socket: header'],
  ])('%s', (_, recording, a, b, expected) => {
    expect(parting(recording, a, b)).toBe(expected);
  });

  it('part where one is answered and the other is not', () => {
    const hops = compareJourneys(journeyOf(lesson, 'x1'), journeyOf(lesson, 'x2'));
    const differences = hops.flatMap(hop =>
      hop.steps.flatMap(({ a, b, difference }) =>
        difference === 'none' || difference === 'wait'
          ? []
          : [`${hop.direction} ${(hop.a ?? hop.b)?.name} ${(a ?? b)?.step.short}: ${difference}`],
      ),
    );
    expect(differences).toContain('request web socket: verdict');
  });

  it('say on each side what was decided or written, wherever that differs', () => {
    const steps = compareJourneys(journeyOf(sandbox, 'x1'), journeyOf(sandbox, 'x3')).flatMap(hop => hop.steps);
    const told = steps.filter(step => step.told !== undefined);
    expect(told.map(({ difference }) => difference)).toEqual(['header', 'rule', 'rule']);
    expect(told.every(step => step.told?.a !== step.told?.b)).toBe(true);
    expect(told[0]?.told?.a).toBe('destination port 80');
  });

  it('say which route won, where both do the same with it', () => {
    const journey = journeyOf(lesson, 'x1');
    const elsewhere = withSteps(journey, step =>
      step.evidence?.kind !== 'routes' || step.short !== 'route'
        ? step
        : {
            ...step,
            evidence: {
              ...step.evidence,
              rows: step.evidence.rows.map(row => (row.via === '' ? row : { ...row, via: '192.168.10.99' })),
            },
          },
    );
    const routes = compareJourneys(journey, elsewhere)
      .flatMap(hop => hop.steps)
      .filter(({ difference }) => difference === 'route');
    expect(routes.map(({ told }) => told)).toContainEqual({
      a: '10.244.2.0/24 via 192.168.10.12 dev eth0',
      b: '10.244.2.0/24 via 192.168.10.99 dev eth0',
    });
  });

  it('put another Pod that answers beside the first, and what only one of them passes alone', () => {
    const a = journeyOf(lesson, 'x1');
    const hops = compareJourneys(a, journeyOf(lesson, 'x3'));
    const names = hops.filter(({ direction }) => direction === 'request').map(hop => [hop.a?.name, hop.b?.name]);
    expect(names[0]).toEqual(['client', undefined]);
    expect(names).toContainEqual([undefined, 'laptop']);
  });

  it('have every step once, in its order', () => {
    const [a, b] = [journeyOf(sandbox, 'x1'), journeyOf(sandbox, 'x3')];
    const steps = compareJourneys(a, b).flatMap(hop => hop.steps);
    expect(steps.flatMap(step => (step.a === undefined ? [] : [step.a.index]))).toEqual(a.steps.map((_, i) => i));
    expect(steps.flatMap(step => (step.b === undefined ? [] : [step.b.index]))).toEqual(b.steps.map((_, i) => i));
  });

  it('take a wait for a neighbour for no parting', () => {
    const journey = journeyOf(sandbox, 'x1');
    const waits = journey.legs.some(leg => leg.trace.hops.some(hop => hop.steps.some(s => s.action === 'QUEUED')));
    expect(waits).toBe(true);
    const warm = {
      ...journey,
      legs: journey.legs.map(leg => ({
        ...leg,
        trace: {
          ...leg.trace,
          hops: leg.trace.hops.map(hop => ({ ...hop, steps: hop.steps.filter(s => s.action !== 'QUEUED') })),
        },
      })),
    };
    const hops = compareJourneys(journey, warm);
    expect(firstDifference(hops)).toBeUndefined();
    expect(hops.flatMap(hop => hop.steps).some(({ difference }) => difference === 'wait')).toBe(true);
  });
});
