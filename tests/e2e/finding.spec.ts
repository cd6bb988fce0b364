// Finding things on the graph: search, filter, the view by keys, what can be done with an element, and pictures of it.

import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';
import { viewOf } from './support/graph.ts';
import { openPage, showPanel } from './support/openPage.ts';
import { terminalBlocks, typeCommand } from './support/terminal.ts';
import { test } from './support/test.ts';

const graph = (page: Page): Locator => page.getByRole('img', { name: /^The cluster as a graph/ });
const search = (page: Page): Locator =>
  page.getByRole('combobox', { name: 'Find a name, an address, a label or a kind' });
const bar = (page: Page): Locator => page.getByRole('toolbar', { name: 'Graph' });

/** The inspector shows what is selected. */
async function expectSelected(page: Page, name: string): Promise<void> {
  await showPanel(page, 'Inspect');
  await expect(page.getByRole('region', { name: 'Panel' }).getByRole('heading', { name, exact: true })).toBeVisible();
}

test('what is searched is shown on the graph, by the keyboard alone', async ({ page }) => {
  await openPage(page, 'sandbox');
  await graph(page).focus();
  await page.keyboard.press('/');
  const field = search(page);
  await expect(field).toBeFocused();
  await page.keyboard.type('nothing like this');
  await expect(page.getByText('Nothing here has this name, address, label or kind.')).toBeVisible();
  await field.fill('node');
  await expect(page.getByText(/^\d+ results$/)).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('option', { selected: true })).toContainText('node-2');
  await page.keyboard.press('Enter');
  await expect(field).toBeHidden();
  await expect(graph(page)).toBeFocused();
  await expectSelected(page, 'node-2');
});

test('an object that another level draws is shown on that level; Escape gives the focus back', async ({ page }) => {
  await openPage(page, 'sandbox');
  await typeCommand(page, 'kubectl create deployment web --image=nginx --replicas=2');
  const button = bar(page).getByRole('button', { name: 'Find' });
  await button.click();
  const field = search(page);
  await field.fill('deploy web');
  await page.getByRole('option', { name: 'web Deployment' }).click();
  await expect(page.getByRole('radio', { name: 'Objects' })).toBeChecked();
  await expectSelected(page, 'web');
  await button.click();
  await expect(field).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(field).toBeHidden();
  await expect(button).toBeFocused();
});

test('a filter leaves out of the list what it hides, and says so', async ({ page }) => {
  await openPage(page, 'sandbox');
  await typeCommand(page, 'kubectl create deployment web --image=nginx --replicas=2');
  await typeCommand(page, 'kubectl create deployment db --image=nginx');
  await bar(page).getByRole('button', { name: 'List' }).click();
  const rows = page.getByRole('tree', { name: 'Cluster as a list' }).getByRole('treeitem');
  await expect(rows.filter({ hasText: /^\s*db-/ })).toHaveCount(1);

  await bar(page).getByRole('button', { name: 'Filter' }).click();
  const labels = page.getByRole('textbox', { name: 'Labels' });
  await labels.fill('app in (web');
  await expect(page.getByText("unable to parse requirement: found '', expected: ',' or ')'")).toBeVisible();
  await expect(rows.filter({ hasText: /^\s*db-/ })).toHaveCount(1);
  await labels.fill('app in (web)');
  await expect(rows.filter({ hasText: /^\s*db-/ })).toHaveCount(0);
  await expect(rows.filter({ hasText: /^\s*web-/ })).toHaveCount(2);
  await page.keyboard.press('Escape');

  // On the graph it is pale at this level, and left out among objects.
  await expect(page.getByTestId('veil')).toBeAttached();
  await page.getByText('Objects', { exact: true }).click();
  const scene = page.getByTestId('graph');
  await expect(scene.getByText(/^web-.+/).first()).toBeVisible();
  await expect(scene.getByText(/^db-.+/)).toHaveCount(0);

  const line = page.getByText(/^The filter hides \d+ elements?\.$/).first();
  await expect(line).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filter' }).first().click();
  await expect(line).toBeHidden();
  await expect(scene.getByText(/^db-.+/).first()).toBeVisible();
});

test('a namespace and kinds are filtered, on the graph and in the list alike', async ({ page }) => {
  await openPage(page, 'sandbox');
  await typeCommand(page, 'kubectl create namespace team');
  await typeCommand(page, 'kubectl run own --image=nginx -n team');
  await bar(page).getByRole('button', { name: 'List' }).click();
  const rows = page.getByRole('tree', { name: 'Cluster as a list' }).getByRole('treeitem');
  const row = (name: string): Locator => rows.filter({ hasText: new RegExp(`^\\s*${name}`) });
  await bar(page).getByRole('button', { name: 'Filter' }).click();
  await page.getByRole('combobox', { name: 'Namespace' }).selectOption('team');
  await expect(row('client')).toHaveCount(0);
  await expect(row('own')).toHaveCount(1);
  await page.getByRole('checkbox', { name: 'Pods' }).uncheck();
  await expect(row('own')).toHaveCount(0);
  await expect(row('node-1')).toHaveCount(1);
  await page.getByRole('checkbox', { name: 'Hosts outside' }).uncheck();
  await expect(row('laptop')).toHaveCount(0);
  await page.getByRole('button', { name: 'Clear the filter' }).last().click();
  await expect(row('client')).toHaveCount(1);
  await expect(row('laptop')).toHaveCount(1);
  await expect(page.getByTestId('veil')).toHaveCount(0);
});

test('a level more, and the addresses of the packet stand where it is: on the graph and in the list', async ({
  page,
}) => {
  await openPage(page, 'sandbox');
  await typeCommand(page, 'kubectl exec client -- ping -c 1 192.168.10.12');
  await showPanel(page, 'Trace');
  const tree = page.getByRole('tree', { name: 'Cluster as a list' });
  await bar(page).getByRole('button', { name: 'List' }).click();
  const inList = tree.getByRole('treeitem', { name: /^echo request 10\.244\.1\.2 → 192\.168\.10\.12/ });
  const onGraph = page.getByTestId('packet').getByText('→ 192.168.10.12');
  await expect(tree.getByRole('treeitem', { name: /^client/ })).toContainText('step 1');
  await expect(inList).toHaveCount(0);
  await expect(onGraph).toHaveCount(0);
  await page.getByText('Packets', { exact: true }).click();
  await expect(inList).toHaveCount(1);
  await expect(onGraph).toHaveCount(1);
  // What is chosen in one is chosen in the other.
  await tree.getByRole('treeitem', { name: 'node-2 192.168.10.12' }).click();
  await expectSelected(page, 'node-2');
});

test('keys move the view, the small map shows where it is, and the packet stays in sight', async ({ page }) => {
  await openPage(page, 'sandbox');
  await typeCommand(page, 'kubectl exec client -- ping -c 1 192.168.10.12');
  await showPanel(page, 'Trace');
  await expect(page.getByTestId('minimap')).toBeHidden();
  await graph(page).focus();
  const fitted = await viewOf(page);
  for (let i = 0; i < 4; i++) await page.keyboard.press('+');
  const near = await viewOf(page);
  expect(near).not.toBe(fitted);
  await page.keyboard.press('ArrowRight');
  expect(await viewOf(page)).not.toBe(near);
  const map = page.getByTestId('minimap');
  await expect(map).toBeVisible();

  // A press on the right of the map leads away from the packet, a step back to it.
  const box = await map.boundingBox();
  if (box === null) throw new Error('the small map has no place');
  await page.mouse.click(box.x + box.width - 6, box.y + 6);
  const frame = await page.getByTestId('graph').boundingBox();
  if (frame === null) throw new Error('the graph has no place');
  const packet = page.getByTestId('packet');
  const isInSight = async (): Promise<boolean> => {
    const at = await packet.boundingBox();
    return at !== null && at.x >= frame.x && at.x + at.width <= frame.x + frame.width && at.y >= frame.y;
  };
  await expect.poll(isInSight).toBe(false);
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect.poll(isInSight).toBe(true);

  // It does not when it is not wanted.
  const follow = page.getByRole('button', { name: 'Follow the packet' });
  await follow.click();
  await expect(follow).toHaveAttribute('aria-pressed', 'false');
  await page.mouse.click(box.x + box.width - 6, box.y + 6);
  await expect.poll(isInSight).toBe(false);
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(page.getByText(/^Step 3 of/)).toBeVisible();
  expect(await isInSight()).toBe(false);

  await graph(page).focus();
  await page.keyboard.press('0');
  await expect.poll(() => viewOf(page)).toBe(fitted);
  await expect(map).toBeHidden();
});

test('who drags the graph while a packet is played looks elsewhere, until following is wanted again', async ({
  page,
}) => {
  await openPage(page, 'sandbox');
  await typeCommand(page, 'kubectl exec client -- ping -c 1 192.168.10.12');
  await showPanel(page, 'Trace');
  await expect(page.getByText(/^Step 1 of/)).toBeVisible();
  await graph(page).focus();
  for (let i = 0; i < 4; i++) await page.keyboard.press('+');
  const follow = page.getByRole('button', { name: 'Follow the packet' });
  await expect(follow).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: 'Play' }).click();
  const frame = await page.getByTestId('graph').boundingBox();
  if (frame === null) throw new Error('the graph has no place');
  // It does not matter what of the graph is under the pointer: a node's box fills much of it from near.
  const [x, y] = [frame.x + frame.width * 0.7, frame.y + frame.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 300, y + 40, { steps: 4 });
  await page.mouse.up();
  await expect(follow).toHaveAttribute('aria-pressed', 'false');
  const view = await viewOf(page);
  await expect(page.getByText(/^Step (?:[6-9]|\d\d) of/)).toBeVisible();
  expect(await viewOf(page)).toBe(view);
  await follow.click();
  await expect.poll(() => viewOf(page)).not.toBe(view);
});

test('one menu of actions on the graph and in the list: a trace between two ends, a shell, a manifest', async ({
  page,
}) => {
  await openPage(page, 'sandbox');
  const name = page.getByTestId('graph').getByText('client', { exact: true }).first();
  await name.waitFor();
  const items = page.getByRole('menu', { name: 'Actions for client' }).getByRole('menuitem');
  // What the menu is made of comes with the first movement of the mouse.
  await expect(async () => {
    const box = await name.boundingBox();
    await page.mouse.click((box?.x ?? 0) + 4, (box?.y ?? 0) + 4, { button: 'right' });
    await expect(items.first()).toBeFocused({ timeout: 1000 });
  }).toPass();
  const onGraph = await items.allInnerTexts();
  await page.keyboard.press('Escape');
  await expect(items).toHaveCount(0);

  await bar(page).getByRole('button', { name: 'List' }).click();
  const tree = page.getByRole('tree', { name: 'Cluster as a list' });
  await tree.getByRole('treeitem', { name: /^client/ }).click();
  await page.keyboard.press('Shift+F10');
  await expect(items.first()).toBeFocused();
  expect(await items.allInnerTexts()).toEqual(onGraph);

  await page.getByRole('menuitem', { name: 'Trace from here…' }).click();
  await expect(page.getByText('Trace from client. Choose where the packet goes')).toBeVisible();
  await tree.getByRole('treeitem', { name: 'node-2 192.168.10.12' }).click();
  await expect(page.getByText(/^Step 1 of \d+/)).toBeVisible();
  await showPanel(page, 'Terminal');
  await expect(terminalBlocks(page).last()).toContainText('kubectl exec client -- ping -c 1 192.168.10.12');

  await tree.getByRole('treeitem', { name: /^client/ }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Show the manifest/ }).click();
  await expect(terminalBlocks(page).last()).toContainText('kind: Pod');
});

test('the graph is saved as SVG that stands alone, and as PNG', async ({ page, context }) => {
  await openPage(page, 'sandbox');
  await typeCommand(page, 'kubectl exec client -- ping -c 1 10.244.1.1');
  await showPanel(page, 'Trace');
  await bar(page).getByRole('button', { name: 'Picture' }).click();
  const saved = async (button: string): Promise<{ readonly name: string; readonly path: string }> => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: button }).click(),
    ]);
    return { name: download.suggestedFilename(), path: await download.path() };
  };
  const svg = await saved('Save as SVG');
  expect(svg.name).toBe('sandbox-network.svg');
  const text = readFileSync(svg.path, 'utf8');
  expect(text).not.toMatch(/<script|<foreignObject|\son\w+=|https?:\/\/(?!www\.w3\.org)/);

  // Chromium alone, without the page: the same texts.
  const alone = await context.newPage();
  const asked: string[] = [];
  alone.on('request', request => asked.push(request.url()));
  await alone.goto(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`);
  const texts = await alone.locator('text').allTextContents();
  expect(texts).toEqual(expect.arrayContaining(['client', '10.244.1.2', 'node-2', 'sandbox · Network']));
  for (const word of ['Request', 'Dropped', 'Marker']) expect(texts.join('\n')).toContain(word);
  expect(asked.filter(url => !url.startsWith('data:'))).toEqual([]);
  await alone.close();

  const png = readFileSync((await saved('Save as PNG')).path);
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  const [, width = ''] = /<svg [^>]*width="(\d+)"/.exec(text) ?? [];
  expect(png.readUInt32BE(16)).toBe(2 * Number(width));
});
