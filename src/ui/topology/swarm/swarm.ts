// Where the runs of a repeated question went on the graph, and where how many of them ended. Pure.

import type { TraceView } from '../../../sim/index.ts';
import type { RunsOfOne } from '../../../store/repeatStore.ts';
import { type Point, rightOf } from '../geometry.ts';
import type { NetworkLayout } from '../layout.ts';
import { legPath } from '../legPath.ts';
import { boxOf } from '../PickBadges.tsx';
import { moved, pointAt } from '../polylines.ts';
import { REPLY_OFFSET } from '../traceOverlay.ts';
import type { SameRuns } from './flights.ts';

export interface SwarmEnd {
  /** `corner`: `at` is the upper right corner of who got them; `spot`: where on their way they ended. */
  readonly place: 'corner' | 'spot';
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
      const end = endOf(layout, request.trace, pointAt(request.path.line, request.path.at.at(-1) ?? 0));
      const key = `${end.at.x},${end.at.y},${end.kind}`;
      ends.set(key, { ...end, count: (ends.get(key)?.count ?? 0) + count });
    }
    const legs = paths.map(({ direction, path }) => ({
      direction,
      line: direction === 'reply' ? moved(path.line, REPLY_OFFSET, REPLY_OFFSET) : path.line,
    }));
    return { legs, count };
  });
  return { runs: ways, ends: [...ends.values()] };
}

function endOf(layout: NetworkLayout, { hops, disposition }: TraceView, spot: Point): Omit<SwarmEnd, 'count'> {
  const kind = disposition === 'ACCEPTED' ? 'delivered' : 'stopped';
  const last = hops.at(-1);
  const box = last?.kind === 'pod' || last?.kind === 'outside' ? boxOf(layout, last.element) : undefined;
  return box === undefined
    ? { place: 'spot', at: spot, kind }
    : { place: 'corner', at: { x: rightOf(box), y: box.y }, kind };
}
