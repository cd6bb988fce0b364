import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flightsOf, MOST_MOVING, type SameRuns, sharesOf } from '../../../src/ui/topology/swarm/flights.ts';

const line = (length: number) => [
  { x: 0, y: 0 },
  { x: length, y: 0 },
];
const answered = (count: number, length = 400): SameRuns => ({
  legs: [
    { direction: 'request', line: line(length) },
    { direction: 'reply', line: line(length) },
  ],
  count,
});
const lost = (count: number): SameRuns => ({ legs: [{ direction: 'request', line: line(400) }], count });

describe('how many of the runs move', () => {
  it.each([
    ['all of few', [7, 5], [7, 5]],
    ['a hundred of many, in the same proportion', [150, 50], [75, 25]],
    ['a hundred of three equal parts, the first with what is left', [67, 67, 67], [34, 33, 33]],
    ['nothing of nothing', [], []],
  ])('%s', (_, counts, shares) => {
    expect(sharesOf(counts, 100)).toEqual(shares);
  });

  it('never more than may, never more of a way than there are', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 30 }), counts => {
        const shares = sharesOf(counts, MOST_MOVING);
        const sum = (list: readonly number[]) => list.reduce((all, one) => all + one, 0);
        expect(sum(shares)).toBe(Math.min(MOST_MOVING, sum(counts)));
        expect(shares.every((share, i) => share <= (counts[i] ?? 0))).toBe(true);
      }),
    );
  });
});

describe('the flights of runs', () => {
  it('a request and its reply are one packet: the reply sets out when the request has arrived', () => {
    const flights = flightsOf([answered(1)]);
    expect(flights.map(({ direction }) => direction)).toEqual(['request', 'reply']);
    const [request, reply] = flights;
    expect(reply?.startsAt).toBeGreaterThan((request?.startsAt ?? 0) + (request?.takes ?? 0));
  });

  it('what is lost has no way back', () => {
    expect(flightsOf([lost(3)]).map(({ direction }) => direction)).toEqual(['request', 'request', 'request']);
  });

  it('set out one after the other, those of each way among the others', () => {
    const near = answered(2, 400);
    const far = answered(2, 800);
    const requests = flightsOf([near, far]).filter(({ direction }) => direction === 'request');
    expect(requests.map(({ line: way }) => way[1]?.x)).toEqual([400, 800, 400, 800]);
    const starts = requests.map(({ startsAt }) => startsAt);
    expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b));
  });

  it('a way that the graph does not draw is not flown', () => {
    expect(flightsOf([{ legs: [{ direction: 'request', line: [] }], count: 5 }])).toEqual([]);
  });

  it('no more than a hundred move at any time', () => {
    const flights = flightsOf([answered(120), answered(80, 900)]);
    for (const { startsAt } of flights) {
      const moving = flights.filter(other => other.startsAt <= startsAt && startsAt < other.startsAt + other.takes);
      expect(moving.length).toBeLessThanOrEqual(MOST_MOVING);
    }
  });
});
