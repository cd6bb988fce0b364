// The graph in a small pane, and what opens over it: addresses can be read, nothing hangs in the air, panels are at their
// buttons.

import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page } from '@playwright/test';
import { viewOf } from './support/graph.ts';
import { openPage } from './support/openPage.ts';
import { typeCommand } from './support/terminal.ts';
import { test } from './support/test.ts';

const bar = (page: Page): Locator => page.getByRole('toolbar', { name: 'Graph' });
const graph = (page: Page): Locator => page.getByTestId('graph');

/** The size of a text of the graph on the screen, in pixels. */
const sizeOf = (text: Locator): Promise<number> =>
  text.evaluate(element => {
    const zoom = element.closest<HTMLElement>('[data-testid=graph]')?.style.getPropertyValue('--zoom');
    return Number.parseFloat(getComputedStyle(element).fontSize) * Number(zoom);
  });

test('beside a lesson on a tablet names and addresses can be read, and ports and prefixes make room', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await openPage(page, { lesson: 'four-problems' });
  const address = graph(page).getByText('10.244.2.2', { exact: true });
  await expect(address).toBeVisible();
  await expect(graph(page)).toHaveAttribute('data-detail', 'addresses');
  for (const text of [address, graph(page).getByText('client', { exact: true })])
    expect(await sizeOf(text)).toBeGreaterThanOrEqual(9.5);
  await expect(graph(page).getByText('podCIDR 10.244.2.0/24')).toBeHidden();
  // Wider, all of it is there.
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(graph(page).getByText('podCIDR 10.244.2.0/24')).toBeVisible();
});

test('the same graph in the same pane has the same detail, whatever was shown before', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await openPage(page, 'sandbox');
  await typeCommand(page, 'kubectl create deployment web --image=web --replicas=9');
  const fit = bar(page).getByRole('button', { name: 'Fit' });
  await fit.click();
  await expect(graph(page).getByText(/^web-(?:…-)?\w{5}$/u)).toHaveCount(9);
  const fitted = await viewOf(page);
  const detail = await graph(page).getAttribute('data-detail');
  const canvas = page.getByRole('img', { name: /^The cluster as a graph/ });
  for (const key of ['+', '-']) {
    for (let i = 0; i < 6; i++) await canvas.press(key);
    await expect.poll(() => viewOf(page)).not.toBe(fitted);
    await fit.click();
    await expect.poll(() => viewOf(page)).toBe(fitted);
    await expect(graph(page)).toHaveAttribute('data-detail', detail ?? '');
  }
});

test('a panel opens under its button; a selector that cannot be read hides nothing and says so', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await openPage(page, 'sandbox');
  for (const name of ['Find', 'Filter', 'Picture']) {
    const button = bar(page).getByRole('button', { name });
    await button.click();
    const panel = page.getByTestId(`tool-${name.toLowerCase()}`);
    await expect(panel).toBeVisible();
    const [above, below] = [await button.boundingBox(), await panel.boundingBox()];
    if (above === null || below === null) throw new Error('one of them has no place');
    expect(below.y).toBeGreaterThanOrEqual(above.y + above.height);
    expect(below.x).toBeLessThanOrEqual(above.x + above.width);
    expect(below.x + below.width).toBeGreaterThanOrEqual(above.x);
    expect(below.x + below.width).toBeLessThanOrEqual(1024);
    await page.keyboard.press('Escape');
    await expect(panel).toBeHidden();
  }
  await bar(page).getByRole('button', { name: 'Filter' }).click();
  await page.getByLabel('Labels').fill('app in (');
  await expect(page.getByText('Until this can be read, no label is looked for.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('tool-filter')).toBeHidden();
  await expect(page.getByText('The filter hides nothing here.')).toHaveCount(0);
});

test('a level of packets without one says how one is sent, until there is one', async ({ page }) => {
  await openPage(page, 'sandbox');
  await bar(page).getByText('Packets', { exact: true }).click();
  const line = page.getByText(/^No packet yet\. Run curl or ping/);
  await expect(line).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await typeCommand(page, 'kubectl exec client -- ping -c 1 192.168.10.12');
  await expect(line).toHaveCount(0);
});

test('the list says what its keys do while the other end of a trace is chosen', async ({ page }) => {
  await openPage(page, 'sandbox');
  await bar(page).getByRole('button', { name: 'List' }).click();
  const tree = page.getByRole('tree');
  const client = tree.getByRole('treeitem', { name: /^client/ });
  await client.click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Trace from here/ }).click();
  const list = page.getByTestId('list');
  await expect(list.getByText('Enter choose')).toBeVisible();
  await expect(list.getByText('Esc cancel')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(list.getByText('Enter inspect')).toBeVisible();
});
