import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';

const root = fileURLToPath(new URL('../..', import.meta.url));
const results = process.env.RESULTS ?? `${root}/.cache/results`;
/** The address of a page that is served already; without it, `dist` is served. */
const served = process.env.PAGE;
const address = served ?? 'http://127.0.0.1:4180/';

export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  timeout: 90_000,
  expect: { timeout: 10_000 },
  fullyParallel: true,
  workers: 2,
  reporter: [['list'], ['json', { outputFile: `${results}/playwright.json` }]],
  ...(served === undefined && {
    webServer: {
      command: 'node tests/support/serveDist.mjs',
      cwd: root,
      url: address,
      reuseExistingServer: false,
    },
  }),
  use: {
    baseURL: address,
    viewport: { width: 1440, height: 900 },
    trace: 'off',
    // Keeping the page for later is offline.spec.ts's matter: elsewhere it would answer in the server's place.
    serviceWorkers: 'block',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
