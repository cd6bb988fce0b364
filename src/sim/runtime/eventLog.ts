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

/** An append-only list: what happened stays told, whatever is undone. */
export class EventLog {
  readonly #events: LabEvent[] = [];
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
}
