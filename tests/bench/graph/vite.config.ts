// Builds the pages of the graph's bench: the product's own code and, each for itself, its peers.

import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { kubernetesSchema } from '../../../src/server/vite/kubernetesSchema.ts';

const pages = ['product', 'raw', 'stockCytoscape', 'visNetwork'];

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react(), kubernetesSchema()],
  worker: { format: 'es', plugins: () => [kubernetesSchema()] },
  build: {
    target: 'es2022',
    emptyOutDir: true,
    chunkSizeWarningLimit: 5000,
    rolldownOptions: { input: pages.map(page => join(import.meta.dirname, `${page}.html`)) },
  },
});
