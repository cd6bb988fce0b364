// npm test: installs what tests need and runs all of them. The last line sums them up over all runners.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { checkNode, installPackages, root } from '../src/server/install.mjs';
import { findChromium } from './support/chromium.mjs';

checkNode();
installPackages();
const bin = name => `${root}/node_modules/.bin/${name}`;
const results = `${root}/.cache/results`;
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const total = { passed: 0, failed: 0, skipped: 0 };
const failures = [];

function count(name, passed, failed, skipped) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  if (failed > 0) failures.push(name);
  console.log(`-- ${name}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
}

function run(command, args, env = {}) {
  return spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
}

/** A tool that says yes or no counts as one test. */
function check(name, command, args) {
  console.log(`\n== ${name}`);
  const ok = run(command, args).status === 0;
  count(name, ok ? 1 : 0, ok ? 0 : 1, 0);
  return ok;
}

/** A runner that writes a report counts its tests; without a report it counts as one that failed. */
function runner(name, command, args, env, read) {
  console.log(`\n== ${name}`);
  run(command, args, env);
  try {
    const { passed, failed, skipped } = read();
    if (passed + failed === 0) count(name, 0, 1, skipped);
    else count(name, passed, failed, skipped);
  } catch (error) {
    console.error(`${name} wrote no report: ${error.message}`);
    count(name, 0, 1, 0);
  }
}

const json = file => JSON.parse(readFileSync(`${results}/${file}`, 'utf8'));

check('types', bin('tsc'), ['-p', root]);
check('types of the core (no DOM)', bin('tsc'), ['-p', `${root}/src/sim`]);
check('format and lint', bin('biome'), ['ci', '.', '--max-diagnostics=30']);
check('dead code and dependencies', bin('knip'), []);
runner(
  'unit, property, architecture and lesson tests',
  bin('vitest'),
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}/vitest.json`],
  {},
  () => {
    const report = json('vitest.json');
    return {
      passed: report.numPassedTests,
      failed:
        report.numFailedTests +
        report.testResults.filter(file => file.status === 'failed' && file.assertionResults.length === 0).length,
      skipped: report.numPendingTests + (report.numTodoTests ?? 0),
    };
  },
);
const chromium = findChromium();
if (check('build', process.execPath, [`${root}/node_modules/vite/bin/vite.js`, 'build', '--logLevel', 'warn'])) {
  if (chromium.path === undefined) {
    console.error(`\n== the page in Chromium\n${chromium.message}`);
    count('the page in Chromium', 0, 1, 0);
  } else {
    runner(
      'the page in Chromium',
      bin('playwright'),
      ['test', '-c', 'tests/e2e/playwright.config.ts'],
      { CHROMIUM: chromium.path, RESULTS: results },
      () => {
        const { stats } = json('playwright.json');
        return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
      },
    );
  }
}

if (failures.length > 0) console.log(`\nfailed: ${failures.join('; ')}`);
console.log(`\ntests: ${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 || total.passed === 0 || !existsSync(results) ? 1 : 0);
