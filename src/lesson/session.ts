// The flow of a lesson as a pure reducer: predict (locked before the run, graded, never blocking), run, observe, explain.
//
// An action that does not fit (a second prediction, a solution before the hints) changes nothing: the state that is
// returned is then the very one that came in.

import type { ElementId } from '../sim/index.ts';
import type { CheckResult } from './check.ts';
import type { NearMissFinding, StepFindings } from './evaluateStep.ts';
import type { Answer, Lesson, LessonStep } from './format.ts';
import { findQuestion, predictionsOf } from './lessonQuestions.ts';
import type { GoalState, LessonState, QuestionState, StepState } from './lessonState.ts';
import { grade } from './quiz.ts';

/** What can happen in a lesson. */
export type LessonAction =
  /** A step is opened; the first time it begins at the lab's event `events`. */
  | { readonly kind: 'open-step'; readonly step: string; readonly events: number }
  | { readonly kind: 'open-question'; readonly question: string }
  /** An answer; to a prediction it is the only one. `found`: what the lab computed for the question. */
  | { readonly kind: 'answer'; readonly question: string; readonly answer: Answer; readonly found?: string }
  /** A command was run while a step was open. */
  | { readonly kind: 'ran' }
  /** An element was picked on the graph. */
  | { readonly kind: 'clicked'; readonly element: ElementId }
  /** The checks of a step were evaluated. `change` is what was done to the lab before: `you scaled web to 0`. */
  | { readonly kind: 'checked'; readonly step: string; readonly findings: StepFindings; readonly change?: string }
  | { readonly kind: 'show-hint' }
  | { readonly kind: 'show-solution' }
  /** The lab was opened afresh: its events count from the start again. */
  | { readonly kind: 'lab-opened'; readonly events: number };

/** Clicks kept in a step; the oldest are forgotten. */
const MOST_CLICKS = 100;

/** A lesson opened for the first time. */
export function startLesson(lesson: Lesson, events: number): LessonState {
  const first = lesson.steps[0];
  const question = lesson.quiz[0];
  const empty = { lesson: lesson.id, version: lesson.version, steps: {}, questions: {} };
  if (first === undefined) return { ...empty, place: { kind: 'quiz', question: question?.id ?? '' } };
  const place = { kind: 'step', step: first.id } as const;
  return { ...empty, place, steps: { [first.id]: beginStep(first, events) } };
}

function beginStep(step: LessonStep, since: number): StepState {
  return {
    since,
    runs: 0,
    goals: step.checks.map(() => ({ kind: 'open' })),
    clicks: [],
    hints: 0,
    solution: 'hidden',
    nearMissStamps: step.nearMisses.map(() => -1),
    outcome: 'open',
  };
}

/** The state after an action. */
export function reduceLesson(lesson: Lesson, state: LessonState, action: LessonAction): LessonState {
  switch (action.kind) {
    case 'open-step':
      return openStep(lesson, state, action.step, action.events);
    case 'open-question':
      return lesson.quiz.some(question => question.id === action.question)
        ? { ...state, place: { kind: 'quiz', question: action.question } }
        : state;
    case 'answer':
      return answered(lesson, state, action);
    case 'ran':
      return inOpenStep(lesson, state, (_, own) => ({ ...own, runs: own.runs + 1 }));
    case 'clicked':
      return inOpenStep(lesson, state, (_, own) => ({
        ...own,
        clicks: [...own.clicks, action.element].slice(-MOST_CLICKS),
      }));
    case 'checked':
      return checked(lesson, state, action);
    case 'show-hint':
      return inOpenStep(lesson, state, (step, own) =>
        own.hints < step.hints.length ? { ...own, hints: own.hints + 1 } : own,
      );
    case 'show-solution':
      return inOpenStep(lesson, state, (step, own) =>
        step.solution !== undefined && own.hints >= step.hints.length ? { ...own, solution: 'shown' } : own,
      );
    case 'lab-opened':
      return {
        ...state,
        steps: Object.fromEntries(
          Object.entries(state.steps).map(([id, own]) => [id, { ...own, since: action.events }]),
        ),
      };
  }
}

function openStep(lesson: Lesson, state: LessonState, id: string, events: number): LessonState {
  const step = lesson.steps.find(candidate => candidate.id === id);
  if (step === undefined) return state;
  const own = stepOf(state, id) ?? beginStep(step, events);
  return { ...state, place: { kind: 'step', step: id }, steps: { ...state.steps, [id]: own } };
}

/** The state of a step that was begun. */
export function stepOf(state: LessonState, id: string): StepState | undefined {
  return Object.hasOwn(state.steps, id) ? state.steps[id] : undefined;
}

/** The state of a question that was answered. */
export function questionOf(state: LessonState, id: string): QuestionState | undefined {
  return Object.hasOwn(state.questions, id) ? state.questions[id] : undefined;
}

function inOpenStep(
  lesson: Lesson,
  state: LessonState,
  change: (step: LessonStep, own: StepState) => StepState,
): LessonState {
  const { place } = state;
  return place.kind === 'step' ? changeStep(lesson, state, place.step, change) : state;
}

function changeStep(
  lesson: Lesson,
  state: LessonState,
  id: string,
  change: (step: LessonStep, own: StepState) => StepState,
): LessonState {
  const step = lesson.steps.find(candidate => candidate.id === id);
  const own = stepOf(state, id);
  if (step === undefined || own === undefined) return state;
  const next = change(step, own);
  return next === own ? state : { ...state, steps: { ...state.steps, [id]: next } };
}

function answered(
  lesson: Lesson,
  state: LessonState,
  action: Extract<LessonAction, { readonly kind: 'answer' }>,
): LessonState {
  const place = findQuestion(lesson, action.question);
  if (place === undefined) return state;
  const before = questionOf(state, action.question);
  const isSettled = before !== undefined && (place.role === 'prediction' || before.grade === 'right');
  if (isSettled) return state;
  const result = grade(place.question, action.answer, action.found);
  if (result.kind === 'unreadable') return state;
  const next: QuestionState = {
    tries: (before?.tries ?? 0) + 1,
    first: before?.first ?? action.answer,
    firstGrade: before?.firstGrade ?? result.kind,
    last: action.answer,
    grade: result.kind,
    ...(action.found !== undefined && { found: action.found }),
  };
  const answeredState = { ...state, questions: { ...state.questions, [action.question]: next } };
  return place.step === undefined ? answeredState : withOutcome(lesson, answeredState, place.step);
}

function checked(
  lesson: Lesson,
  state: LessonState,
  action: Extract<LessonAction, { readonly kind: 'checked' }>,
): LessonState {
  const { findings } = action;
  const next = changeStep(lesson, state, action.step, (step, own) => {
    const goals = own.goals.map((goal, index) => {
      const sort = step.checks[index]?.sort ?? 'asked';
      return goalAfter(goal, findings.goals[index], sort, action.change);
    });
    const isMet = goals.every(goal => goal.kind === 'met');
    const hasProgress = goals.some((goal, index) => goal.kind === 'met' && own.goals[index]?.kind !== 'met');
    return { ...withNearMiss(own, findings.nearMisses, isMet, hasProgress), goals };
  });
  return withOutcome(lesson, next, action.step);
}

function goalAfter(
  goal: GoalState,
  result: CheckResult | undefined,
  sort: 'asked' | 'happened',
  change: string | undefined,
): GoalState {
  if (result === undefined) return goal;
  if (result.kind === 'passed') return { kind: 'met', evidence: result.evidence };
  const { because } = result;
  switch (goal.kind) {
    case 'open':
      return { kind: 'open', because };
    case 'met':
      if (sort === 'happened') return goal;
      return { kind: 'lost', because, ...(change !== undefined && { change }) };
    case 'lost':
      return { ...goal, because };
  }
}

/**
 * Shows the near miss that happened last, as long as it holds and the goals are not met. Whoever has met a goal since is
 * past it.
 */
function withNearMiss(
  own: StepState,
  findings: readonly NearMissFinding[],
  isMet: boolean,
  hasProgress: boolean,
): StepState {
  const stampNow = (index: number): number => {
    const finding = findings[index];
    return finding?.kind === 'holds' ? Math.max(finding.stamp, own.nearMissStamps[index] ?? -1) : -1;
  };
  const nearMissStamps = own.nearMissStamps.map((_, index) => stampNow(index));
  const holding = [...nearMissStamps.keys()].filter(index => (nearMissStamps[index] ?? -1) >= 0);
  const happened = holding.filter(index => (nearMissStamps[index] ?? -1) > (own.nearMissStamps[index] ?? -1));
  const before = own.nearMiss;
  const candidates = before === undefined ? happened : happened.length > 0 ? happened : holding;
  const isStillThere = happened.length === 0 && before !== undefined && holding.includes(before);
  const isPast = hasProgress && happened.length === 0;
  const shown = isPast ? undefined : isStillThere ? before : candidates[candidates.length - 1];
  const { nearMiss: _, ...rest } = own;
  return { ...rest, nearMissStamps, ...(shown !== undefined && !isMet && { nearMiss: shown }) };
}

/** Marks a step as passed once its goals are met at the same time and its predictions are locked. */
function withOutcome(lesson: Lesson, state: LessonState, id: string): LessonState {
  return changeStep(lesson, state, id, (step, own) => {
    const isPassed =
      own.outcome === 'open' &&
      own.goals.every(goal => goal.kind === 'met') &&
      predictionsOf(step).every(question => questionOf(state, question.id) !== undefined);
    return isPassed ? { ...own, outcome: 'passed' } : own;
  });
}
