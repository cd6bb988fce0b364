// What explains the page does not lie on it: bars and drawers stand beside what they speak of.

import type { Locator, Page } from '@playwright/test';
import { openPage } from './support/openPage.ts';
import { typeCommand } from './support/terminal.ts';
import { expect, test } from './support/test.ts';

/** Whether two parts of the page, both in sight, have no pixel in common. */
async function areApart(one: Locator, other: Locator): Promise<boolean> {
  const [a, b] = [await one.boundingBox(), await other.boundingBox()];
  if (a === null || b === null) throw new Error('one of them is not in sight');
  return a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
}

/** Plays back the last command; the bar that says which event is shown. */
async function playBack(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Play back the last change' }).click();
  const bar = page.getByRole('region').filter({ has: page.getByRole('button', { name: 'Back to now' }) });
  await expect(bar.getByText(/^Event \d+ of \d+$/)).toBeVisible();
  return bar;
}

test('at 1024 px an open drawer leaves the levels, the tabs and the terminal in sight', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await openPage(page, 'sandbox');
  await page.getByRole('button', { name: 'Manifests' }).click();
  const drawer = page.getByRole('complementary', { name: 'Manifests' });
  await expect(drawer).toBeVisible();
  for (const part of [
    page.getByRole('toolbar').getByRole('radiogroup'),
    page.getByRole('tablist', { name: 'Panel' }),
    page.getByTestId('terminal-input'),
    page.getByTestId('graph'),
  ])
    expect(await areApart(drawer, part)).toBe(true);
});

test('a playback stands under the page: on a desk beside the events, on a phone beside the tabs', async ({ page }) => {
  await openPage(page, 'sandbox');
  await typeCommand(page, 'kubectl create deployment web --image=nginx');
  await page.getByRole('tab', { name: 'Events' }).click();
  const bar = await playBack(page);
  expect(await areApart(bar, page.getByRole('region', { name: 'Events', exact: true }))).toBe(true);
  await page.setViewportSize({ width: 390, height: 844 });
  const panes = page.getByRole('navigation', { name: 'Panes' });
  await expect(panes).toBeVisible();
  expect(await areApart(bar, panes)).toBe(true);
  await page.getByRole('button', { name: 'Back to now' }).click();
  await expect(bar).toBeHidden();
  // The page has its whole height again.
  await expect(panes).toBeInViewport({ ratio: 1 });
});

test('on a phone the tools of the graph stand under it, each large enough for a finger', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openPage(page, 'sandbox');
  for (const name of ['Find', 'Filter', 'Picture', 'Legend']) {
    const tool = page.getByRole('main').getByRole('button', { name });
    expect(await areApart(tool, page.getByTestId('graph'))).toBe(true);
    expect((await tool.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  }
});
