// `probe`: a question to the network, put in a fork of the lab whenever the lab changes.

import type { CheckResult } from '../check.ts';
import type { LabFacts } from '../checkContext.ts';
import { integer, type RecordOf, record } from '../schema.ts';
import { defineLabCheck } from './checkKind.ts';
import { endDetails, ends, nameOfEnds, probeBetween } from './journeyEnds.ts';
import { judgeJourney, outcomeFields, statedAnswer } from './journeyOutcome.ts';

const optional = { ...endDetails, ...outcomeFields, size: integer(0, 65_507) };
type Fields = RecordOf<typeof ends, typeof optional>;

/** Passed while a packet comes to this. */
export const probe = defineLabCheck<Fields>({
  name: 'probe',
  sort: 'asked',
  fields: record(ends, optional),
  goal: fields => `A packet ${nameOfEnds(fields)} gets ${fields.expect ?? 'there as described'}`,
  stated: statedAnswer,
  evaluate,
});

function evaluate(fields: Fields, facts: LabFacts): CheckResult {
  const outcome = probeBetween(fields, facts);
  if (outcome.kind === 'not-sent') return { kind: 'failed', because: outcome.because };
  const judgement = judgeJourney(fields, outcome.journey);
  return judgement.kind === 'fits'
    ? { kind: 'passed', evidence: judgement.evidence, found: judgement.found }
    : { kind: 'failed', because: judgement.because, found: judgement.found };
}
