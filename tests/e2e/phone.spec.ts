// The main job on a phone: one pane at a time, a plain text area, fingers.

import { devices, expect } from '@playwright/test';
import { SERVICE_AND_PODS } from './support/manifests.ts';
import { openPage, showPanel } from './support/openPage.ts';
import { typeCommand } from './support/terminal.ts';
import { test } from './support/test.ts';

const { defaultBrowserType: _, ...phone } = devices['iPhone 13'];
test.use({ ...phone, viewport: { width: 390, height: 844 } });

test('the main job on a phone: apply, curl, follow the packet, break it, undo', async ({ page }) => {
  await openPage(page, 'sandbox');
  await showPanel(page, 'YAML');
  const manifests = page.getByRole('region', { name: 'Manifests' });
  const text = manifests.getByRole('textbox', { name: /^Manifest / });
  await text.fill(SERVICE_AND_PODS);
  await expect(manifests.getByText(/^No problems/).first()).toBeVisible();
  await manifests.getByRole('button', { name: 'Apply', exact: true }).tap();
  await expect(manifests.getByText(/deployment\.apps\/my-app created/)).toBeVisible();

  const curl = await typeCommand(page, 'kubectl exec client -- curl -s http://my-service/');
  expect(curl.output).toContain('pod=my-app-');
  await curl.block.getByRole('button', { name: 'Open trace' }).last().tap();
  const step = page.getByRole('button', { name: 'Step', exact: true });
  await expect(page.getByText(/^Step 1 of/)).toBeVisible();
  await step.tap();
  await expect(page.getByText(/^Step 2 of/)).toBeVisible();
  await showPanel(page, 'Graph');
  await expect(page.getByTestId('graph').getByText('node-2').first()).toBeVisible();
  await step.tap();
  await expect(page.getByText(/^Step 3 of/)).toBeVisible();

  const removed = await typeCommand(page, 'kubectl delete service my-service');
  expect(removed.exitCode).toBe(0);
  await page.getByRole('button', { name: 'More', exact: true }).tap();
  await page.getByRole('button', { name: /^Undo: kubectl delete/ }).tap();
  const again = await typeCommand(page, 'kubectl exec client -- curl -s http://my-service/');
  expect(again.exitCode).toBe(0);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
