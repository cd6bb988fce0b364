// Labs that are kept and shared: as a file, as a link, and as they were before.

import { readFile } from 'node:fs/promises';
import { deflateRawSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { applyManifest, pasteManifest } from './support/manifests.ts';
import { openPage, showPanel } from './support/openPage.ts';
import { terminalBlocks, typeCommand } from './support/terminal.ts';
import { expect, test } from './support/test.ts';

async function chooseFromMenu(page: Page, line: string): Promise<void> {
  await page.getByRole('button', { name: 'Save and share' }).click();
  await page.getByRole('button', { name: line }).click();
}

/** The file that the browser downloads, as text. */
async function savedLab(page: Page): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), chooseFromMenu(page, 'Save as a file')]);
  expect(download.suggestedFilename()).toBe('sandbox.yaml');
  return readFile(await download.path(), 'utf8');
}

test('a lab saved as a file opens again after a question, and the file has its objects only', async ({ page }) => {
  await openPage(page, 'sandbox');
  await typeCommand(page, 'kubectl create deployment web --image=web');
  const text = await savedLab(page);
  expect(text).toMatch(/^# .*\napiVersion: lab.hoplab.dev/);
  expect(text).toContain('kind: Deployment');
  expect(text).not.toMatch(/resourceVersion|status:|kind: ReplicaSet|namespace: kube-system/);
  await typeCommand(page, 'kubectl delete deployment web');

  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), chooseFromMenu(page, 'Open a file…')]);
  await chooser.setFiles({ name: 'mine.yaml', mimeType: 'application/yaml', buffer: Buffer.from(text) });
  const dialog = page.getByRole('dialog', { name: 'Open this lab?' });
  await expect(dialog.getByText('1 Deployment')).toBeVisible();
  await expect(dialog.getByText('default/web')).toBeVisible();
  await dialog.getByRole('button', { name: 'Open it' }).click();
  await expect(dialog).toBeHidden();
  // Another lab has a terminal that says nothing yet.
  await expect(terminalBlocks(page)).toHaveCount(0);
  expect((await typeCommand(page, 'kubectl get deployments')).output).toContain('web');
  // The file is saved as it was opened.
  expect(await savedLab(page)).toBe(text);
});

test('a link opens the lab elsewhere after a question', async ({ page, context, browser, baseURL }) => {
  await openPage(page, 'sandbox');
  await typeCommand(page, 'kubectl create namespace blue');
  await chooseFromMenu(page, 'Share a link…');
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue();
  expect(link).toMatch(/#\/open\/[\w-]+$/);
  await context.close();

  const elsewhere = await browser.newContext({ ...(baseURL !== undefined && { baseURL }), serviceWorkers: 'block' });
  const other = await elsewhere.newPage();
  await other.goto(link);
  const dialog = other.getByRole('dialog', { name: 'Open the lab of this link?' });
  await expect(dialog.getByText('blue')).toBeVisible();
  await dialog.getByRole('button', { name: 'Open it' }).click();
  expect((await typeCommand(other, 'kubectl get namespace blue')).exitCode).toBe(0);
  expect(new URL(other.url()).hash).toBe('#/sandbox');
  await elsewhere.close();
});

test('a second link is asked about in the place of the first', async ({ page }) => {
  await openPage(page, 'sandbox');
  await chooseFromMenu(page, 'Share a link…');
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue();
  await page.keyboard.press('Escape');
  await page.goto(link);
  await expect(page.getByRole('dialog', { name: 'Open the lab of this link?' })).toBeVisible();
  await page.goto('/#/open/XZBBCsIwEEX');
  await expect(page.getByRole('dialog', { name: 'This lab cannot be opened' })).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page).toHaveURL(/#\/sandbox$/);
});

test('a lab that is too large for a link is offered as a file', async ({ page }) => {
  await openPage(page, 'sandbox');
  // Hardly to be compressed: a link has room for 30,000 characters.
  let seed = 1;
  const letters = Array.from({ length: 45_000 }, () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return (seed % 36).toString(36);
  });
  await pasteManifest(
    page,
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: much}\ndata: {x: ${letters.join('')}}\n`,
  );
  expect((await applyManifest(page)).exitCode).toBe(0);
  await chooseFromMenu(page, 'Share a link…');
  const dialog = page.getByRole('dialog', { name: 'Share this lab as a link' });
  await expect(dialog.getByText(/^This lab would need a link of [34]\d,\d{3} characters/)).toBeVisible();
  await expect(dialog.getByRole('textbox')).toHaveCount(0);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save as a file' }).click(),
  ]);
  expect(await readFile(await download.path(), 'utf8')).toContain(letters.join(''));
});

test('a link that was cut says so, and the sandbox is as it was', async ({ page }) => {
  await page.goto('/#/open/XZBBCsIwEEX');
  const dialog = page.getByRole('dialog', { name: 'This lab cannot be opened' });
  await expect(dialog.getByText(/damaged/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toBeHidden();
  expect((await typeCommand(page, 'kubectl get pod client')).exitCode).toBe(0);
});

test('a checkpoint brings the lab back, after a reload too, and the history goes to any change', async ({ page }) => {
  await openPage(page, 'sandbox');
  await typeCommand(page, 'kubectl create namespace blue');
  await typeCommand(page, 'kubectl create namespace red');
  await chooseFromMenu(page, 'History…');
  const dialog = page.getByRole('dialog', { name: 'History' });
  await dialog.getByRole('textbox', { name: /^Name the lab/ }).fill('two colours');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('Kept as “two colours”.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Undo to here kubectl create namespace blue' }).click();
  await expect(dialog.getByRole('button', { name: 'Redo to here kubectl create namespace red' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  expect((await typeCommand(page, 'kubectl get namespace red')).exitCode).toBe(1);

  await page.reload();
  await chooseFromMenu(page, 'History…');
  await dialog.getByRole('button', { name: 'Open two colours' }).click();
  await expect(page.getByRole('region', { name: 'Notice' })).toContainText('The lab is as it was after: two colours.');
  expect((await typeCommand(page, 'kubectl get namespace red')).exitCode).toBe(0);
});

test('checkpoints of one name are told apart, a removed one is put back, and a turned name turns nothing', async ({
  page,
}) => {
  await openPage(page, 'sandbox');
  await chooseFromMenu(page, 'History…');
  const dialog = page.getByRole('dialog', { name: 'History' });
  const field = dialog.getByRole('textbox', { name: /^Name the lab/ });
  for (const name of ['mine', 'mine', '\u202egnp.exe']) {
    await field.fill(name);
    await page.keyboard.press('Enter');
    await expect(field).toHaveValue('');
  }
  await expect(dialog.getByText('Kept as “\\u{202e}gnp.exe”.')).toBeVisible();
  const kept = dialog.getByRole('region', { name: 'Kept' }).getByRole('button', { name: /^Open/ });
  await expect(kept).toHaveText(['Open \\u{202e}gnp.exe', 'Open mine (2)', 'Open mine']);
  await dialog.getByRole('button', { name: 'Remove mine', exact: true }).click();
  await expect(kept).toHaveCount(2);
  await dialog.getByRole('button', { name: 'Put it back' }).click();
  await expect(kept).toHaveText(['Open \\u{202e}gnp.exe', 'Open mine (2)', 'Open mine']);
  await page.reload();
  await chooseFromMenu(page, 'History…');
  await expect(kept).toHaveCount(3);
});

test('one undo takes back all of an apply, a deleted namespace, a command on a node; redo brings them again', async ({
  page,
}) => {
  await openPage(page, 'sandbox');
  const maps = ['a', 'b', 'c', 'd'].map(
    name => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: blue}\n`,
  );
  await pasteManifest(page, ['apiVersion: v1\nkind: Namespace\nmetadata: {name: blue}\n', ...maps].join('---\n'));
  expect((await applyManifest(page)).exitCode).toBe(0);
  await typeCommand(page, 'kubectl delete namespace blue');
  await typeCommand(page, 'ssh node-1 ip link set eth0 down');
  const undo = page.getByRole('button', { name: /^Undo:/ });
  const redo = page.getByRole('button', { name: /^Redo:/ });
  await expect(undo).toHaveAccessibleName('Undo: ssh node-1 ip link set eth0 down');
  await undo.click();
  await expect(undo).toHaveAccessibleName('Undo: kubectl delete namespace blue');
  await undo.click();
  await expect(undo).toHaveAccessibleName(/^Undo: kubectl apply/);
  const back = await typeCommand(page, 'kubectl get configmaps -n blue -o name');
  expect(back.output.trim().split('\n')).toEqual(['configmap/a', 'configmap/b', 'configmap/c', 'configmap/d']);
  await undo.click();
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeVisible();
  expect((await typeCommand(page, 'kubectl get namespace blue')).exitCode).toBe(1);
  for (const name of [/^Redo: kubectl apply/, 'Redo: kubectl delete namespace blue', /^Redo: ssh node-1/]) {
    await expect(redo).toHaveAccessibleName(name);
    await redo.click();
  }
  await expect(undo).toHaveAccessibleName('Undo: ssh node-1 ip link set eth0 down');
  expect((await typeCommand(page, 'ssh node-1 ip link show eth0')).output).toContain('state DOWN');
});

test('a lab for a real cluster is a zip; a file of a real cluster shows what it leaves out', async ({ page }) => {
  await openPage(page, 'sandbox');
  await typeCommand(page, 'kubectl exec client -- ping -c 1 192.168.10.12');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    chooseFromMenu(page, 'Take it to a real cluster'),
  ]);
  expect(download.suggestedFilename()).toBe('sandbox.zip');
  const archive = await readFile(await download.path(), 'latin1');
  expect(archive).toContain('sandbox/kind.yaml');
  expect(archive).toContain('kubectl exec client -- ping -c 1 192.168.10.12');

  const items = [
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'cart', resourceVersion: '5' },
      spec: { containers: [{ name: 'a', image: 'ghcr.io/shop/cart:3' }] },
    },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', namespace: 'kube-system' } },
  ];
  const buffer = Buffer.from(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), chooseFromMenu(page, 'Open a file…')]);
  await chooser.setFiles({ name: 'all.json', mimeType: 'application/json', buffer });
  const dialog = page.getByRole('dialog', { name: 'Open this lab?' });
  await dialog.getByText('3 things are left out or otherwise').click();
  await expect(dialog.getByText(/ghcr.io\/shop\/cart:3/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

const linkOf = (text: string): string => `/#/open/${deflateRawSync(text).toString('base64url')}`;

test('a hostile link is shown as text, and nothing of it runs', async ({ page }) => {
  const namespace = (name: string): string =>
    `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${JSON.stringify(name)}}\n`;
  await page.goto(linkOf(namespace('<img src=x onerror=document.title=1>\u202egpj')));
  const refused = page.getByRole('dialog', { name: 'This lab cannot be opened' });
  await expect(refused.getByText(/<img src=x onerror=document.title=1>\\u\{202e\}gpj/).first()).toBeVisible();
  await refused.getByRole('button', { name: 'Close' }).click();
  await expect(refused).toBeHidden();
  expect(new URL(page.url()).hash).toBe('#/sandbox');
  await page.goto(linkOf(' '.repeat(2_000_000)));
  await expect(refused.getByText('What the link holds is larger than 1 MB. It was not unpacked.')).toBeVisible();
  await expect(page).toHaveTitle(/^Sandbox/);
});

test('a change is played back event by event, and the page goes back to now', async ({ page }) => {
  await openPage(page, 'sandbox');
  await typeCommand(page, 'kubectl create deployment web --image=web --replicas=2');
  const list = page.getByRole('tree', { name: 'Cluster as a list' });
  await page.getByRole('button', { name: /^List/ }).click();
  await expect(list.getByText(/^web-/).first()).toBeVisible();
  await showPanel(page, 'Events');
  await page.getByRole('button', { name: 'Play back the last change' }).click();
  const bar = page.getByRole('region', { name: 'Playback' });
  await bar.getByRole('button', { name: 'Skip to the end' }).click();
  await expect(list.getByText(/^web-/).first()).toBeVisible();
  await bar.getByRole('button', { name: 'To the start' }).click();
  await expect(bar.getByText(/^Event 0 of \d+$/)).toBeVisible();
  await expect(list.getByText(/^web-/)).toHaveCount(0);
  await bar.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(bar.getByText(/^Event 1 of \d+$/)).toBeVisible();
  await bar.getByText('4×').click();
  await bar.getByRole('button', { name: 'Play' }).click();
  await expect(list.getByText(/^web-/).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(bar).toBeHidden();
});

test('a file that is dropped on the page is shown before it opens', async ({ page }) => {
  await openPage(page, 'sandbox');
  const file = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['apiVersion: v1\nkind: Namespace\nmetadata: {name: blue}\n'], 'a.yaml'));
    return data;
  });
  const graph = page.getByRole('region', { name: 'Graph', exact: true });
  await graph.dispatchEvent('dragenter', { dataTransfer: file });
  // The page listens once the part that does so has come.
  await expect(async () => {
    await graph.dispatchEvent('dragover', { dataTransfer: file });
    await expect(page.getByText('Drop the file to look at what it holds')).toBeVisible({ timeout: 200 });
  }).toPass();
  await graph.dispatchEvent('drop', { dataTransfer: file });
  const dialog = page.getByRole('dialog', { name: 'Open this lab?' });
  await expect(dialog.getByText('1 Namespace')).toBeVisible();
  await dialog.getByRole('button', { name: 'Keep mine' }).click();
  await expect(dialog).toBeHidden();
  expect((await typeCommand(page, 'kubectl get namespace blue')).exitCode).toBe(1);
});
