// The matrix as a person uses it: run it, change the cluster, see which cells changed, open the trace of one.

import { expect, type Locator, type Page } from '@playwright/test';
import { applyManifest, pasteManifest } from './support/manifests.ts';
import { openPage, showPanel } from './support/openPage.ts';
import { typeCommand } from './support/terminal.ts';
import { test } from './support/test.ts';

const DENY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: deny
spec:
  podSelector: {}
`;

const panel = (page: Page): Locator => page.getByRole('region', { name: 'Matrix', exact: true });

/** The cell of a row and a column, by what their heads say. */
async function cell(page: Page, row: string, column: RegExp): Promise<Locator> {
  const grid = panel(page).getByRole('grid', { name: 'Who reaches whom' });
  const heads = await grid.getByRole('columnheader').allInnerTexts();
  const at = heads.findIndex(head => column.test(head.replace(/\s+/g, ' ')));
  expect(at, `${column} among ${heads.join(' | ')}`).toBeGreaterThanOrEqual(0);
  return grid
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: row }) })
    .getByRole('gridcell')
    .nth(at);
}

async function openWithWeb(page: Page): Promise<void> {
  await openPage(page, 'sandbox');
  await typeCommand(page, 'kubectl run web --image=web --labels=app=web');
  await typeCommand(page, 'kubectl expose pod web --port=80 --target-port=8080');
  await showPanel(page, 'Matrix');
  await expect(panel(page).getByRole('button', { name: 'Run', exact: true })).toBeVisible();
}

test('a run, a typo in the selector, another run: the cells that changed are marked, and one opens its trace', async ({
  page,
}) => {
  await openWithWeb(page);
  await panel(page).getByRole('button', { name: 'Run', exact: true }).click();
  await expect(panel(page).getByText('6 ok, 3 timeout. A cell opens its trace.')).toBeVisible();
  const client = await cell(page, 'client', /^web 80\/TCP/);
  await expect(client).toHaveText('ok');
  await expect(await cell(page, 'client', /^web 8080\/TCP/)).toHaveText('ok');
  await expect(await cell(page, 'laptop', /^client ping/)).toHaveText('timeout');

  await typeCommand(page, 'kubectl set selector service web app=wbe');
  await showPanel(page, 'Matrix');
  await expect(panel(page).getByText('The cluster has changed since.')).toBeVisible();
  await expect(client).toHaveText('ok');
  await panel(page).getByRole('button', { name: 'Run again' }).click();
  await expect(
    panel(page).getByText('4 ok, 3 timeout, 2 refused. A cell opens its trace. 2 cells changed since the last run.'),
  ).toBeVisible();
  await expect(panel(page).getByText('The cluster has changed since.')).toBeHidden();
  await expect(client).toHaveText('refusedwas ok');
  await expect(await cell(page, 'laptop', /^client ping/)).toHaveText('timeout');

  await client.click();
  const trace = page.getByRole('region', { name: 'Trace', exact: true });
  await trace.getByRole('button', { name: 'Go to what decided' }).click();
  await expect(trace.getByText('default/web has no endpoints').first()).toBeVisible();
  // The run is still there, and a packet is no change of the cluster.
  await showPanel(page, 'Matrix');
  await expect(client).toHaveText('refusedwas ok');
  await expect(panel(page).getByText('The cluster has changed since.')).toBeHidden();
});

test('a NetworkPolicy that this lab only keeps changes no cell, and a rule on a node does', async ({ page }) => {
  await openWithWeb(page);
  await panel(page).getByRole('button', { name: 'Run', exact: true }).click();
  await expect(panel(page).getByText('6 ok, 3 timeout. A cell opens its trace.')).toBeVisible();
  await pasteManifest(page, DENY);
  expect((await applyManifest(page)).output).toContain('networkpolicy.networking.k8s.io/deny created');
  await panel(page).getByRole('button', { name: 'Run again' }).click();
  await expect(panel(page).getByText('Nothing changed since the last run.')).toBeVisible();
  await typeCommand(page, 'ssh node-1 iptables -I FORWARD -s 10.244.1.2 -j DROP');
  await showPanel(page, 'Matrix');
  await panel(page).getByRole('button', { name: 'Run again' }).click();
  await expect(await cell(page, 'client', /^web 8080\/TCP/)).toHaveText('timeoutwas ok');
  await expect(await cell(page, 'web', /^web 8080\/TCP/)).toHaveText('ok');
});

test('everything by keyboard: run, choose, go through the cells, open a trace', async ({ page }) => {
  await openWithWeb(page);
  await page.getByRole('tab', { name: 'Matrix' }).focus();
  await page.keyboard.press('Tab');
  await expect(panel(page).getByRole('button', { name: 'Choose 3 × 3' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(panel(page).getByRole('button', { name: 'Run', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(panel(page).getByText('6 ok, 3 timeout. A cell opens its trace.')).toBeVisible();
  await expect(await cell(page, 'client', /^web 80\/TCP/)).toBeFocused();
  await panel(page).getByRole('button', { name: 'Choose 3 × 3' }).focus();
  await page.keyboard.press('Enter');
  const nodes = panel(page).getByRole('group', { name: 'Rows ask' }).getByRole('checkbox', { name: 'Nodes' });
  await nodes.focus();
  await page.keyboard.press('Space');
  await expect(panel(page).getByRole('button', { name: 'Choose 6 × 3' })).toBeVisible();
  const filter = panel(page).getByRole('searchbox', { name: 'Rows ask: Filter' });
  await filter.focus();
  await page.keyboard.type('node-');
  await expect(panel(page).getByRole('button', { name: 'Choose 2 × 3' })).toBeVisible();
  await panel(page).getByRole('button', { name: 'Run again' }).focus();
  await page.keyboard.press('Enter');
  await expect(panel(page).getByText('6 ok. A cell opens its trace.')).toBeVisible();

  const first = await cell(page, 'node-1', /^web 80\/TCP/);
  await first.focus();
  await page.keyboard.press('ArrowRight');
  await expect(await cell(page, 'node-1', /^client ping/)).toBeFocused();
  await page.keyboard.press('Control+End');
  await expect(await cell(page, 'node-2', /^web 8080\/TCP/)).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowLeft');
  await expect(panel(page).getByRole('rowheader', { name: 'node-2' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Trace', exact: true })).toBeVisible();
  await expect(page.getByText('node-2 → 10.96.1.1:80').first()).toBeVisible();
});

test('every end against every end: hosts, nodes and Services, and a way back from a trace to its cell', async ({
  page,
}) => {
  await openWithWeb(page);
  await typeCommand(page, 'kubectl create deployment more --image=web --replicas=9');
  await typeCommand(page, 'kubectl expose pod web --name=both --port=81 --target-port=8080');
  await showPanel(page, 'Matrix');
  await panel(page)
    .getByRole('button', { name: /^Choose/ })
    .click();
  for (const box of await panel(page).getByRole('checkbox').all()) await box.check();
  await expect(panel(page).getByRole('button', { name: 'Choose 15 × 21' })).toBeVisible();
  await panel(page).getByRole('button', { name: 'Run', exact: true }).click();
  await expect(panel(page).getByText(/A cell opens its trace\./)).toBeVisible();
  await expect(await cell(page, 'laptop', /^node-1 22/)).toHaveText('ok');
  await expect(await cell(page, 'node-2', /^both 81\/TCP/)).toHaveText('ok');
  await expect(await cell(page, 'cp', /^laptop ping/)).toHaveText('ok');

  const far = await cell(page, 'laptop', /^node-2 10250/);
  await far.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('laptop → 192.168.10.12:10250').first()).toBeVisible();
  // The focus is not lost with the panel, and the cell is where it was.
  const trace = page.getByRole('region', { name: 'Trace', exact: true });
  await expect(trace).toBeFocused();
  await page.keyboard.press(']');
  await expect(trace.getByText(/^Step 2 of/)).toBeVisible();
  await showPanel(page, 'Matrix');
  await expect(far).toBeInViewport();
  await expect(far).toHaveAttribute('tabindex', '0');
});

test('on a phone it is a sheet over the page, which Escape closes', async ({ page }) => {
  await openWithWeb(page);
  await panel(page).getByRole('button', { name: 'Run', exact: true }).click();
  await expect(panel(page).getByText('6 ok, 3 timeout. A cell opens its trace.')).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('button', { name: 'Matrix', exact: true }).click();
  await expect(await cell(page, 'client', /^web 80\/TCP/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel(page)).toBeHidden();
});
