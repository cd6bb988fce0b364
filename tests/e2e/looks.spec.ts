// What explains the page does not lie on it: bars and drawers stand beside what they speak of.

import type { Locator, Page } from '@playwright/test';
import { viewOf } from './support/graph.ts';
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

for (const width of [768, 1024]) {
  test(`at ${width} px a lesson is open at the first visit, beside the graph and the terminal`, async ({ page }) => {
    await page.setViewportSize({ width, height: 1024 });
    await openPage(page, { lesson: 'four-problems' });
    const lesson = page.getByRole('complementary', { name: 'Lesson' });
    for (const part of [page.getByTestId('graph'), page.getByTestId('terminal-input')])
      expect(await areApart(lesson, part)).toBe(true);
    // Nothing in the bar of the graph is cut off.
    for (const level of ['Network', 'Objects']) {
      await page.getByRole('radio', { name: level }).check({ force: true });
      await expect(page.getByRole('toolbar').getByRole('button', { name: 'Picture' })).toBeInViewport({ ratio: 1 });
    }
    await page.getByRole('banner').getByRole('button', { name: 'Lesson' }).click();
    await expect(lesson).toBeHidden();
  });
}

test('on paper a lesson is alone, dark ink on white, however it is shown on the screen', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await openPage(page, { lesson: 'four-problems' });
  const lesson = page.getByRole('article', { name: 'Four problems, one model' });
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(page.getByRole('banner')).toBeHidden();
  await expect(page.getByTestId('graph')).toBeHidden();
  await expect(lesson).toHaveCSS('color', 'rgb(0, 0, 0)');
  // It does not scroll: all of it is on the paper.
  expect(await lesson.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)).toBe(0);
  expect(await page.evaluate(() => document.documentElement.scrollHeight > innerHeight)).toBe(true);
});

test('what a lesson shows on the graph is not covered by it, on a tablet either', async ({ page }) => {
  await page.setViewportSize({ width: 820, height: 1180 });
  await openPage(page, { lesson: 'four-problems' });
  const lesson = page.getByRole('article', { name: 'Four problems, one model' });
  await lesson.getByRole('button', { name: 'client', exact: true }).first().click();
  await expect(lesson).toBeInViewport();
  expect(await areApart(lesson, page.getByTestId('graph'))).toBe(true);
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

test('a graph that was moved keeps what is in its middle when its pane becomes larger or smaller', async ({ page }) => {
  await openPage(page, 'sandbox');
  const graph = page.getByTestId('graph');
  const node = graph.getByText('node-2', { exact: true }).first();
  await expect(node).toBeVisible();
  const fitted = await viewOf(page);
  await expect(async () => {
    await page.getByRole('img', { name: /^The cluster as a graph/ }).press('ArrowDown');
    expect(await viewOf(page)).not.toBe(fitted);
  }).toPass();
  /** From the middle of the graph to a node that it draws, in pixels. */
  const away = async (): Promise<readonly number[]> => {
    const [part, whole] = [await node.boundingBox(), await graph.boundingBox()];
    if (part === null || whole === null) throw new Error('one of them is not in sight');
    return [part.x - whole.x - whole.width / 2, part.y - whole.y - whole.height / 2].map(Math.round);
  };
  const before = await away();
  for (const [width, height] of [
    [1800, 1100],
    [1100, 800],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expect.poll(away).toEqual(before);
  }
});

test('a list that is open stays at its button when the window changes', async ({ page }) => {
  await openPage(page, 'sandbox');
  await typeCommand(page, 'kubectl exec client -- ping -c 1 192.168.10.12');
  await page.getByRole('tab', { name: 'Trace' }).click();
  const button = page.getByRole('button', { name: 'Take this journey along' });
  await button.click();
  const list = page.getByRole('menu').filter({ visible: true });
  const isAtButton = async (): Promise<void> => {
    const [at, own] = [await button.boundingBox(), await list.boundingBox()];
    if (at === null || own === null) throw new Error('one of them is not in sight');
    const isUnder = Math.abs(own.y - at.y - at.height) < 10;
    const isOver = Math.abs(own.y + own.height - at.y) < 10;
    expect(isUnder || isOver).toBe(true);
    expect(Math.abs(own.x + own.width - at.x - at.width)).toBeLessThan(40);
  };
  await expect(isAtButton).toPass();
  await expect(list.getByRole('menuitem').first()).toBeFocused();
  await page.setViewportSize({ width: 1120, height: 1000 });
  await expect(isAtButton).toPass();
});
