// Every view of the page under axe: at a desk and on a phone, light and dark, with and without high contrast.

import type { Page } from '@playwright/test';
import { findingsOf } from './support/audit.ts';
import type { Form, Visit } from './support/openers.ts';
import { expect, test } from './support/test.ts';
import { CAUSED, TROUBLES } from './support/troubles.ts';
import { VISITS } from './support/views.ts';

const FORMS = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;

async function visit(page: Page, form: Form, { views }: Visit): Promise<void> {
  await page.setViewportSize(FORMS[form]);
  const found: string[] = [];
  for (const [view, open] of views) {
    await test.step(view, () => open(page, form));
    found.push(...(await findingsOf(page)).map(finding => `${view}: ${finding}`));
  }
  expect(found).toEqual([]);
}

for (const form of ['desk', 'phone'] as const) {
  for (const each of VISITS) test(`${each.name}, ${form}`, ({ page }) => visit(page, form, each));

  test.describe('in trouble', () => {
    test.use({ caused: CAUSED });
    for (const each of TROUBLES) test(`${each.name}, ${form}`, ({ page }) => visit(page, form, each));
  });
}
