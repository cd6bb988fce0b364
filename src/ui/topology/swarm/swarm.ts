// Where the runs of a repeated question went on the graph, and where how many of them ended. Pure.

import type { ElementId, TraceView } from '../../../sim/index.ts';
import type { RunsOfOne } from '../../../store/repeatStore.ts';
import { bottomOf, type Point, rightOf } from '../geometry.ts';
import type { NetworkLayout } from '../layout.ts';
import { legPath } from '../legPath.ts';
import { boxOf } from '../PickBadges.tsx';
import { moved, pointAt } from '../polylines.ts';
import { REPLY_OFFSET } from '../traceOverlay.ts';
import type { SameRuns } from './flights.ts';

export interface SwarmEnd {
  /** `corner`: `at` is the lower right corner of who got them; `spot`: where on their way they ended. */
  readonly place: 'corner' | 'spot';
  readonly at: Point;
  /** `stopped`: dropped or refused there. */
  readonly kind: 'delivered' | 'stopped';
  readonly count: number;
  /** The node of the Pod that got them. */
  readonly node?: ElementId;
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
  if (last === undefined || box === undefined) return { place: 'spot', at: spot, kind };
  const node = layout.pods.get(last.element)?.node;
  return { place: 'corner', at: { x: rightOf(box), y: bottomOf(box) }, kind, ...(node !== undefined && { node }) };
}

/** Counts that have room where the graph is small, and what they leave out. */
export interface FarEnds {
  readonly shown: readonly SwarmEnd[];
  /** How many places are not shown, and how many runs ended there. */
  readonly places: number;
  readonly runs: number;
}

/** One count for each node instead of one for each of its Pods, and of those the largest. */
export function farEnds({ nodes }: Pick<NetworkLayout, 'nodes'>, ends: readonly SwarmEnd[], most: number): FarEnds {
  const sums = new Map<string, SwarmEnd>();
  for (const end of ends) {
    const box = end.node === undefined ? undefined : nodes.get(end.node)?.box;
    const at = box === undefined ? end.at : { x: rightOf(box), y: bottomOf(box) };
    const key = `${at.x},${at.y},${end.kind}`;
    sums.set(key, { ...end, at, count: (sums.get(key)?.count ?? 0) + end.count });
  }
  const largest = [...sums.values()].sort((a, b) => b.count - a.count);
  const rest = largest.slice(most);
  return {
    shown: largest.slice(0, most),
    places: rest.length,
    runs: rest.reduce((sum, { count }) => sum + count, 0),
  };
}
