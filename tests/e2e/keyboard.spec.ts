// The main job without a mouse: only keys are pressed, and what has the focus is found by pressing Tab.

import { expect, type Page } from '@playwright/test';
import { tabTo } from './support/keys.ts';
import { SERVICE_AND_PODS } from './support/manifests.ts';
import { openPage } from './support/openPage.ts';
import { endOf, terminalBlocks } from './support/terminal.ts';
import { test } from './support/test.ts';

/** Types a line into the terminal; resolves to how it ended. */
async function run(page: Page, line: string, direction: 'forward' | 'back'): ReturnType<typeof endOf> {
  const before = await terminalBlocks(page).count();
  await tabTo(page, page.getByRole('textbox', { name: /^Command,/ }), direction);
  await page.keyboard.type(line);
  await page.keyboard.press('Enter');
  return endOf(terminalBlocks(page).nth(before));
}

test('the main job by keys alone: paste, apply, curl, follow the packet, undo', async ({ page }) => {
  await openPage(page, 'sandbox');
  const manifests = page.getByRole('region', { name: 'Manifests' });
  await expect(manifests.getByText(/then Tab leaves$|^Plain editor/)).toBeVisible();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(text => navigator.clipboard.writeText(text), SERVICE_AND_PODS);

  await tabTo(page, manifests.getByRole('textbox', { name: /^Manifest / }));
  await page.keyboard.press('ControlOrMeta+v');
  await expect(manifests.getByText(/^No problems/).first()).toBeVisible();
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(manifests.getByText(/service\/my-service created/)).toBeVisible();

  // In the editor Tab indents until Ctrl+M.
  await page.keyboard.press('Control+m');
  const curl = await run(page, 'kubectl exec client -- curl -s http://my-service/', 'forward');
  expect(curl.exitCode).toBe(0);
  expect(curl.output).toContain('pod=my-app-');

  await tabTo(page, curl.block.getByRole('button', { name: 'Open trace' }).last(), 'back');
  await page.keyboard.press('Enter');
  const trace = page.getByRole('region', { name: 'Trace', exact: true });
  const timeline = trace.getByRole('slider', { name: 'Timeline of the journey' });
  await tabTo(page, timeline);
  await page.keyboard.press('Home');
  await expect(timeline).toHaveAttribute('aria-valuetext', /^step 1 of /);
  await page.keyboard.press('ArrowRight');
  await expect(timeline).toHaveAttribute('aria-valuetext', /^step 2 of /);
  await page.keyboard.press('End');
  await expect(timeline).toHaveAttribute('aria-valuetext', /^step (\d+) of \1,/);

  await tabTo(page, page.getByRole('button', { name: /^Undo: / }), 'back');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Redo: / })).toBeVisible();
  await tabTo(page, page.getByRole('tablist', { name: 'Panel' }).getByRole('tab', { name: 'Trace' }));
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('textbox', { name: /^Command,/ })).toBeVisible();
});
