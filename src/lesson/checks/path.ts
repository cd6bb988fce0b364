// `path`: the way that a packet between two ends takes now, whatever the verdict.

import type { CheckResult } from '../check.ts';
import type { LabFacts } from '../checkContext.ts';
import { type RecordOf, record } from '../schema.ts';
import { defineLabCheck } from './checkKind.ts';
import { endDetails, ends, nameOfEnds, probeBetween } from './journeyEnds.ts';
import { whatHappened } from './journeyOutcome.ts';
import { differenceOfPath, pathFields } from './journeyPath.ts';

const optional = { ...endDetails, ...pathFields };
type Fields = RecordOf<typeof ends, typeof optional>;

/** Passed while a packet takes this way. */
export const path = defineLabCheck<Fields>({
  name: 'path',
  sort: 'asked',
  fields: record(ends, optional),
  goal: fields => `A packet ${nameOfEnds(fields)} takes the described way`,
  evaluate,
});

function evaluate(fields: Fields, facts: LabFacts): CheckResult {
  const outcome = probeBetween(fields, facts);
  if (outcome.kind === 'not-sent') return { kind: 'failed', because: outcome.because };
  const because = differenceOfPath(fields, outcome.journey.view());
  return because === undefined
    ? { kind: 'passed', evidence: whatHappened(outcome.journey) }
    : { kind: 'failed', because };
}
