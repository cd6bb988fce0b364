// A lab with more Pods than boxes of their own: a canvas paints them, and the mouse, the list and the keyboard find them.

import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { openPage, showPanel } from './support/openPage.ts';
import { openSizedLab } from './support/sizedLab.ts';
import { typeCommand } from './support/terminal.ts';
import { test } from './support/test.ts';

const graphOf = (page: Page) => page.getByRole('region', { name: 'Graph', exact: true });

/** Two workers with forty Pods each. */
async function openCrowd(page: Page): Promise<void> {
  await openPage(page, 'sandbox');
  const made = await typeCommand(page, 'kubectl create deployment web --image=web --replicas=80');
  expect(made.exitCode).toBe(0);
  await expect(page.getByTestId('crowd')).toBeVisible();
}

/** Moves the mouse over the graph, from left to right and line by line, until a name shows that matches. */
async function hoverOver(
  page: Page,
  name: RegExp,
): Promise<{ readonly name: string; readonly x: number; readonly y: number }> {
  const box = await graphOf(page).getByTestId('graph').boundingBox();
  if (box === null) throw new Error('the graph is not in sight');
  const label = graphOf(page).locator('strong').filter({ hasText: name });
  for (let y = box.y + 20; y < box.y + box.height; y += 9)
    for (let x = box.x + box.width * 0.3; x < box.x + box.width * 0.9; x += 31) {
      await page.mouse.move(x, y);
      if ((await label.count()) > 0) return { name: await label.innerText(), x, y };
    }
  throw new Error(`the mouse found nothing that matches ${name}`);
}

test('a Pod among many is named under the mouse, and a click selects it everywhere', async ({ page }) => {
  await openCrowd(page);
  await graphOf(page).getByRole('button', { name: 'List', exact: true }).click();
  const pod = await hoverOver(page, /^web-/);
  await page.mouse.click(pod.x, pod.y);
  const list = page.getByRole('tree', { name: 'Cluster as a list' });
  await expect(list.getByRole('treeitem', { selected: true })).toContainText(pod.name);
  await expect(list.getByRole('treeitem', { selected: true })).toBeInViewport();
  await showPanel(page, 'Inspect');
  await expect(page.getByRole('heading', { name: pod.name })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(node => node.html)])).toEqual([]);
});

test('a phone scrolls through a long list, and finds in it', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openSizedLab(page, 500);
  await page.getByRole('button', { name: 'List', exact: true }).click();
  const tree = page.getByRole('tree', { name: 'Cluster as a list' });
  await expect(tree.getByRole('treeitem').first()).toBeInViewport();
  // How many rows stand in the middle of the list, after it was scrolled to the middle and to the end.
  for (const part of [0.5, 1]) {
    await tree.evaluate((list, at) => list.scrollTo(0, at * list.scrollHeight), part);
    const { x, y, width, height } = (await tree.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const rowAt = (share: number): Promise<boolean> =>
      page.evaluate(([left, top]) => document.elementFromPoint(left, top)?.closest('[role=treeitem]') != null, [
        x + width / 2,
        y + height * share,
      ] as const);
    for (const share of [0.1, 0.5, 0.8]) await expect.poll(() => rowAt(share)).toBe(true);
  }
  await page.getByRole('searchbox').fill('web-');
  await expect(tree.getByRole('treeitem').first()).toBeInViewport();
});

test('more Pods move none of those that are there', async ({ page }) => {
  await openCrowd(page);
  const pod = await hoverOver(page, /^web-/);
  await page.mouse.move(5, 5);
  expect((await typeCommand(page, 'kubectl scale deployment web --replicas=90')).exitCode).toBe(0);
  await page.mouse.move(pod.x, pod.y);
  await expect(graphOf(page).locator('strong').filter({ hasText: pod.name })).toBeVisible();
});

test('among objects the Pods stand with what made them, and fewer Pods get boxes of their own again', async ({
  page,
}) => {
  await openCrowd(page);
  await graphOf(page).getByText('Objects', { exact: true }).click();
  await hoverOver(page, /^web-/);
  expect((await typeCommand(page, 'kubectl scale deployment web --replicas=3')).exitCode).toBe(0);
  await expect(page.getByTestId('crowd')).toBeHidden();
  await expect(graphOf(page).getByText('3/3', { exact: true })).toBeVisible();
});

test('what stands beside a crowd is large enough for the mouse, and a click selects it', async ({ page }) => {
  await openCrowd(page);
  // Steps as wide as a name and as high as a line: what is smaller than those is missed.
  const box = await graphOf(page).getByTestId('graph').boundingBox();
  if (box === null) throw new Error('the graph is not in sight');
  const label = graphOf(page).locator('strong');
  const found = new Set<string>();
  const wanted = ['laptop', 'router'];
  for (let y = box.y + 10; y < box.y + box.height && found.size < wanted.length; y += 12)
    for (let x = box.x + 10; x < box.x + box.width * 0.15; x += 35) {
      await page.mouse.move(x, y);
      for (const name of await label.allInnerTexts()) {
        if (!wanted.includes(name) || found.has(name)) continue;
        found.add(name);
        if (name === 'laptop') await page.mouse.click(x, y);
      }
    }
  expect([...found].sort()).toEqual(wanted);
  await showPanel(page, 'Inspect');
  await expect(page.getByRole('heading', { name: 'laptop' })).toBeVisible();
});

test('a hundred nodes stand in zones that say what is in them, and the list has every one', async ({ page }) => {
  await openPage(page, 'sandbox');
  const nodes = Array.from({ length: 100 }, (_, i) => `{ name: n-${String(i + 1).padStart(3, '0')} }`);
  const lab = `apiVersion: lab.hoplab.dev/v1alpha1
kind: Lab
metadata: { name: zones }
spec: { nodes: [{ name: cp, role: control-plane }, ${nodes.join(', ')}] }
`;
  await page.getByRole('button', { name: 'Save and share' }).click();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Open a file…' }).click(),
  ]);
  await chooser.setFiles({ name: 'zones.yaml', mimeType: 'application/yaml', buffer: Buffer.from(lab) });
  await page.getByRole('dialog').getByRole('button', { name: 'Open it' }).click();
  await expect(page.getByTestId('crowd')).toBeVisible();
  // What is painted on the canvas is in the picture as text.
  await graphOf(page).getByRole('button', { name: 'Picture' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as SVG' }).click(),
  ]);
  const picture = readFileSync(await download.path(), 'utf8');
  for (const zone of ['cp to n-019', 'n-020 to n-039', 'n-080 to n-099']) expect(picture).toContain(zone);
  expect(picture).toContain('20 nodes');
  await page.keyboard.press('Escape');
  await graphOf(page).getByRole('button', { name: 'List', exact: true }).click();
  const tree = page.getByRole('tree', { name: 'Cluster as a list' });
  await tree.getByRole('treeitem').first().focus();
  await page.keyboard.press('End');
  await expect(tree.getByRole('treeitem', { name: /^n-100/ })).toBeVisible();
});
