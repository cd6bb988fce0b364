// A lab with more Pods than boxes of their own: a canvas paints them, and the mouse, the list and the keyboard find them.

import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { openPage, showPanel } from './support/openPage.ts';
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
