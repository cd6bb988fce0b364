// Answers what the editor asks about a text of manifests.

import { reviewManifests } from '../../shell/kubectl/review.ts';
import { formatManifests, type Lab } from '../../sim/index.ts';
import { describeField } from './describe.ts';
import type { ManifestAnswers, ManifestQuestion } from './questions.ts';
import { suggest } from './suggest.ts';

type Answers = {
  readonly [Kind in ManifestQuestion['kind']]: (
    question: Extract<ManifestQuestion, { readonly kind: Kind }>,
    lab: Lab | undefined,
  ) => Promise<ManifestAnswers[Kind]> | ManifestAnswers[Kind];
};

/** A lab with an API server; a recorded cluster has none. */
const apiOf = (lab: Lab | undefined): Lab | undefined => (lab?.kind === 'recorded' ? undefined : lab);

const ANSWERS: Answers = {
  describe: ({ text, offset }, lab) => describeField(text, offset, apiOf(lab)),
  suggest: ({ text, offset }, lab) => suggest(text, offset, apiOf(lab)),
  format: ({ text }) => formatManifests(text),
  review({ text }, open) {
    const lab = apiOf(open);
    if (lab === undefined) return [];
    return reviewManifests(text, { lab, request: request => Promise.resolve(lab.request(request)) });
  },
};

/** @param lab the lab that is open; questions about the text alone need none */
export async function answerQuestion<Question extends ManifestQuestion>(
  question: Question,
  lab: Lab | undefined,
): Promise<ManifestAnswers[Question['kind']]> {
  // The table has one answer for each kind of question; the types of a union cannot say that the two belong together.
  const answer = ANSWERS[question.kind] as (
    asked: ManifestQuestion,
    of: Lab | undefined,
  ) => Promise<ManifestAnswers[Question['kind']]> | ManifestAnswers[Question['kind']];
  return answer(question, lab);
}
