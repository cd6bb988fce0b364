// The page as somebody finds it who has no mouse.

import { expect, type Locator, type Page } from '@playwright/test';

/** More stops than any view of the page has. */
const MOST_STOPS = 120;

/** Presses Tab (or Shift+Tab) until a control has the focus. */
export async function tabTo(page: Page, control: Locator, direction: 'forward' | 'back' = 'forward'): Promise<void> {
  await expect(control).toBeAttached();
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    if (await control.evaluate(element => element === document.activeElement)) return;
    await page.keyboard.press(direction === 'forward' ? 'Tab' : 'Shift+Tab');
  }
  throw new Error(`Tab does not reach ${control}`);
}
