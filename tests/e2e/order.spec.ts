// What a screen reader finds and hears: one heading of the first level and none skipped, landmarks with names, a way past
// the head, and each piece of news once. And what Lighthouse looks at in its accessibility and best-practices audits
// beside axe: it is not installed here, so its audits are checked one by one.

import type { Page } from '@playwright/test';
import { openPage, type Place, showPanel } from './support/openPage.ts';
import { typeCommand } from './support/terminal.ts';
import { expect, test } from './support/test.ts';

const LESSON: Place = { lesson: 'four-problems' };
const FORMS = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;

const headingLevels = (page: Page): Promise<readonly number[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
      .filter(heading => heading.checkVisibility())
      .map(heading => Number(heading.tagName.slice(1))),
  );

/** From now on, what live regions come to say. */
const listen = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const heard: string[] = [];
    Reflect.set(globalThis, 'heard', heard);
    const regions = '[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log]';
    new MutationObserver(changes => {
      for (const { target } of changes) {
        const element = target instanceof Element ? target : target.parentElement;
        const text = element?.closest(regions)?.textContent?.replaceAll(/\s+/g, ' ').trim() ?? '';
        if (text !== '' && heard.at(-1) !== text) heard.push(text);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });

/** Waits until something like this was heard, and returns all like it. */
async function heard(page: Page, news: RegExp): Promise<readonly string[]> {
  const alike = async (): Promise<readonly string[]> => {
    const all: readonly string[] = await page.evaluate(() => Reflect.get(globalThis, 'heard'));
    return all.filter(text => news.test(text));
  };
  await expect.poll(async () => (await alike()).length).toBeGreaterThan(0);
  return alike();
}

for (const [form, size] of Object.entries(FORMS)) {
  for (const place of [LESSON, 'sandbox'] as const) {
    const name = place === 'sandbox' ? 'sandbox' : 'lesson';
    test(`headings and landmarks: ${name}, ${form}`, async ({ page }) => {
      await page.setViewportSize(size);
      await openPage(page, place);
      await expect(page.getByRole('main')).toHaveCount(1);
      await expect(page.getByRole('banner')).toHaveCount(1);
      // A region that has nothing to say has no name either.
      await expect(page.getByRole('status', { name: /\w/ })).toHaveCount(0);
      const levels = await headingLevels(page);
      expect(levels.filter(level => level === 1)).toHaveLength(1);
      expect(levels[0]).toBe(1);
      levels.forEach((level, i) => {
        expect(level, `heading ${i + 1} of ${levels}`).toBeLessThanOrEqual((levels[i - 1] ?? 0) + 1);
      });
    });
  }
}

test('the accessibility tree of the sandbox, in the order of the page', async ({ page }) => {
  await openPage(page, 'sandbox');
  await expect(page.getByRole('banner')).toMatchAriaSnapshot(`
    - banner:
      - button "Skip to the graph"
      - button "Sandbox"
      - button /^Undo/
      - button /^Redo/
      - button "Reset"
      - button "Save and share"
      - button "Find an action"
      - button "Theme"
  `);
  await expect(page.getByRole('main')).toMatchAriaSnapshot(`
    - main:
      - region "Graph":
        - heading "Graph" [level=2]
        - toolbar "Graph"
      - separator "Height of the graph"
      - region "Panel":
        - tablist "Panel"
        - tabpanel "Terminal":
          - heading "Terminal" [level=2]
  `);
});

test('the first key press leads past the head', async ({ page }) => {
  await openPage(page, LESSON);
  await page.keyboard.press('Tab');
  const skip = page.getByRole('button', { name: 'Skip to the graph' });
  await expect(skip).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
});

test('what is taken back or brought back is said by its name, also in a dialog', async ({ page }) => {
  await openPage(page, 'sandbox');
  await typeCommand(page, 'kubectl create namespace blue');
  await typeCommand(page, 'kubectl create namespace red');
  await listen(page);
  const head = page.getByRole('banner');
  await head.getByRole('button', { name: 'Undo: kubectl create namespace red' }).click();
  expect(await heard(page, /^Undone/)).toEqual(['Undone: kubectl create namespace red']);
  await head.getByRole('button', { name: 'Redo: kubectl create namespace red' }).click();
  expect(await heard(page, /^Brought back/)).toEqual(['Brought back: kubectl create namespace red']);

  await head.getByRole('button', { name: 'Save and share' }).click();
  await page.getByRole('button', { name: 'History…' }).click();
  // What is open over the page makes all else silent, so it is said there.
  const history = page.getByRole('dialog', { name: 'History' });
  await history.getByRole('button', { name: /the lab as it was opened|opened/ }).click();
  await expect(history.getByRole('status').filter({ hasText: 'Undone: 2 changes' })).toBeAttached();
  await page.keyboard.press('Escape');

  await head.getByRole('button', { name: 'Redo: kubectl create namespace blue' }).click();
  await expect(
    page.getByRole('status').filter({ hasText: 'Brought back: kubectl create namespace blue' }),
  ).toBeAttached();
  await head.getByRole('button', { name: 'Reset' }).click();
  await page.getByRole('button', { name: 'Reset cluster' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'The cluster was reset.' })).toBeVisible();
});

test('each piece of news is said once', async ({ page }) => {
  await openPage(page, LESSON);
  await listen(page);
  await page.getByRole('radio', { name: 'An address of its own' }).check();
  await page.getByRole('button', { name: 'Lock in my prediction' }).click();
  expect(await heard(page, /^Right\./)).toHaveLength(1);

  await page.getByRole('textbox', { name: /^Command,/ }).click();
  await page.keyboard.type('kubectl get pods -A -o wide');
  await page.keyboard.press('Enter');
  expect(await heard(page, /^Goal met/)).toHaveLength(1);
  expect(await heard(page, /exit 0/)).toEqual(['kubectl get pods -A -o wide: exit 0, 5 lines']);

  await page.keyboard.type('kubectl exec client -- wget -qO- -T 2 10.244.2.2:8080');
  await page.keyboard.press('Enter');
  expect(await heard(page, /exit 0, 1 line$/)).toHaveLength(1);
  await showPanel(page, 'Trace');
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  expect(await heard(page, /^client looks up the way/)).toHaveLength(1);

  await showPanel(page, 'YAML');
  await page.getByRole('textbox', { name: /^Manifest / }).focus();
  await page.keyboard.insertText('apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n');
  await page.keyboard.press('ControlOrMeta+Enter');
  expect(await heard(page, /namespace\/shop created/)).toHaveLength(1);
});

test('what Lighthouse asks of a document beside axe', async ({ page }) => {
  const loaded = await page.goto('/');
  const html = (await loaded?.text()) ?? '';
  expect(html).toMatch(/^<!doctype html>/i);
  expect(html.slice(0, 1024)).toMatch(/<meta charset="utf-8"/i);
  await openPage(page, LESSON);
  const facts = await page.evaluate(() => ({
    mode: document.compatMode,
    language: document.documentElement.lang,
    title: document.title,
    description: document.querySelector<HTMLMetaElement>('meta[name=description]')?.content ?? '',
    viewport: document.querySelector<HTMLMetaElement>('meta[name=viewport]')?.content ?? '',
    images: [...document.images].length,
    // Both would be asked for without a cause.
    notifications: globalThis.Notification?.permission ?? 'default',
  }));
  expect(facts).toMatchObject({ mode: 'CSS1Compat', language: 'en', images: 0, notifications: 'default' });
  expect(facts.title).not.toBe('');
  expect(facts.description.length).toBeGreaterThan(50);
  expect(facts.viewport).toContain('width=device-width');
  expect(facts.viewport).not.toMatch(/user-scalable|maximum-scale/);
});

test('on a phone no text is tiny, and what is tapped has room', async ({ page }) => {
  await page.setViewportSize(FORMS.phone);
  await openPage(page, LESSON);
  const found = await page.evaluate(() => {
    const shown = (element: Element): boolean =>
      element.checkVisibility({ opacityProperty: true }) && element.getBoundingClientRect().width > 1;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const tiny: string[] = [];
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (parent === null || !/\S/.test(node.textContent ?? '') || !shown(parent)) continue;
      if (Number.parseFloat(getComputedStyle(parent).fontSize) < 12) tiny.push(node.textContent ?? '');
    }
    const small = [...document.querySelectorAll('button, [role=button], input:not([type=radio]), select')]
      .filter(shown)
      .filter(element => {
        const { width, height } = element.getBoundingClientRect();
        return width < 24 || height < 24;
      })
      .map(element => element.outerHTML.slice(0, 100));
    return { tiny, small };
  });
  expect(found).toEqual({ tiny: [], small: [] });
});

test('nothing that browsers have given up is used', async ({ page }) => {
  const session = await page.context().newCDPSession(page);
  const issues: string[] = [];
  session.on('Audits.issueAdded', ({ issue }) => issues.push(`${issue.code} ${JSON.stringify(issue.details)}`));
  await session.send('Audits.enable');
  await openPage(page, 'sandbox');
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Escape');
  await showPanel(page, 'Trace');
  expect(issues.filter(issue => !issue.startsWith('GenericIssue'))).toEqual([]);
});
