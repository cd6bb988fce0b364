// Names and texts that somebody else wrote: as long as Kubernetes allows, with HTML and with marks that turn the writing
// direction. Nothing of them runs, nothing leaves its pane, and what stands beside them stays as it is.

import { deflateRawSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { applyManifest, pasteManifest } from './support/manifests.ts';
import { openPage, showPanel } from './support/openPage.ts';
import { typeCommand } from './support/terminal.ts';
import { expect, test } from './support/test.ts';

/** 253 characters, the most that a name may have. */
const LONG = ['a'.repeat(63), 'b'.repeat(63), 'c'.repeat(63), 'd'.repeat(61)].join('.');
const LABEL = 'n'.repeat(63);
const MARKUP = "<img src=x onerror='globalThis.ran=1'><script>globalThis.ran=2</script>";
const TURNED = '\u202egnp.exe\u2066';
const MANIFEST = `apiVersion: v1
kind: Pod
metadata:
  name: ${LONG}
  labels: {app: web}
  annotations: {note: "${MARKUP}", turned: "${TURNED}", long: "${'x'.repeat(3000)}"}
spec:
  containers: [{name: c, image: nginx}]
---
apiVersion: v1
kind: Service
metadata: {name: ${'s'.repeat(63)}, annotations: {note: "${MARKUP}"}}
spec:
  selector: {app: web}
  ports: [{port: 80}]
---
apiVersion: v1
kind: Namespace
metadata: {name: ${LABEL}}
`;

/** Parts of the page whose content is wider than they are, without a way to scroll there. */
const tooWide = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const wide = document.documentElement.scrollWidth > innerWidth ? ['the page'] : [];
    const panes = document.querySelectorAll('header, aside, main, [role=tabpanel], [role=dialog], dialog[open]');
    // The line between two panes can be gripped 4 px beside it.
    const cut = [...panes].filter(pane => pane.clientWidth > 0 && pane.scrollWidth > pane.clientWidth + 4);
    return [...wide, ...cut.map(pane => `${pane.tagName} ${pane.id} ${pane.scrollWidth} > ${pane.clientWidth}`)];
  });

const ran = (page: Page): Promise<unknown> => page.evaluate(() => Reflect.get(globalThis, 'ran'));

for (const [form, size] of [
  ['desktop', { width: 1440, height: 900 }],
  ['phone', { width: 390, height: 844 }],
] as const) {
  test(`long names, HTML and turned text are harmless: ${form}`, async ({ page }) => {
    await page.setViewportSize(size);
    await openPage(page, 'sandbox');
    if (form === 'phone') await showPanel(page, 'YAML');
    await pasteManifest(page, MANIFEST);
    expect((await applyManifest(page)).exitCode).toBe(0);
    expect(await tooWide(page)).toEqual([]);
    const shown = await typeCommand(page, `kubectl get pod ${LONG} -o yaml`);
    expect(shown.output).toContain(MARKUP);
    expect(await tooWide(page)).toEqual([]);

    if (form === 'phone') await showPanel(page, 'Graph');
    for (const level of ['Objects', 'Packets', 'Network']) {
      await page.getByRole('radio', { name: level }).check({ force: true });
      expect(await tooWide(page)).toEqual([]);
    }
    if (form === 'desktop') {
      await showPanel(page, 'Events');
      await expect(page.getByRole('tabpanel').getByText('nnnnnnnn').first()).toBeVisible();
      expect(await tooWide(page)).toEqual([]);
      // By its name, into the inspector.
      await page.getByRole('button', { name: 'Find an action' }).click();
      await page.keyboard.type('aaaaaaaa');
      await page.getByRole('group', { name: 'Elements' }).getByRole('option').first().click();
      await expect(page.getByRole('tabpanel').getByRole('heading', { name: LONG })).toBeVisible();
      expect(await tooWide(page)).toEqual([]);
    }
    expect(await ran(page)).toBeUndefined();
    expect(await page.locator('img').count()).toBe(0);
  });
}

/** Texts of the graph that lie over each other, two a line. */
const overlapping = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const texts = [...document.querySelectorAll('[data-testid=graph] svg text')].filter(
      text => text.textContent !== '',
    );
    if (texts.length < 10) return [`only ${texts.length} texts are there`];
    const boxes = texts.map(text => ({ name: text.textContent ?? '', box: text.getBoundingClientRect() }));
    return boxes.flatMap(({ name, box }, i) =>
      boxes
        .slice(i + 1)
        .filter(
          ({ box: other }) =>
            Math.min(box.right, other.right) - Math.max(box.left, other.left) > 2 &&
            Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > 4,
        )
        .map(other => `${name} | ${other.name}`),
    );
  });

test('nodes with the longest names: the link is shown before it opens, and nothing on the graph lies over another', async ({
  page,
}) => {
  const names = ['n'.repeat(63), 'w'.repeat(62), `ip-10-0-3-7.eu-west-1.compute.internal`];
  const nodes = names.map((name, i) => `  - {name: ${name}, role: ${i === 0 ? 'control-plane' : 'worker'}}\n`).join('');
  const lab = `apiVersion: lab.hoplab.dev/v1alpha1\nkind: Lab\nmetadata: {name: ${LABEL}}\nspec:\n  nodes:\n${nodes}`;
  await openPage(page, 'sandbox');
  await typeCommand(page, 'kubectl create namespace mine');
  await page.goto(`/#/open/${deflateRawSync(lab).toString('base64url')}`);
  const question = page.getByRole('dialog', { name: 'Open the lab of this link?' });
  for (const name of names) await expect(question.getByText(name).first()).toBeVisible();
  await expect(question.getByText(/with its 1 change\. You can go back to it in the history/)).toBeVisible();
  await question.getByRole('button', { name: 'Open it' }).click();
  await expect(page.getByTestId('graph').getByText(/^ip-10-0-3-7…$/)).toBeVisible();
  expect(await overlapping(page)).toEqual([]);
  expect(await tooWide(page)).toEqual([]);

  // What was there before is not lost.
  await page.getByRole('button', { name: 'Save and share' }).click();
  await page.getByRole('button', { name: 'History…' }).click();
  const kept = page.getByRole('listitem').filter({ hasText: 'Before another lab' });
  await kept.getByRole('button', { name: /^Open/ }).click();
  await expect(page.getByRole('region', { name: 'Notice' })).toContainText('The lab is as it was after: ');
  expect((await typeCommand(page, 'kubectl get namespace mine')).exitCode).toBe(0);
});
