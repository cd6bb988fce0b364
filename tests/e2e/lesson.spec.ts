// The first lesson from its first line to its score, twice: as somebody who knows it, and as somebody who makes every
// mistake that it foresees.

import type { Locator, Page } from '@playwright/test';
import type { LessonStep, Question } from '../../src/lesson/format.ts';
import { rightAnswer } from '../../src/lesson/quiz.ts';
import { nearMissDoings } from '../support/nearMissDoings.ts';
import { clickOnGraph } from './support/graph.ts';
import { lessonById, paragraphsOf } from './support/lessonWords.ts';
import { openPage, showPanel, waitUntilOpen } from './support/openPage.ts';
import { fillIn, quizCard, wrongAnswersOf } from './support/questions.ts';
import { endOf, terminalBlocks, typeCommand } from './support/terminal.ts';
import { expect, test } from './support/test.ts';

const PLACE = { lesson: 'four-problems' } as const;
const LESSON = lessonById(PLACE.lesson);

const stepRegion = (page: Page, number: number): Locator => page.getByRole('region', { name: `Step ${number}: ` });
const goalsOf = (step: Locator): Locator => step.getByRole('region', { name: 'Goals' });
const predictionOf = (step: Locator): Locator => step.getByRole('region', { name: 'Prediction' });

test('done right: predictions, commands, clicks, answers and the quiz to the full score', async ({ page }) => {
  await openPage(page, PLACE);
  await expect(page).toHaveTitle('Four problems, one model · Hoplab');

  await test.step('1: find the Pods, with the Run button and a click on the graph', async () => {
    const step = stepRegion(page, 1);
    await step.getByRole('button', { name: 'Run: predict first' }).focus();
    await page.keyboard.press('Enter');
    await expect(terminalBlocks(page)).toHaveCount(0);
    await step.getByText('An address of its own').click();
    await step.getByRole('button', { name: 'Lock in my prediction' }).click();
    await expect(predictionOf(step)).toContainText('Right. Every Pod gets its own address');
    await step.getByRole('button', { name: 'Run', exact: true }).click();
    const ended = await endOf(terminalBlocks(page).last());
    expect(ended).toMatchObject({
      exitCode: 0,
      output: expect.stringMatching(/^default +web +1\/1 +Running.* 10\.244\.2\.2 /m),
    });
    await expect(goalsOf(step)).toContainText('1 of 2');
    await clickOnGraph(page, 'web');
    await expect(goalsOf(step)).toContainText('2 of 2');
    await expect(step.getByRole('region', { name: 'Explanation' })).toContainText('Each Pod has one address.');
    await step.getByRole('button', { name: 'Next step' }).click();
  });

  await test.step('2: reach web, by the keyboard alone', async () => {
    const step = stepRegion(page, 2);
    await expect(step.getByRole('heading', { name: /Reach a Pod on another node/ })).toBeFocused();
    const option = step.getByRole('radio', { name: 'work' });
    await option.focus();
    await page.keyboard.press('Space');
    await expect(option).toBeChecked();
    await page.keyboard.press('Tab');
    await expect(step.getByRole('button', { name: 'Lock in my prediction' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(predictionOf(step)).toContainText('Right. Every Pod reaches every Pod, on any node.');
    const ended = await typeCommand(page, 'kubectl exec client -- curl -s 10.244.2.2:8080');
    expect(ended.output).toContain('pod=web client=10.244.1.2');
    await expect(goalsOf(step)).toContainText('1 of 1');
    const next = step.getByRole('button', { name: 'Next step' });
    await next.focus();
    await page.keyboard.press('Enter');
  });

  await test.step('3: what web saw, with the trace', async () => {
    const step = stepRegion(page, 3);
    await step.getByText('left as they are').click();
    await step.getByRole('button', { name: 'Lock in my prediction' }).click();
    await step.getByRole('button', { name: 'Run', exact: true }).click();
    await endOf(terminalBlocks(page).last());
    await showPanel(page, 'Trace');
    await expect(page.getByRole('tabpanel', { name: 'Trace' })).toContainText('10.244.1.2');
    const answer = step.getByRole('textbox', { name: 'Which client address did web report?' });
    await answer.click();
    await page.keyboard.type('10.244.1.2');
    await page.keyboard.press('Enter');
    const card = step.getByRole('region', { name: 'What did you see?' });
    await expect(card).toContainText('Right. web reports the source address of the packet as it arrived');
    await expect(goalsOf(step)).toContainText('2 of 2');
    await step.getByRole('button', { name: 'Next step' }).click();
  });

  await test.step('4: from outside', async () => {
    const step = stepRegion(page, 4);
    await step.getByText('time out', { exact: true }).click();
    await step.getByRole('button', { name: 'Lock in my prediction' }).click();
    expect((await typeCommand(page, 'curl -m 3 10.244.2.2:8080')).exitCode).toBe(28);
    await expect(goalsOf(step)).toContainText('1 of 1');
    await step.getByRole('button', { name: 'Check what you know' }).click();
  });

  for (const [index, question] of LESSON.quiz.entries()) {
    await test.step(`quiz ${index + 1}: ${question.kind}`, async () => {
      const card = quizCard(page, index + 1);
      await expect(page.getByText(`Quiz, question ${index + 1} of ${LESSON.quiz.length}`)).toBeVisible();
      if (question.kind === 'click') for (const name of ['client', 'web-b', 'node-2']) await clickOnGraph(page, name);
      else await fillIn(page, card, question, rightAnswer(question));
      await card.getByRole('button', { name: 'Check answer' }).click();
      await expect(card).toContainText('answered on the 1st try');
      for (const text of rightFeedback(question)) await expect(card).toContainText(text);
      if (index + 1 < LESSON.quiz.length) await card.getByRole('button', { name: 'Next question' }).click();
    });
  }

  const result = page.getByRole('region', { name: 'Result' });
  await expect(result.getByRole('heading', { name: '7 of 7 right' })).toBeVisible();
  await expect(result).toContainText('7 right at the first try.');
  // The panes scroll, the page does not.
  await expect(page.getByRole('banner')).toBeInViewport({ ratio: 1 });
  await expect(result).not.toContainText('To review');

  await test.step('it survives: a reload and a new page of the same browser know it', async () => {
    await page.reload();
    await expect(result.getByRole('heading', { name: '7 of 7 right' })).toBeVisible();
    const later = await page.context().newPage();
    await later.goto('/');
    await waitUntilOpen(later, PLACE);
    await expect(later.getByRole('heading', { name: '7 of 7 right' })).toBeVisible();
    await later.getByRole('button', { name: LESSON.title }).click();
    const lessons = later.getByRole('navigation', { name: 'Lessons' });
    await expect(lessons.getByRole('link', { name: LESSON.title })).toContainText('done');
  });
});

test('every foreseen mistake: its words, the first try kept, a reload in the middle', async ({ page }) => {
  await openPage(page, PLACE);
  for (const [index, step] of LESSON.steps.entries()) {
    await test.step(step.title, async () => {
      const region = stepRegion(page, index + 1);
      await predictWrong(page, region, step);
      if (index === 0) await typeCommand(page, 'kubectl label pod web-b visited=yes');
      await makeNearMisses(page, region, step);
      const answered = step.blocks.flatMap(block => (block.kind === 'answer' ? [block.question] : []));
      for (const question of answered) {
        const card = region.getByRole('region', { name: 'What did you see?' });
        await answerWrong(page, card, question);
        await reloadInTheMiddle(page, region, card);
        await answerRight(page, card, question);
      }
      await followSolution(page, region, step);
      const all = step.checks.length;
      await expect(goalsOf(region)).toContainText(`${all} of ${all}`);
      for (const text of paragraphsOf(step.explain ?? '')) await expect(region).toContainText(text);
      await region.getByRole('button', { name: /^Next step|^Check what you know/ }).click();
    });
  }
  for (const [index, question] of LESSON.quiz.entries()) {
    await test.step(`quiz ${index + 1}: ${question.kind}`, async () => {
      const card = quizCard(page, index + 1);
      await answerWrong(page, card, question);
      await answerRight(page, card, question);
      const tries = wrongAnswersOf(question).length + 1;
      await expect(card).toContainText(`answered on the ${tries}${['st', 'nd', 'rd'][tries - 1] ?? 'th'} try`);
      if (index + 1 < LESSON.quiz.length) await card.getByRole('button', { name: 'Next question' }).click();
    });
  }
  const result = page.getByRole('region', { name: 'Result' });
  await expect(result.getByRole('heading', { name: '7 of 7 right' })).toBeVisible();
  await expect(result).toContainText('0 right at the first try.');
  await expect(result.getByRole('listitem')).toHaveCount(LESSON.quiz.length);
  await result.getByRole('listitem').nth(2).getByRole('button').click();
  await expect(quizCard(page, 3)).toContainText('your 1st try: 192.168.10.11');
});

test('the other wrong predictions are answered too', async ({ page }) => {
  await openPage(page, PLACE);
  for (const [index, step] of LESSON.steps.entries()) {
    const region = stepRegion(page, index + 1);
    if (index > 0) await page.getByRole('button', { name: `Step ${index + 1}: ${step.title}` }).click();
    await predictWrong(page, region, step, 1);
  }
});

/** What is said about the right answer of a question. */
function rightFeedback(question: Question): readonly string[] {
  const own =
    'options' in question
      ? question.options.filter(option => option.correct)
      : 'candidates' in question
        ? question.candidates.filter(candidate => candidate.correct)
        : 'pairs' in question
          ? question.pairs
          : [];
  return [...own.map(({ feedback }) => feedback), question.feedback ?? ''].flatMap(paragraphsOf);
}

/** Locks in a wrong prediction: its feedback and `your prediction` stand beside it, and it stays as it is. */
async function predictWrong(page: Page, region: Locator, step: LessonStep, which = 0): Promise<void> {
  for (const block of step.blocks) {
    if (block.kind !== 'predict') continue;
    const wrong = wrongAnswersOf(block.question)[which];
    if (wrong === undefined) throw new Error(`${block.question.id} has no wrong answer ${which}`);
    const card = predictionOf(region);
    await fillIn(page, card, block.question, wrong.answer);
    await card.getByRole('button', { name: 'Lock in my prediction' }).click();
    for (const text of wrong.feedback) await expect(card).toContainText(text);
    await expect(card).toContainText('your prediction');
    await expect(card).toContainText('locked before the run');
    await expect(card.getByRole('button', { name: 'Lock in my prediction' })).toHaveCount(0);
  }
}

/** Does what each near miss waits for: its text is shown, and the step is not passed by it. */
async function makeNearMisses(page: Page, region: Locator, step: LessonStep): Promise<void> {
  for (const near of step.nearMisses) {
    const doings = nearMissDoings(near);
    for (const line of doings?.commands ?? []) await typeCommand(page, line);
    for (const element of doings?.clicks ?? []) await clickOnGraph(page, element.slice(element.lastIndexOf('/') + 1));
    for (const text of paragraphsOf(near.text)) await expect(goalsOf(region)).toContainText(text);
    await expect(region.getByRole('region', { name: 'Explanation' })).toHaveCount(0);
  }
}

/** Gives every wrong answer in turn, after one that is no answer: the words for each stand in the card. */
async function answerWrong(page: Page, card: Locator, question: Question): Promise<void> {
  const check = card.getByRole('button', { name: 'Check answer' });
  await check.click();
  await expect(card.getByRole('alert')).toHaveText(/first\.|That is not|Pick one|at least one/);
  for (const { answer, feedback } of wrongAnswersOf(question)) {
    await fillIn(page, card, question, answer);
    await check.click();
    for (const text of feedback) await expect(card).toContainText(text);
    await expect(card.getByRole('alert')).toHaveCount(0);
  }
}

/** The right answer after wrong ones: its words, and those of the first try beside them. */
async function answerRight(page: Page, card: Locator, question: Question): Promise<void> {
  await fillIn(page, card, question, rightAnswer(question));
  await card.getByRole('button', { name: 'Check answer' }).click();
  for (const text of rightFeedback(question)) await expect(card).toContainText(text);
  await expect(card).toContainText(/1st try/);
  const first = wrongAnswersOf(question)[0];
  // Pairs have one text each, for right and wrong.
  for (const text of first?.feedback ?? []) await expect(card).toContainText(text);
}

/** All hints in order, then the solution, done with its own Run button and a click where it asks for one. */
async function followSolution(page: Page, region: Locator, step: LessonStep): Promise<void> {
  for (const [index, hint] of step.hints.entries()) {
    const title = `Hint ${index + 1} of ${step.hints.length}`;
    // A step that is passed already offers no more help.
    if ((await region.getByRole('button', { name: title }).count()) === 0) break;
    await region.getByRole('button', { name: title }).click();
    const card = region.getByRole('region', { name: title });
    for (const text of paragraphsOf(hint)) await expect(card).toContainText(text);
  }
  await region.getByRole('button', { name: 'Show solution' }).click();
  const solution = region.getByRole('region', { name: 'Solution' });
  const before = await terminalBlocks(page).count();
  await solution.getByRole('button', { name: /^Run/ }).first().click();
  await endOf(terminalBlocks(page).nth(before));
  for (const element of step.solution?.clicks ?? []) {
    await clickOnGraph(page, element.slice(element.lastIndexOf('/') + 1));
  }
}

/** The place, the answers and the lab are there again after a reload. */
async function reloadInTheMiddle(page: Page, region: Locator, card: Locator): Promise<void> {
  const goals = await goalsOf(region)
    .getByText(/^\d of \d$/)
    .innerText();
  await page.reload();
  await waitUntilOpen(page, PLACE);
  await expect(page.getByText('Step 3 of 4')).toBeVisible();
  await expect(predictionOf(region)).toContainText('your prediction');
  await expect(card.getByRole('textbox')).toHaveValue('10.244.1.1');
  await expect(goalsOf(region)).toContainText(goals);
  for (const done of [1, 2]) await expect(page.getByRole('button', { name: `Step ${done}, done: ` })).toBeVisible();
  expect((await typeCommand(page, 'kubectl get pods --show-labels')).output).toContain('visited=yes');
}
