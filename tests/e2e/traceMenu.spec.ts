// What can be taken along of a journey: its text, and its packets as captures.

import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { openPage } from './support/openPage.ts';
import { terminalBlocks, typeCommand } from './support/terminal.ts';
import { test } from './support/test.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const MENU = 'Take this journey along';

async function openTrace(page: Page): Promise<void> {
  await openPage(page, 'sandbox');
  await typeCommand(page, 'kubectl exec client -- ping -c 1 10.244.1.1');
  await terminalBlocks(page)
    .last()
    .getByRole('button', { name: /^Open trace/ })
    .click();
  await expect(page.getByText(/^Step 1 of \d+/)).toBeVisible();
}

/** Name and bytes of what an item of the menu downloads. */
async function downloaded(page: Page, item: string): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  await page.getByRole('button', { name: MENU }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: item }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

test('a journey is copied as text, by the keyboard alone', async ({ page }) => {
  await openTrace(page);
  await page.getByRole('button', { name: MENU }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Copy as text' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The journey was copied as text.')).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toMatch(/^client → 10\.244\.1\.1 ICMP: ok/);
  expect(text).toMatch(/\n\[\d+\] echo request, request, delivered/);
});

test('a journey is downloaded as a capture, at all interfaces or at the one of the step', async ({ page }) => {
  await openTrace(page);
  const all = await downloaded(page, 'Download capture, all interfaces');
  expect(all.name).toBe('client-10.244.1.1.pcapng');
  // A section of pcapng begins with this type, which reads the same in both byte orders.
  expect(all.bytes.subarray(0, 4).toString('hex')).toBe('0a0d0d0a');
  for (const name of ['client eth0', 'node-1 cni0']) expect(all.bytes.includes(name)).toBe(true);
  // The fifth step is where the frame leaves the Pod.
  for (let i = 0; i < 4; i++) await page.getByRole('button', { name: 'Step', exact: true }).click();
  const one = await downloaded(page, 'Download capture at client, eth0');
  expect(one.name).toBe('client-10.244.1.1-eth0.pcapng');
  expect(one.bytes.includes('client eth0')).toBe(true);
  expect(one.bytes.includes('cni0')).toBe(false);
});
