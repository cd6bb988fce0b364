// Commands that wait let virtual time pass until what they wait for is there.

import type { KubectlCall } from './session.ts';

/** How often they look, and for how long: nothing in a lab takes longer than a Pod's grace period. */
const STEP_MS = 100;
const LIMIT_MS = 120_000;

/** Returns false when the learner cancelled or the time is up. */
export async function waitUntil(call: KubectlCall, isDone: () => Promise<boolean> | boolean): Promise<boolean> {
  const { context } = call;
  const end = context.lab.now + LIMIT_MS;
  while (!(await isDone())) {
    if (context.isCancelled() || context.lab.now >= end) return false;
    context.sleep(STEP_MS);
    await context.breathe();
  }
  return true;
}
