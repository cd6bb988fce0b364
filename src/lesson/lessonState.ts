// Where a learner is in a lesson and what was done there: plain data that can be stored. session.ts changes it.

import type { ElementId } from '../sim/index.ts';
import type { Answer } from './format.ts';

/** What is kept of one lesson. Ids are the lesson's own, so that a changed lesson still finds its answers. */
export interface LessonState {
  readonly lesson: string;
  /** The version of the lesson that it was done with. */
  readonly version: number;
  readonly place: LessonPlace;
  /** Steps that were begun, by id. */
  readonly steps: Readonly<Record<string, StepState>>;
  /** Questions that were answered, by id: predictions, observations and the quiz. */
  readonly questions: Readonly<Record<string, QuestionState>>;
}

/** What is open. */
export type LessonPlace =
  | { readonly kind: 'step'; readonly step: string }
  | { readonly kind: 'quiz'; readonly question: string };

/** What was done in one step. */
export interface StepState {
  /** The number of the lab's event at which the step began. */
  readonly since: number;
  /** Commands run in it. */
  readonly runs: number;
  /** One a check of the step. */
  readonly goals: readonly GoalState[];
  /** Elements clicked in it, oldest first. */
  readonly clicks: readonly ElementId[];
  /** Hints shown, from the first. */
  readonly hints: number;
  readonly solution: 'hidden' | 'shown';
  /** One a near miss: the stamp of the last time that it was noticed; -1: it does not hold. */
  readonly nearMissStamps: readonly number[];
  /** The near miss that is shown: its index. */
  readonly nearMiss?: number;
  /**
   * - `open`: not all goals were met at once, or a prediction is missing.
   * - `passed`: they were, once; it stays so.
   */
  readonly outcome: 'open' | 'passed';
}

/** How one goal stands. */
export type GoalState =
  /** Not met yet; `because` says what was found instead, once it was looked at. */
  | { readonly kind: 'open'; readonly because?: string }
  | { readonly kind: 'met'; readonly evidence: string }
  /** Was met until `change` (`you scaled web to 0`), where that is known. */
  | { readonly kind: 'lost'; readonly because: string; readonly change?: string };

/** How one question was answered. */
export interface QuestionState {
  /** Answers given; ones that could not be read do not count. */
  readonly tries: number;
  readonly first: Answer;
  readonly firstGrade: 'right' | 'wrong';
  readonly last: Answer;
  readonly grade: 'right' | 'wrong';
  /** What the lab answered when the last answer was graded, for questions that the lab computes. */
  readonly found?: string;
}
