// Makes a fresh clone ready: a Node that is new enough, and the packages of the lock file.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));

/** Says what is missing and ends the process. */
export function stop(message) {
  console.error(message);
  process.exit(1);
}

export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  stop(`Hoplab needs Node 20.19 or newer; this is ${process.versions.node}. See https://nodejs.org.`);
}

/** Runs `npm ci` unless node_modules is what the lock file says. */
export function installPackages() {
  const lock = readFileSync(`${root}/package-lock.json`);
  const wanted = createHash('sha256').update(lock).digest('hex');
  const stamp = `${root}/node_modules/.hoplab-lock`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  // npm ci would empty the folder that is linked to, which is somebody else's.
  if (lstatSync(`${root}/node_modules`, { throwIfNoEntry: false })?.isSymbolicLink() === true)
    stop('node_modules is a link to a folder with other packages than package-lock.json names: install them there.');
  console.log('Installing packages (npm ci) ...');
  const done = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (done.status !== 0)
    stop('npm ci failed: see its messages above. A connection to the npm registry is needed once.');
  writeFileSync(stamp, wanted);
}
