// The event log: what happened in the lab, in order, with its virtual time.

import type { VirtualMs } from './clock.ts';

/** One thing that happened. */
export interface LabEvent {
  readonly sequence: number;
  readonly time: VirtualMs;
  /**
   * - `api`: an object was created, changed or deleted.
   * - `controller`: a controller, the scheduler or a node agent acted (the words of `kubectl get events`).
   * - `kernel`: something was written to a node's kernel: interfaces, routes, rules.
   * - `packet`: a probe or a command sent packets.
   * - `lab`: the learner undid, redid, reset or opened something.
   */
  readonly source: 'api' | 'controller' | 'kernel' | 'packet' | 'lab';
  /** Who did it: `kubelet node-1`, `deployment-controller`, `kubectl`. */
  readonly actor: string;
  /** One word, as in the REASON column: `Created`, `Scheduled`, `SuccessfulCreate`. */
  readonly reason: string;
  /** The object it is about, as `kind/namespace/name`, `kind/name`, or a node's name. */
  readonly about?: string;
  readonly message: string;
  readonly type: 'Normal' | 'Warning';
}

export type EventEntry = Omit<LabEvent, 'sequence' | 'time'>;

/** The log as a value: shared with the live log until it grows. */
export interface EventLogState {
  readonly events: readonly LabEvent[];
  readonly length: number;
}

/** An append-only list. A snapshot is a length; restoring an earlier one forgets what came after it. */
export class EventLog {
  #events: LabEvent[] = [];
  readonly #now: () => VirtualMs;

  constructor(now: () => VirtualMs) {
    this.#now = now;
  }

  append(entry: EventEntry): LabEvent {
    const event: LabEvent = { ...entry, sequence: this.#events.length, time: this.#now() };
    this.#events.push(event);
    return event;
  }

  get length(): number {
    return this.#events.length;
  }

  /** The events from number `sequence` on. */
  since(sequence: number): readonly LabEvent[] {
    return this.#events.slice(sequence);
  }

  snapshot(): EventLogState {
    return { events: this.#events, length: this.#events.length };
  }

  restore(state: EventLogState): void {
    this.#events = state.events.slice(0, state.length);
  }
}
