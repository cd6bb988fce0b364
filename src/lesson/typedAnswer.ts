// Typed answers: numbers, addresses and words, compared by what they mean and not by how they are written.

import { isAddress } from './endpoint.ts';
import type { Answer, Grade, Question } from './format.ts';

/** A question that is answered by typing. */
export type TypedQuestion = Extract<Question, { readonly kind: 'number' | 'ip' | 'text' }>;

/** What to write instead of something that cannot be an answer. */
const EXPECTED: Readonly<Record<TypedQuestion['kind'], string>> = {
  number: 'That is not a number. Write digits, such as 3.',
  ip: 'That is not an IP address. Write four numbers with dots between them, such as 192.0.2.1.',
  text: 'Write an answer first.',
};

/** The same answer in one form, so that equal ones compare as equal; undefined when it is none of this kind. */
export function normalizeTyped(kind: TypedQuestion['kind'], typed: string): string | undefined {
  const trimmed = typed.trim();
  switch (kind) {
    case 'number':
      return /^[+-]?\d{1,15}([.,]\d{1,10})?$/.test(trimmed) ? String(Number(trimmed.replace(',', '.'))) : undefined;
    case 'ip':
      return isAddress(trimmed) ? trimmed : undefined;
    case 'text':
      return trimmed === '' ? undefined : trimmed.toLowerCase().replace(/\s+/g, ' ');
  }
}

/** Grades a typed answer against what the lab found, or else against what the author stated. */
export function gradeTyped(question: TypedQuestion, answer: Answer, found: string | undefined): Grade {
  const { kind } = question;
  const typed = normalizeTyped(kind, answer[0] ?? '');
  if (typed === undefined) return { kind: 'unreadable', feedback: [{ tone: 'missed', html: EXPECTED[kind] }] };
  const right = normalizeTyped(kind, found ?? '') ?? normalizeTyped(kind, question.answer);
  const general = question.feedback;
  if (typed === right) {
    return { kind: 'right', feedback: general === undefined ? [] : [{ tone: 'right', html: general }] };
  }
  const mistake = question.mistakes.find(foreseen => normalizeTyped(kind, foreseen.answer) === typed);
  const html = mistake?.feedback ?? general;
  return { kind: 'wrong', feedback: html === undefined ? [] : [{ tone: 'wrong', html }] };
}
