// How a lab's time goes by: as fast as commands and the page want it, or with the machine's own.

import type { VirtualMs } from '../sim/index.ts';

export interface Pace {
  /** Whether doing the same again takes the same time: then the lab can be made again from what was done in it. */
  readonly kind: 'repeatable' | 'unrepeatable';
  /** What passes when the clock ticks, `asked` after the last time. `now`: what the lab's clock says. */
  tick(now: VirtualMs, asked: VirtualMs): VirtualMs;
  /** What passes when a command sleeps so long. */
  sleep(now: VirtualMs, asked: VirtualMs): VirtualMs;
  /** A command that slept so long holds still; it always gives others a turn. */
  pause(slept: VirtualMs): Promise<void>;
}

/** A lab that waits for nobody: `sleep 60` takes a minute of its time and none of the learner's. */
export const FREE_PACE: Pace = {
  kind: 'repeatable',
  tick: (_, asked) => asked,
  sleep: (_, asked) => asked,
  pause: () => later(0),
};

/**
 * A lab whose time is the machine's, less a lag: it waits where settling was ahead, and catches up where it is behind.
 * Commands that sleep may use up the lag, and never get ahead of the machine.
 */
export function machinePace(machineNow: () => VirtualMs, lag: VirtualMs): Pace {
  return {
    kind: 'unrepeatable',
    tick: now => Math.max(0, machineNow() - lag - now),
    sleep: (now, asked) => Math.min(asked, Math.max(0, machineNow() - now)),
    pause: later,
  };
}

function later(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}
