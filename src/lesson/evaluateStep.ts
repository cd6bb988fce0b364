// Answers all checks of a step: the page's own at once, the lab's in one request.

import type { CheckResult, CheckSpec } from './check.ts';
import type { PageFacts } from './checkContext.ts';
import { PAGE_CHECKS } from './checks/page.ts';
import { readCheck } from './checks/readCheck.ts';
import type { LessonStep } from './format.ts';

/** What the checks of a step found. */
export interface StepFindings {
  /** One a goal, in the order of the step's checks. */
  readonly goals: readonly CheckResult[];
  /** One a near miss: whether all that it waits for holds. */
  readonly nearMisses: readonly NearMissFinding[];
}

/** Whether a near miss holds. */
export type NearMissFinding =
  | { readonly kind: 'absent' }
  /** `stamp` grows with every time that it happens again. */
  | { readonly kind: 'holds'; readonly stamp: number };

/** Answers a check of the page; undefined when it is one of the lab's. */
export function evaluateOnPage(spec: CheckSpec, facts: PageFacts): CheckResult | undefined {
  const name = Object.keys(spec)[0];
  if (!PAGE_CHECKS.some(kind => kind.name === name)) return undefined;
  const reading = readCheck(spec, PAGE_CHECKS);
  if (reading.kind === 'faulty') {
    return { kind: 'failed', because: `the check cannot be read: ${reading.faults.map(f => f.expected).join('; ')}` };
  }
  return reading.value.place === 'page' ? reading.value.evaluate(facts) : undefined;
}

/**
 * Answers the checks and near misses of a step.
 * @param askLab answers the lab's checks, in order: `LabClient.check` with the event at which the step began
 */
export async function evaluateStep(
  step: LessonStep,
  facts: PageFacts,
  askLab: (specs: readonly CheckSpec[]) => Promise<readonly CheckResult[]>,
): Promise<StepFindings> {
  const specs = [...step.checks.map(check => check.spec), ...step.nearMisses.flatMap(near => near.when)];
  const onPage = specs.map(spec => evaluateOnPage(spec, facts));
  const forLab = specs.filter((_, index) => onPage[index] === undefined);
  const fromLab = (forLab.length === 0 ? [] : await askLab(forLab)).values();
  const results = onPage.map(result => result ?? nextResult(fromLab));
  const goals = results.slice(0, step.checks.length);
  let from = step.checks.length;
  const nearMisses = step.nearMisses.map(near => {
    const own = results.slice(from, from + near.when.length);
    from += near.when.length;
    return findingOf(own);
  });
  return { goals, nearMisses };
}

function nextResult(results: Iterator<CheckResult, unknown>): CheckResult {
  const next = results.next();
  return next.done === true ? { kind: 'failed', because: 'the lab did not answer' } : next.value;
}

function findingOf(results: readonly CheckResult[]): NearMissFinding {
  let stamp = 0;
  for (const result of results) {
    if (result.kind === 'failed') return { kind: 'absent' };
    stamp = Math.max(stamp, result.stamp ?? 0);
  }
  return { kind: 'holds', stamp };
}
