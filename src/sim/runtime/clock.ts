// Virtual time: nothing in the core waits. Whoever wants to act later leaves an alarm; advancing the clock rings it.
//
// Alarms are data (who, what, when), never closures, so that a snapshot of the lab holds them.

import { AlarmHeap } from './alarmHeap.ts';
import { CowMap } from './cowMap.ts';
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
   * - `periodic`: rings for ever (a route check, a probe), or far from now (a deadline). It rings only as time is
   *   played, never while settling.
   */
  readonly kind: 'once' | 'periodic';
  /** Order among alarms of one moment: first set, first rung. */
  readonly order: number;
}

/** The clock as a value. */
export interface ClockState {
  readonly now: VirtualMs;
  readonly order: number;
  /** By owner and key. */
  readonly alarms: ReadonlyMap<string, Alarm>;
}

export type AlarmHandler = (key: string) => void;

export class Clock {
  #now: VirtualMs = 0;
  #order = 0;
  readonly #alarms = new CowMap<string, Alarm>();
  /** What is set, and what was moved or cancelled since: the map tells them apart. */
  readonly #heaps = { once: new AlarmHeap(), periodic: new AlarmHeap() } as const;
  readonly #handlers = new Map<string, AlarmHandler>();

  get now(): VirtualMs {
    return this.#now;
  }

  onAlarm(owner: string, handler: AlarmHandler): void {
    this.#handlers.set(owner, handler);
  }

  /** Sets (or moves) the alarm `key` of `owner` to `delay` milliseconds from now. */
  setAlarm(owner: string, key: string, delay: VirtualMs, kind: Alarm['kind'] = 'once'): void {
    invariant(delay >= 0, `alarm ${owner} ${key}: a delay of 0 ms or more, not ${delay}`);
    const alarm: Alarm = { at: this.#now + delay, owner, key, kind, order: this.#order++ };
    this.#alarms.set(alarmId(owner, key), alarm);
    const heap = this.#heaps[kind];
    heap.push(alarm);
    if (heap.size > 2 * this.#alarms.size + 64) this.#rebuild();
  }

  cancelAlarm(owner: string, key: string): void {
    this.#alarms.delete(alarmId(owner, key));
  }

  /** The alarm of that owner and key, if it is set. */
  alarm(owner: string, key: string): Alarm | undefined {
    return this.#alarms.get(alarmId(owner, key));
  }

  /** The alarm that rings next, of one kind or of any. */
  next(kind?: Alarm['kind']): Alarm | undefined {
    if (kind !== undefined) return this.#heaps[kind].first(this.#isSet);
    const [once, periodic] = [this.next('once'), this.next('periodic')];
    if (once === undefined || periodic === undefined) return once ?? periodic;
    return AlarmHeap.isBefore(once, periodic) ? once : periodic;
  }

  readonly #isSet = (alarm: Alarm): boolean => this.#alarms.get(alarmId(alarm.owner, alarm.key)) === alarm;

  /** Moves time to `alarm` and rings it. Periodic alarms that are due before it ring too late rather than not at all. */
  ring(alarm: Alarm): void {
    invariant(this.#isSet(alarm), `an alarm that is set, not ${alarm.owner} ${alarm.key}`);
    this.#alarms.delete(alarmId(alarm.owner, alarm.key));
    this.#now = Math.max(this.#now, alarm.at);
    this.#handlers.get(alarm.owner)?.(alarm.key);
  }

  /** Moves time on without ringing anything: a command took this long and the caller rings what fell due. */
  passTo(time: VirtualMs): void {
    invariant(time >= this.#now, `a time not before ${this.#now} ms, not ${time} ms`);
    this.#now = time;
  }

  snapshot(): ClockState {
    return { now: this.#now, order: this.#order, alarms: this.#alarms.snapshot() };
  }

  restore(state: ClockState): void {
    this.#now = state.now;
    this.#order = state.order;
    this.#alarms.restore(state.alarms);
    this.#rebuild();
  }

  #rebuild(): void {
    const all = [...this.#alarms.values()];
    this.#heaps.once.fill(all.filter(alarm => alarm.kind === 'once'));
    this.#heaps.periodic.fill(all.filter(alarm => alarm.kind === 'periodic'));
  }
}

function alarmId(owner: string, key: string): string {
  return `${owner} ${key}`;
}
