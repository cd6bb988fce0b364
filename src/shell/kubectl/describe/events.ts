// The Events about an object: where to look for them, and the table at the end of a description.
//
// Read:    kubectl v1.34 pkg/describe/describe.go, `searchEvents`, `DescribeEvents`; pkg/util/event.

import { type Json, parseTimestamp, type VirtualMs } from '../../../sim/index.ts';
import { numberAt, textAt } from '../fields.ts';
import { goSort } from '../goSort.ts';
import { ageOf, line } from './lines.ts';
import type { Lines, Related } from './related.ts';

/** A list request. */
export interface EventSearch {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}

/**
 * The requests whose answers together are `Related.events`. A node has two: its kubelet reports with the name as the uid.
 * @param kind as in `ApiResource`
 */
export function eventSearches(kind: string, object: Json): readonly EventSearch[] {
  const name = textAt(object, 'metadata', 'name');
  const namespace = textAt(object, 'metadata', 'namespace');
  const uid = textAt(object, 'metadata', 'uid');
  const path = namespace === '' ? '/api/v1/events' : `/api/v1/namespaces/${namespace}/events`;
  const uids = kind === 'Node' ? [uid, name] : [uid];
  return uids.map(about => ({
    path,
    query: {
      fieldSelector: [
        `involvedObject.name=${name}`,
        `involvedObject.namespace=${namespace}`,
        // Source: `PodDescriber` leaves the kind out.
        ...(kind === 'Pod' ? [] : [`involvedObject.kind=${kind}`]),
        `involvedObject.uid=${about}`,
      ].join(','),
    },
  }));
}

/** The table of Events, oldest first; nothing when they were not asked for. */
export function eventLines({ events, now }: Related): Lines {
  if (events === undefined) return [];
  if (events.length === 0) return [line(0, 'Events:', '<none>')];
  const lastSeen = (event: Json): number => parseTimestamp(textAt(event, 'lastTimestamp')) ?? Number.NEGATIVE_INFINITY;
  const inOrder = goSort(events, (a, b) => lastSeen(a) < lastSeen(b));
  return [
    line(0, 'Events:'),
    line(1, 'Type', 'Reason', 'Age', 'From', 'Message'),
    line(1, '----', '------', '----', '----', '-------'),
    ...inOrder.map(event =>
      line(
        1,
        textAt(event, 'type'),
        textAt(event, 'reason'),
        eventAge(event, now),
        textAt(event, 'source', 'component') || textAt(event, 'reportingComponent'),
        textAt(event, 'message').trim(),
      ),
    ),
  ];
}

/** `12s`, or `12s (x3 over 5m)` for one that repeats. */
export function eventAge(event: Json, now: VirtualMs): string {
  const first = ageOf(textAt(event, 'eventTime') || textAt(event, 'firstTimestamp'), now);
  const observed = numberAt(event, 'series', 'count');
  if (observed !== undefined) {
    return `${ageOf(textAt(event, 'series', 'lastObservedTime'), now)} (x${observed} over ${first})`;
  }
  const count = numberAt(event, 'count') ?? 0;
  return count > 1 ? `${ageOf(textAt(event, 'lastTimestamp'), now)} (x${count} over ${first})` : first;
}
