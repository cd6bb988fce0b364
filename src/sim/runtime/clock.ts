// Virtual time: nothing in the core waits. Whoever wants to act later leaves an alarm; advancing the clock rings it.
//
// Alarms are data (who, what, when), never closures, so that a snapshot of the lab holds them.

import { invariant } from './errors.ts';

/** Milliseconds of virtual time since the lab was opened. */
export type VirtualMs = number;

/** Something that will happen at a moment of virtual time. */
export interface Alarm {
  readonly at: VirtualMs;
  /** Who is woken: the name that it registered with {@link Clock.onAlarm}. */
  readonly owner: string;
  /** What for, in the owner's own words; one owner has at most one alarm with a key. */
  readonly key: string;
  /**
   * - `once`: part of work under way. Settling waits for it.
   * - `periodic`: rings for ever (a route check, a probe). It rings only as time is played, never while settling.
   */
  readonly kind: 'once' | 'periodic';
  /** Order among alarms of one moment: first set, first rung. */
  readonly order: number;
}

/** The clock as a value. */
export interface ClockState {
  readonly now: VirtualMs;
  readonly order: number;
  readonly alarms: readonly Alarm[];
}

export type AlarmHandler = (key: string) => void;

export class Clock {
  #now: VirtualMs = 0;
  #order = 0;
  /** Sorted by time, then order. */
  #alarms: Alarm[] = [];
  readonly #handlers = new Map<string, AlarmHandler>();

  get now(): VirtualMs {
    return this.#now;
  }

  get alarms(): readonly Alarm[] {
    return this.#alarms;
  }

  onAlarm(owner: string, handler: AlarmHandler): void {
    this.#handlers.set(owner, handler);
  }

  offAlarm(owner: string): void {
    this.#handlers.delete(owner);
    this.#alarms = this.#alarms.filter(alarm => alarm.owner !== owner);
  }

  /** Sets (or moves) the alarm `key` of `owner` to `delay` milliseconds from now. */
  setAlarm(owner: string, key: string, delay: VirtualMs, kind: Alarm['kind'] = 'once'): void {
    invariant(delay >= 0, `alarm ${owner} ${key}: a delay of 0 ms or more, not ${delay}`);
    this.cancelAlarm(owner, key);
    const alarm: Alarm = { at: this.#now + delay, owner, key, kind, order: this.#order++ };
    let low = 0;
    let high = this.#alarms.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#alarms[middle];
      if (other !== undefined && other.at <= alarm.at) low = middle + 1;
      else high = middle;
    }
    this.#alarms.splice(low, 0, alarm);
  }

  cancelAlarm(owner: string, key: string): void {
    const index = this.#alarms.findIndex(alarm => alarm.owner === owner && alarm.key === key);
    if (index >= 0) this.#alarms.splice(index, 1);
  }

  /** The alarm that rings next, of one kind or of any. */
  next(kind?: Alarm['kind']): Alarm | undefined {
    return kind === undefined ? this.#alarms[0] : this.#alarms.find(alarm => alarm.kind === kind);
  }

  /** Moves time to `alarm` and rings it. Periodic alarms that are due before it ring too late rather than not at all. */
  ring(alarm: Alarm): void {
    const index = this.#alarms.indexOf(alarm);
    invariant(index >= 0, `an alarm that is set, not ${alarm.owner} ${alarm.key}`);
    this.#alarms.splice(index, 1);
    this.#now = Math.max(this.#now, alarm.at);
    this.#handlers.get(alarm.owner)?.(alarm.key);
  }

  /** Moves time on without ringing anything: a command took this long and the caller rings what fell due. */
  passTo(time: VirtualMs): void {
    invariant(time >= this.#now, `a time not before ${this.#now} ms, not ${time} ms`);
    this.#now = time;
  }

  snapshot(): ClockState {
    return { now: this.#now, order: this.#order, alarms: [...this.#alarms] };
  }

  restore(state: ClockState): void {
    this.#now = state.now;
    this.#order = state.order;
    this.#alarms = [...state.alarms];
  }
}
