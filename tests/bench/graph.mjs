// The graph of the page beside peers, in one Chromium, by turns: how long the main thread works for a frame while the
// graph is moved, how many frames there are, and how soon a cluster, or a hundred Pods more, can be seen. Medians of three.
//
// How many frames a pan has at 10,000 Pods is counted in a second Chromium without its limit of 60 a second, which would
// hide what lies above it. Everything else is measured with the limit. Frames of packets are those that Chromium's
// compositor drew: the page may have no part in them.

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
const PACKETS_MS = 2000;
/** Stock Cytoscape takes seconds for a frame. */
const SLOW_PAN_MS = 5000;

/** Frames come as soon as they are made. */
const WITHOUT_LIMIT = ['--disable-frame-rate-limit', '--disable-gpu-vsync'];

/** What is measured on a page that draws so many Pods; `unlimited`: without a limit of frames. */
const RUNS = [
  { name: 'product', pods: 1000, asks: ['pan', 'add', 'packets'] },
  { name: 'raw', pods: 1000, asks: ['pan', 'add', 'packets'] },
  { name: 'product', pods: 10_000, asks: ['first'] },
  { name: 'visNetwork', pods: 10_000, asks: ['first'] },
  { name: 'product', pods: 10_000, asks: ['pan'], frames: 'unlimited' },
  { name: 'raw', pods: 10_000, asks: ['pan'], frames: 'unlimited' },
  { name: 'stockCytoscape', pods: 10_000, asks: ['slowPan'], frames: 'unlimited' },
];

/** Ratios of two figures, and what is wanted of them. */
const RATIOS = {
  panMsAFrameAt1000: { of: 'product 1000 panMs', to: 'raw 1000 panMs', goal: 'at most 2' },
  panFramesAt10000ToRaw: { of: 'product 10000 panFps', to: 'raw 10000 panFps', goal: 'at least 1.5' },
  panFramesAt10000ToCytoscape: { of: 'product 10000 panFps', to: 'stockCytoscape 10000 panFps', goal: 'at least 50' },
  firstPaintAt10000ToVisNetwork: { of: 'product 10000 firstMs', to: 'visNetwork 10000 firstMs', goal: 'at most 0.7' },
  hundredPodsMoreAt1000: { of: 'product 1000 addMs', to: 'raw 1000 addMs', goal: 'at most 1.5' },
  packetsFramesToRaw: { of: 'product 1000 packetsFps', to: 'raw 1000 packetsFps', goal: 'at least 0.95' },
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
  const launch = args => chromium.launch({ executablePath: found.path, args });
  const browsers = {
    limited: await launch(CHROMIUM_ARGS),
    unlimited: await launch([...CHROMIUM_ARGS, ...WITHOUT_LIMIT]),
  };
  try {
    const size = await graphSize(browsers.limited, served.url);
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) {
      const figures = {};
      for (const run of round % 2 === 0 ? RUNS : [...RUNS].reverse())
        Object.assign(figures, await measure(browsers[run.frames ?? 'limited'], served.url, size, run));
      rounds.push(figures);
    }
    return { graph: size, ratios: ratiosOf(rounds), figures: figuresOf(rounds) };
  } finally {
    for (const browser of Object.values(browsers)) await browser.close();
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
    return await use({ page, session, busy });
  } finally {
    await context.close();
  }
}

async function measure(browser, url, { width, height }, { name, pods, asks }) {
  const figures = {};
  const note = (what, value) => {
    figures[`${name} ${pods} ${what}`] = value;
  };
  await onPage(browser, `${url}${name}.html?width=${width}&height=${height}`, async ({ page, session, busy }) => {
    const first = await page.evaluate(count => globalThis.bench.first(count), pods);
    await page.waitForTimeout(1000);
    for (const ask of asks) {
      if (ask === 'first') note('firstMs', first);
      else if (ask === 'add') {
        const times = [];
        for (let i = 0; i < 3; i++) times.push(await page.evaluate(round => globalThis.bench.add(round), i));
        note('addMs', median(times));
      } else if (ask === 'packets') {
        // The graph comes to rest first; that the packets set out is measured with them.
        await page.waitForTimeout(1000);
        note('packetsShare', (await during(page, busy, 'packets', PACKETS_MS)).share);
        // Not at the same time: to be watched is work.
        note('packetsFps', await drawnFrames(session, () => page.evaluate(() => globalThis.bench.packets(1000))));
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

/** Frames a second that the compositor of the page drew. */
async function drawnFrames(session, watched) {
  const times = [];
  const note = ({ value }) => times.push(...value.filter(({ name }) => name === 'DrawFrame').map(({ ts }) => ts));
  session.on('Tracing.dataCollected', note);
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['disabled-by-default-devtools.timeline.frame', 'devtools.timeline.frame'] },
  });
  await watched();
  const complete = new Promise(resolve => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  session.off('Tracing.dataCollected', note);
  const microseconds = Math.max(...times) - Math.min(...times);
  return times.length < 2 ? 0 : ((times.length - 1) / microseconds) * 1e6;
}
