// Where the runs of a repeated question went on the graph, and where how many of them ended. Pure.

import type { RunsOfOne } from '../../../store/repeatStore.ts';
import type { Point } from '../geometry.ts';
import type { NetworkLayout } from '../layout.ts';
import { legPath } from '../legPath.ts';
import { moved, pointAt } from '../polylines.ts';
import { REPLY_OFFSET } from '../traceOverlay.ts';
import type { SameRuns } from './flights.ts';

export interface SwarmEnd {
  readonly at: Point;
  /** `stopped`: dropped or refused there. */
  readonly kind: 'delivered' | 'stopped';
  readonly count: number;
}

export interface Swarm {
  readonly runs: readonly SameRuns[];
  /** Where requests ended, each place once. */
  readonly ends: readonly SwarmEnd[];
}

export function swarmOf(layout: NetworkLayout, runs: readonly RunsOfOne[]): Swarm {
  const ends = new Map<string, SwarmEnd>();
  const ways = runs.map(({ journey, count }): SameRuns => {
    const paths = journey.legs.map(({ direction, trace }) => ({ direction, trace, path: legPath(layout, trace) }));
    const [request] = paths;
    if (request !== undefined && request.path.line.length > 0) {
      const { line, at } = request.path;
      const place = pointAt(line, at[at.length - 1] ?? 0);
      const kind = request.trace.disposition === 'ACCEPTED' ? 'delivered' : 'stopped';
      const key = `${place.x},${place.y},${kind}`;
      ends.set(key, { at: place, kind, count: (ends.get(key)?.count ?? 0) + count });
    }
    const legs = paths.map(({ direction, path }) => ({
      direction,
      line: direction === 'reply' ? moved(path.line, REPLY_OFFSET, REPLY_OFFSET) : path.line,
    }));
    return { legs, count };
  });
  return { runs: ways, ends: [...ends.values()] };
}
