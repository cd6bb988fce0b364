// Puts a stored state beside a lesson that may have changed since: what still fits is kept, the rest falls away.

import type { Lesson, LessonStep } from './format.ts';
import { questionsOf } from './lessonQuestions.ts';
import type { LessonPlace, LessonState, QuestionState, StepState } from './lessonState.ts';
import { grade } from './quiz.ts';
import { questionOf, startLesson, stepOf } from './session.ts';
import { isSamePlace, placesOf } from './sessionView.ts';

/** What changed between the state and the lesson. */
export type Reconciled =
  | { readonly kind: 'same'; readonly state: LessonState }
  /** "This lesson changed since you did it. Your answers are kept; 1 question is new." */
  | { readonly kind: 'changed'; readonly state: LessonState; readonly newQuestions: number };

/**
 * The state as the lesson can go on from it. Answers are kept by id; goals of a step are looked at again when its
 * checks changed. A state of the same version is tidied too: it may come from damaged storage.
 */
export function reconcile(lesson: Lesson, stored: LessonState): Reconciled {
  const questions = questionsOf(lesson).flatMap(({ question }) => {
    const kept = questionOf(stored, question.id);
    const isReadable = kept !== undefined && grade(question, kept.last, kept.found).kind !== 'unreadable';
    return isReadable ? [[question.id, regraded(question, kept)] as const] : [];
  });
  const steps = lesson.steps.flatMap(step => {
    const kept = stepOf(stored, step.id);
    return kept === undefined ? [] : [[step.id, fitted(step, kept)] as const];
  });
  const fresh = startLesson(lesson, 0);
  const place: LessonPlace = placesOf(lesson).find(candidate => isSamePlace(candidate, stored.place)) ?? fresh.place;
  const state: LessonState = {
    lesson: lesson.id,
    version: lesson.version,
    place,
    steps: { ...fresh.steps, ...Object.fromEntries(steps) },
    questions: Object.fromEntries(questions),
  };
  if (stored.version === lesson.version) return { kind: 'same', state };
  const newQuestions = questionsOf(lesson).filter(({ question }) => questionOf(stored, question.id) === undefined);
  return { kind: 'changed', state, newQuestions: newQuestions.length };
}

/** The right answer may be another one now. The first try keeps its grade: that was the truth of its day. */
function regraded(question: Parameters<typeof grade>[0], kept: QuestionState): QuestionState {
  return { ...kept, grade: grade(question, kept.last, kept.found).kind === 'right' ? 'right' : 'wrong' };
}

function fitted(step: LessonStep, kept: StepState): StepState {
  const { nearMiss: _, ...rest } = kept;
  const hasSameGoals = kept.goals.length === step.checks.length;
  return {
    ...rest,
    goals: hasSameGoals ? kept.goals : step.checks.map(() => ({ kind: 'open' })),
    hints: Math.min(kept.hints, step.hints.length),
    solution: step.solution === undefined ? 'hidden' : kept.solution,
    nearMissStamps: step.nearMisses.map((_, index) => kept.nearMissStamps[index] ?? -1),
  };
}
