// Grading: what an answer is worth, and the feedback that opens by itself, for right answers too.
//
// Feedback on wrong answers names the belief behind them. What was missed is only counted, never shown: tries are
// unlimited, and finding it is the exercise.

import type { Answer, Candidate, Feedback, Grade, Html, Option, Pair, Question } from './format.ts';
import { gradeTyped } from './typedAnswer.ts';

/**
 * Grades an answer.
 * @param found what the lab answered to the question's own check, where it has one; it decides instead of the stated answer
 */
export function grade(question: Question, answer: Answer, found?: string): Grade {
  switch (question.kind) {
    case 'single':
      return gradeSingle(question.options, answer, question.feedback);
    case 'multiple':
      return gradeChoices(question.options.map(asChoice), answer, question.feedback, 'Choose at least one.');
    case 'click':
      return gradeChoices(
        question.candidates.map(candidateAsChoice),
        answer,
        question.feedback,
        'Pick one of the marked elements.',
      );
    case 'order':
      return gradeOrder(question.items, answer, question.feedback);
    case 'match':
      return gradeMatch(question.pairs, answer, question.feedback);
    case 'number':
    case 'ip':
    case 'text':
      return gradeTyped(question, answer, found);
  }
}

/** The answer that is right. */
export function rightAnswer(question: Question): Answer {
  switch (question.kind) {
    case 'single':
    case 'multiple':
      return question.options.filter(option => option.correct).map(option => option.id);
    case 'click':
      return question.candidates.filter(candidate => candidate.correct).map(candidate => candidate.element);
    case 'order':
      return question.items.map(item => item.id);
    case 'match':
      return question.pairs.map(pair => pair.id);
    case 'number':
    case 'ip':
    case 'text':
      return [question.answer];
  }
}

/** What can be chosen, whatever the kind of question. */
interface Choice {
  readonly id: string;
  readonly correct: boolean;
  readonly feedback: Html;
}

function asChoice(option: Option): Choice {
  return option;
}

function candidateAsChoice(candidate: Candidate): Choice {
  return { id: candidate.element, correct: candidate.correct, feedback: candidate.feedback };
}

function unreadable(html: Html): Grade {
  return { kind: 'unreadable', feedback: [{ tone: 'missed', html }] };
}

function general(feedback: Html | undefined): readonly Feedback[] {
  return feedback === undefined ? [] : [{ tone: 'right', html: feedback }];
}

function gradeSingle(options: readonly Option[], answer: Answer, feedback: Html | undefined): Grade {
  const chosen = answer.length === 1 ? options.find(option => option.id === answer[0]) : undefined;
  if (chosen === undefined) return unreadable('Choose one answer first.');
  return chosen.correct
    ? { kind: 'right', feedback: [onOption(chosen, 'right'), ...general(feedback)] }
    : { kind: 'wrong', feedback: [onOption(chosen, 'wrong')] };
}

function gradeChoices(choices: readonly Choice[], answer: Answer, feedback: Html | undefined, ifNothing: Html): Grade {
  const chosen = choices.filter(choice => answer.includes(choice.id));
  if (chosen.length === 0) return unreadable(ifNothing);
  const onChosen = chosen.map(choice => onOption(choice, choice.correct ? 'right' : 'wrong'));
  const missed = choices.filter(choice => choice.correct && !answer.includes(choice.id)).length;
  if (missed === 0 && chosen.every(choice => choice.correct)) {
    return { kind: 'right', feedback: [...onChosen, ...general(feedback)] };
  }
  const count: readonly Feedback[] =
    missed === 0
      ? []
      : [{ tone: 'missed', html: `${missed} more ${missed === 1 ? 'belongs' : 'belong'} to the answer.` }];
  return { kind: 'wrong', feedback: [...onChosen, ...count] };
}

function onOption(choice: Choice, tone: 'right' | 'wrong'): Feedback {
  return { option: choice.id, tone, html: choice.feedback };
}

/** Wrong answers get the feedback of the first item that is not in its place. */
function gradeOrder(items: readonly Option[], answer: Answer, feedback: Html | undefined): Grade {
  const isComplete = answer.length === items.length && items.every(item => answer.includes(item.id));
  if (!isComplete) return unreadable('Put every item in its place first.');
  const misplaced = items.find((item, index) => answer[index] !== item.id);
  if (misplaced !== undefined) return { kind: 'wrong', feedback: [onOption(misplaced, 'wrong')] };
  return { kind: 'right', feedback: [...items.map(item => onOption(item, 'right')), ...general(feedback)] };
}

/** Each row gets the feedback of its own pair. */
function gradeMatch(pairs: readonly Pair[], answer: Answer, feedback: Html | undefined): Grade {
  const isComplete = answer.length === pairs.length && answer.every(chosen => pairs.some(pair => pair.id === chosen));
  if (!isComplete) return unreadable('Give every row a partner first.');
  const rows: readonly Feedback[] = pairs.map((pair, index) => ({
    option: pair.id,
    tone: answer[index] === pair.id ? 'right' : 'wrong',
    html: pair.feedback,
  }));
  return rows.every(row => row.tone === 'right')
    ? { kind: 'right', feedback: [...rows, ...general(feedback)] }
    : { kind: 'wrong', feedback: rows };
}
