// The built page in Chromium, as the measuring parts open it.

import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { build } from 'vite';
import { root } from '../../src/server/install.mjs';
import { serveFolder } from '../../src/server/static.mjs';
import { findChromium } from '../support/chromium.mjs';

/** Where the page is built for measuring; the page of `npm run build` is left alone. */
export const BENCH_DIST = join(root, '.cache/bench/dist');

const ARGS = ['--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update'];
/** How Chromium is started for measuring. */
export const CHROMIUM_ARGS = process.getuid?.() === 0 ? [...ARGS, '--no-sandbox'] : ARGS;

let built;

/** Builds the page as it is published, once in this process. */
function buildPage() {
  built ??= build({ root, logLevel: 'error', build: { outDir: BENCH_DIST, emptyOutDir: true } });
  return built;
}

/** Builds and serves the page, gives `measure` an empty tab and the address, and takes everything down afterwards. */
export async function withBuiltPage(measure) {
  await buildPage();
  const found = findChromium();
  if (found.path === undefined) throw new Error(found.message);
  const served = await serveFolder(BENCH_DIST, 0);
  const browser = await chromium.launch({
    executablePath: found.path,
    args: CHROMIUM_ARGS,
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    return await measure(page, served.url);
  } finally {
    await browser.close();
    served.close();
  }
}
