// Many runs of one question as packets that set out one after the other. Pure.

import type { Polyline } from '../geometry.ts';
import { lengthOf } from '../polylines.ts';
import type { Direction } from '../traceOverlay.ts';

/** At most so many packets move, the rest is a count; see the look, section 7. */
export const MOST_MOVING = 100;

/** One packet from one end of its way to the other. */
export interface Flight {
  readonly direction: Direction;
  readonly line: Polyline;
  /** Milliseconds from the start of all, and on the way, at 1x. */
  readonly startsAt: number;
  readonly takes: number;
}

/** Runs that went the same way. */
export interface SameRuns {
  /** The request's way and, where there was an answer, its way back. */
  readonly legs: readonly { readonly direction: Direction; readonly line: Polyline }[];
  readonly count: number;
}

/** Between two that set out, and from the first to the last at most, in milliseconds. */
const GAP_MS = { most: 90, all: 1800 } as const;
/** Milliseconds a pixel at 100 %, and for a whole way. */
const PACE = { pixel: 2.2, least: 700, most: 2400 } as const;
/** A reply sets out so long after the request arrived; see the look, section 7. */
const REPLY_WAIT_MS = 300;

/** All flights, in the order in which they set out: those of each way spread evenly among the others. */
export function flightsOf(runs: readonly SameRuns[]): readonly Flight[] {
  const shares = sharesOf(
    runs.map(({ count }) => count),
    MOST_MOVING,
  );
  const order = runs
    .flatMap(({ legs }, way) => {
      const share = shares[way] ?? 0;
      return Array.from({ length: share }, (_, i) => ({ legs, place: (i + 0.5) / share }));
    })
    .sort((a, b) => a.place - b.place);
  const gap = Math.min(GAP_MS.most, GAP_MS.all / Math.max(1, order.length));
  return order.flatMap(({ legs }, i) => {
    let startsAt = i * gap;
    return legs
      .filter(({ line }) => line.length > 1)
      .map(({ direction, line }) => {
        const takes = Math.max(PACE.least, Math.min(PACE.most, lengthOf(line) * PACE.pixel));
        const flight = { direction, line, startsAt, takes };
        startsAt += takes + REPLY_WAIT_MS;
        return flight;
      });
  });
}

/** What each of the counts becomes when all together may be at most `most`: the largest remainders are rounded up. */
export function sharesOf(counts: readonly number[], most: number): readonly number[] {
  const sum = counts.reduce((all, count) => all + count, 0);
  if (sum <= most) return counts;
  const quotas = counts.map(count => (count * most) / sum);
  const shares = quotas.map(Math.floor);
  const left = most - shares.reduce((all, share) => all + share, 0);
  const largest = quotas.map((quota, i) => ({ i, rest: quota % 1 })).sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of largest.slice(0, left)) shares[i] = (shares[i] ?? 0) + 1;
  return shares;
}
