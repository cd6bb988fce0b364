// Watches: what happens to the chosen objects from some moment on.
//
// Models:  a start from any resourceVersion that the history still has, from now, or with all objects first; objects that come
//          to be chosen, or cease to be; bookmarks; Tables; the differences when an earlier state of the lab is put back.
// Simplified: bookmarks come after so many changes of anything, not after a minute.
// Omits:   timeouts: who serves the watch ends it.
// Read:    kubernetes.io/docs/reference/using-api/api-concepts, "Efficient detection of changes", "Streaming lists";
//          k8s.io/apiserver pkg/storage/cacher/cache_watcher.go.

import { type Result, success } from '../../runtime/errors.ts';
import { expired, statusOf } from '../apiError.ts';
import type { ApiError } from '../client.ts';
import type { ApiObject, ObjectMeta } from '../objects.ts';
import type { ApiRequest, Json, WatchEvent, WatchStream } from '../request.ts';
import type { StoreChange } from '../store.ts';
import type { ApiWorld } from '../world.ts';
import { finished } from '../write/finished.ts';
import { showObject, table } from './answer.ts';
import { readWatchQuery } from './listOptions.ts';
import type { Shape } from './negotiate.ts';
import { isSelected, type Selection, select } from './selection.ts';

/** A client that has heard nothing for so many changes is told how far the server is: its next watch can begin there. */
const BOOKMARK_CHANGES = 1000;

export function openWatch(
  world: ApiWorld,
  request: ApiRequest,
  selection: Selection,
  shape: Shape,
): Result<WatchStream, ApiError> {
  const query = readWatchQuery(request);
  if (!query.ok) return query;
  const { from, initialEvents, bookmarks } = query.value;
  const { store } = world;
  const queue = new EventQueue();
  const show = shower(world, selection, shape);
  let told = store.resourceVersion;
  const bookmark = (reason: 'progress' | 'initial-events-end'): void => {
    told = store.resourceVersion;
    queue.push({ type: 'BOOKMARK', object: show(bookmarkOf(selection, told, reason)) });
  };
  const pass = (change: StoreChange): void => {
    const event = eventOf(selection, change, show);
    if (event === undefined) return;
    told = store.resourceVersion;
    queue.push(event);
  };
  if (from.kind === 'current') {
    for (const object of select(store.table(selection.of), selection))
      queue.push({ type: 'ADDED', object: show(object) });
    if (initialEvents === 'marked') bookmark('initial-events-end');
  } else if (from.kind === 'after') {
    const missed = store.changesAfter(selection.of, from.resourceVersion);
    // The server notices this only when the watch has begun, so the answer is an event.
    if (missed === undefined) queue.push({ type: 'ERROR', object: tooOld(from.resourceVersion, store.oldestVersion) });
    for (const change of missed ?? []) pass(change);
  }
  const stops = [
    store.onChange(selection.of, pass),
    store.onRestore(change => {
      if (change.kind === selection.of) pass(change);
    }),
  ];
  if (bookmarks === 'wanted')
    stops.push(
      store.onProgress(() => {
        if (store.resourceVersion - told >= BOOKMARK_CHANGES) bookmark('progress');
      }),
    );
  return success({
    onEvent: listener => queue.listen(listener),
    close() {
      for (const stop of stops) stop();
      queue.close();
    },
  });
}

/** Keeps events until somebody listens. */
class EventQueue {
  #waiting: WatchEvent[] = [];
  #listener: ((event: WatchEvent) => void) | undefined;
  #isOpen = true;

  push(event: WatchEvent): void {
    if (!this.#isOpen) return;
    if (this.#listener === undefined) this.#waiting.push(event);
    else this.#listener(event);
  }

  listen(listener: (event: WatchEvent) => void): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#listener = listener;
    for (const event of waiting) if (this.#isOpen) listener(event);
  }

  close(): void {
    this.#isOpen = false;
    this.#waiting = [];
  }
}

type Show = (object: ApiObject) => Json;

/** A Table names its columns in the first event only. */
function shower(world: ApiWorld, { of }: Selection, shape: Shape): Show {
  let isFirst = true;
  return object => {
    if (shape.kind !== 'table') return showObject(of, object, shape, world.clock.now);
    const withColumns = isFirst;
    isFirst = false;
    const { resourceVersion } = object.metadata;
    return table(of, [object], shape.include, { resourceVersion }, world.clock.now, withColumns);
  };
}

/**
 * For the watcher an object that is no longer chosen is gone, and one that is chosen now is new. What is gone is shown
 * as it was before, with the resourceVersion of its end.
 */
function eventOf(selection: Selection, change: StoreChange, show: Show): WatchEvent | undefined {
  const { type, object, previous } = change;
  const was = previous !== undefined && isSelected(selection, previous);
  if (type !== 'DELETED' && isSelected(selection, object))
    return { type: was ? 'MODIFIED' : 'ADDED', object: show(object) };
  if (!was) return undefined;
  const { resourceVersion } = object.metadata;
  return { type: 'DELETED', object: show({ ...previous, metadata: { ...previous.metadata, resourceVersion } }) };
}

function tooOld(asked: number, oldest: number): Json {
  return statusOf(expired(`too old resource version: ${asked} (${oldest})`));
}

/** Only metadata, whatever else the kind has. */
function bookmarkOf({ of }: Selection, version: number, reason: 'progress' | 'initial-events-end'): ApiObject {
  const annotations = reason === 'progress' ? {} : { annotations: { 'k8s.io/initial-events-end': 'true' } };
  const metadata: Partial<ObjectMeta> = { resourceVersion: String(version), ...annotations };
  return finished({ kind: of.kind, apiVersion: of.apiVersion, metadata });
}
