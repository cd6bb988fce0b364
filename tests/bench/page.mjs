// How long the page takes, in a lab of 100 Pods, from Enter in the terminal to the new Pod's row in the list beside the
// graph; and, for comparison, until a command that changes nothing has said so.

import { withBuiltPage } from './builtPage.mjs';

const REPLICAS = 100;
const TIMES = 20;
const POD_ROW = 'pod/default/probe';

const podText = (name, label) => `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  labels: { app: ${label} }
spec:
  containers:
    - { name: tools, image: tools }
`;

const FILES = [
  {
    name: 'web.yaml',
    text: `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: ${REPLICAS}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: web }] }
`,
  },
  { name: 'pod.yaml', text: podText('probe', 'probe') },
  { name: 'same.yaml', text: podText('same', 'same') },
];

/** Runs in the page: stamps Enter in the terminal, and the first moment when `isThere` holds after it. */
function watch({ row, wanted }) {
  globalThis.measured = new Promise(resolve => {
    let entered;
    const blocksBefore = document.querySelectorAll('[data-testid="terminal-blocks"] article').length;
    const isThere = () => {
      if (row !== undefined) return document.querySelector(`[data-testid="list"] [data-row="${row}"]`) !== null;
      const blocks = document.querySelectorAll('[data-testid="terminal-blocks"] article');
      return blocks.length > blocksBefore && blocks[blocks.length - 1].textContent.includes(wanted);
    };
    const observer = new MutationObserver(() => {
      if (entered === undefined || !isThere()) return;
      observer.disconnect();
      resolve(performance.now() - entered);
    });
    observer.observe(document.body, { childList: true, subtree: true, characterData: true });
    const onKey = event => {
      if (event.key !== 'Enter') return;
      removeEventListener('keydown', onKey, true);
      entered = performance.now();
    };
    addEventListener('keydown', onKey, true);
  });
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.floor(middle - 0.5)] + sorted[Math.ceil(middle - 0.5)]) / 2;
}

const rounded = (value, digits) => Math.round(value * 10 ** digits) / 10 ** digits;

/** Medians of 20 in milliseconds, and their ratio. */
export async function main() {
  return withBuiltPage(async (page, url) => {
    await page.addInitScript(files => {
      localStorage.setItem('hoplab.files.sandbox', JSON.stringify({ version: 1, files, open: files[0].name }));
    }, FILES);
    await page.goto(`${url}#/sandbox`, { waitUntil: 'load' });
    const input = page.getByTestId('terminal-input');
    const blocks = page.getByTestId('terminal-blocks').getByRole('article');

    const enter = async command => {
      await input.fill(command);
      await input.press('Enter');
    };
    /** Runs a command to its end, which must be the wanted one. */
    const run = async (command, wanted) => {
      const before = await blocks.count();
      await enter(command);
      const block = blocks.nth(before);
      await block.and(page.locator(':not([data-outcome="running"])')).waitFor();
      const text = await block.innerText();
      if (!text.includes(wanted)) throw new Error(`no "${wanted}" in: ${text}`);
    };
    const time = async (command, what) => {
      await page.evaluate(watch, what);
      await enter(command);
      const milliseconds = await page.evaluate(() => globalThis.measured);
      await blocks.last().and(page.locator('[data-outcome="succeeded"]')).waitFor();
      return milliseconds;
    };

    await input.waitFor();
    await page.getByRole('button', { name: 'List', exact: true }).click();
    await run('kubectl apply -f web.yaml', 'created');
    const rows = page.locator('[data-testid="list"] [data-row^="pod/default/web-"]');
    await rows.nth(REPLICAS - 1).waitFor({ state: 'attached' });
    await run('kubectl get deployment web', `${REPLICAS}/${REPLICAS}`);
    await run('kubectl apply -f same.yaml', 'created');
    const pods = await rows.count();
    const applied = [];
    const unchanged = [];
    for (let i = 0; i < TIMES; i++) {
      applied.push(await time('kubectl apply -f pod.yaml', { row: POD_ROW }));
      unchanged.push(await time('kubectl apply -f same.yaml', { wanted: 'unchanged' }));
      await run('kubectl delete -f pod.yaml', 'deleted');
      await page.locator(`[data-row="${POD_ROW}"]`).waitFor({ state: 'detached' });
    }
    const [appliedMs, unchangedMs] = [median(applied), median(unchanged)];
    return {
      podRows: pods,
      applyToRowMedianMs: rounded(appliedMs, 1),
      unchangedMedianMs: rounded(unchangedMs, 1),
      applyToUnchanged: rounded(appliedMs / unchangedMs, 2),
      slowestApplyToRowMs: rounded(Math.max(...applied), 1),
    };
  });
}
