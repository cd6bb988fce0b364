// The palette by keys: it comes with the first of them.

import { expect, type Page } from '@playwright/test';

/** Opens it and waits until it takes what is typed. */
export async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Find an action' })).toBeFocused();
}
