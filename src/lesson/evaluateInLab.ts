// Answers the checks that are answered beside the lab. Runs in the Worker.

import type { CheckResult, CheckSpec } from './check.ts';
import type { LabFacts } from './checkContext.ts';
import { CHECKS } from './checks/index.ts';
import { readCheck } from './checks/readCheck.ts';
import { faultMessage } from './faultWords.ts';

/** One result a check, in order. A check that cannot be read, or is not for the lab, fails and says so. */
export function evaluateInLab(specs: readonly CheckSpec[], facts: LabFacts): readonly CheckResult[] {
  return specs.map(spec => {
    const reading = readCheck(spec, CHECKS);
    if (reading.kind === 'faulty') {
      return { kind: 'failed', because: `the check cannot be read: ${reading.faults.map(faultMessage).join('; ')}` };
    }
    return reading.value.place === 'lab'
      ? reading.value.evaluate(facts)
      : { kind: 'failed', because: 'the page answers this check, not the lab' };
  });
}
