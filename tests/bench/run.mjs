// npm run bench [-- --only NAME]: measures, and prints one JSON document. Figures of different machines compare by the
// time of the calibration loop; ratios are taken within one run.

import { mkdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { checkNode, installPackages, root } from '../../src/server/install.mjs';

checkNode();
installPackages();
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;

/** A fixed amount of work of the kind that the core does: maps, small objects, strings. */
function calibrate() {
  const run = () => {
    const started = performance.now();
    const table = new Map();
    let sum = 0;
    for (let i = 0; i < 2_000_000; i++) {
      const key = `k${i % 5000}`;
      const value = table.get(key);
      table.set(key, { n: (value?.n ?? 0) + 1, key });
      sum += table.size;
    }
    return sum > 0 ? performance.now() - started : 0;
  };
  run();
  return Math.min(run(), run(), run());
}

const calibrationMs = calibrate();

/** Bundles a measuring module as the Worker is bundled, and runs it. */
async function measure(name) {
  const out = `${root}/.cache/bench`;
  mkdirSync(out, { recursive: true });
  await build({
    root,
    logLevel: 'error',
    build: {
      ssr: `tests/bench/${name}.ts`,
      outDir: out,
      emptyOutDir: false,
      minify: false,
      rollupOptions: { output: { entryFileNames: `${name}.mjs` } },
    },
  });
  const { main } = await import(pathToFileURL(`${out}/${name}.mjs`).href);
  return main(calibrationMs);
}

const PARTS = {
  exchanges: () => measure('exchanges'),
  kernel: () => measure('kernel'),
  api: () => measure('api'),
  controllers: () => measure('controllers'),
  size: async () => (await import('./size.mjs')).main(),
  page: async () => (await import('./page.mjs')).main(),
  graph: async () => (await import('./graph.mjs')).main(),
  editor: async () => (await import('./editor.mjs')).main(),
  memory: async () => (await import('./memory.mjs')).main(),
};

const document = { calibrationMs: Math.round(calibrationMs * 10) / 10 };
for (const [name, part] of Object.entries(PARTS)) {
  if (only !== undefined && only !== name) continue;
  document[name] = await part();
}
console.log(JSON.stringify(document, null, 2));
process.exit(0);
