// What a lesson says by itself: news of its goals, and a lesson that is not there.

import type { Locator, Page } from '@playwright/test';
import { openPage } from './support/openPage.ts';
import { typeCommand } from './support/terminal.ts';
import { expect, test } from './support/test.ts';

const PLACE = { lesson: 'four-problems' } as const;
const SMALL_DESK = { width: 1024, height: 768 };
/** The ink of the light theme: what is to be done next. */
const INK = 'rgb(22, 25, 23)';

const openStep = (page: Page): Locator => page.getByRole('region', { name: 'Step 1: ' });

async function predict(page: Page): Promise<void> {
  await openPage(page, PLACE);
  await openStep(page).getByRole('radio', { name: 'The address of its node' }).check();
  await openStep(page).getByRole('button', { name: 'Lock in my prediction' }).click();
}

test('what a command came to is brought in sight under its goal, and the command of the step stays the next', async ({
  page,
}) => {
  await page.setViewportSize(SMALL_DESK);
  await predict(page);
  await expect(openStep(page).getByRole('region', { name: 'Prediction' })).toContainText('Not so. That is so for');
  await typeCommand(page, 'kubectl get pods');
  const goal = openStep(page).getByRole('listitem').filter({ hasText: 'See the address of each Pod' });
  await expect(goal.getByText('This list has no addresses.')).toBeInViewport();
  const run = openStep(page).getByRole('button', { name: 'Run', exact: true });
  await expect(run).toHaveCSS('background-color', INK);
  await run.click();
  await expect(openStep(page).getByRole('button', { name: 'Run again' })).not.toHaveCSS('background-color', INK);
});

test('who scrolls the lesson just then reads on where they are', async ({ page }) => {
  await page.setViewportSize(SMALL_DESK);
  await predict(page);
  const input = page.getByRole('textbox', { name: /^Command,/ });
  await input.fill('kubectl get pods');
  const title = page.getByRole('article').getByRole('heading', { level: 1 });
  await title.hover();
  await page.mouse.wheel(0, -5000);
  await page.keyboard.press('Enter');
  await expect(openStep(page).getByText('This list has no addresses.')).toBeAttached();
  await expect(title).toBeInViewport();
});

test('the head has a bar for each question of the quiz', async ({ page }) => {
  await openPage(page, PLACE);
  const bars = page.getByRole('banner').locator('[aria-hidden=true]:has(+ :text("of"))').locator('> span');
  await expect(bars).toHaveCount(4);
  await page.getByRole('button', { name: /^Check what you know/ }).click();
  await expect(page.getByRole('banner')).toContainText('Quiz, question 1 of 7');
  await expect(bars).toHaveCount(7);
});

test('a lesson that the course does not have: the others are a press away', async ({ page }) => {
  await page.goto('/#/lesson/nothing');
  await expect(page.getByRole('heading', { level: 1, name: 'There is no such lesson' })).toBeVisible();
  await page.getByRole('link', { name: /Four problems, one model/ }).click();
  await expect(openStep(page)).toBeVisible();
});

test.describe('a lesson that does not come', () => {
  test.use({ caused: /net::ERR_FAILED/ });

  test('is asked for again by a press', async ({ page }) => {
    const file = /\/four-problems-[\w-]+\.js$/;
    await page.route(file, route => route.abort());
    await page.goto('/#/lesson/four-problems');
    await expect(page.getByRole('heading', { level: 1, name: 'The lesson could not be loaded' })).toBeVisible();
    await page.unroute(file);
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(openStep(page)).toBeVisible();
  });
});
