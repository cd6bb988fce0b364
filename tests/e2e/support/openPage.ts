// Opens a place of the page as a link to it does, and waits until it can be used.

import { expect, type Page } from '@playwright/test';

/** What a page stands on: `sandbox`, or the id of a lesson. */
export type Place = 'sandbox' | { readonly lesson: string };

/** Loads the page at a place. The lesson or the cluster is there when this resolves. */
export async function openPage(page: Page, place: Place): Promise<void> {
  await page.goto(place === 'sandbox' ? '/#/sandbox' : `/#/lesson/${place.lesson}`);
  await waitUntilOpen(page, place);
}

/** After a load or a reload: the lesson's title, or the sandbox's in the title of the window. */
export async function waitUntilOpen(page: Page, place: Place): Promise<void> {
  if (place === 'sandbox') await expect(page).toHaveTitle(/^Sandbox/);
  else await expect(page.getByRole('article').getByRole('heading', { level: 1 })).toBeVisible();
}

/** Tabs of the panel under the graph; on a phone, panes of the page (which has no Inspect, Matrix and Events there). */
export type PanelName = 'Lesson' | 'Probes' | 'Graph' | 'Terminal' | 'YAML' | 'Trace' | 'Inspect' | 'Matrix' | 'Events';

/** Opens a tab of the panel by its name, unless it is open. */
export async function showPanel(page: Page, name: PanelName): Promise<void> {
  const tab = page
    .getByRole('tablist', { name: 'Panel' })
    .getByRole('tab', { name })
    .or(page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name }));
  const isOpen =
    (await tab.getAttribute('aria-selected')) === 'true' || (await tab.getAttribute('aria-current')) !== null;
  if (!isOpen) await tab.click();
}
