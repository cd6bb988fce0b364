// Alarms in the order in which they ring: a binary heap. Cancelled alarms stay in it until they come to the top.

import type { Alarm } from './clock.ts';

export class AlarmHeap {
  #heap: Alarm[] = [];

  static isBefore(a: Alarm, b: Alarm): boolean {
    return a.at < b.at || (a.at === b.at && a.order < b.order);
  }

  /** Cancelled ones included. */
  get size(): number {
    return this.#heap.length;
  }

  fill(alarms: readonly Alarm[]): void {
    // A sorted list is a heap.
    this.#heap = [...alarms].sort((a, b) => (AlarmHeap.isBefore(a, b) ? -1 : 1));
  }

  push(alarm: Alarm): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(alarm);
    while (at > 0) {
      const above = (at - 1) >>> 1;
      const parent = heap[above];
      if (parent === undefined || !AlarmHeap.isBefore(alarm, parent)) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = alarm;
  }

  /** The first alarm that is still set. */
  first(isSet: (alarm: Alarm) => boolean): Alarm | undefined {
    for (;;) {
      const top = this.#heap[0];
      if (top === undefined || isSet(top)) return top;
      this.#dropTop();
    }
  }

  #dropTop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      const [left, right] = [heap[below], heap[below + 1]];
      if (left !== undefined && right !== undefined && AlarmHeap.isBefore(right, left)) below++;
      const child = heap[below];
      if (child === undefined || !AlarmHeap.isBefore(child, last)) break;
      heap[at] = child;
      at = below;
    }
    heap[at] = last;
  }
}
