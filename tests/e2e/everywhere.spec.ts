// The page for everybody: every action by name and by key, in every theme.

import type { Page } from '@playwright/test';
import { openPage } from './support/openPage.ts';
import { openPalette } from './support/palette.ts';
import { typeCommand } from './support/terminal.ts';
import { expect, test } from './support/test.ts';

const palette = (page: Page) => page.getByRole('dialog', { name: 'Find an action' });
const sheet = (page: Page) => page.getByRole('dialog', { name: 'Shortcuts' });
const tab = (page: Page, name: string) => page.getByRole('tablist', { name: 'Panel' }).getByRole('tab', { name });

test('every action by its name: found by some letters, done with Enter, and the focus goes there', async ({ page }) => {
  await openPage(page, 'sandbox');
  await page.keyboard.press('Control+k');
  const field = palette(page).getByRole('combobox', { name: 'Find an action' });
  await expect(field).toBeFocused();
  await expect(palette(page).getByRole('group', { name: 'Panels' })).toContainText('Open Terminal');
  await page.keyboard.type('oev');
  await expect(palette(page).getByRole('option').first()).toHaveText(/Open Events/);
  await expect(palette(page).getByRole('option').first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(palette(page)).toBeHidden();
  await expect(tab(page, 'Events')).toBeFocused();
  await expect(tab(page, 'Events')).toHaveAttribute('aria-selected', 'true');

  // An element by its name, from the button; Escape closes and gives the focus back.
  const button = page.getByRole('banner').getByRole('button', { name: 'Find an action' });
  await button.click();
  await page.keyboard.type('nothing of this name');
  await expect(palette(page)).toContainText('Nothing is called “nothing of this name”.');
  await page.keyboard.press('Escape');
  await expect(palette(page)).toBeHidden();
  await expect(button).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.type('node-1');
  await page.getByRole('group', { name: 'Elements' }).getByRole('option').first().click();
  await expect(tab(page, 'Inspect')).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('tabpanel').getByRole('heading', { name: 'node-1' })).toBeVisible();
});

test('a file is opened and the last change is played back by their names', async ({ page }) => {
  await openPage(page, 'sandbox');
  await typeCommand(page, 'kubectl create namespace blue');
  await openPalette(page);
  await page.keyboard.type('play back');
  await page.keyboard.press('Enter');
  const bar = page.getByRole('region', { name: 'Playback' });
  await expect(bar.getByText('kubectl create namespace blue')).toBeVisible();
  await bar.getByRole('button', { name: 'Back to now' }).click();
  // Listened for in time: Chromium is told first that somebody else chooses.
  const choice = page.waitForEvent('filechooser');
  await openPalette(page);
  await page.keyboard.type('open a file');
  await page.keyboard.press('Enter');
  const chooser = await choice;
  await chooser.setFiles({ name: 'a.yaml', mimeType: 'application/yaml', buffer: Buffer.from('a: 1\n') });
  await expect(page.getByRole('dialog', { name: 'This lab cannot be opened' })).toBeVisible();
});

test('undo by its name, and a reset that asks first', async ({ page }) => {
  await openPage(page, 'sandbox');
  await typeCommand(page, 'kubectl create service clusterip one --tcp=80');
  await openPalette(page);
  await page.keyboard.type('undo');
  await expect(palette(page).getByRole('option').first()).toHaveText(/^Undo: kubectl create service clusterip one/);
  await page.keyboard.press('Enter');
  const after = await typeCommand(page, 'kubectl get services -o name');
  expect(after.output.trim()).toBe('service/kubernetes');
  await typeCommand(page, 'kubectl create service clusterip two --tcp=80');
  await openPalette(page);
  await page.keyboard.type('reset');
  await page.keyboard.press('Enter');
  const question = page.getByRole('dialog', { name: 'Reset this cluster?' });
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await question.getByRole('button', { name: 'Reset cluster' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'The cluster was reset.' })).toBeVisible();
});

test('the sheet names the shortcuts, each does what it says, and none while text is typed', async ({ page }) => {
  await openPage(page, 'sandbox');
  await page.keyboard.press('?');
  const rows = sheet(page).getByRole('region').or(sheet(page).locator('section')).filter({ hasText: 'Panels' });
  await expect(rows.first()).toContainText('Open Events');
  const named = await sheet(page)
    .locator('section')
    .filter({ hasText: /^(Panels|Graph|Cluster|Page)/ })
    .locator('dt')
    .allInnerTexts();
  expect(named.length).toBeGreaterThan(10);
  expect(new Set(named).size).toBe(named.length);
  await page.keyboard.press('Escape');
  await expect(sheet(page)).toBeHidden();

  await page.keyboard.press('e');
  await expect(tab(page, 'Events')).toBeFocused();
  await page.keyboard.press('r');
  await expect(tab(page, 'Trace')).toBeFocused();
  await page.keyboard.press('o');
  await expect(page.getByRole('radio', { name: 'Objects' })).toBeChecked();
  await page.keyboard.press('n');
  await expect(page.getByRole('radio', { name: 'Network' })).toBeChecked();
  await page.keyboard.press('p');
  await expect(page.getByRole('radio', { name: 'Packets' })).toBeChecked();
  await page.keyboard.press('i');
  await expect(tab(page, 'Inspect')).toBeFocused();
  await page.keyboard.press('m');
  await expect(tab(page, 'Matrix')).toBeFocused();
  await page.keyboard.press('y');
  await expect(page.getByRole('tab', { name: 'manifest.yaml' })).toBeFocused();
  await page.keyboard.press('/');
  await expect(page.getByRole('combobox', { name: /^Find a name/ })).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('l');
  await expect(page.getByRole('tree')).toBeVisible();
  await page.keyboard.press('l');
  await expect(page.getByRole('tree')).toBeHidden();
  await page.keyboard.press('g');
  await expect(page.getByRole('region', { name: 'Legend' })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  const field = page.getByRole('textbox', { name: /^Command,/ });
  await expect(field).toBeFocused();
  await page.keyboard.type('reino?');
  await expect(field).toHaveValue('reino?');
  await expect(tab(page, 'Terminal')).toHaveAttribute('aria-selected', 'true');
  await expect(sheet(page)).toBeHidden();
});

test('the clock is played, paused and stepped, from the panel and by name', async ({ page }) => {
  await openPage(page, 'sandbox');
  await tab(page, 'Events').click();
  const clock = page
    .getByRole('region', { name: 'Clock of the lab' })
    .or(page.getByRole('group', { name: 'Clock of the lab' }));
  const now = (): Promise<number> =>
    clock.innerText().then(text => Number(/0:(\d+\.\d+)/.exec(text)?.[1] ?? Number.NaN));
  const before = await now();
  await clock.getByRole('button', { name: 'Step' }).click();
  await expect.poll(now).toBeGreaterThan(before);
  await clock.getByRole('button', { name: 'Play: let time pass' }).click();
  const stepped = await now();
  await expect.poll(now).toBeGreaterThan(stepped);
  await openPalette(page);
  await page.keyboard.type('pause the clock');
  await page.keyboard.press('Enter');
  await expect(clock.getByRole('button', { name: 'Play: let time pass' })).toBeVisible();
});

test('single keys can be turned off, also for the next visit', async ({ page }) => {
  await openPage(page, 'sandbox');
  await page.keyboard.press('?');
  await sheet(page).getByRole('radiogroup', { name: 'Single-key shortcuts' }).getByText('Off').click();
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(page).toHaveTitle(/^Sandbox/);
  await page.keyboard.press('e');
  await page.keyboard.press('?');
  await page.keyboard.press('Control+k');
  await expect(palette(page)).toBeVisible();
  await expect(sheet(page)).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(tab(page, 'Terminal')).toHaveAttribute('aria-selected', 'true');
});

test('high contrast is chosen as a theme, is kept, and the graph and the editor follow', async ({ page }) => {
  await openPage(page, 'sandbox');
  await page.getByRole('button', { name: 'Theme' }).click();
  await page.getByRole('radio', { name: 'High contrast' }).check();
  await page.keyboard.press('Escape');
  const background = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(await background()).toBe('rgb(255, 255, 255)');
  await expect(page.locator('html')).toHaveAttribute('data-shown-theme', 'light contrast');
  await page.reload();
  await expect(page).toHaveTitle(/^Sandbox/);
  expect(await background()).toBe('rgb(255, 255, 255)');
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await background()).toBe('rgb(0, 0, 0)');
  await expect(page.locator('html')).toHaveAttribute('data-shown-theme', 'dark contrast');
});

test('in the colours of the system what is chosen can be read', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await openPage(page, 'sandbox');
  await typeCommand(page, 'kubectl create namespace blue');
  await page.getByRole('button', { name: 'Save and share' }).click();
  await page.getByRole('button', { name: 'History…' }).click();
  const here = page.getByRole('dialog', { name: 'History' }).getByText('you are here');
  await expect(here).toBeVisible();
  const system = await page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.cssText = 'color: HighlightText; background: Highlight';
    const { color, backgroundColor } = getComputedStyle(probe);
    probe.remove();
    return { color, backgroundColor };
  });
  await expect(here).toHaveCSS('color', system.color);
  await page.keyboard.press('Escape');
  for (const chosen of [
    page.getByRole('tab', { name: 'manifest.yaml' }),
    tab(page, 'Terminal'),
    page.locator('label').filter({ has: page.getByRole('radio', { name: 'Network' }) }),
  ]) {
    await expect(chosen).toHaveCSS('color', system.color);
    await expect(chosen).toHaveCSS('background-color', system.backgroundColor);
  }
});
