// `seen`: since the step began, the learner sent something with these ends, and it came to this. With any tool.

import type { CheckResult } from '../check.ts';
import type { LabFacts, SeenJourney } from '../checkContext.ts';
import { type RecordOf, record } from '../schema.ts';
import { defineLabCheck } from './checkKind.ts';
import { endDetails, ends, fitsEnds, nameOfEnds } from './journeyEnds.ts';
import { judgeJourney, outcomeFields, statedAnswer, whatHappened } from './journeyOutcome.ts';

const optional = { ...ends, ...endDetails, ...outcomeFields };
type Fields = RecordOf<Record<never, never>, typeof optional>;

/** Passed by a packet of the learner that came to this. */
export const seen = defineLabCheck<Fields>({
  name: 'seen',
  sort: 'happened',
  fields: record({}, optional),
  goal: fields =>
    `Send a packet ${nameOfEnds(fields)}${fields.expect === undefined ? '' : ` and see ${fields.expect}`}`,
  stated: statedAnswer,
  evaluate,
});

/** The newest journey that fits decides; where none fits, the newest with these ends says what it was instead. */
function evaluate(fields: Fields, facts: LabFacts): CheckResult {
  const journeys = facts.journeys();
  let newest: CheckResult | undefined;
  for (const journey of [...journeys].reverse()) {
    if (!fitsEnds(fields, journey, facts)) continue;
    const judgement = judgeJourney(fields, journey);
    if (judgement.kind === 'fits') {
      return { kind: 'passed', evidence: judgement.evidence, found: judgement.found, stamp: journey.sequence };
    }
    newest ??= { kind: 'failed', because: judgement.because, found: judgement.found };
  }
  return newest ?? { kind: 'failed', because: nothingSent(fields, journeys) };
}

function nothingSent(fields: Fields, journeys: readonly SeenJourney[]): string {
  const last = journeys[journeys.length - 1];
  const instead = last === undefined ? '' : `; the last time, ${whatHappened(last)}`;
  return `nothing was sent ${nameOfEnds(fields)} yet${instead}`;
}
