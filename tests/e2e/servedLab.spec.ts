// A lab that `npm run apiserver` serves, opened in the page: what the learner's own kubectl does shows at once, and a lab
// that is not there is said plainly.

import type { Page } from '@playwright/test';
import { applyManifest, pasteManifest } from './support/manifests.ts';
import { showPanel } from './support/openPage.ts';
import { openPalette } from './support/palette.ts';
import { type ServedLab, serveLab, typeElsewhere } from './support/servedLab.ts';
import { endOf, terminalBlocks, typeCommand } from './support/terminal.ts';
import { expect, test } from './support/test.ts';

// The page asks this other origin because its address says so. A lab that goes away breaks connections.
test.use({ caused: /^request to http:\/\/127\.0\.0\.1:\d+\/apis\/lab\.hoplab\.dev\/|net::ERR_/ });

const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
  - port: 80
`;

let served: ServedLab;
test.beforeEach(async ({ baseURL }) => {
  served = await serveLab(originOf(baseURL));
});
test.afterEach(() => served.stop());

const originOf = (baseURL: string | undefined): string => new URL(baseURL ?? '').origin;

async function openServed(page: Page, lab: string): Promise<void> {
  await page.goto(`/?lab=${encodeURIComponent(lab)}`);
  await expect(page).toHaveTitle(/^Lab at /);
}

const banner = (page: Page) => page.getByRole('alert').filter({ hasText: 'The lab' });

test('what a kubectl elsewhere does shows in the graph, the list, the terminal and the events', async ({ page }) => {
  await openServed(page, served.url);
  const graph = page.getByTestId('graph');
  await expect(graph.getByText('client').first()).toBeVisible();
  await page.getByText('Objects', { exact: true }).click();

  expect(await typeElsewhere(served.url, ['create', 'deployment', 'web', '--image=nginx', '--replicas=2'])).toBe(
    'deployment.apps/web created\n',
  );
  await typeElsewhere(served.url, ['expose', 'deployment', 'web', '--port=80']);
  await expect(graph.getByText('2 of 2 ready')).toBeVisible();
  const pods = await typeCommand(page, 'kubectl get deployment web');
  expect(pods.output).toMatch(/^web +2\/2 +2 +2 /m);
  await page.getByRole('button', { name: /^List/ }).click();
  const tree = page.getByRole('tree', { name: 'Cluster as a list' });
  await expect(tree.getByRole('treeitem', { name: /^web-[a-z0-9]+-[a-z0-9]{5}/ }).first()).toBeVisible();
  await showPanel(page, 'Events');
  await expect(page.getByText(/Scaled up replica set web-/).first()).toBeVisible();

  await typeElsewhere(served.url, ['delete', 'deployment,service', 'web']);
  await expect(tree.getByRole('treeitem', { name: /^web/ })).toHaveCount(0);
});

test('what comes while the palette is open is found in it, and what is chosen stays chosen', async ({ page }) => {
  await openServed(page, served.url);
  await openPalette(page);
  const palette = page.getByRole('dialog', { name: 'Find an action' });
  await page.keyboard.type('zzz');
  await expect(palette.getByText('Nothing is called “zzz”.')).toBeVisible();
  await typeElsewhere(served.url, ['run', 'zzz', '--image=nginx']);
  const chosen = palette.getByRole('option', { selected: true });
  await expect(chosen).toHaveText(/^zzzPod/);
  await typeElsewhere(served.url, ['run', 'a-zzz', '--image=nginx']);
  await expect(palette.getByRole('option')).toHaveCount(2);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tabpanel').getByRole('heading', { name: 'zzz', exact: true })).toBeVisible();
});

test('a watch in the terminal prints what a kubectl elsewhere changes', async ({ page }) => {
  await openServed(page, served.url);
  await showPanel(page, 'Terminal');
  const field = page.getByRole('textbox', { name: /^Command,/ });
  await field.fill('kubectl get pods -w');
  await field.press('Enter');
  const block = terminalBlocks(page).first();
  await expect(block.getByLabel(/^Output of/).first()).toContainText(/^NAME +READY +STATUS/);
  await typeElsewhere(served.url, ['run', 'seen', '--image=nginx']);
  await expect(block.getByLabel(/^Output of/).last()).toContainText(/seen +1\/1 +Running/);
  await field.press('Control+c');
  await endOf(block);
});

test('what the editor applies is there for a kubectl elsewhere, and undo takes it back', async ({ page }) => {
  await openServed(page, served.url);
  await pasteManifest(page, SERVICE);
  expect((await applyManifest(page)).output).toContain('service/web created');
  expect(await typeElsewhere(served.url, ['get', 'service', 'web', '-o', 'name'])).toBe('service/web\n');
  await page.getByRole('button', { name: /^Undo: kubectl apply/ }).click();
  await expect
    .poll(() => typeElsewhere(served.url, ['get', 'service', 'web', '-o', 'name']), { timeout: 60_000 })
    .toContain('services "web" not found');
});

test('a lab that goes away is said, and is there again once it is served', async ({ page, baseURL }) => {
  const port = Number(new URL(served.url).port);
  await openServed(page, served.url);
  await expect(page.getByTestId('graph').getByText('client').first()).toBeVisible();
  expect((await typeCommand(page, 'hostname')).output).toBe('laptop\n');
  await served.stop();
  await expect(banner(page)).toContainText('The lab went away.');
  await expect(banner(page)).toContainText(`The reason: the lab at ${served.url} went away.`);
  await expect(banner(page)).toContainText(`npm run apiserver -- --port ${port} --origin ${originOf(baseURL)}`);
  // What it was is still to be seen.
  await expect(page.getByTestId('graph').getByText('client').first()).toBeVisible();

  await banner(page).getByRole('button', { name: 'Connect again' }).click();
  await expect(banner(page)).toContainText(`no lab answers at ${served.url}`);
  served = await serveLab(originOf(baseURL), port);
  await banner(page).getByRole('button', { name: 'Connect again' }).click();
  await expect(banner(page)).toHaveCount(0);
  expect((await typeCommand(page, 'kubectl get pods -o name')).output).toBe('pod/client\n');

  await served.stop();
  await banner(page).getByRole('button', { name: "This page's own sandbox" }).click();
  await expect(page).toHaveTitle(/^Sandbox/);
  expect((await typeCommand(page, 'kubectl get pods -o name')).output).toBe('pod/client\n');
});

test('an address elsewhere is refused, and asked for nothing', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', request => asked.push(request.url()));
  await page.goto('/?lab=http://example.com:8001');
  await expect(banner(page)).toContainText('The lab was not opened.');
  await expect(banner(page)).toContainText('http://example.com:8001 is no address of this machine');
  expect(asked.filter(url => new URL(url).hostname === 'example.com')).toEqual([]);
});

test('a lesson beside a served lab has a cluster of its own', async ({ page }) => {
  await openServed(page, served.url);
  await typeElsewhere(served.url, ['create', 'namespace', 'theirs']);
  await page.goto(`/?lab=${encodeURIComponent(served.url)}#/lesson/four-problems`);
  await expect(page.getByRole('article').getByRole('heading', { level: 1 })).toBeVisible();
  expect((await typeCommand(page, 'kubectl get namespaces -o name')).output).not.toContain('theirs');
  await page.getByRole('link', { name: 'Sandbox' }).click();
  await expect(page).toHaveTitle(/^Lab at /);
  expect((await typeCommand(page, 'kubectl get namespaces -o name')).output).toContain('theirs');
});
