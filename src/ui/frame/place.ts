// Where the learner is, in words and in bars: for the header and the phone's head.

import { useMemo } from 'react';
import { stepOf } from '../../lesson/session.ts';
import { lessonsOf, type PlacedLesson } from '../../store/courseSource.ts';
import { useLesson, useStores } from '../StoresContext.ts';
import * as WORDS from './pageWords.ts';

export type StepMark = 'done' | 'current' | 'open';

export interface PlaceInLesson {
  /** `Step 2 of 4`, `Quiz, question 1 of 7` */
  readonly text: string;
  readonly steps: readonly { readonly id: string; readonly mark: StepMark }[];
}

/** The open place of the open lesson. */
export function usePlace(): PlaceInLesson | undefined {
  const lesson = useLesson(state => state.lesson);
  const session = useLesson(state => state.session);
  return useMemo(() => {
    if (lesson === undefined || session === undefined) return undefined;
    const { place } = session;
    const here = place.kind === 'step' ? lesson.steps.findIndex(step => step.id === place.step) : -1;
    const asked = place.kind === 'quiz' ? lesson.quiz.findIndex(question => question.id === place.question) : -1;
    const steps = lesson.steps.map((step, index) => ({
      id: step.id,
      mark: markOf(index === here, stepOf(session, step.id)?.outcome === 'passed'),
    }));
    const text =
      here >= 0 ? WORDS.stepOf(here + 1, lesson.steps.length) : WORDS.questionOf(asked + 1, lesson.quiz.length);
    return { text, steps };
  }, [lesson, session]);
}

function markOf(isHere: boolean, isPassed: boolean): StepMark {
  if (isHere) return 'current';
  return isPassed ? 'done' : 'open';
}

/** The open lesson's line in the course. */
export function usePlacedLesson(): PlacedLesson | undefined {
  const { lesson: store } = useStores();
  const id = useLesson(state => state.lesson?.id);
  return useMemo(() => lessonsOf(store.course.modules).find(({ lesson }) => lesson.id === id), [store, id]);
}

/** What stands in the place of a lesson's title in the sandbox: its name, or where the lab is. */
export function useSandboxTitle(): string {
  const { sandbox } = useStores();
  return sandbox.kind === 'served' ? WORDS.servedAt(sandbox.url.replace(/^\w+:\/\//, '')) : WORDS.sandbox;
}
