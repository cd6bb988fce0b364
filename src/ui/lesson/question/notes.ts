// What is said beside each answer of a question, from the last try and from the first.

import type { Feedback, Html, Question } from '../../../lesson/format.ts';
import type { QuestionState } from '../../../lesson/lessonState.ts';
import { grade } from '../../../lesson/quiz.ts';

/** Feedback on one option (or on the whole answer). `first`: of the first try, which stays in sight. */
export interface Note {
  readonly option: string | undefined;
  readonly tone: Feedback['tone'];
  readonly html: Html;
  readonly of: 'last' | 'first';
}

/** All feedback on a question that was answered, last try first. */
export function notesOf(question: Question, state: QuestionState | undefined): readonly Note[] {
  if (state === undefined) return [];
  const last = grade(question, state.last, state.found).feedback.map(feedback => noteOf(feedback, 'last'));
  if (state.tries < 2 || state.firstGrade === 'right') return last;
  const first = grade(question, state.first, state.found)
    .feedback.filter(feedback => feedback.tone === 'wrong')
    .map(feedback => noteOf(feedback, 'first'));
  const isNew = (note: Note): boolean => !last.some(other => other.option === note.option && other.html === note.html);
  return [...last, ...first.filter(isNew)];
}

function noteOf({ option, tone, html }: Feedback, of: 'last' | 'first'): Note {
  return { option, tone, html, of };
}

/** `1st`, `2nd`, `3rd`, `4th` ... `11th`, `21st` */
export function ordinal(n: number): string {
  const isTeen = n % 100 >= 11 && n % 100 <= 13;
  const ending = isTeen ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${ending}`;
}
