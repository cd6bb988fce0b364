import { describe, expect, it } from 'vitest';
import type { ExchangeView } from '../../src/sim/index.ts';
import { indexOfHop, journeyOfTrace, mainJourney } from '../../src/store/journey.ts';
import { loopOf, pairHops } from '../../src/ui/trace/loop.ts';
import { playDelay } from '../../src/ui/trace/usePlayTimer.ts';
import { exchangeOf, lesson, sandbox } from './traceRecordings.ts';

const answered = mainJourney(exchangeOf(lesson, 'x1'));
const refused = mainJourney(exchangeOf(sandbox, 'x2'));

describe('the columns of the timeline', () => {
  it('are the namespaces in the order of the request, whose answer runs back under it', () => {
    const { columns } = loopOf(answered, 0);
    expect(columns.map(column => column.name)).toEqual(['client', 'node-1', 'LAN', 'node-2', 'web']);
    expect(columns.map(column => column.isCurrent)).toEqual([true, false, false, false, false]);
  });

  it('fill the width without gaps', () => {
    const { columns } = loopOf(answered, 0);
    let x = 0;
    for (const column of columns) {
      expect(column.x).toBeCloseTo(x);
      x += column.width;
    }
    expect(x).toBeCloseTo(1);
  });

  it('end where the answer came from when that is on the way', () => {
    expect(loopOf(refused, 0).columns.map(column => column.name)).toEqual(['client', 'node-1']);
  });
});

describe('the pairs of hops', () => {
  it('put an answer of a hop on the way under that hop', () => {
    expect(pairHops(['client', 'node-1', 'lan'], ['node-1', 'client'])).toEqual([
      { request: 0, reply: 1 },
      { request: 1, reply: 0 },
      { request: 2 },
    ]);
  });

  it('give an answer by another way columns of its own', () => {
    expect(pairHops(['a', 'r', 'b'], ['b', 's', 'a'])).toEqual([
      { request: 0, reply: 2 },
      { request: 1 },
      { reply: 1 },
      { request: 2, reply: 0 },
    ]);
  });

  it('keep every visit of a namespace', () => {
    expect(pairHops(['a', 'lan', 'r', 'lan', 'b'], [])).toHaveLength(5);
    expect(pairHops([], ['b', 'a'])).toEqual([{ reply: 1 }, { reply: 0 }]);
  });
});

describe('the stops of the timeline', () => {
  it('are all steps of the journey, each once, the request from left to right and the reply back', () => {
    const [request, reply] = loopOf(answered, 0).rows;
    const indices = [...(request?.stops ?? []), ...(reply?.stops ?? [])].map(stop => stop.index);
    expect(indices).toEqual(answered.steps.map((_, index) => index));
    const rising = (xs: readonly number[]): boolean => xs.every((x, i) => i === 0 || x > (xs[i - 1] ?? 0));
    expect(rising(request?.stops.map(stop => stop.x) ?? [])).toBe(true);
    expect(rising((reply?.stops.map(stop => stop.x) ?? []).reverse())).toBe(true);
  });

  it('lie inside of the column of their namespace', () => {
    const { columns, rows } = loopOf(answered, 0);
    for (const row of rows)
      for (const stop of row.stops) {
        const place = answered.steps[stop.index];
        const hop = answered.legs[place?.leg ?? 0]?.trace.hops[place?.hop ?? 0];
        const column = columns.find(({ x, width }) => stop.x > x && stop.x < x + width);
        expect(column?.name).toBe(hop?.name);
      }
  });

  it('each have a name, other than that of the one before', () => {
    for (const id of ['x1', 'x2', 'x3'])
      for (const recording of [lesson, sandbox])
        for (const { stops } of loopOf(mainJourney(exchangeOf(recording, id)), 0).rows)
          for (const [i, { label }] of stops.entries()) {
            expect(label).not.toBe('');
            expect(label).not.toBe(stops[i - 1]?.label);
          }
  });

  it('end where the packet is lost', () => {
    const [request] = loopOf(mainJourney(exchangeOf(lesson, 'x3')), 0).rows;
    expect(request?.end).toBe('lost');
    expect(request?.stops[request.stops.length - 1]?.meaning).toBe('drop');
  });

  it('run from right to left for a packet on its way back alone', () => {
    const exchange = exchangeOf(lesson, 'x1');
    const server = exchange.traces.find(trace => trace.label === 'HTTP 200');
    const loop = loopOf(journeyOfTrace(exchange, server?.id ?? -1), 0);
    expect(loop.columns.map(column => column.name)).toEqual(['client', 'node-1', 'LAN', 'node-2', 'web']);
    expect(loop.rows.map(row => row.direction)).toEqual(['reply']);
    expect(loop.columns[4]?.isCurrent).toBe(true);
  });

  it('fold to a count in a long journey, except where the cursor is', () => {
    const long = mainJourney(longer(exchangeOf(lesson, 'x1'), 3));
    const at = indexOfHop(long, 0, 1);
    const [request] = loopOf(long, at).rows;
    const counts = request?.stops.map(stop => stop.count) ?? [];
    const open = long.legs[0]?.trace.hops[1]?.steps.length ?? 0;
    expect(counts.filter(count => count === 1)).toHaveLength(open);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(long.steps.filter(({ leg }) => leg === 0).length);
    expect(request?.stops[0]?.label).toBe('15 steps');
  });
});

describe('the time of a step while playing', () => {
  const crossing = indexOfHop(answered, 0, 1);

  it('is longer on a wire', () => {
    expect(playDelay(answered, 0, '1', 'full')).toBe(450);
    expect(playDelay(answered, crossing, '1', 'full')).toBe(700);
  });

  it('follows the speed', () => {
    expect(playDelay(answered, crossing, '2', 'full')).toBe(350);
    expect(playDelay(answered, crossing, '0.5', 'full')).toBe(1400);
  });

  it('is one and a half seconds with reduced motion', () => {
    expect(playDelay(answered, crossing, '1', 'reduced')).toBe(1500);
    expect(playDelay(answered, crossing, '2', 'reduced')).toBe(750);
  });

  it('waits before the reply sets out', () => {
    const last = answered.steps.filter(({ leg }) => leg === 0).length - 1;
    expect(playDelay(answered, last, '1', 'full')).toBe(450 + 300);
  });
});

/** The same journey with every step `times` times. */
function longer(exchange: ExchangeView, times: number): ExchangeView {
  return {
    ...exchange,
    traces: exchange.traces.map(trace => ({
      ...trace,
      hops: trace.hops.map(hop => ({ ...hop, steps: Array.from({ length: times }, () => hop.steps).flat() })),
    })),
  };
}
