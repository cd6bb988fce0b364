// Questions of a lesson as a person answers them, with mouse and keyboard.

import { expect, type Locator, type Page } from '@playwright/test';
import type { Answer, Question } from '../../../src/lesson/format.ts';
import { paragraphsOf, wordsOf } from './lessonWords.ts';

/** The card of a question of the quiz, by its number from 1. */
export function quizCard(page: Page, number: number): Locator {
  return page.getByRole('region', { name: `Question ${number}`, exact: true });
}

/** Chooses or types an answer in the card of its question; does not check it. */
export async function fillIn(page: Page, card: Locator, question: Question, answer: Answer): Promise<void> {
  switch (question.kind) {
    case 'single':
    case 'multiple':
      for (const option of question.options) {
        const isWanted = answer.includes(option.id);
        const box = card.getByRole(question.kind === 'single' ? 'radio' : 'checkbox', { name: wordsOf(option.html) });
        if (question.kind === 'multiple') await box.setChecked(isWanted);
        else if (isWanted) await box.check();
      }
      return;
    case 'match':
      for (const [row, pair] of question.pairs.entries()) {
        const partner = question.pairs.find(({ id }) => id === answer[row]);
        const list = card.getByRole('combobox', { name: `Partner of: ${wordsOf(pair.left)}` });
        await list.selectOption({ label: partner === undefined ? 'Choose…' : wordsOf(partner.right) });
      }
      return;
    case 'click':
      for (const [index, candidate] of question.candidates.entries()) {
        const button = card.getByRole('button', { name: candidate.label });
        const isPicked = (await button.getAttribute('aria-pressed')) === 'true';
        // The digit on the button is its key.
        if (isPicked !== answer.includes(candidate.element)) await page.keyboard.press(String(index + 1));
        await expect(button).toHaveAttribute('aria-pressed', String(answer.includes(candidate.element)));
      }
      return;
    case 'number':
    case 'ip':
    case 'text':
      await card.getByRole('textbox').fill(answer[0] ?? '');
      return;
    case 'order':
      throw new Error('no test orders things yet');
  }
}

/** A wrong answer of a question and the texts that it is answered with. */
export interface WrongAnswer {
  readonly answer: Answer;
  readonly feedback: readonly string[];
}

/** Every wrong answer with words of its own: each wrong option alone, each foreseen mistake, all pairs wrong at once. */
export function wrongAnswersOf(question: Question): readonly WrongAnswer[] {
  switch (question.kind) {
    case 'single':
    case 'multiple':
      return question.options
        .filter(option => !option.correct)
        .map(({ id, feedback }) => ({ answer: [id], feedback: paragraphsOf(feedback) }));
    case 'click':
      return question.candidates
        .filter(candidate => !candidate.correct)
        .map(({ element, feedback }) => ({ answer: [element], feedback: paragraphsOf(feedback) }));
    case 'match': {
      const ids = question.pairs.map(({ id }) => id);
      const rotated = [...ids.slice(1), ...ids.slice(0, 1)];
      return [{ answer: rotated, feedback: question.pairs.flatMap(({ feedback }) => paragraphsOf(feedback)) }];
    }
    case 'number':
    case 'ip':
    case 'text':
      return question.mistakes.map(({ answer, feedback }) => ({ answer: [answer], feedback: paragraphsOf(feedback) }));
    case 'order':
      return [];
  }
}
