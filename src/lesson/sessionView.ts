// What the page reads off a lesson's state: the phase of a step, what may be done now, where to go next, how far it is.

import type { PageFacts } from './checkContext.ts';
import type { Lesson, LessonStep } from './format.ts';
import { predictionsOf, questionsOf } from './lessonQuestions.ts';
import type { LessonPlace, LessonState } from './lessonState.ts';
import { questionOf, stepOf } from './session.ts';

/**
 * - `predict`: a prediction is open; commands of the step say "Run: predict first".
 * - `run`: predictions are locked, nothing was run yet.
 * - `observe`: something was run, the goals are not all met.
 * - `explain`: all goals are met (or were, once): the explanation is open.
 */
export type StepPhase = 'predict' | 'run' | 'observe' | 'explain';

/** Where a learner is in a step. */
export function phaseOf(step: LessonStep, state: LessonState): StepPhase {
  const own = stepOf(state, step.id);
  if (own?.outcome === 'passed') return 'explain';
  const isPredicted = predictionsOf(step).every(question => questionOf(state, question.id) !== undefined);
  if (!isPredicted) return 'predict';
  return own === undefined || own.runs === 0 ? 'run' : 'observe';
}

/** What the help of a step offers next. */
export type HelpOffer =
  /** "Hint 1 of 2" */
  | { readonly kind: 'hint'; readonly number: number; readonly of: number }
  | { readonly kind: 'solution' }
  | { readonly kind: 'none' };

/** The next help that a step has. */
export function helpOffer(step: LessonStep, state: LessonState): HelpOffer {
  const own = stepOf(state, step.id);
  const hints = own?.hints ?? 0;
  if (hints < step.hints.length) return { kind: 'hint', number: hints + 1, of: step.hints.length };
  return step.solution === undefined || own?.solution === 'shown' ? { kind: 'none' } : { kind: 'solution' };
}

/** The facts that the page's own checks of a step are answered from. */
export function pageFactsOf(state: LessonState, step: LessonStep): PageFacts {
  const answered = Object.keys(state.questions);
  return {
    clicks: stepOf(state, step.id)?.clicks ?? [],
    answered,
    answeredRight: answered.filter(id => questionOf(state, id)?.grade === 'right'),
  };
}

/** All places of a lesson, in order. */
export function placesOf(lesson: Lesson): readonly LessonPlace[] {
  return [
    ...lesson.steps.map(step => ({ kind: 'step' as const, step: step.id })),
    ...lesson.quiz.map(question => ({ kind: 'quiz' as const, question: question.id })),
  ];
}

/** The place before (-1) or after (1) the open one; undefined at either end. */
export function placeBeside(lesson: Lesson, state: LessonState, by: -1 | 1): LessonPlace | undefined {
  const places = placesOf(lesson);
  const here = places.findIndex(place => isSamePlace(place, state.place));
  return here < 0 ? undefined : places[here + by];
}

/** Whether two places are one. */
export function isSamePlace(a: LessonPlace, b: LessonPlace): boolean {
  if (a.kind === 'step') return b.kind === 'step' && a.step === b.step;
  return b.kind === 'quiz' && a.question === b.question;
}

/** How far a learner is, in counts. */
export interface LessonScore {
  readonly stepsPassed: number;
  readonly steps: number;
  readonly quizRight: number;
  /** Right at the first try. */
  readonly quizRightAtOnce: number;
  readonly quiz: number;
}

/** Counts what is done in a lesson; nothing, when it was not begun. */
export function scoreOf(lesson: Lesson, state: LessonState | undefined): LessonScore {
  const quiz = questionsOf(lesson).filter(placed => placed.role === 'quiz');
  const answers = quiz.map(placed => (state === undefined ? undefined : questionOf(state, placed.question.id)));
  return {
    stepsPassed: lesson.steps.filter(step => state !== undefined && stepOf(state, step.id)?.outcome === 'passed')
      .length,
    steps: lesson.steps.length,
    quizRight: answers.filter(answer => answer?.grade === 'right').length,
    quizRightAtOnce: answers.filter(answer => answer?.firstGrade === 'right').length,
    quiz: quiz.length,
  };
}
