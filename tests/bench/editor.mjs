// From the click on "YAML" to the editor, and to the first wavy line, beside a bare Monaco page whose Worker only parses
// YAML: in one Chromium, by turns, each time with nothing cached. Medians of three.

import { join } from 'node:path';
import { build } from 'vite';
import { root } from '../../src/server/install.mjs';
import { serveFolder } from '../../src/server/static.mjs';
import { withBuiltPage } from './builtPage.mjs';

const ROUNDS = 3;
const OUT = join(root, '.cache/bench/editor');
const LESSON = 'four-problems';
/** Wrong for a parser already, so that both pages find it. */
const TEXT = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: app: web
  ports:
    - port: 80
`;

/** Runs in the page before anything else: notes when it is clicked, and when the editor and a marker can be seen. */
function watch() {
  const seen = { click: undefined, editor: undefined, marker: undefined };
  globalThis.seen = seen;
  const look = () => {
    const now = performance.now();
    if (seen.editor === undefined && document.querySelector('.monaco-editor .view-line') !== null) seen.editor = now;
    if (seen.marker === undefined && document.querySelector('.monaco-editor .squiggly-error') !== null)
      seen.marker = now;
    if (seen.marker === undefined) requestAnimationFrame(look);
  };
  addEventListener(
    'click',
    () => {
      if (seen.click !== undefined) return;
      seen.click = performance.now();
      requestAnimationFrame(look);
    },
    true,
  );
}

async function measure(browser, address, kept, button) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.addInitScript(watch);
  await page.addInitScript(entries => {
    for (const [key, value] of entries) localStorage.setItem(key, value);
  }, kept);
  await page.goto(address, { waitUntil: 'load' });
  const target = page.getByRole(button, { name: 'YAML', exact: true });
  await target.waitFor();
  // Whoever clicks has looked at the page first.
  await page.waitForTimeout(2000);
  await target.click();
  await page.waitForFunction(() => globalThis.seen.marker !== undefined, undefined, { timeout: 30_000 });
  const { click, editor, marker } = await page.evaluate(() => globalThis.seen);
  await context.close();
  return { editorMs: editor - click, markerMs: marker - click };
}

const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const rounded = value => Math.round(value * 100) / 100;

/** Milliseconds, and how many times as long the product takes; wanted: at most 1.5 and 2. */
export async function main() {
  await build({
    configFile: join(root, 'tests/bench/editor/vite.config.ts'),
    logLevel: 'error',
    build: { outDir: OUT },
  });
  const bare = await serveFolder(OUT, 0);
  try {
    return await withBuiltPage(async (page, url) => {
      const files = JSON.stringify({ version: 1, files: [{ name: 'a.yaml', text: TEXT }], open: 'a.yaml' });
      const asks = {
        product: () =>
          measure(
            page.context().browser(),
            `${url}#/lesson/${LESSON}`,
            [[`hoplab.files.lesson.${LESSON}`, files]],
            'tab',
          ),
        bare: () => measure(page.context().browser(), `${bare.url}bare.html`, [['bench.text', TEXT]], 'button'),
      };
      const figures = { product: [], bare: [] };
      for (let round = 0; round < ROUNDS; round++)
        for (const name of round % 2 === 0 ? ['product', 'bare'] : ['bare', 'product'])
          figures[name].push(await asks[name]());
      const of = (name, figure) => median(figures[name].map(each => each[figure]));
      return {
        productEditorMs: rounded(of('product', 'editorMs')),
        bareEditorMs: rounded(of('bare', 'editorMs')),
        clickToEditor: rounded(of('product', 'editorMs') / of('bare', 'editorMs')),
        productMarkerMs: rounded(of('product', 'markerMs')),
        bareMarkerMs: rounded(of('bare', 'markerMs')),
        clickToFirstMarker: rounded(of('product', 'markerMs') / of('bare', 'markerMs')),
      };
    });
  } finally {
    bare.close();
  }
}
