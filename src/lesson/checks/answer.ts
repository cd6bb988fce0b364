// `answer`: the learner answered a question of the step rightly.

import { parsed, record } from '../schema.ts';
import { definePageCheck } from './checkKind.ts';

/** Passed by a right answer to a question of the step. */
export const answer = definePageCheck({
  name: 'answer',
  fields: record({ question: parsed('the id of a question of this step', parseId) }, {}),
  goal: () => 'Answer the question',
  needs: fields => ({ question: fields.question, clicks: [] }),
  evaluate: (fields, facts) => {
    if (facts.answeredRight.includes(fields.question)) return { kind: 'passed', evidence: 'the answer is right' };
    return {
      kind: 'failed',
      because: facts.answered.includes(fields.question) ? 'the last answer was wrong' : 'there is no answer yet',
    };
  },
});

function parseId(written: string): string | undefined {
  return /^[a-z0-9][a-z0-9-]*$/.test(written) ? written : undefined;
}
