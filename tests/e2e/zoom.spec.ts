// Large text, high zoom and a wall of a screen: all that can be pressed stays inside the window and in reach (WCAG
// 1.4.4 and 1.4.10).

import type { Page } from '@playwright/test';
import { openPage, type PanelName, showPanel } from './support/openPage.ts';
import { expect, test } from './support/test.ts';

/** Text of 200 %: everything is sized in rem. */
const largeText = (page: Page): Promise<unknown> =>
  page.addInitScript(() =>
    addEventListener('DOMContentLoaded', () => {
      document.documentElement.style.fontSize = '200%';
    }),
  );

/** Names of what can be pressed and does not stand whole between the sides of the window, unless it can be scrolled there. */
const cutOff = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const scrolls = (element: Element | null): boolean =>
      element !== null && (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    return [...document.querySelectorAll('button, a, input, label, [role=tab]')]
      .filter(element => element.checkVisibility() && element.closest('.visually-hidden') === null)
      .filter(element => {
        const { left, right, width } = element.getBoundingClientRect();
        return (
          width > 2 &&
          (left < -1 || right > document.documentElement.clientWidth + 1) &&
          !scrolls(element.parentElement)
        );
      })
      .map(element => element.getAttribute('aria-label') ?? element.textContent.trim());
  });

const PHONE: readonly PanelName[] = ['Graph', 'Terminal', 'YAML', 'Trace'];
const DESK: readonly PanelName[] = ['Terminal', 'Trace', 'Inspect', 'Matrix', 'Events'];

for (const [name, viewport, text, panels] of [
  ['a window of 1280 by 1024 at 400 %', { width: 320, height: 256 }, '100 %', PHONE],
  ['a phone with text of 200 %', { width: 390, height: 844 }, '200 %', PHONE],
  ['a desk with text of 200 %', { width: 1440, height: 900 }, '200 %', DESK],
] as const)
  test(`${name}: every panel opens, nothing is cut off, nothing scrolls sideways`, async ({ page }) => {
    await page.setViewportSize(viewport);
    if (text === '200 %') await largeText(page);
    await openPage(page, 'sandbox');
    for (const panel of panels) {
      await showPanel(page, panel);
      await expect.poll(() => cutOff(page), panel).toEqual([]);
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(sideways, panel).toBeLessThanOrEqual(0);
    }
  });

test('at 400 % what the terminal printed can be scrolled to and stands above its input', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 256 });
  await openPage(page, 'sandbox');
  await showPanel(page, 'Terminal');
  const output = page.getByTestId('terminal-blocks');
  await output.scrollIntoViewIfNeeded();
  expect((await output.boundingBox())?.height).toBeGreaterThan(100);
  const field = page.getByRole('textbox', { name: /^Command,/ });
  await field.click();
  await expect(field).toBeInViewport();
});

test('on a screen of 4K text grows with it, every panel opens, and the graph stands whole in its pane', async ({
  page,
}) => {
  await page.setViewportSize({ width: 3840, height: 2160 });
  await openPage(page, { lesson: 'four-problems' });
  const sizeOf = (): Promise<number> =>
    page.evaluate(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize));
  const size = await sizeOf();
  expect(size).toBeGreaterThan(16);
  for (const panel of DESK) {
    await showPanel(page, panel);
    await expect.poll(() => cutOff(page), panel).toEqual([]);
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(sideways, panel).toBeLessThanOrEqual(0);
  }
  const graph = page.getByTestId('graph');
  for (const name of ['client', 'web', 'laptop'])
    await expect(graph.getByText(name, { exact: true }).first()).toBeInViewport({ ratio: 1 });
  // A line of the lesson stays one that can be read: at most some 80 characters.
  const article = await page.getByRole('article').first().boundingBox();
  expect((article?.width ?? 0) / size).toBeLessThan(45);
  await page.setViewportSize({ width: 1440, height: 900 });
  expect(await sizeOf()).toBeLessThan(size);
});
