// A Chromium for the page's tests: found on the machine, else installed by the system's package manager when that is
// possible, else a message that says what is missing.

import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

function onThisMachine() {
  const given = process.env.CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = [
    ...(given === undefined ? [] : [given]),
    ...NAMES.flatMap(name => folders.map(folder => join(folder, name))),
    ...PLACES,
  ];
  return candidates.find(path => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** `{path}`, or `{message}` that says what to do. */
export function findChromium() {
  const found = onThisMachine();
  if (found !== undefined) return { path: found };
  const isRoot = process.getuid?.() === 0;
  if (existsSync('/usr/bin/apt-get') && isRoot) {
    console.log('\nInstalling Chromium (apt-get install chromium) ...');
    const quiet = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    spawnSync('apt-get', ['update', '-qq'], quiet);
    spawnSync('apt-get', ['install', '-y', '-qq', 'chromium'], quiet);
    const installed = onThisMachine();
    if (installed !== undefined) return { path: installed };
  }
  return {
    message:
      'No Chromium was found, and it could not be installed here. Install Chromium or Chrome (Debian: "apt-get install chromium"), or set CHROMIUM to its path, and run npm test again.',
  };
}
