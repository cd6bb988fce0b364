import { defineConfig } from '@playwright/test';

const results = process.env.RESULTS ?? '.cache/results';

export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  timeout: 90_000,
  expect: { timeout: 10_000 },
  fullyParallel: true,
  workers: 2,
  reporter: [
    ['list'],
    [
      'json',
      {
        outputFile: `${process.cwd()}/.cache/results/playwright.json`.replace(
          `${process.cwd()}/.cache/results`,
          results,
        ),
      },
    ],
  ],
  webServer: {
    command: 'node tests/support/serveDist.mjs',
    cwd: '../..',
    url: 'http://127.0.0.1:4180/',
    reuseExistingServer: false,
  },
  use: {
    baseURL: 'http://127.0.0.1:4180/',
    viewport: { width: 1440, height: 900 },
    trace: 'off',
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
