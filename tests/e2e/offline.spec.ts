// The page without a network, in a folder of any host, and with a new version that waits.

import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as base, expect, type Page } from '@playwright/test';
import { serveFolder } from '../../src/server/static.mjs';
import { applyManifest, pasteManifest } from './support/manifests.ts';
import { showPanel, waitUntilOpen } from './support/openPage.ts';
import { terminalBlocks, typeCommand } from './support/terminal.ts';

/** The built page in a folder of its own on a server that can be stopped. */
interface Site {
  readonly folder: string;
  readonly address: string;
  stop(): Promise<void>;
}

const test = base.extend<{ readonly site: Site }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the object of fixtures
  site: async ({}, use) => {
    const host = mkdtempSync(join(tmpdir(), 'site-'));
    const folder = join(host, 'courses', 'lab');
    cpSync(fileURLToPath(new URL('../../dist', import.meta.url)), folder, { recursive: true });
    const served = await serveFolder(host, 0);
    await use({ folder, address: `${served.url}courses/lab/`, stop: () => served.close() });
    await served.close();
    rmSync(host, { recursive: true });
  },
});
test.use({ serviceWorkers: 'allow' });

/** Resolves when all files are kept. */
async function untilKept(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (active === null || active.state === 'activated') return;
    await new Promise(resolve => active.addEventListener('statechange', resolve));
  });
}

const POD = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: late\nspec:\n  containers:\n  - name: c\n    image: web\n';

test('after the first visit it needs no server: a reload opens it, and it applies, traces and asks questions', async ({
  page,
  site,
}) => {
  await page.goto(`${site.address}#/sandbox`);
  await waitUntilOpen(page, 'sandbox');
  await untilKept(page);
  await site.stop();

  await page.reload();
  await waitUntilOpen(page, 'sandbox');
  await pasteManifest(page, POD);
  expect((await applyManifest(page)).output).toContain('pod/late created');
  const reached = await typeCommand(page, 'kubectl exec client -- curl -s 10.244.2.2:8080');
  expect(reached.output).toContain('pod=late client=10.244.1.2');
  await terminalBlocks(page)
    .last()
    .getByRole('button', { name: /^Open trace/ })
    .first()
    .click();
  await expect(page.getByText(/^Step 1 of \d+/)).toBeVisible();

  // A lesson that was never opened while there was a server.
  await page.goto(`${site.address}#/lesson/four-problems`);
  const lesson = { lesson: 'four-problems' } as const;
  await waitUntilOpen(page, lesson);
  await page.reload();
  await waitUntilOpen(page, lesson);
  await page.getByText('An address of its own').click();
  await page.getByRole('button', { name: 'Lock in my prediction' }).click();
  await expect(page.getByRole('region', { name: 'Prediction' }).first()).toContainText('Right. Every Pod');
});

test('a new version waits until it is wanted, and nothing is lost by it', async ({ page, site }) => {
  await page.goto(`${site.address}#/sandbox`);
  await waitUntilOpen(page, 'sandbox');
  await untilKept(page);
  await typeCommand(page, 'kubectl label pod client mine=yes');

  // The same page with another mark in a file, and a Service Worker that knows it.
  const index = join(site.folder, 'index.html');
  writeFileSync(index, readFileSync(index, 'utf8').replace('<title>', '<meta name="version" content="next" /><title>'));
  const worker = join(site.folder, 'sw.js');
  writeFileSync(worker, readFileSync(worker, 'utf8').replace(/VERSION = "\w+"/, 'VERSION = "next"'));

  await page.reload();
  const prompt = page.getByRole('status', { name: 'Update' });
  await expect(prompt).toBeVisible();
  await expect(page.locator('meta[name=version]')).toHaveCount(0);
  await showPanel(page, 'Terminal');
  await typeCommand(page, 'kubectl label pod client more=yes');
  await prompt.getByRole('button', { name: 'Reload' }).click();
  await expect(page.locator('meta[name=version]')).toHaveCount(1);
  await waitUntilOpen(page, 'sandbox');
  expect((await typeCommand(page, 'kubectl get pod client --show-labels')).output).toMatch(/mine=yes.*more=yes/);
  expect(await page.evaluate(async () => (await caches.keys()).length)).toBe(1);
});

test('it can be installed', async ({ page, site }) => {
  await page.goto(site.address);
  const link = await page.locator('link[rel=manifest]').getAttribute('href');
  const manifest = JSON.parse(readFileSync(join(site.folder, link ?? ''), 'utf8'));
  expect(manifest).toMatchObject({ name: 'Hoplab', start_url: './', display: 'standalone' });
  const files = readdirSync(site.folder);
  for (const { src } of manifest.icons) expect(files).toContain(src);
  const devtools = await page.context().newCDPSession(page);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
});
