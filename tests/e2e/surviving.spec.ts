// Work survives a browser that keeps nothing, a second tab, a damaged save and a save of another version: the page says
// so, loses nothing, and goes on.

import { readFile } from 'node:fs/promises';
import type { BrowserContext, Page } from '@playwright/test';
import { openPage } from './support/openPage.ts';
import { typeCommand } from './support/terminal.ts';
import { expect, test } from './support/test.ts';

const LAB = 'hoplab.lab.sandbox';
const note = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text });
const services = async (page: Page): Promise<string> =>
  (await typeCommand(page, 'kubectl get services -o name')).output.trim();

const addService = async (page: Page, name: string): Promise<void> => {
  const made = await typeCommand(page, `kubectl create service clusterip ${name} --tcp=80`);
  expect(made.output).toContain(`service/${name} created`);
};
const kept = (page: Page, key: string): Promise<string | null> => page.evaluate(at => localStorage.getItem(at), key);

/** The page begins with these texts in its storage. */
const keepBefore = (context: BrowserContext, texts: Readonly<Record<string, string>>): Promise<unknown> =>
  context.addInitScript(all => {
    if (sessionStorage.getItem('begun') !== null) return;
    sessionStorage.setItem('begun', 'yes');
    for (const [key, text] of Object.entries(all)) localStorage.setItem(key, text);
  }, texts);

test('a full storage: one note, all goes on, and what was done lives as long as the page', async ({ page }) => {
  await page.addInitScript(() => {
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = function (key: string, text: string): void {
      if (key.startsWith('hoplab.lab.')) throw new DOMException('full', 'QuotaExceededError');
      setItem.call(this, key, text);
    };
  });
  await openPage(page, 'sandbox');
  await addService(page, 'one');
  await expect(note(page, 'This browser keeps nothing more.')).toHaveCount(1);
  await addService(page, 'two');
  expect(await kept(page, LAB)).toBeNull();
  const download = page.waitForEvent('download');
  await note(page, 'This browser keeps nothing more.').getByRole('button', { name: 'Download the lab' }).click();
  expect(await readFile(await (await download).path(), 'utf8')).toContain('name: two');
  // To a lesson and back, without loading the page again.
  await openPage(page, { lesson: 'four-problems' });
  await openPage(page, 'sandbox');
  expect(await services(page)).toContain('service/two');
  await note(page, 'This browser keeps nothing more.').getByRole('button', { name: 'Close this note' }).click();
  await expect(note(page, 'This browser keeps nothing more.')).toHaveCount(0);
});

test('a storage that is closed, as in a private window: the same', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      },
    });
  });
  await openPage(page, 'sandbox');
  await expect(note(page, 'This browser keeps nothing more.')).toHaveCount(1);
  await addService(page, 'one');
  expect(await services(page)).toContain('service/one');
});

test.describe('a save that does not open', () => {
  const CASES = [
    { name: 'that is no JSON', text: '{"engine":"1","te', says: 'What was saved here is damaged.' },
    {
      name: 'whose record is damaged',
      text: '{"engine":"1","text":"{}"}',
      says: 'What was saved of this lab is damaged.',
    },
    {
      name: 'of a newer version',
      text: '{"engine":"99","text":"{}"}',
      says: 'This lab was saved by another version of Hoplab and does not open here.',
    },
  ] as const;
  for (const { name, text, says } of CASES) {
    test(`${name}: it is put aside, not overwritten, and the lab begins anew`, async ({ page, context }) => {
      await keepBefore(context, { [LAB]: text });
      await openPage(page, 'sandbox');
      await expect(note(page, says)).toBeVisible();
      expect(await services(page)).toBe('service/kubernetes');
      await addService(page, 'one');
      await expect.poll(() => kept(page, LAB)).toContain('service clusterip one');
      expect(await kept(page, `${LAB}.aside1`)).toBe(text);
      const download = page.waitForEvent('download');
      await note(page, says).getByRole('button', { name: 'Download it' }).click();
      expect((await download).suggestedFilename()).toBe('hoplab-lab.sandbox.aside1.json');
      // It is said once: the next visit finds a good save.
      await page.reload();
      expect(await services(page)).toContain('service/one');
      await expect(note(page, says)).toHaveCount(0);
    });
  }

  test('answers of a newer version are put aside, too', async ({ page, context }) => {
    await keepBefore(context, { 'hoplab.progress': '{"version":99,"lessons":{}}' });
    await openPage(page, { lesson: 'four-problems' });
    await expect(note(page, 'Your answers were kept by a newer version of Hoplab.')).toBeVisible();
    expect(await kept(page, 'hoplab.progress.aside1')).toBe('{"version":99,"lessons":{}}');
  });
});

/** Texts of somebody else fill the storage of this origin to the last character, before the page begins. */
function fillStorage(): void {
  if (sessionStorage.getItem('filled') !== null) return;
  sessionStorage.setItem('filled', 'yes');
  // Unless there is a good one.
  if (localStorage.getItem('hoplab.lab.sandbox') === null)
    localStorage.setItem('hoplab.lab.sandbox', '{"engine":"1","te');
  let text = 'x'.repeat(1 << 20);
  for (let number = 0; text.length > 0; number++) {
    try {
      localStorage.setItem(`other${number}`, text);
    } catch {
      text = text.slice(0, text.length >> 1);
    }
  }
}

test('a damaged save in a storage that is really full stays where it is, and can be downloaded', async ({ page }) => {
  await page.addInitScript(fillStorage);
  await openPage(page, 'sandbox');
  const damaged = note(page, 'What was saved here is damaged.');
  await expect(damaged).toBeVisible();
  await addService(page, 'one');
  await expect(note(page, 'This browser keeps nothing more.')).toBeVisible();
  expect(await kept(page, LAB)).toBe('{"engine":"1","te');
  const download = page.waitForEvent('download');
  await damaged.getByRole('button', { name: 'Download it' }).click();
  expect(await readFile(await (await download).path(), 'utf8')).toBe('{"engine":"1","te');
});

test('a storage that was full and has room again: the next change is kept, and the note goes', async ({ page }) => {
  await openPage(page, 'sandbox');
  await addService(page, 'one');
  await expect.poll(() => kept(page, LAB)).toContain('service clusterip one');
  await page.evaluate(fillStorage);
  await addService(page, 'two');
  await expect(note(page, 'This browser keeps nothing more.')).toBeVisible();
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage)) if (key.startsWith('other')) localStorage.removeItem(key);
  });
  await addService(page, 'three');
  await expect(note(page, 'This browser keeps nothing more.')).toHaveCount(0);
  await expect.poll(() => kept(page, LAB)).toContain('service clusterip three');
});

test.describe('the history of a lab', () => {
  const statesOf = async (page: Page): Promise<readonly string[]> => {
    await page.getByRole('button', { name: 'Save and share' }).click();
    await page.getByRole('button', { name: 'History…' }).click();
    const list = page.getByRole('dialog', { name: 'History' }).getByRole('region').last().getByRole('listitem');
    await expect(list.first()).toBeVisible();
    return list.allInnerTexts();
  };

  test('goes on after the data of the site were cleared', async ({ page, context }) => {
    await openPage(page, 'sandbox');
    await addService(page, 'before');
    await expect.poll(() => kept(page, LAB)).toContain('service clusterip before');
    const session = await context.newCDPSession(page);
    const { origin } = new URL(page.url());
    await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
    await addService(page, 'after');
    await expect.poll(() => kept(page, LAB)).toContain('service clusterip after');
    expect((await statesOf(page)).join(' ')).toContain('service clusterip after');
  });

  test('lives as long as the page where the browser has no database for it', async ({ page }) => {
    await page.addInitScript(() => {
      indexedDB.open = () => {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      };
    });
    await openPage(page, 'sandbox');
    await addService(page, 'one');
    await expect.poll(() => kept(page, LAB)).toContain('service clusterip one');
    expect((await statesOf(page)).join(' ')).toContain('service clusterip one');
  });
});

test('two tabs of one lab: the second says so and overwrites nothing until it is told to', async ({ context }) => {
  const first = await context.newPage();
  await openPage(first, 'sandbox');
  await addService(first, 'first');
  await expect.poll(() => kept(first, LAB)).toContain('service clusterip first');

  const second = await context.newPage();
  await openPage(second, 'sandbox');
  expect(await services(second)).toContain('service/first');
  const elsewhere = note(second, 'This lab is open in another tab.');
  await expect(elsewhere).toBeVisible();
  await addService(second, 'second');
  // To a lesson, which only this tab has open, and back.
  await openPage(second, { lesson: 'four-problems' });
  await expect(elsewhere).toBeHidden();
  await openPage(second, 'sandbox');
  await expect(elsewhere).toBeVisible();
  expect(await services(second)).toContain('service/second');
  expect(await kept(second, LAB)).not.toContain('service clusterip second');

  await elsewhere.getByRole('button', { name: 'Keep it here' }).click();
  await expect(elsewhere).toBeHidden();
  await expect.poll(() => kept(second, LAB)).toContain('service clusterip second');
  await expect(note(first, 'This lab is open in another tab.')).toBeVisible();
  await addService(first, 'late');
  expect(await kept(first, LAB)).toContain('service clusterip second');

  // Whoever is left keeps it.
  await second.close();
  await first.getByRole('button', { name: 'Open what the other tab keeps' }).click();
  expect(await services(first)).toContain('service/second');
  await expect(note(first, 'This lab is open in another tab.')).toBeHidden();
});

/** Waits until a tab keeps its lab: what watches for others is fetched with the first movement. */
async function isKeeper(page: Page): Promise<void> {
  const held = (): Promise<number> => page.evaluate(async () => (await navigator.locks.query()).held?.length ?? 0);
  await expect.poll(held).toBe(1);
}

test('two tabs of one lesson: the answers of the tab that keeps it stay', async ({ context }) => {
  const first = await context.newPage();
  await openPage(first, { lesson: 'four-problems' });
  const second = await context.newPage();
  await openPage(second, { lesson: 'four-problems' });
  await first.mouse.move(10, 10);
  await isKeeper(first);
  await second.mouse.move(10, 10);
  await expect(note(second, 'This lab is open in another tab.')).toBeVisible();
  await first.getByRole('radio', { name: 'An address of its own' }).check();
  await first.getByRole('button', { name: 'Lock in my prediction' }).click();
  await expect.poll(() => kept(first, 'hoplab.progress')).toContain('"questions":{"');
  const answered = await kept(first, 'hoplab.progress');
  await second.close();
  expect(await kept(first, 'hoplab.progress')).toBe(answered);
});

test.describe('a part of the page that does not come', () => {
  test.use({ caused: /net::ERR_FAILED/ });

  test('is said in its place, and a reload brings it', async ({ page }) => {
    const graphFile = /\/createGraph-[\w-]+\.js$/;
    await page.route(graphFile, route => route.abort());
    await page.goto('#/sandbox');
    await expect(page.getByText('This part did not load')).toBeVisible();
    // All else works meanwhile.
    await addService(page, 'one');
    await page.unroute(graphFile);
    await page.getByRole('button', { name: 'Reload the page' }).click();
    await expect(page.getByTestId('graph')).toBeVisible();
    expect(await services(page)).toContain('service/one');
  });
});
