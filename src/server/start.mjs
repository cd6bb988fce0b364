// npm start: installs, builds and serves the lab, and prints its address.

import { spawnSync } from 'node:child_process';
import { checkNode, installPackages, root, stop } from './install.mjs';
import { serveFolder } from './static.mjs';

checkNode();
installPackages();
console.log('Building ...');
const built = spawnSync(process.execPath, [`${root}/node_modules/vite/bin/vite.js`, 'build', '--logLevel', 'warn'], {
  cwd: root,
  stdio: 'inherit',
});
if (built.status !== 0) stop('The build failed: see its messages above.');
const wanted = Number(process.env.PORT ?? 4173);
const served = await serveFolder(`${root}/dist`, wanted).catch(() => serveFolder(`${root}/dist`, 0));
console.log(`Hoplab runs at ${served.url}  (Ctrl+C stops it)`);
