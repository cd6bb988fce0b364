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
   * - `lab`: the learner ran a command, undid, redid or reset something.
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

/** The log as a value: the events that are kept, and how many there have been. */
export interface EventLogState {
  readonly events: readonly LabEvent[];
  readonly length: number;
}

/** Events kept; the page shows no more. Cutting off one at a time would copy the list with each event. */
const LIMIT = 2000;
const CUT_AT = 1.25 * LIMIT;

/** An append-only list, of which the latest are kept: what happened stays told, whatever is undone. */
export class EventLog {
  #events: LabEvent[] = [];
  #length = 0;
  readonly #now: () => VirtualMs;
  #onNext: (() => void) | undefined;

  constructor(now: () => VirtualMs) {
    this.#now = now;
  }

  append({ source, actor, reason, about, message, type }: EventEntry): LabEvent {
    this.#onNext?.();
    const event: LabEvent = {
      sequence: this.#length++,
      time: this.#now(),
      source,
      actor,
      reason,
      message,
      type,
      ...(about !== undefined && { about }),
    };
    if (this.#events.length === CUT_AT) this.#events = this.#events.slice(-LIMIT);
    this.#events.push(event);
    return event;
  }

  /** Is told before each event from now on, while everything is still as the events before left it. */
  beforeNext(listener: () => void): void {
    this.#onNext = listener;
  }

  snapshot(): EventLogState {
    return { events: [...this.#events], length: this.#length };
  }

  restore({ events, length }: EventLogState): void {
    this.#events = [...events];
    this.#length = length;
  }

  /** How many there have been. */
  get length(): number {
    return this.#length;
  }

  /** The events from number `sequence` on, as far as they are kept. */
  since(sequence: number): readonly LabEvent[] {
    const first = this.#length - this.#events.length;
    return this.#events.slice(Math.max(0, sequence - first)).slice(-LIMIT);
  }
}
