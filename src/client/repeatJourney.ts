// A journey repeated, a few runs at a time: whoever asks for something else meanwhile is answered.

import type { Lab, TalliedOutcome } from '../sim/index.ts';
import { FREE_PACE } from './pace.ts';
import { MOST_REPEATS, type RepeatReport } from './port.ts';

/** Runs between two pauses. */
const RUNS_AT_ONCE = 5;

/** Undefined: the lab does not keep the journey. Ends early when `signal` says so. */
export async function repeatJourney(
  lab: Lab,
  exchange: string,
  count: number,
  signal: AbortSignal,
): Promise<RepeatReport | undefined> {
  const repetition = lab.repeat(exchange);
  if (repetition === undefined) return undefined;
  const wanted = Math.max(1, Math.min(MOST_REPEATS, Math.floor(count)));
  let outcomes: readonly TalliedOutcome[] = [];
  let runs = 0;
  while (runs < wanted && !signal.aborted) {
    outcomes = repetition.next().value ?? outcomes;
    if (++runs % RUNS_AT_ONCE === 0) await FREE_PACE.pause(0);
  }
  return { runs, outcomes };
}
