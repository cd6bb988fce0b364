// When a snapshot of a lab is taken: after a change, at rest, and seldom enough.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type SnapshotTimer, snapshotTimer } from '../../src/client/snapshots.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

let taken: number[] = [];

/** @param cost what taking one takes, in milliseconds */
function timerOf(cost: number, outcome: () => 'taken' | 'busy' = () => 'taken'): SnapshotTimer {
  taken = [];
  let clock = 0;
  const now = (): number => performance.now() + clock;
  return snapshotTimer(() => {
    const ended = outcome();
    if (ended === 'taken') taken.push(Math.round(now()));
    clock += cost;
    return ended;
  }, now);
}

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

describe('a snapshot', () => {
  it('is taken a moment after the last answer, once', async () => {
    const timer = timerOf(10);
    timer.busy();
    timer.changed();
    await pass(1000);
    expect(taken).toHaveLength(0);
    timer.idle();
    await pass(250);
    expect(taken).toHaveLength(0);
    await pass(100);
    expect(taken).toHaveLength(1);
    await pass(60_000);
    expect(taken).toHaveLength(1);
  });

  it('waits while one question follows the other', async () => {
    const timer = timerOf(10);
    timer.changed();
    for (let i = 0; i < 20; i++) {
      await pass(200);
      timer.busy();
      timer.idle();
    }
    expect(taken).toHaveLength(0);
    await pass(300);
    expect(taken).toHaveLength(1);
  });

  it('that is large is taken so seldom that it costs a twentieth of the time', async () => {
    const timer = timerOf(1000);
    for (let i = 0; i < 100; i++) {
      timer.changed();
      await pass(1000);
    }
    // The clock stood still while they were taken.
    expect(taken.length).toBeLessThanOrEqual(6);
    expect(taken.length).toBeGreaterThan(3);
  });

  it('that cannot be taken in the middle of something is taken later', async () => {
    let isBusy = true;
    const timer = timerOf(0, () => (isBusy ? 'busy' : 'taken'));
    timer.changed();
    await pass(1000);
    expect(taken).toHaveLength(0);
    isBusy = false;
    await pass(400);
    expect(taken).toHaveLength(1);
  });

  it('is not taken where nothing was done', async () => {
    const timer = timerOf(0);
    timer.busy();
    timer.idle();
    await pass(60_000);
    expect(taken).toHaveLength(0);
  });
});
