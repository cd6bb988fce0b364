// The rhythm of controllers and node agents: watch, put keys on a queue, reconcile one key at a time.
//
// Reconciling is synchronous and never sees time pass; whoever must wait leaves an alarm on the clock.
//
// Read:    kubernetes/sample-controller; client-go util/workqueue.

import { invariant } from '../runtime/errors.ts';
import type { ApiChange, ApiClient, KindRef } from './client.ts';
import { type ApiObject, keyOf } from './objects.ts';

/** A kind that a controller watches, and which of its own keys a change concerns. */
export interface WatchSpec {
  readonly kind: KindRef<ApiObject>;
  readonly keys: (change: ApiChange<ApiObject>, api: ApiClient) => readonly string[];
}

export interface Controller {
  /** Unique; the actor in the event log: `deployment-controller`, `kubelet/node-1`. */
  readonly name: string;
  readonly watches: readonly WatchSpec[];
  /** Brings the world of one key from what is to what should be. Must be idempotent; a missing object is no error. */
  readonly reconcile: (api: ApiClient, key: string) => void;
}

/** Watches a kind; the key is the object's own. */
export function ofKind<T extends ApiObject>(kind: KindRef<T>): WatchSpec;
/** Watches a kind; `keys` says which keys a change concerns. */
export function ofKind<T extends ApiObject>(
  kind: KindRef<T>,
  keys: (change: ApiChange<T>, api: ApiClient) => readonly string[],
): WatchSpec;
export function ofKind<T extends ApiObject>(
  kind: KindRef<T>,
  keys: (change: ApiChange<T>, api: ApiClient) => readonly string[] = change => [keyOf(change.object)],
): WatchSpec {
  return { kind, keys: keys as WatchSpec['keys'] };
}

/** How a drain ended. */
export type DrainResult =
  /** Every queue is empty. */
  | { readonly kind: 'idle' }
  /** Controllers kept making work for each other; these still had keys. */
  | { readonly kind: 'busy'; readonly who: readonly string[] };

/** Runs controllers in the order in which keys were queued, one key at a time. */
export class ControllerRuntime {
  readonly #api: ApiClient;
  readonly #onProgress: () => void;
  readonly #controllers = new Map<
    string,
    { readonly controller: Controller; readonly api: ApiClient; readonly stop: readonly (() => void)[] }
  >();
  /** Keys that wait, as `name key`; a key that waits already is not queued twice. */
  readonly #queue = new Map<string, { readonly name: string; readonly key: string }>();

  /** @param onProgress is told after each key that was reconciled */
  constructor(api: ApiClient, onProgress: () => void = () => undefined) {
    this.#api = api;
    this.#onProgress = onProgress;
  }

  start(controller: Controller): void {
    invariant(!this.#controllers.has(controller.name), `a new name for a controller, not ${controller.name}`);
    const stop = controller.watches.map(watch =>
      this.#api.watch(watch.kind, change => {
        for (const key of watch.keys(change, this.#api)) this.enqueue(controller.name, key);
      }),
    );
    this.#controllers.set(controller.name, { controller, api: this.#api.as(controller.name), stop });
  }

  stop(name: string): void {
    for (const stop of this.#controllers.get(name)?.stop ?? []) stop();
    this.#controllers.delete(name);
  }

  enqueue(name: string, key: string): void {
    const id = `${name} ${key}`;
    if (!this.#queue.has(id)) this.#queue.set(id, { name, key });
  }

  get isIdle(): boolean {
    return this.#queue.size === 0;
  }

  /** Reconciles until no key waits, or `limit` keys were done. */
  drain(limit: number): DrainResult {
    for (let done = 0; done < limit; done++) {
      const next = this.#queue.entries().next();
      if (next.done === true) return { kind: 'idle' };
      const [id, { name, key }] = next.value;
      this.#queue.delete(id);
      const running = this.#controllers.get(name);
      running?.controller.reconcile(running.api, key);
      this.#onProgress();
    }
    return this.isIdle
      ? { kind: 'idle' }
      : { kind: 'busy', who: [...new Set([...this.#queue.values()].map(entry => entry.name))] };
  }

  /** Forgets what waits: after a snapshot is put back, queues are as empty as they were when it was taken. */
  clear(): void {
    this.#queue.clear();
  }
}
