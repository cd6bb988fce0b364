import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { contentSecurityPolicy } from './src/server/vite/contentSecurityPolicy.ts';
import { kubernetesSchema } from './src/server/vite/kubernetesSchema.ts';
import { lessons } from './src/server/vite/lessons.ts';
import { offline } from './src/server/vite/offline.ts';

/**
 * Sets the classes of one file apart. One mark for all of them compresses better than Vite's own names. It is the same
 * where the file is read as text (`?inline`), so that a picture can carry the rules of what it shows.
 */
function fileMark(file: string): string {
  return createHash('sha256')
    .update(relative(import.meta.dirname, file.replace(/\?.*$/, '')))
    .digest('hex')
    .slice(0, 6);
}

export default defineConfig({
  // It works in any folder of any static host.
  base: './',
  plugins: [react(), kubernetesSchema(), lessons(), contentSecurityPolicy(), offline()],
  worker: { format: 'es', plugins: () => [kubernetesSchema()] },
  css: { modules: { generateScopedName: (name, file) => `${name}_${fileMark(file)}` } },
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 5000,
    // All browsers of the target preload modules themselves.
    modulePreload: { polyfill: false },
    // Two files hold the page: what it begins with, and all that is named later (src/ui/common/later.tsx). Fewer, larger
    // files compress better, and what comes first has no list of many others in it.
    rolldownOptions: {
      // A text stands where it is used: those of the catalogues are constants of their own (src/ui/words/catalogue.ts).
      optimization: { inlineConst: { mode: 'all' } },
      output: {
        codeSplitting: {
          groups: [
            { name: 'page', tags: ['$initial'] },
            { name: 'later', test: /[\\/]src[\\/](?!.*(monaco|createGraph))/ },
          ],
        },
      },
    },
  },
  test: {
    environment: 'node',
    include: ['tests/**/*.test.{ts,tsx}'],
    exclude: ['tests/e2e/**'],
    testTimeout: 60_000,
    // Vitest leaves a processor free, which on a small machine is half of it.
    maxWorkers: '100%',
  },
});
