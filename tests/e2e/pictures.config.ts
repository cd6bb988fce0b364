// npm run pictures: every view of the built page in every size, to be looked at one by one. Not a test of CI.

import { defineConfig } from '@playwright/test';
import suite from './playwright.config.ts';

export default defineConfig({
  ...suite,
  testMatch: 'pictures.ts',
  timeout: 600_000,
  workers: 1,
  reporter: 'list',
  use: { ...suite.use, actionTimeout: 20_000 },
});
