// The tour of the first visit: offered once in one line, skipped or taken, by keyboard, on a phone too.

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { openPage } from './support/openPage.ts';
import { expect, test } from './support/test.ts';

const offer = (page: Page) => page.getByText('New here? A look around takes a minute.');
const tour = (page: Page) => page.getByRole('dialog', { name: 'A look around' });

test('it is offered once, and not again after "Not now"', async ({ page }) => {
  await openPage(page, 'sandbox');
  await expect(offer(page)).toBeHidden();
  await page.mouse.move(300, 300);
  await expect(offer(page)).toBeVisible();
  await page.getByRole('button', { name: 'Not now' }).click();
  await expect(offer(page)).toBeHidden();
  await page.reload();
  await expect(page).toHaveTitle(/^Sandbox/);
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'kubectl get pods -o wide' })).toBeVisible();
  await expect(offer(page)).toBeHidden();
});

test('it goes round by keyboard, points at what it talks about, and leaves the page as it was', async ({ page }) => {
  await openPage(page, { lesson: 'four-problems' });
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('show me around');
  await page.keyboard.press('Enter');
  for (const [title, tab] of [
    ['The cluster, drawn', 'Terminal'],
    ['The lesson', 'Terminal'],
    ['A terminal', 'Terminal'],
    ['The path of every packet', 'Trace'],
    ['Nothing breaks for good', 'Trace'],
  ] as const) {
    await expect(tour(page).getByRole('heading', { name: title })).toBeVisible();
    await expect(page.locator('[role=tab][aria-selected=true]').filter({ hasText: tab })).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).include('dialog').analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await page.keyboard.press('Enter');
  }
  await expect(tour(page).getByRole('heading', { name: 'Everything else, by name' })).toBeVisible();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(tour(page).getByRole('heading', { name: 'Nothing breaks for good' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(tour(page)).toBeHidden();
  await expect(page.getByRole('tab', { name: 'Terminal' })).toHaveAttribute('aria-selected', 'true');
  await expect(offer(page)).toBeHidden();
});

test('on a phone it shows the pane that it talks about', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openPage(page, 'sandbox');
  await page.getByRole('button', { name: 'Terminal' }).click();
  await page.getByRole('button', { name: 'Show me around' }).click();
  const shown = page.getByRole('navigation', { name: 'Panes', includeHidden: true }).locator('[aria-current=page]');
  for (const pane of ['Graph', 'YAML', 'Terminal', 'Trace']) {
    await expect(shown).toHaveText(pane);
    const card = await tour(page).getByRole('heading').boundingBox();
    expect(card?.x).toBeGreaterThanOrEqual(0);
    await tour(page).getByRole('button', { name: 'Next' }).click();
  }
  await tour(page).getByRole('button', { name: 'End the tour' }).click();
  await expect(shown).toHaveText('Terminal');
});
