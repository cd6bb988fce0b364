// How a lab's time goes by: as fast as commands and the page want it, or with the machine's own.

import type { VirtualMs } from '../sim/index.ts';

export interface Pace {
  /** What passes when that much is asked for, by a command that sleeps or a clock that ticks. `now`: the lab's clock. */
  passing(now: VirtualMs, asked: VirtualMs): VirtualMs;
  /** A command that slept so long holds still; it always gives others a turn. */
  pause(slept: VirtualMs): Promise<void>;
}

/** A lab that waits for nobody: `sleep 60` takes a minute of its time and none of the learner's. */
export const FREE_PACE: Pace = { passing: (_, asked) => asked, pause: () => later(0) };

/**
 * A lab whose time is the machine's: it waits where settling was ahead, and catches up where it is behind.
 * @param machineNow what the lab's clock should say
 */
export function machinePace(machineNow: () => VirtualMs): Pace {
  return { passing: now => Math.max(0, machineNow() - now), pause: later };
}

function later(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}
