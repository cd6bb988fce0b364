// Watches: what happens to the chosen objects from some moment on.
//
// Models:  a start from any resourceVersion that the history still has, from now, or with all objects first; objects that come
//          to be chosen, or cease to be; Tables; the differences when an earlier state of the lab is put back.
// Omits:   bookmarks but the one that ends the initial events; timeouts.
// Read:    kubernetes.io/docs/reference/using-api/api-concepts, "Efficient detection of changes", "Streaming lists".

import { failure, type Result, success } from '../../runtime/errors.ts';
import { badRequest, resourceExpired, statusOf } from '../apiError.ts';
import type { ApiError } from '../client.ts';
import type { ApiRequest, WatchEvent, WatchStream } from '../request.ts';
import type { StoreChange } from '../store.ts';
import type { ApiWorld } from '../world.ts';
import { type Shape, showObject, table } from './answer.ts';
import { isSelected, type Selection, select } from './selection.ts';

export function openWatch(
  world: ApiWorld,
  request: ApiRequest,
  selection: Selection,
  shape: Shape,
): Result<WatchStream, ApiError> {
  const { resourceVersion: from = '', sendInitialEvents = 'false' } = request.query ?? {};
  if (from !== '' && !/^\d+$/.test(from)) {
    const message = `invalid resource version ${JSON.stringify(from)}: strconv.ParseUint: parsing ${JSON.stringify(from)}: invalid syntax`;
    return failure(badRequest(message));
  }
  const queue = new EventQueue();
  const show = shower(world, selection, shape);
  const { store } = world;
  if (from === '' || from === '0' || sendInitialEvents === 'true') {
    for (const object of select(store.table(selection.of), selection))
      queue.push({ type: 'ADDED', object: show(object) });
    if (sendInitialEvents === 'true') queue.push(endOfInitialEvents(world, selection));
  } else {
    const missed = store.changesAfter(selection.of, Number(from));
    // The server notices this only when the watch has begun, so the answer is an event.
    if (missed === undefined)
      queue.push({ type: 'ERROR', object: statusOf(resourceExpired(Number(from), store.oldestVersion)) });
    for (const change of missed ?? []) pushChange(queue, selection, change, show);
  }
  const stops = [
    store.onChange(selection.of, change => pushChange(queue, selection, change, show)),
    store.onRestore(change => {
      if (change.kind === selection.of) pushChange(queue, selection, change, show);
    }),
  ];
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

type Show = (object: StoreChange['object']) => WatchEvent['object'];

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

/** For the watcher an object that is no longer chosen is gone, and one that is chosen now is new. */
function pushChange(queue: EventQueue, selection: Selection, change: StoreChange, show: Show): void {
  const { type, object, previous } = change;
  const was = previous !== undefined && isSelected(selection, previous);
  const is = type !== 'DELETED' && isSelected(selection, object);
  if (is) queue.push({ type: was ? 'MODIFIED' : 'ADDED', object: show(object) });
  else if (was) queue.push({ type: 'DELETED', object: show(object) });
}

function endOfInitialEvents(world: ApiWorld, { of }: Selection): WatchEvent {
  const metadata = {
    resourceVersion: String(world.store.resourceVersion),
    annotations: { 'k8s.io/initial-events-end': 'true' },
  };
  const { apiVersion, kind } = of;
  return { type: 'BOOKMARK', object: { apiVersion, kind, metadata } };
}
