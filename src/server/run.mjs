// Runs a TypeScript module of this project with Node: `node src/server/run.mjs src/server/bench.ts ARGUMENTS`.
// The module exports `main(args)`, which returns (a promise of) the exit code.

import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [module, ...args] = process.argv.slice(2);
if (module === undefined) {
  console.error('usage: node src/server/run.mjs MODULE [ARGUMENT...]');
  process.exit(2);
}
const vite = await createServer({
  root,
  appType: 'custom',
  logLevel: 'error',
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
});
let exitCode = 1;
try {
  const { main } = await vite.ssrLoadModule(resolve(module));
  exitCode = (await main(args)) ?? 0;
} finally {
  await vite.close();
}
process.exit(exitCode);
