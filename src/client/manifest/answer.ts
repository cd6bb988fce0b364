// Answers what the editor asks about a text of manifests.

import { reviewManifests } from '../../shell/kubectl/review.ts';
import { formatManifests, type Lab } from '../../sim/index.ts';
import type { ManifestAnswers, ManifestQuestion } from './questions.ts';

type Answers = {
  readonly [Kind in ManifestQuestion['kind']]: (
    question: Extract<ManifestQuestion, { readonly kind: Kind }>,
    lab: Lab | undefined,
  ) => Promise<ManifestAnswers[Kind]> | ManifestAnswers[Kind];
};

const ANSWERS: Answers = {
  format: ({ text }) => formatManifests(text),
  review: ({ text }, lab) =>
    lab === undefined || lab.kind === 'recorded'
      ? []
      : reviewManifests(text, { lab, request: request => Promise.resolve(lab.request(request)) }),
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
