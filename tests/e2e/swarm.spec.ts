// Many packets at once: the runs of a repeated question on the graph, and a graph that rests when nothing moves.

import { expect, type Page } from '@playwright/test';
import { viewOf } from './support/graph.ts';
import { openPage } from './support/openPage.ts';
import { typeCommand } from './support/terminal.ts';
import { test } from './support/test.ts';

const swarm = (page: Page) => page.getByTestId('swarm');
const countsOf = async (page: Page): Promise<readonly number[]> =>
  (
    await swarm(page)
      .getByText(/^\d+×$/)
      .allInnerTexts()
  ).map(text => Number.parseInt(text, 10));

/** Opens the trace of a request to a Service of some Pods and asks for it so many times. */
async function repeatRequest(page: Page, times: number, pods = 3): Promise<void> {
  await openPage(page, 'sandbox');
  await typeCommand(page, `kubectl create deployment web --image=web --replicas=${pods}`);
  await typeCommand(page, 'kubectl expose deployment web --port=80 --target-port=8080');
  const { block } = await typeCommand(page, 'kubectl exec client -- curl -s web');
  await block
    .getByRole('button', { name: /^Open trace/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Repeat', exact: true }).click();
  const field = page.getByRole('textbox', { name: 'Times' });
  await field.fill(String(times));
  await field.press('Enter');
  await expect(page.getByText(`${times} runs.`, { exact: true })).toBeVisible();
}

test('the runs of a repeated request fly, and the graph tells how many each Pod got', async ({ page }) => {
  await repeatRequest(page, 30);
  await expect(swarm(page)).toHaveAttribute('data-state', 'flying');
  // The compositor moves them: place and opacity of each, and nothing else.
  const moving = await page.evaluate(() =>
    document.getAnimations().flatMap(({ effect }) => {
      if (!(effect instanceof KeyframeEffect) || effect.target?.closest('[data-testid=swarm]') == null) return [];
      return effect
        .getKeyframes()
        .flatMap(frame => Object.keys(frame))
        .filter(key => !['offset', 'computedOffset', 'easing', 'composite'].includes(key));
    }),
  );
  expect([...new Set(moving)].sort()).toEqual(['opacity', 'transform']);
  await expect(swarm(page)).toHaveAttribute('data-state', 'landed');
  const counts = await countsOf(page);
  const bars = page.getByRole('list', { name: 'How the runs ended' }).getByRole('button');
  const told = (await bars.allInnerTexts()).map(text => Number(/(\d+) of 30/.exec(text)?.[1]));
  expect([...counts].sort()).toEqual([...told].sort());
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(30);
  await page.getByRole('region', { name: 'Repeat', exact: true }).getByRole('button', { name: 'Close' }).click();
  await expect(swarm(page)).toBeHidden();
});

test.describe('where less motion is asked for', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('seen from far, a graph of many Pods has one count for each node, and none of the runs is left out', async ({
    page,
  }) => {
    await repeatRequest(page, 40, 64);
    await expect(page.getByTestId('graph')).toHaveAttribute('data-detail', 'cluster');
    const shown = swarm(page)
      .getByText(/^\d+×$/)
      .filter({ visible: true });
    await expect(shown).toHaveCount(2);
    const counts = (await shown.allInnerTexts()).map(text => Number.parseInt(text, 10));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(40);
  });

  test('nothing flies: the counts are there at once', async ({ page }) => {
    await repeatRequest(page, 12);
    await expect(swarm(page)).toHaveAttribute('data-state', 'landed');
    expect((await countsOf(page)).reduce((sum, count) => sum + count, 0)).toBe(12);
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  });
});

test('a graph at which nothing happens asks for no frames', async ({ page }) => {
  await page.addInitScript(() => {
    const ask = globalThis.requestAnimationFrame.bind(globalThis);
    Object.assign(globalThis, { asked: 0 });
    globalThis.requestAnimationFrame = callback => {
      (globalThis as unknown as { asked: number }).asked++;
      return ask(callback);
    };
  });
  await openPage(page, 'sandbox');
  await expect(page.getByText('The graph is loading.')).toBeHidden();
  const askedIn = (milliseconds: number): Promise<number> =>
    page.evaluate(async time => {
      const count = (): number => (globalThis as unknown as { asked: number }).asked;
      const before = count();
      await new Promise(resolve => setTimeout(resolve, time));
      return count() - before;
    }, milliseconds);
  await expect.poll(() => askedIn(400)).toBe(0);
  // It wakes for whoever moves it, and rests again.
  const before = await viewOf(page);
  await page.getByRole('img', { name: /^The cluster as a graph/ }).focus();
  await expect(async () => {
    await page.keyboard.press('+');
    expect(await viewOf(page)).not.toBe(before);
  }).toPass();
  await expect.poll(() => askedIn(400)).toBe(0);
});
