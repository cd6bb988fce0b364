// Kubernetes Events: what controllers and node agents report, kept for an hour.
//
// Models:  Events that repeat count up; their names; their time to live.
// Omits:   the limit on Events about one object, similar Events put together.
// Read:    client-go tools/record/event.go, events_cache.go; kube-apiserver `--event-ttl`.

import { checkNamespace } from './admission/namespaceLifecycle.ts';
import type { ApiClient } from './client.ts';
import { events, type KubernetesEvent, type ObjectReference, sameEventIndex } from './kinds/event.ts';
import { type ApiObject, keyOf } from './objects.ts';
import { nanosecondsHex, parseTimestamp } from './timestamps.ts';
import type { ApiWorld } from './world.ts';

/** Milliseconds. Source: kube-apiserver `--event-ttl`, 1h0m0s. */
const TIME_TO_LIVE_MS = 3_600_000;
/** How often old Events are looked for. */
const SWEEP_MS = 60_000;
/** In a millisecond. */
const NANOSECONDS = 1_000_000;
export const EVENT_OWNER = 'apiserver/events';
const SWEEP = 'sweep';

export type NewEvent = Parameters<ApiClient['event']>[1];

/** Stores an Event about an object, or counts one up that says the same. */
export function recordEvent(world: ApiWorld, about: ApiObject, event: NewEvent): void {
  const [component = '', host = ''] = event.source.split(',').map(part => part.trim());
  const { metadata } = about;
  world.log.append({
    source: 'controller',
    actor: host === '' ? component : `${component} ${host}`,
    reason: event.reason,
    about: `${about.kind.toLowerCase()}/${keyOf(about)}`,
    message: event.message,
    type: event.type,
  });
  const namespace = metadata.namespace ?? 'default';
  // As any other object, an Event is not made in a namespace that is missing or going away.
  if (checkNamespace(world.store, events, namespace, '') !== undefined) return;
  const reference: ObjectReference = {
    apiVersion: about.apiVersion,
    kind: about.kind,
    name: metadata.name,
    ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
    uid: metadata.uid,
    resourceVersion: metadata.resourceVersion,
  };
  const created: KubernetesEvent = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: {
      name: '',
      namespace,
      uid: '',
      resourceVersion: '',
      creationTimestamp: world.now,
    },
    involvedObject: reference,
    reason: event.reason,
    message: event.message,
    source: { component, ...(host !== '' && { host }) },
    firstTimestamp: world.now,
    lastTimestamp: world.now,
    count: 1,
    type: event.type,
    reportingComponent: component,
    reportingInstance: host,
  };
  const table = world.store.table(events);
  const [known] = table.under(sameEventIndex(created));
  if (known !== undefined && isEvent(known)) {
    world.store.put(events, { ...known, ...{ count: (known.count ?? 1) + 1, lastTimestamp: world.now } });
    return;
  }
  // The first one starts the sweeping; it goes on by itself while there are any.
  if (table.size === 0) world.clock.setAlarm(EVENT_OWNER, SWEEP, SWEEP_MS, 'periodic');
  const uid = world.names.uid();
  const name = eventName(world, metadata.name, namespace);
  world.store.put(events, { ...created, metadata: { ...created.metadata, name, uid } });
}

function isEvent(object: ApiObject): object is KubernetesEvent {
  return object.kind === events.kind;
}

/**
 * `web.18867a3c1b2d4000`: the object's name and the time in nanoseconds. What happens at one virtual moment gets one
 * nanosecond after the other, counted by the store's revision so that no name has to be looked for.
 */
function eventName(world: ApiWorld, name: string, namespace: string): string {
  const table = world.store.table(events);
  for (let i = world.store.resourceVersion % NANOSECONDS; ; i++) {
    const candidate = `${name}.${nanosecondsHex(world.clock.now + i / NANOSECONDS)}`;
    if (table.get(`${namespace}/${candidate}`) === undefined) return candidate;
  }
}

/** Drops the Events whose hour is over, and comes back while there are any. Rung by the clock as time is played. */
export function sweepEvents(world: ApiWorld): void {
  const table = world.store.table(events);
  for (const event of table.all()) {
    if (!isEvent(event)) continue;
    const last = parseTimestamp(event.lastTimestamp ?? event.metadata.creationTimestamp) ?? 0;
    if (world.clock.now - last >= TIME_TO_LIVE_MS) world.store.remove(events, event);
  }
  if (table.size > 0) world.clock.setAlarm(EVENT_OWNER, SWEEP, SWEEP_MS, 'periodic');
}
