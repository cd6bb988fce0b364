// Plays a lesson as a learner would: through the session's own reducer, with a lab beside it.

import type { CheckResult, CheckSpec } from '../../src/lesson/check.ts';
import { evaluateInLab } from '../../src/lesson/evaluateInLab.ts';
import { evaluateStep } from '../../src/lesson/evaluateStep.ts';
import type { Answer, Lesson, LessonStep } from '../../src/lesson/format.ts';
import { findQuestion } from '../../src/lesson/lessonQuestions.ts';
import type { LessonState, StepState } from '../../src/lesson/lessonState.ts';
import { type LessonAction, reduceLesson, startLesson, stepOf } from '../../src/lesson/session.ts';
import { pageFactsOf } from '../../src/lesson/sessionView.ts';
import type { ElementId } from '../../src/sim/index.ts';
import { type LessonLab, openLessonLab } from './lessonLab.ts';

/** A lesson in the hands of a learner. */
export interface Play {
  readonly lesson: Lesson;
  readonly lab: LessonLab;
  readonly state: LessonState;
}

/** What a learner does in a step. */
export interface Doings {
  readonly commands?: readonly string[];
  readonly answers?: Readonly<Record<string, Answer>>;
  readonly clicks?: readonly ElementId[];
}

/** The lesson opened, with the solutions of the steps before `step` done: where that step begins. */
export async function playUpTo(lesson: Lesson, step: LessonStep | undefined): Promise<Play> {
  const lab = openLessonLab(lesson.scenario);
  let play: Play = { lesson, lab, state: startLesson(lesson, lab.events()) };
  for (const earlier of lesson.steps) {
    play = openStep(play, earlier);
    if (earlier === step) return play;
    play = await doInStep(play, earlier, earlier.solution ?? {});
  }
  return play;
}

function openStep(play: Play, step: LessonStep): Play {
  return act(play, { kind: 'open-step', step: step.id, events: play.lab.events() });
}

function act(play: Play, action: LessonAction): Play {
  return { ...play, state: reduceLesson(play.lesson, play.state, action) };
}

/** Answers, runs and clicks, then lets the step be checked. */
export async function doInStep(play: Play, step: LessonStep, doings: Doings): Promise<Play> {
  let now = play;
  for (const line of doings.commands ?? []) {
    await now.lab.run(line);
    now = act(now, { kind: 'ran' });
  }
  for (const [question, answer] of Object.entries(doings.answers ?? {})) {
    const found = foundFor(now, step, question);
    now = act(now, { kind: 'answer', question, answer, ...(found !== undefined && { found }) });
  }
  for (const element of doings.clicks ?? []) now = act(now, { kind: 'clicked', element });
  const findings = await evaluateStep(step, pageFactsOf(now.state, step), specs => askLab(now, step, specs));
  return act(now, { kind: 'checked', step: step.id, findings });
}

function askLab(play: Play, step: LessonStep, specs: readonly CheckSpec[]): Promise<readonly CheckResult[]> {
  return Promise.resolve(evaluateInLab(specs, play.lab.factsSince(stateOf(play, step).since)));
}

/** What the lab computes for a question that it computes. */
function foundFor(play: Play, step: LessonStep, id: string): string | undefined {
  const question = findQuestion(play.lesson, id)?.question;
  const computed = question !== undefined && 'computed' in question ? question.computed : undefined;
  if (computed === undefined) return undefined;
  return evaluateInLab([computed], play.lab.factsSince(stateOf(play, step).since))[0]?.found;
}

/** What the session keeps of a step that was begun. */
export function stateOf(play: Play, step: LessonStep): StepState {
  const own = stepOf(play.state, step.id);
  if (own === undefined) throw new Error(`step ${step.id} was not begun`);
  return own;
}
