import { useMemo, useState } from 'react';
import type { Answer, Html, Question } from '../../../lesson/format.ts';
import type { QuestionRole } from '../../../lesson/lessonQuestions.ts';
import type { QuestionState } from '../../../lesson/lessonState.ts';
import { presentedOrder } from '../../../lesson/presentation.ts';
import { grade } from '../../../lesson/quiz.ts';
import { questionOf } from '../../../lesson/session.ts';
import { useLesson, useStores } from '../../StoresContext.ts';
import { plainText } from '../LessonHtml.tsx';
import { type Note, notesOf } from './notes.ts';
import * as WORDS from './words.ts';

/** A question as it stands: what is chosen, what was answered, and what is said about it. */
export interface AskedQuestion {
  readonly role: QuestionRole;
  readonly draft: Answer;
  setDraft(draft: Answer): void;
  readonly state: QuestionState | undefined;
  /** `settled`: it cannot be answered again: right, or a locked prediction. */
  readonly phase: 'open' | 'settled';
  readonly notes: readonly Note[];
  /** Why the draft cannot be an answer. */
  readonly unreadable: Html | undefined;
  /** What a screen reader is told of the last try of this visit. */
  readonly said: string;
  /** It was settled in this visit. */
  readonly isSettledHere: boolean;
  submit(): void;
}

/** Where a question begins: nothing chosen, or things to order in the order in which they are offered. */
function firstDraft(question: Question): Answer {
  if (question.kind === 'order') return presentedOrder(question);
  return question.kind === 'match' ? question.pairs.map(() => '') : [];
}

export function useQuestion(question: Question, role: QuestionRole): AskedQuestion {
  const { lesson } = useStores();
  const state = useLesson(({ session }) => (session === undefined ? undefined : questionOf(session, question.id)));
  const [draft, setDraft] = useState<Answer>(() => state?.last ?? firstDraft(question));
  const [unreadable, setUnreadable] = useState<Html | undefined>(undefined);
  const [answeredHere, setAnsweredHere] = useState(false);
  const notes = useMemo(() => notesOf(question, state), [question, state]);
  const isSettled = state !== undefined && (role === 'prediction' || state.grade === 'right');
  return {
    role,
    draft,
    setDraft: next => {
      setDraft(next);
      setUnreadable(undefined);
    },
    state,
    phase: isSettled ? 'settled' : 'open',
    notes,
    unreadable,
    said: answeredHere && state !== undefined ? spoken(state, notes) : '',
    isSettledHere: isSettled && answeredHere,
    submit: () => {
      const result = grade(question, draft);
      if (result.kind === 'unreadable') {
        setUnreadable(result.feedback[0]?.html ?? WORDS.chooseFirst);
        return;
      }
      setUnreadable(undefined);
      setAnsweredHere(true);
      void lesson.answer(question, draft);
    },
  };
}

function spoken(state: QuestionState, notes: readonly Note[]): string {
  const words = notes.filter(note => note.of === 'last').map(note => plainText(note.html));
  // The number of the try makes a second wrong answer a new text, so that it is read again.
  const verdict = state.grade === 'right' ? WORDS.saidRight : WORDS.saidWrong(state.tries);
  return [verdict, ...words].join(' ');
}
