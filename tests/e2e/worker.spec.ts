// The lab runs in a Worker. When it does not start, or dies, the page says so, loses nothing, and gets a new one.

import type { Page, Worker } from '@playwright/test';
import { openManifests, pasteManifest } from './support/manifests.ts';
import { openPage } from './support/openPage.ts';
import { endOf, terminalBlocks, typeCommand } from './support/terminal.ts';
import { expect, test } from './support/test.ts';

const LAB_PROGRAM = /\/labWorker-[\w-]+\.js$/;
const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: kept
spec:
  ports:
  - port: 80
`;

/** The sandbox was left with a thousand Pods. Runs in the page. */
function keepThousandPods(): void {
  if (localStorage.getItem('hoplab.lab.sandbox') !== null) return;
  const workers = Array.from({ length: 12 }, (_, i) => `{ name: node-${i + 1}, role: worker }`);
  const source = `apiVersion: lab.hoplab.dev/v1alpha1
kind: Lab
metadata: { name: many }
spec: { nodes: [{ name: cp, role: control-plane }, ${workers.join(', ')}] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: many }
spec:
  replicas: 1000
  selector: { matchLabels: { app: many } }
  template:
    metadata: { labels: { app: many } }
    spec: { containers: [{ name: web, image: web }] }
`;
  const text = JSON.stringify({ source, form: 'manifests', entries: [] });
  localStorage.setItem('hoplab.lab.sandbox', JSON.stringify({ engine: '1', text }));
}

/** Counts what Workers hand to the page to be restored from. Runs in the page. */
function countSnapshots(): void {
  sessionStorage.setItem('snapshots', '0');
  globalThis.Worker = class extends Worker {
    constructor(address: string | URL, options?: WorkerOptions) {
      super(address, options);
      this.addEventListener('message', ({ data }) => {
        const count = Number(sessionStorage.getItem('snapshots'));
        if (data.kind === 'snapshot') sessionStorage.setItem('snapshots', String(count + 1));
      });
    }
  };
}

const banner = (page: Page) => page.getByRole('alert').filter({ hasText: 'The lab' });
const restart = (page: Page) => banner(page).getByRole('button', { name: 'Restart the lab' });

/** The Worker of the lab, as the browser has it. */
async function labWorker(page: Page): Promise<Worker> {
  const found = (): Worker | undefined => page.workers().find(worker => LAB_PROGRAM.test(worker.url()));
  await expect.poll(() => found() !== undefined).toBe(true);
  const worker = found();
  if (worker === undefined) throw new Error('the page has no Worker with a lab');
  return worker;
}

/** Changes the cluster and waits until the page has saved it. */
async function addService(page: Page): Promise<void> {
  const made = await typeCommand(page, 'kubectl create service clusterip kept --tcp=80');
  expect(made.output).toContain('service/kept created');
  await expect
    .poll(() => page.evaluate(() => localStorage.getItem('hoplab.lab.sandbox')))
    .toContain('kubectl create service clusterip kept');
}

async function checkThatServiceIsThere(page: Page): Promise<void> {
  await expect(page.getByRole('textbox', { name: /^Command,/ })).toBeVisible();
  const services = await typeCommand(page, 'kubectl get services -o name');
  expect(services.output).toContain('service/kept');
}

test.describe('a Worker that does not start', () => {
  test.use({ caused: /net::ERR_FAILED/ });

  test('its program cannot be loaded: the page says so and what to do, and a restart mends it', async ({ page }) => {
    await page.route(LAB_PROGRAM, route => route.abort());
    await openPage(page, { lesson: 'four-problems' });
    await expect(banner(page)).toContainText('The lab could not start.');
    await expect(banner(page)).toContainText('The reason: its program could not be loaded.');
    await expect(banner(page)).toContainText('reload the page, and look whether the browser blocks Web Workers');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Four problems, one model');
    await expect(page.getByRole('region', { name: 'Step 1: ' })).toContainText('An address of its own');
    // It does not get better by itself.
    await restart(page).click();
    await expect(banner(page)).toContainText('The lab could not start.');
    await page.unroute(LAB_PROGRAM);
    await restart(page).click();
    await expect(banner(page)).toBeHidden();
    const pods = await typeCommand(page, 'kubectl get pods -o name');
    expect(pods.output.trim().split('\n')).toEqual(['pod/client', 'pod/web', 'pod/web-b']);
  });

  test('a browser without Web Workers: the page says so and is not blank', async ({ page }) => {
    await page.addInitScript(() => Reflect.deleteProperty(window, 'Worker'));
    await openPage(page, { lesson: 'four-problems' });
    await expect(banner(page)).toContainText('The lab could not start.');
    await expect(banner(page)).toContainText('this browser has no Web Workers, and the lab runs in one');
    await expect(banner(page).getByRole('button', { name: 'Reload the page' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Step 1: ' })).toContainText('An address of its own');
  });
});

test.describe('a Worker that dies in use', () => {
  test.use({ caused: /the lab broke for this test/ });

  const breakIn = (worker: Worker): Promise<void> =>
    worker.evaluate(() => {
      setTimeout(() => {
        throw new Error('the lab broke for this test');
      });
    });
  const restored = (page: Page) => page.getByRole('status').filter({ hasText: 'The lab stopped and was restored' });

  test('by an error: it is restored by itself as it was saved, and the page says so', async ({ page }) => {
    await openPage(page, 'sandbox');
    await addService(page);
    await pasteManifest(page, SERVICE);
    const dying = await labWorker(page);
    await breakIn(dying);
    await expect(restored(page)).toContainText('the lab broke for this test');
    await expect(banner(page)).toBeHidden();
    expect(await labWorker(page)).not.toBe(dying);
    await checkThatServiceIsThere(page);
    const manifests = await openManifests(page);
    await expect(manifests.getByText('name: kept')).toBeVisible();
    await expect(manifests.getByText('No problems').first()).toBeVisible();
    await restored(page).getByRole('button', { name: 'Close this note' }).click();
    await expect(restored(page)).toBeHidden();
  });

  test('and again at once: the page stops and asks; the cluster can be opened as it was at first', async ({ page }) => {
    await openPage(page, 'sandbox');
    await addService(page);
    await breakIn(await labWorker(page));
    await expect(restored(page)).toBeVisible();
    await breakIn(await labWorker(page));
    await expect(banner(page)).toContainText('The lab stopped.');
    await expect(banner(page)).toContainText('Restarting opens this cluster as it was last saved.');
    await expect(restored(page)).toBeHidden();
    await banner(page).getByRole('button', { name: 'Open it as it was at first' }).click();
    await expect(banner(page)).toBeHidden();
    const services = await typeCommand(page, 'kubectl get services -o name');
    expect(services.output.trim()).toBe('service/kubernetes');
  });

  test('without a word: the page notices when an answer is due', async ({ page }) => {
    await openPage(page, 'sandbox');
    await addService(page);
    await (await labWorker(page)).evaluate(() => self.close());
    const field = page.getByRole('textbox', { name: /^Command,/ });
    await field.click();
    await page.keyboard.type('kubectl get nodes');
    await page.keyboard.press('Enter');
    await expect(restored(page)).toContainText('The reason: it does not answer.', { timeout: 30_000 });
    await checkThatServiceIsThere(page);
  });

  test('by hanging: it is soon given up, and restored; what hung was not done', async ({ page }) => {
    await openPage(page, 'sandbox');
    await addService(page);
    // The answer to this comes before it hangs, and whatever is asked from now on does not.
    await (await labWorker(page)).evaluate(() => {
      setTimeout(() => {
        for (;;);
      });
    });
    const field = page.getByRole('textbox', { name: /^Command,/ });
    await field.click();
    await page.keyboard.type('kubectl delete service kept');
    await page.keyboard.press('Enter');
    await expect(restored(page)).toContainText('The reason: it does not answer.');
    await expect(terminalBlocks(page).last()).toContainText('The command did not run.');
    await checkThatServiceIsThere(page);
  });

  test('with a thousand Pods: it is restored from its snapshot, and all that was before the learner still is', async ({
    page,
  }) => {
    await page.addInitScript(keepThousandPods);
    await page.addInitScript(countSnapshots);
    await openPage(page, 'sandbox');
    await addService(page);
    const snapshots = (): Promise<number> => page.evaluate(() => Number(sessionStorage.getItem('snapshots')));
    await expect.poll(snapshots).toBeGreaterThan(0);
    await typeCommand(page, 'ssh node-1');
    const field = page.getByRole('textbox', { name: /^Command,/ });
    await field.click();
    await page.keyboard.type('hostname');
    const before = await terminalBlocks(page).allInnerTexts();
    await breakIn(await labWorker(page));
    await expect(restored(page)).toContainText('The lab stopped and was restored as it was.');
    // Where the terminal is, and the line that is not entered yet, too.
    expect(await terminalBlocks(page).allInnerTexts()).toEqual(before);
    await expect(field).toHaveValue('hostname');
    await field.press('Enter');
    expect((await endOf(terminalBlocks(page).last())).output).toBe('node-1\n');
    await typeCommand(page, 'exit');
    await checkThatServiceIsThere(page);
    const pods = await typeCommand(page, 'kubectl get deployment many');
    expect(pods.output).toContain('1000/1000');
  });
});
