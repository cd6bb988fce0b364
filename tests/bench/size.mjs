// How much JavaScript the first lesson loads on the main thread before anybody touches the page, beside the size of the
// libraries that it cannot do without. Gzipped, each file on its own, as a server sends it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { root } from '../../src/server/install.mjs';
import { BENCH_DIST, withBuiltPage } from './builtPage.mjs';

/** What loads this long after the page stands, in milliseconds, still counts: it came without being asked for. */
const WATCHED_MS = 3000;

/** What the page takes of them. */
const LIBRARIES = `
import { createContext, memo, StrictMode, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { Fragment, jsx, jsxs } from 'react/jsx-runtime';
import { createRoot } from 'react-dom/client';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { createStore } from 'zustand/vanilla';
import cytoscape from 'cytoscape';
globalThis.used = [
  createContext, memo, StrictMode, useEffect, useMemo, useRef, useState, useSyncExternalStore,
  Fragment, jsx, jsxs, createRoot, useStore, useShallow, createStore, cytoscape,
];
`;

/** React, React DOM, zustand and Cytoscape in one bundle, minified as the page is; bytes. */
async function referenceBytes() {
  const id = join(root, 'virtual-libraries.js');
  const { output } = await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'libraries',
        resolveId: asked => (asked === id ? id : undefined),
        load: asked => (asked === id ? LIBRARIES : undefined),
      },
    ],
    build: { target: 'es2022', write: false, modulePreload: { polyfill: false }, rollupOptions: { input: id } },
  });
  return output.reduce((sum, chunk) => sum + (chunk.type === 'chunk' ? gzipSync(chunk.code).length : 0), 0);
}

/** Addresses of scripts that the main thread and the Workers ask for while the first lesson opens. */
async function loadedScripts() {
  return withBuiltPage(async (page, url) => {
    const asked = new Set();
    page.on('request', request => {
      if (/\.m?js$/.test(new URL(request.url()).pathname)) asked.add(request.url());
    });
    await page.goto(url, { waitUntil: 'load' });
    await page.locator('[data-testid="graph"] canvas').first().waitFor();
    await page.getByTestId('terminal-input').waitFor();
    await page.getByRole('article').first().waitFor();
    await page.waitForTimeout(WATCHED_MS);
    const workers = new Set(page.workers().map(worker => worker.url()));
    return { main: [...asked].filter(address => !workers.has(address)), workers: [...workers] };
  });
}

const bytesOf = addresses =>
  addresses.reduce(
    (sum, address) => sum + gzipSync(readFileSync(join(BENCH_DIST, new URL(address).pathname))).length,
    0,
  );

/** Sizes in bytes, gzipped. `monacoScripts` is 0: the editor loads when it is opened. */
export async function main() {
  const { main: scripts, workers } = await loadedScripts();
  const reference = await referenceBytes();
  const firstLoad = bytesOf(scripts);
  return {
    firstLoadGzipBytes: firstLoad,
    referenceGzipBytes: reference,
    firstLoadToReference: Math.round((firstLoad / reference) * 1000) / 1000,
    mainThreadScripts: scripts.length,
    monacoScripts: scripts.filter(address => /monaco/i.test(address)).length,
    workerGzipBytes: bytesOf(workers),
  };
}
