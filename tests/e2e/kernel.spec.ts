// A recorded cluster in the sandbox: opened from a file, asked with its own probes, stepped through.

import { expect, type Page } from '@playwright/test';
import { SMALL_TEXT } from '../sim/recorded/smallCluster.ts';
import { openPage, showPanel } from './support/openPage.ts';
import { endOf, terminalBlocks, typeCommand } from './support/terminal.ts';
import { test } from './support/test.ts';

const jsonFile = (name: string, text: string) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) });

/** Chooses a file in the menu of lessons. */
async function openFile(page: Page, title: string, name: string, text: string): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: title, exact: true }).click();
  await page.getByLabel('Open a recorded cluster…').setInputFiles(jsonFile(name, text));
}

test('a recorded cluster opens, sends a probe, and its trace is stepped', async ({ page }) => {
  await openPage(page, 'sandbox');
  await openFile(page, 'Sandbox', 'small.json', SMALL_TEXT);

  const probes = page.getByRole('region', { name: 'Probes' });
  await expect(probes.getByRole('heading', { name: 'small' })).toBeVisible();
  await expect(probes.getByText('4 probes')).toBeVisible();
  const graph = page.getByRole('region', { name: 'Graph', exact: true });
  for (const name of ['n1', 'p11', 'ext']) await expect(graph.getByText(name, { exact: true }).first()).toBeVisible();

  await probes.getByRole('button', { name: 'Send node-port', exact: true }).click();
  await expect(probes.getByText('as recorded', { exact: true })).toBeVisible();
  await expect(probes.getByText('ok · answered by p11')).toBeVisible();
  const sent = await endOf(terminalBlocks(page).last());
  expect(sent.output).toContain('The recorded kernel did the same.');

  await probes.getByRole('button', { name: 'Open trace of node-port' }).click();
  await expect(page.getByRole('tab', { name: 'Trace' })).toHaveAttribute('aria-selected', 'true');
  const panel = page.getByRole('tabpanel', { name: 'Trace' });
  await expect(panel.getByText(/p11/).first()).toBeVisible();
  const place = panel.getByText(/^Step 1 of \d+/);
  await expect(place).toBeVisible();
  await panel.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(panel.getByText(/^Step 2 of \d+/)).toBeVisible();
  await expect(place).toBeHidden();

  await probes.getByRole('button', { name: 'Send closed', exact: true }).click();
  await expect(probes.getByText('recorded: timeout')).toBeVisible();
});

test('changes of a recording run in the terminal, are taken back, and stay over a reload', async ({ page }) => {
  await openPage(page, 'sandbox');
  await openFile(page, 'Sandbox', 'small.json', SMALL_TEXT);
  const probes = page.getByRole('region', { name: 'Probes' });
  await probes.getByRole('button', { name: 'Run ssh n1 iptables -t nat -F' }).click();
  await expect(page.getByRole('button', { name: 'Undo: ssh n1 iptables -t nat -F' })).toBeVisible();
  expect((await typeCommand(page, 'probe node-port')).output).toContain('refused');
  await page.getByRole('button', { name: 'Undo: ssh n1 iptables -t nat -F' }).click();
  expect((await typeCommand(page, 'probe node-port')).output).toContain('ok p11');
  // Written down a moment after the change.
  await page.waitForTimeout(2500);
  await page.reload();
  await expect(probes.getByRole('heading', { name: 'small' })).toBeVisible();

  await probes.getByRole('button', { name: 'Back to the sandbox' }).click();
  await expect(page.getByRole('region', { name: 'Manifests' })).toBeVisible();
  await showPanel(page, 'Terminal');
  expect((await typeCommand(page, 'kubectl get pod client')).output).toContain('client');
});

test('a file that is no recorded cluster is refused with its line, and what was open stays', async ({ page }) => {
  await openPage(page, 'sandbox');
  await typeCommand(page, 'kubectl create namespace blue');
  await openFile(page, 'Sandbox', 'wrong.json', SMALL_TEXT.replace('"from": "n1"', '"from": "n9"'));
  await expect(page.getByRole('alert').filter({ hasText: 'wrong.json' })).toHaveText(
    /^wrong\.json does not open\. Line \d+, probes\[2\]\.from: there is no host "n9" in this cluster\. Nothing was changed\.$/,
  );
  await page.keyboard.press('Escape');
  expect((await typeCommand(page, 'kubectl get namespace blue')).output).toContain('blue');
  await expect(page.getByRole('button', { name: 'Undo: kubectl create namespace blue' })).toBeEnabled();
});

test('a lesson is left for a recorded cluster', async ({ page }) => {
  await page.goto('/');
  const title = await page.getByRole('article').getByRole('heading', { level: 1 }).innerText();
  await openFile(page, title, 'small.json', SMALL_TEXT);
  await expect(page).toHaveTitle(/^small/);
  await expect(page.getByRole('region', { name: 'Probes' }).getByRole('heading', { name: 'small' })).toBeVisible();
});
