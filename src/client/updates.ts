// What changed in a lab since the page last heard of it.

import type { ElementId, ExchangeSummary, Lab, LabElement } from '../sim/index.ts';
import type { ClockView, LabUpdate } from './port.ts';

/** Remembers what was sent, so that only differences cross. */
export class UpdateSource {
  #elements: ReadonlyMap<ElementId, LabElement> = new Map();
  #events = 0;
  #exchanges = 0;
  #fresh = true;

  /** The next update is about another lab (or another listener): it begins from nothing. */
  restart(): void {
    this.#elements = new Map();
    this.#events = 0;
    this.#exchanges = 0;
    this.#fresh = true;
  }

  next(lab: Lab, isRunning: boolean, speed: number): LabUpdate {
    const now = lab.elements();
    const upserts = [...now]
      .filter(([id, element]) => this.#elements.get(id) !== element)
      .map(([, element]) => element);
    const removals = [...this.#elements.keys()].filter(id => !now.has(id));
    const exchanges: readonly ExchangeSummary[] = lab
      .exchangesSince(this.#exchanges)
      .map(record => lab.summarize(record));
    const update: LabUpdate = {
      fresh: this.#fresh,
      upserts,
      removals,
      events: lab.eventsSince(this.#events),
      exchanges,
      clock: clockView(lab, isRunning, speed),
      history: historyView(lab),
    };
    this.#elements = now;
    this.#events = lab.eventCount;
    this.#exchanges = lab.exchangeCount;
    this.#fresh = false;
    return update;
  }
}

function clockView(lab: Lab, running: boolean, speed: number): ClockView {
  const next = lab.nextAlarm;
  return { now: lab.now, running, speed, ...(next !== undefined && { next: { at: next.at, owner: next.owner } }) };
}

function historyView(lab: Lab): LabUpdate['history'] {
  const { undo, redo, changes } = lab.history;
  return { ...(undo !== undefined && { undo }), ...(redo !== undefined && { redo }), changes };
}
