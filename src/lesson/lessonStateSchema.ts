// What a stored lesson state must look like. Storage can be damaged, edited, or written by a later version.

import type { GoalState, LessonPlace, LessonState, QuestionState, StepState } from './lessonState.ts';
import { exactText, integer, list, mapOf, oneOf, record, type Schema, variant } from './schema.ts';

const MOST = Number.MAX_SAFE_INTEGER;
const count = integer(0, MOST);

const place: Schema<LessonPlace> = variant<LessonPlace>({
  step: record({ kind: oneOf('step'), step: exactText() }, {}),
  quiz: record({ kind: oneOf('quiz'), question: exactText() }, {}),
});

const goal: Schema<GoalState> = variant<GoalState>({
  open: record({ kind: oneOf('open') }, { because: exactText() }),
  met: record({ kind: oneOf('met'), evidence: exactText() }, {}),
  lost: record({ kind: oneOf('lost'), because: exactText() }, { change: exactText() }),
});

const step: Schema<StepState> = record(
  {
    since: count,
    runs: count,
    goals: list(goal),
    clicks: list(exactText()),
    hints: count,
    solution: oneOf('hidden', 'shown'),
    nearMissStamps: list(integer(-1, MOST)),
    outcome: oneOf('open', 'passed'),
  },
  { nearMiss: count },
);

const question: Schema<QuestionState> = record(
  {
    tries: count,
    first: list(exactText()),
    firstGrade: oneOf('right', 'wrong'),
    last: list(exactText()),
    grade: oneOf('right', 'wrong'),
  },
  { found: exactText() },
);

/** A lesson state as it is stored. */
export const lessonState: Schema<LessonState> = record(
  { lesson: exactText(), version: count, place, steps: mapOf(step), questions: mapOf(question) },
  {},
);
