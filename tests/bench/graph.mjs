// The graph of the page beside peers, in one Chromium, by turns: how long the main thread works for a frame while the
// graph is moved, how many frames there are, and how soon a cluster, or a hundred Pods more, can be seen. Medians of three.

import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { build } from 'vite';
import { root } from '../../src/server/install.mjs';
import { serveFolder } from '../../src/server/static.mjs';
import { findChromium } from '../support/chromium.mjs';
import { CHROMIUM_ARGS } from './builtPage.mjs';

const OUT = join(root, '.cache/bench/graph');
const ROUNDS = 3;
const PAN_MS = 1500;
/** Stock Cytoscape takes seconds for a frame. */
const SLOW_PAN_MS = 5000;

/** What is measured on a page that draws so many Pods. */
const RUNS = [
  { name: 'product', pods: 1000, asks: ['pan', 'add', 'packets'] },
  { name: 'raw', pods: 1000, asks: ['pan', 'add', 'packets'] },
  { name: 'product', pods: 10_000, asks: ['first', 'pan'] },
  { name: 'raw', pods: 10_000, asks: ['pan'] },
  { name: 'visNetwork', pods: 10_000, asks: ['first'] },
  { name: 'stockCytoscape', pods: 10_000, asks: ['slowPan'] },
];

/** Ratios of two figures, and what is wanted of them. */
const RATIOS = {
  panMsAFrameAt1000: { of: 'product 1000 panMs', to: 'raw 1000 panMs', goal: 'at most 2' },
  panFramesAt10000ToRaw: { of: 'product 10000 panFps', to: 'raw 10000 panFps', goal: 'at least 1.5' },
  panFramesAt10000ToCytoscape: { of: 'product 10000 panFps', to: 'stockCytoscape 10000 panFps', goal: 'at least 50' },
  firstPaintAt10000ToVisNetwork: { of: 'product 10000 firstMs', to: 'visNetwork 10000 firstMs', goal: 'at most 0.7' },
  hundredPodsMoreAt1000: { of: 'product 1000 addMs', to: 'raw 1000 addMs', goal: 'at most 1.5' },
  packetsMainThreadShare: { of: 'product 1000 packetsShare', to: 'raw 1000 packetsShare', goal: 'at most 0.8' },
};

const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const rounded = value => Math.round(value * 100) / 100;

export async function main() {
  await build({
    configFile: join(root, 'tests/bench/graph/vite.config.ts'),
    logLevel: 'error',
    build: { outDir: OUT },
  });
  const found = findChromium();
  if (found.path === undefined) throw new Error(found.message);
  const served = await serveFolder(OUT, 0);
  const browser = await chromium.launch({ executablePath: found.path, args: CHROMIUM_ARGS });
  try {
    const size = await graphSize(browser, served.url);
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) {
      const figures = {};
      for (const run of round % 2 === 0 ? RUNS : [...RUNS].reverse())
        Object.assign(figures, await measure(browser, served.url, size, run));
      rounds.push(figures);
    }
    return { graph: size, ratios: ratiosOf(rounds), figures: figuresOf(rounds) };
  } finally {
    await browser.close();
    served.close();
  }
}

function ratiosOf(rounds) {
  return Object.fromEntries(
    Object.entries(RATIOS).map(([name, { of, to, goal }]) => [
      name,
      { ratio: rounded(median(rounds.map(figures => figures[of] / figures[to]))), goal },
    ]),
  );
}

function figuresOf(rounds) {
  return Object.fromEntries(
    Object.keys(rounds[0])
      .sort()
      .map(name => [name, rounded(median(rounds.map(figures => figures[name])))]),
  );
}

/** Peers draw as large as the product's graph is. */
async function graphSize(browser, url) {
  return onPage(browser, `${url}product.html`, async ({ page }) => {
    const box = await page.getByTestId('graph').boundingBox();
    return { width: Math.round(box.width), height: Math.round(box.height) };
  });
}

async function onPage(browser, address, use) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    page.on('pageerror', error => console.error(`${address}: ${error.message}`));
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable');
    const busy = async () => {
      const { metrics } = await session.send('Performance.getMetrics');
      const of = name => metrics.find(metric => metric.name === name).value;
      return { task: of('TaskDuration') * 1000, at: of('Timestamp') * 1000 };
    };
    await page.goto(address);
    await page.waitForFunction('bench');
    await page.waitForTimeout(1000);
    return await use({ page, busy });
  } finally {
    await context.close();
  }
}

async function measure(browser, url, { width, height }, { name, pods, asks }) {
  const figures = {};
  const note = (what, value) => {
    figures[`${name} ${pods} ${what}`] = value;
  };
  await onPage(browser, `${url}${name}.html?width=${width}&height=${height}`, async ({ page, busy }) => {
    const first = await page.evaluate(count => globalThis.bench.first(count), pods);
    await page.waitForTimeout(1000);
    for (const ask of asks) {
      if (ask === 'first') note('firstMs', first);
      else if (ask === 'add') {
        const times = [];
        for (let i = 0; i < 3; i++) times.push(await page.evaluate(round => globalThis.bench.add(round), i));
        note('addMs', median(times));
      } else if (ask === 'packets') {
        await page.evaluate(() => globalThis.bench.startPackets());
        const { fps, share } = await during(page, busy, 'packets', 2000);
        note('packetsFps', fps);
        note('packetsShare', share);
      } else {
        const { fps, taskMs } = await during(page, busy, 'pan', ask === 'pan' ? PAN_MS : SLOW_PAN_MS);
        note('panFps', fps);
        note('panMs', taskMs);
      }
    }
  });
  return figures;
}

/** Frames a second, what the main thread did for each in milliseconds, and which share of the time it was at work. */
async function during(page, busy, what, milliseconds) {
  const before = await busy();
  const frames = await page.evaluate(([name, time]) => globalThis.bench[name](time), [what, milliseconds]);
  const after = await busy();
  const [task, time] = [after.task - before.task, after.at - before.at];
  return { fps: (frames / time) * 1000, taskMs: task / frames, share: task / time };
}
