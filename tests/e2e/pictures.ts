// Pictures of every view, light and dark, at four sizes, and of clusters of every size: .cache/pictures, or PICTURES.

import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { clusterOf } from './support/clusterViews.ts';
import type { Form, Visit } from './support/openers.ts';
import { settled } from './support/settled.ts';
import { openSizedLab } from './support/sizedLab.ts';
import { test } from './support/test.ts';
import { CAUSED, TROUBLES } from './support/troubles.ts';
import { VISITS } from './support/views.ts';

const folder = process.env.PICTURES ?? fileURLToPath(new URL('../../.cache/pictures', import.meta.url));

/** A view is opened anew in each: a menu closes when the window changes, and what was scrolled stays so. */
const SIZES = {
  desk: [
    { width: 1440, height: 900 },
    { width: 1024, height: 768 },
    { width: 2560, height: 1440 },
  ],
  phone: [{ width: 390, height: 844 }],
} as const;
const FORMS = ['desk', 'phone'] as const;
const PODS = [0, 10, 100, 1_000, 10_000];

async function picture(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await settled(page);
    await page.screenshot({ path: `${folder}/${name.replaceAll(' ', '-')}-${colorScheme}.png` });
  }
}

/** One test a size: each begins with a page of its own. */
function pictures(form: Form, { name, views }: Visit): void {
  for (const size of SIZES[form])
    test(`${name}, ${form} ${size.width}`, async ({ page }) => {
      await page.setViewportSize(size);
      for (const [view, open] of views) {
        await test.step(view, () => open(page, form));
        await picture(page, `${name}, ${view}-${size.width}`);
      }
    });
}

for (const form of FORMS) {
  for (const each of VISITS) pictures(form, each);
  for (const pods of PODS)
    pictures(
      form,
      clusterOf(pods, shown => openSizedLab(shown, pods)),
    );
}

test.describe('in trouble', () => {
  test.use({ caused: CAUSED });
  for (const form of FORMS) for (const each of TROUBLES) pictures(form, each);
});
