// What the cluster itself does, as a person meets it: a client that keeps its Pod, an answer that needs TCP.

import { expect, type Locator, type Page } from '@playwright/test';
import { openPage, showPanel } from './support/openPage.ts';
import { typeCommand } from './support/terminal.ts';
import { test } from './support/test.ts';

const trace = (page: Page): Locator => page.getByRole('region', { name: 'Trace', exact: true });

test('with session affinity the trace says that the client was here before', async ({ page }) => {
  await openPage(page, 'sandbox');
  await typeCommand(page, 'kubectl create deployment web --image=web --replicas=3');
  await typeCommand(page, 'kubectl expose deployment web --port=80 --target-port=8080 --session-affinity=ClientIP');
  const answers: string[] = [];
  for (let i = 0; i < 4; i++) answers.push((await typeCommand(page, 'kubectl exec client -- curl -s web')).output);
  expect(answers[0]).toMatch(/^pod=web-/);
  expect(new Set(answers).size).toBe(1);
  await showPanel(page, 'Trace');
  await trace(page).focus();
  await page.keyboard.press('d');
  await expect(page.getByTestId('sentence')).toContainText(
    /node-1 rewrites the destination: .* 10\.244\.1\.2 came here before: KUBE-SEP-[A-Z2-7]{16} noted it/,
  );
});

test('a long DNS answer is asked for again over TCP, as journeys of their own', async ({ page }) => {
  await openPage(page, 'sandbox');
  await typeCommand(page, 'kubectl create deployment many --image=web --replicas=31');
  await typeCommand(page, 'kubectl expose deployment many --port=8080 --cluster-ip=None');
  const { output, block } = await typeCommand(page, 'kubectl exec client -- dig many.default.svc.cluster.local');
  expect(output).toContain(';; Truncated, retrying in TCP mode.');
  expect(output).toContain('ANSWER: 31,');
  expect(output).toContain('#53(10.96.0.10) (TCP)');
  await expect(block.getByRole('button', { name: /trace/i })).toHaveCount(2);
});
