// What the page and its lab keep after 1,000 applies, 1,000 journeys and 1,000 undos, beside what they kept after the
// first hundred of each.

import { withBuiltPage } from './builtPage.mjs';

const FIRST = 100;
const ALL = 1000;
const MB = 1024 * 1024;

const podText = label => `apiVersion: v1
kind: Pod
metadata:
  name: probe
  labels: { app: ${label} }
spec:
  containers:
    - { name: tools, image: tools }
`;

const FILES = [
  { name: 'one.yaml', text: podText('one') },
  { name: 'two.yaml', text: podText('two') },
];

/** Asks one target (the page, or its Worker) over the browser's own session; Playwright reaches no Worker by itself. */
async function sessionOf(browser, type) {
  const session = await browser.newBrowserCDPSession();
  const { targetInfos } = await session.send('Target.getTargets', { filter: [{}] });
  const target = targetInfos.find(info => info.type === type);
  if (target === undefined) throw new Error(`the browser has no target of the type ${type}`);
  const { sessionId } = await session.send('Target.attachToTarget', { targetId: target.targetId, flatten: false });
  const waiting = new Map();
  session.on('Target.receivedMessageFromTarget', ({ sessionId: from, message }) => {
    if (from !== sessionId) return;
    const { id, result, error } = JSON.parse(message);
    const settle = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) settle?.resolve(result);
    else settle?.reject(new Error(error.message));
  });
  let last = 0;
  return (method, params = {}) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, { resolve, reject });
      const message = JSON.stringify({ id, method, params });
      session.send('Target.sendMessageToTarget', { sessionId, message }).catch(reject);
    });
}

/** Megabytes of live objects. */
async function heapOf(ask) {
  for (let i = 0; i < 3; i++) await ask('HeapProfiler.collectGarbage');
  const { usedSize } = await ask('Runtime.getHeapUsage');
  return usedSize / MB;
}

const rounded = value => Math.round(value * 100) / 100;

/** Live objects of the page and of the Worker after 100 and after 1,000 rounds, in MB, and the ratios of each and of both. */
export async function main() {
  return withBuiltPage(async (page, url) => {
    await page.addInitScript(files => {
      localStorage.setItem('hoplab.files.sandbox', JSON.stringify({ version: 1, files, open: files[0].name }));
    }, FILES);
    await page.goto(`${url}#/sandbox`, { waitUntil: 'load' });
    const input = page.getByTestId('terminal-input');
    await input.waitFor();
    const prompt = page.locator('[data-testid="terminal-blocks"] article').last();
    let ended = 0;
    const run = async command => {
      await input.fill(command);
      await input.press('Enter');
      await page.waitForFunction(
        ([text]) => {
          const block = [...document.querySelectorAll('[data-testid="terminal-blocks"] article')].at(-1);
          return block?.textContent?.includes(text) && block.getAttribute('data-outcome') !== 'running';
        },
        [command],
      );
      ended++;
    };
    const undo = page.getByRole('button', { name: /^Undo/ }).first();
    const round = async () => {
      await run('kubectl apply -f two.yaml');
      await run('kubectl exec client -- ping -c 1 10.244.1.1');
      await undo.click();
    };
    await run('kubectl apply -f one.yaml');
    const [askPage, askWorker] = [
      await sessionOf(page.context().browser(), 'page'),
      await sessionOf(page.context().browser(), 'worker'),
    ];
    const heaps = async () => ({ page: await heapOf(askPage), worker: await heapOf(askWorker) });
    for (let i = 0; i < FIRST; i++) await round();
    const before = await heaps();
    for (let i = FIRST; i < ALL; i++) await round();
    const after = await heaps();
    await prompt.waitFor();
    return {
      rounds: ALL,
      commands: ended,
      pageMb: [rounded(before.page), rounded(after.page)],
      workerMb: [rounded(before.worker), rounded(after.worker)],
      page: rounded(after.page / before.page),
      worker: rounded(after.worker / before.worker),
      both: rounded((after.page + after.worker) / (before.page + before.worker)),
    };
  });
}
