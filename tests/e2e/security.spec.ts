// What the page lets run: its own files and nothing else, whatever a lesson, a manifest or a command has in it.

import type { Page } from '@playwright/test';
import { applyManifest, pasteManifest } from './support/manifests.ts';
import { openPage } from './support/openPage.ts';
import { typeCommand } from './support/terminal.ts';
import { expect, test } from './support/test.ts';

/** The build's chunk of the first lesson. */
const LESSON_CHUNK = /\/assets\/four-problems-[\w-]+\.js$/;

/** The policy of the page's <meta>, by directive. */
async function policyOf(page: Page): Promise<ReadonlyMap<string, readonly string[]>> {
  const content = await page.evaluate(
    () => document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content') ?? '',
  );
  return new Map(
    content.split(';').map(directive => {
      const [name = '', ...sources] = directive.trim().split(/\s+/);
      return [name, sources];
    }),
  );
}

test.describe('the Content-Security-Policy', () => {
  // The tests try what it forbids, and the browser says so.
  test.use({ caused: /Content Security Policy/ });

  test('is in the page, before any script, and allows no text as a program', async ({ page }) => {
    await openPage(page, 'sandbox');
    const policy = await policyOf(page);
    expect(policy.get('default-src')).toEqual(["'self'"]);
    expect(policy.get('script-src')).toEqual(["'self'"]);
    // A lab that a program on this machine serves: ?lab=http://127.0.0.1:8001
    expect(policy.get('connect-src')).toEqual(["'self'", 'http://127.0.0.1:*']);
    expect(policy.get('object-src')).toEqual(["'none'"]);
    for (const [name, sources] of policy)
      if (name !== 'connect-src') expect(sources.join(' ')).not.toMatch(/unsafe-eval|https?:|\*/);
    const isFirst = await page.evaluate(() => {
      const meta = document.querySelector('meta[http-equiv="Content-Security-Policy"]');
      const script = document.querySelector('script');
      if (meta === null || script === null) return 'missing';
      return meta.compareDocumentPosition(script) & Node.DOCUMENT_POSITION_FOLLOWING ? 'first' : 'later';
    });
    expect(isFirst).toBe('first');
    expect(await page.evaluate(() => document.querySelectorAll('script:not([src])').length)).toBe(0);
  });

  test('holds by the <meta> alone, on a server that sends no header', async ({ page }) => {
    await page.route('**/*', async route => {
      const response = await route.fetch();
      const { 'content-security-policy': _, ...headers } = response.headers();
      await route.fulfill({ response, headers });
    });
    await openPage(page, 'sandbox');
    expect(await textsThatRan(page)).toEqual([]);
    // Parts that are loaded later may still be under way.
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  });

  test('eval, new Function, inline scripts, handlers and javascript: links do not run', async ({ page }) => {
    await openPage(page, 'sandbox');
    expect(await textsThatRan(page)).toEqual([]);
  });
});

declare global {
  interface Window {
    /** What ran although it must not. */
    ran?: string[];
    /** Tries to run texts from within the page's own world. */
    tryTexts?: () => Promise<void>;
  }
}

/** Tries each way of running a text as a program; the names of those that worked. */
async function textsThatRan(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    window.ran = [];
    const { ran } = window;
    // Evaluated by the debugger, which no policy binds; what a timer runs is bound by it.
    await new Promise<void>(resolve =>
      setTimeout(() => {
        try {
          // biome-ignore lint/security/noGlobalEval: it must throw
          window.eval('window.ran.push("eval")');
        } catch {}
        try {
          new Function('window.ran.push("new Function")')();
        } catch {}
        resolve();
      }),
    );
    // A text instead of a function.
    Reflect.apply(setTimeout, window, ['window.ran.push("setTimeout")', 0]);
    const script = document.createElement('script');
    script.textContent = 'window.ran.push("inline script")';
    const host = document.createElement('div');
    host.innerHTML =
      '<button onclick="window.ran.push(\'handler\')">x</button><img src="data:," onerror="window.ran.push(\'onerror\')">' +
      '<a href="javascript:window.ran.push(\'javascript: link\')">x</a>';
    document.body.append(host, script);
    host.querySelector('button')?.click();
    host.querySelector('a')?.click();
    await new Promise(resolve => setTimeout(resolve, 100));
    host.remove();
    script.remove();
    return ran;
  });
}

test('the whole page asks no other origin for anything', async ({ page, baseURL }) => {
  const { origin } = new URL(baseURL ?? '');
  const asked = new Set<string>();
  page.on('request', request => asked.add(new URL(request.url()).origin));
  await openPage(page, { lesson: 'four-problems' });
  await openPage(page, 'sandbox');
  await pasteManifest(page, 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: "<img src=https://example.com/x>"\n');
  await typeCommand(page, 'kubectl exec client -- curl -s -m 1 http://198.51.100.79/');
  // The fixture of every test complains of others too; data: and blob: have the origin "null" or the page's own.
  expect([...asked].filter(each => each !== origin && each !== 'null')).toEqual([]);
});

/** Pieces of HTML that the lesson compiler never writes, in place of a paragraph of the built lesson. */
const HOSTILE = [
  '<p>Before the hostile part.</p>',
  '<script>window.ran.push("script")</script>',
  '<img src="/nowhere.png" onerror="window.ran.push(\'onerror\')">',
  '<svg onload="window.ran.push(\'svg\')"><script>window.ran.push("svg script")</script></svg>',
  '<iframe src="javascript:parent.ran.push(\'iframe\')" srcdoc="<script>parent.ran.push(1)</script>"></iframe>',
  '<p onclick="window.ran.push(\'onclick\')" onmouseover="window.ran.push(\'onmouseover\')">A paragraph to click.</p>',
  '<p><a href="javascript:window.ran.push(\'link\')">A link to click</a></p>',
  '<p><a href="#x" onclick="window.ran.push(\'link handler\')">A place to click</a></p>',
  '<p><a href=" JaVa\tScRiPt:window.ran.push(\'odd link\')">An odd link to click</a></p>',
  '<p><a href="data:text/html,<script>opener.ran.push(1)</script>">A data link to click</a></p>',
  '<p><a data-lesson="x" href="javascript:window.ran.push(\'lesson link\')">A lesson link to click</a></p>',
  '<form action="https://example.com/"><button>Send</button></form>',
  '<style>body { display: none }</style><link rel="stylesheet" href="https://example.com/x.css">',
  '<meta http-equiv="refresh" content="0;url=https://example.com/">',
  '<base href="https://example.com/">',
  '<p style="position: fixed; inset: 0; z-index: 9999; background: red">Over everything.</p>',
  '<p>After the hostile part.</p>',
].join('');

test.describe('a lesson', () => {
  // The parser reads <base>, and the policy refuses it.
  test.use({ caused: /base URI .* violates the following Content Security Policy/ });

  test('with hostile HTML in it shows harmlessly', async ({ page }) => {
    let replaced = 0;
    await page.route(LESSON_CHUNK, async route => {
      const response = await route.fetch();
      const text = await response.text();
      const body = text.replace(/introduction:`(?:[^`\\]|\\.)*`/, () => {
        replaced++;
        return `introduction:${JSON.stringify(HOSTILE)}`;
      });
      await route.fulfill({ response, body });
    });
    const dialogs: string[] = [];
    page.on('dialog', dialog => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await page.addInitScript(() => {
      window.ran = [];
    });
    await openPage(page, { lesson: 'four-problems' });
    expect(replaced).toBe(1);
    await expect(page.getByText('Before the hostile part.')).toBeVisible();
    await expect(page.getByText('After the hostile part.')).toBeVisible();
    const address = page.url();
    await page.getByText('A paragraph to click.').click();
    for (const name of ['A link to click', 'An odd link to click', 'A data link to click', 'A lesson link to click'])
      await page.getByText(name, { exact: true }).click();
    // Its address is an ordinary place; only its handler is gone.
    await expect(page.getByRole('link', { name: 'A place to click' })).toBeVisible();
    expect(page.url()).toBe(address);
    expect(page.context().pages()).toHaveLength(1);
    expect(dialogs).toEqual([]);
    expect(await page.evaluate(() => window.ran)).toEqual([]);
    const left = await page.evaluate(before => {
      const paragraph = [...document.querySelectorAll('p')].find(each => each.textContent === before);
      const all = [...(paragraph?.parentElement?.querySelectorAll('*') ?? [])];
      return {
        tags: all.filter(each => /^(script|iframe|style|link|meta|base|form|object|embed)$/.test(each.localName))
          .length,
        handlers: all.filter(each => each.getAttributeNames().some(name => name.startsWith('on'))).length,
        links: all.filter(each => each instanceof HTMLAnchorElement && !/^https?:$/.test(each.protocol)).length,
        all: all.length > 10 ? 'found' : 'missing',
        position: getComputedStyle(all.find(each => each.textContent === 'Over everything.') ?? document.body).position,
      };
    }, 'Before the hostile part.');
    expect(left).toEqual({ tags: 0, handlers: 0, links: 0, all: 'found', position: 'static' });
  });
});

test('hostile text in manifests and commands is text', async ({ page }) => {
  await page.addInitScript(() => {
    window.ran = [];
  });
  await openPage(page, 'sandbox');
  const hostile = `<img src=x onerror=window.ran.push(1)><script>window.ran.push(2)</script>`;
  const manifests = await pasteManifest(
    page,
    `apiVersion: v1\nkind: Service\nmetadata:\n  name: s\n  annotations:\n    note: "${hostile}"\nspec:\n  ports:\n  - port: 80\n    name: "${hostile}"\n`,
  );
  await expect(manifests.getByRole('region', { name: 'Problems' })).toContainText(hostile);
  const applied = await applyManifest(page);
  expect(applied.output).toContain(hostile);
  const echoed = await typeCommand(page, `echo '${hostile}'`);
  expect(echoed.output).toContain(hostile);
  expect(await page.evaluate(() => window.ran)).toEqual([]);
});
