// What a person does to get to a view of the page, at a desk and on a phone.

import type { Page } from '@playwright/test';
import { openPage, showPanel } from './openPage.ts';
import { openPalette } from './palette.ts';
import { typeCommand } from './terminal.ts';
import { expect } from './test.ts';

/** A desk has its panes beside each other, a phone one at a time. */
export type Form = 'desk' | 'phone';

/** One after the other on one page: what is done, and what is looked at then. */
export interface Visit {
  readonly name: string;
  readonly views: readonly (readonly [view: string, open: Open])[];
}

export type Open = (page: Page, form: Form) => Promise<unknown>;

export const press =
  (name: string | RegExp): Open =>
  page =>
    page
      .getByRole('button', { name, exact: typeof name === 'string' })
      .first()
      .click();
export const choose =
  (name: string): Open =>
  page =>
    page.getByRole('radio', { name, exact: true }).check({ force: true });
export const keys =
  (...pressed: readonly string[]): Open =>
  async page => {
    for (const key of pressed) await page.keyboard.press(key);
  };
export const seen = (page: Page, text: string | RegExp): Promise<void> =>
  expect(page.getByText(text).first()).toBeVisible();
export const together =
  (...opens: readonly Open[]): Open =>
  async (page, form) => {
    for (const open of opens) await open(page, form);
  };

/** A panel, which on a phone may be a sheet. */
export const panel =
  (name: 'Inspect' | 'Matrix' | 'Events'): Open =>
  async (page, form) => {
    if (form === 'desk') return showPanel(page, name);
    await press('More')(page, form);
    await press(name)(page, form);
  };

/** Selects an element by its name in the palette, which opens the inspector. */
export const inspect =
  (name: string): Open =>
  async page => {
    await openPalette(page);
    await page.keyboard.type(name);
    await page.getByRole('group', { name: 'Elements' }).getByRole('option').first().click();
    await expect(page.getByTestId('inspect')).toBeVisible();
  };

/** What stands beside the graph: on a small desk it is behind a button. */
const beside: Open = async page => {
  const drawer = page.getByRole('banner').getByRole('button', { name: /^(Lesson|Manifests)$/, expanded: false });
  if (await drawer.isVisible()) await drawer.click();
};

/** A pane of the phone; at a desk it is there, or behind a button. */
export const pane =
  (name: 'Graph' | 'YAML' | 'Lesson'): Open =>
  async (page, form) => {
    if (form === 'phone') await showPanel(page, name);
    else if (name !== 'Graph') await beside(page, form);
  };

/** A line of a menu of the header, which a phone has in one menu. */
export const fromMenu =
  (menu: string, line: RegExp): Open =>
  async (page, form) => {
    await press(form === 'desk' ? menu : 'More')(page, form);
    await press(line)(page, form);
  };

export const sandbox: Open = page => openPage(page, 'sandbox');
export const run =
  (...lines: readonly string[]): Open =>
  async page => {
    for (const line of lines) await typeCommand(page, line);
  };
export const WEB = [
  'kubectl create deployment web --image=web --replicas=2',
  'kubectl expose deployment web --port=80 --target-port=8080',
];
export const withWeb = together(sandbox, run(...WEB));

export const question = (number: number): readonly [string, Open] => [
  `question ${number}`,
  page => page.getByRole('button', { name: new RegExp(`^Question ${number}\\b`) }).click(),
];

export const lesson: Open = async (page, form) => {
  await openPage(page, { lesson: 'four-problems' });
  if (form === 'desk') await expect(page.getByTestId('graph').getByText('node-1').first()).toBeVisible();
};
export const predicted: Open = async (page, form) => {
  await page.getByText('The address of its node').click();
  await press('Lock in my prediction')(page, form);
};

/** In the list, of the Pod named client. */
export const openActions: Open = async page => {
  await page.getByRole('treeitem', { name: /^client/ }).click();
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
};

export const traced = together(withWeb, run('kubectl exec client -- curl -s web'), async page => {
  await showPanel(page, 'Trace');
  await expect(page.getByTestId('journey-line')).toBeVisible();
});

export const inTrace =
  (name: string): Open =>
  page =>
    page.getByRole('region', { name: 'Trace', exact: true }).getByRole('button', { name, exact: true }).click();

/** The packets of many runs have flown, where the graph is beside them. */
export const landed: Open = async (page, form) => {
  if (form === 'desk') await expect(page.locator('[data-testid=swarm][data-state=landed]')).toBeAttached();
};
