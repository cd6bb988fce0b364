// What keys find: candidates in the terminal, a command before there is a lab, the palette before it stands; and a broken
// file whose pane is closed.

import { openManifests } from './support/manifests.ts';
import { openPage } from './support/openPage.ts';
import { expect, test } from './support/test.ts';

test('kinds that kubectl gets, in columns that the arrows go down', async ({ page }) => {
  await openPage(page, 'sandbox');
  const field = page.getByTestId('terminal-input');
  await field.pressSequentially('kubectl get ');
  await page.keyboard.press('Tab');
  const list = page.getByRole('listbox', { name: 'Completions' });
  await expect(list.getByRole('option', { name: 'pods', exact: true })).toBeAttached();
  await expect(list.getByRole('option', { name: /reviews$/ })).toHaveCount(0);
  const chosen = list.getByRole('option', { selected: true });
  const first = await chosen.boundingBox();
  await page.keyboard.press('ArrowDown');
  const second = await chosen.boundingBox();
  expect(second?.x).toBe(first?.x);
  expect(second?.y).toBeGreaterThan(first?.y ?? Number.POSITIVE_INFINITY);
  await field.pressSequentially('endpoints');
  await expect(list.getByRole('option')).toHaveText(['endpoints', 'endpointslices']);
  await page.keyboard.press('Enter');
  await expect(field).toHaveValue('kubectl get endpoints ');
  await expect(list).toBeHidden();
});

test.describe('over a slow network', () => {
  for (const [key, typed] of [
    ['Tab', 'kubectl get '],
    ['Enter', 'kubectl get pods'],
  ] as const)
    test(`${key} waits for the lab that is still on its way`, async ({ page }) => {
      // The sandbox's cluster is in this part of the page.
      await page.route(/\/later-[\w-]+\.js$/, async route => {
        await new Promise(resolve => setTimeout(resolve, 1_500));
        await route.continue();
      });
      await page.goto('/#/sandbox', { waitUntil: 'commit' });
      await page.getByTestId('terminal-input').pressSequentially(typed);
      await page.keyboard.press(key);
      await expect(
        key === 'Tab'
          ? page.getByRole('listbox', { name: 'Completions' }).getByRole('option', { name: 'pods', exact: true })
          : page.getByTestId('terminal-blocks').getByText(/^client\b.*Running/),
      ).toBeVisible();
    });
});

test('the palette has the letters that were typed before it stood', async ({ page }) => {
  await openPage(page, 'sandbox');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('events');
  await expect(page.getByRole('combobox', { name: 'Find an action' })).toHaveValue('events');
  await expect(page.getByRole('dialog', { name: 'Find an action' }).getByRole('option').first()).toHaveText(
    /Open Events/,
  );
});

test('letters follow the window; a broken file is marked on the button of its closed pane', async ({ page }) => {
  await openPage(page, 'sandbox');
  const region = await openManifests(page);
  const letters = region.getByTestId('monaco').locator('.view-lines');
  await expect(letters).toHaveCSS('font-size', '12.5px');
  await page.setViewportSize({ width: 2560, height: 1440 });
  await expect(letters).toHaveCSS('font-size', '14.0625px');
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(letters).toHaveCSS('font-size', '12.5px');
  await region.getByTestId('monaco').click();
  await page.keyboard.insertText('kind: Servic');
  await expect(region.getByText(/problem/).first()).toBeVisible();
  await page.setViewportSize({ width: 1024, height: 768 });
  await expect(page.getByRole('button', { name: 'Manifests with problems' })).toBeVisible();
});
