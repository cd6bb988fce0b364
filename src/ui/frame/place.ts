// Where the learner is, in words and in bars: for the header and the phone's head.

import { useMemo } from 'react';
import { stepOf } from '../../lesson/session.ts';
import { lessonsOf, type PlacedLesson } from '../../store/courseSource.ts';
import { useLab, useLesson, useStores } from '../StoresContext.ts';
import * as WORDS from './pageWords.ts';

export type BarMark = 'done' | 'current' | 'open';

export interface PlaceInLesson {
  /** `Step 2 of 4`, `Quiz, question 1 of 7` */
  readonly text: string;
  /** One for each step; in the quiz, one for each question. */
  readonly bars: readonly { readonly id: string; readonly mark: BarMark }[];
}

/** The open place of the open lesson. */
export function usePlace(): PlaceInLesson | undefined {
  const lesson = useLesson(state => state.lesson);
  const session = useLesson(state => state.session);
  return useMemo(() => {
    if (lesson === undefined || session === undefined) return undefined;
    const { place } = session;
    if (place.kind === 'step') {
      const isPassed = (id: string): boolean => stepOf(session, id)?.outcome === 'passed';
      return placeAmong(lesson.steps, place.step, isPassed, WORDS.stepOf);
    }
    const isRight = (id: string): boolean => session.questions[id]?.grade === 'right';
    return placeAmong(lesson.quiz, place.question, isRight, WORDS.questionOf);
  }, [lesson, session]);
}

function placeAmong(
  all: readonly { readonly id: string }[],
  here: string,
  isDone: (id: string) => boolean,
  words: (number: number, all: number) => string,
): PlaceInLesson {
  const bars = all.map(({ id }) => ({
    id,
    mark: id === here ? ('current' as const) : isDone(id) ? ('done' as const) : ('open' as const),
  }));
  return { text: words(all.findIndex(({ id }) => id === here) + 1, all.length), bars };
}

/** The open lesson's line in the course. */
export function usePlacedLesson(): PlacedLesson | undefined {
  const { lesson: store } = useStores();
  const id = useLesson(state => state.lesson?.id);
  return useMemo(() => lessonsOf(store.course.modules).find(({ lesson }) => lesson.id === id), [store, id]);
}

/** What stands in the place of a lesson's title in the sandbox: its name, that of a recorded cluster, or where the lab is. */
export function useSandboxTitle(): string {
  const { sandbox } = useStores();
  const recorded = useLab(({ phase }) =>
    phase.kind === 'open' && phase.probes !== undefined ? phase.name : undefined,
  );
  if (recorded !== undefined) return recorded;
  return sandbox.kind === 'served' ? WORDS.servedAt(sandbox.url.replace(/^\w+:\/\//, '')) : WORDS.sandbox;
}
