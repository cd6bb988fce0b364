// The editor as a person uses it: begin with a snippet, see what the cluster has, let it be completed and formatted,
// apply all, delete with undo, files that come and go; on a phone the same by touch.

import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { openManifests, pasteManifest } from './support/manifests.ts';
import { openPage, showPanel } from './support/openPage.ts';
import { listedProblems, underlinedTexts } from './support/problems.ts';
import { typeCommand } from './support/terminal.ts';
import { expect, test } from './support/test.ts';

/** Chooses from a menu of the editor by its button and the name of the item. */
async function choose(region: Locator, menu: string, item: string | RegExp): Promise<void> {
  await region.getByRole('button', { name: menu }).click();
  await region.getByRole('menuitem', { name: item, ...(typeof item === 'string' && { exact: true }) }).click();
}

const textOf = (region: Locator): Locator => region.getByRole('textbox', { name: /^Manifest / });

/** The text of the open file as the page keeps it. */
async function keptText(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { files, open } = JSON.parse(localStorage.getItem('hoplab.files.sandbox') ?? '{"files":[]}');
    return files.find((file: { readonly name: string }) => file.name === open)?.text ?? '';
  });
}

test('a file beside the cluster: not applied, applied, changed here, changed there', async ({ page }) => {
  await openPage(page, 'sandbox');
  const region = await openManifests(page);
  await choose(region, 'Add file', 'Deployment');
  const tab = region.getByRole('tab', { name: /deployment\.yaml/ });
  await expect(tab).toHaveAccessibleName('not applied: deployment.yaml');
  await region.getByRole('button', { name: 'Compare' }).click();
  const comparison = region.getByRole('region', { name: 'Compared with the cluster' });
  await expect(comparison).toContainText('Deployment web');
  await expect(comparison).toContainText('Not in the cluster');

  await region.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(region.getByRole('status')).toContainText(['deployment.apps/web created']);
  await expect(tab).toHaveAccessibleName('as in the cluster: deployment.yaml');
  await expect(comparison).toContainText('No difference');

  await typeCommand(page, 'kubectl scale deployment web --replicas=5');
  await expect(tab).toHaveAccessibleName('cluster differs: deployment.yaml');
  await expect(comparison.locator('del', { hasText: 'replicas: 5' })).toBeVisible();
  await expect(comparison.locator('ins', { hasText: 'replicas: 2' })).toBeVisible();
  const findings = await new AxeBuilder({ page }).include('[aria-label="Manifests"]').analyze();
  expect(findings.violations).toEqual([]);

  await region.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(tab).toHaveAccessibleName('as in the cluster: deployment.yaml');
  await textOf(region).focus();
  await page.keyboard.press('Escape');
  await expect(comparison).toContainText('No difference');
  await pasteManifest(page, (await keptText(page)).replace('replicas: 2', 'replicas: 3'));
  // Not even while the new text is being compared.
  expect(await comparison.textContent()).not.toContain('No difference');
  await expect(tab).toHaveAccessibleName('changed since applied: deployment.yaml');
});

test('suggestions write a manifest, and the pointer says what a field is', async ({ page }) => {
  await openPage(page, 'sandbox');
  const region = await openManifests(page);
  await textOf(region).focus();
  const list = page.getByRole('listbox', { name: 'Suggest' });
  await page.keyboard.press('Control+Space');
  await expect(list.getByRole('option', { name: /^Deployment/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.type('apiVersion: v1\nkind: Serv');
  await expect(list.getByRole('option', { name: /^Service,?/ }).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.type('ice\nmetadata: { name: web }\nspe');
  await expect(list.getByRole('option', { name: /^spec/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.type('por');
  await expect(list.getByRole('option', { name: /^ports/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(list.getByRole('option', { name: /^port,/ })).toContainText('whole number, required');
  await page.keyboard.press('Enter');
  await page.keyboard.type('80\n');
  await page.keyboard.press('Escape');
  await expect
    .poll(() => keptText(page))
    .toBe('apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  ports:\n    - port: 80\n      ');
  await expect(region.getByText('No problems', { exact: true }).first()).toBeVisible();
  await region
    .locator('.view-line span', { hasText: /^ports$/ })
    .last()
    .hover();
  await expect(page.getByRole('tooltip')).toContainText('spec.ports, list of ServicePort');
});

test('what the API server refuses is underlined where it stands, and listed with what may be meant', async ({
  page,
}) => {
  await openPage(page, 'sandbox');
  const region = await pasteManifest(
    page,
    'apiVersion: v1\nkind: Deployment\nmetadata: { name: web }\n---\napiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  prots: [{ port: 80 }]\n',
  );
  await expect.poll(() => underlinedTexts(page)).toContain('prots');
  const problems = region.getByRole('region', { name: 'Problems' }).getByRole('button');
  await expect(problems.first()).toContainText('Deployment is in apps/v1.');
  await expect(problems.last()).toContainText('unknown field "spec.prots"');
  await expect(problems.last()).toContainText('Did you mean ports?');
  // A press leads to the word.
  await problems.last().click();
  await expect(textOf(region)).toBeFocused();
  await page.keyboard.press('Control+Shift+ArrowRight');
  await page.keyboard.type('ports:');
  await expect.poll(() => keptText(page)).toContain('  ports: [{ port: 80 }]');
  await expect.poll(() => listedProblems(page)).toHaveLength(1);
});

test('formatting keeps comments and meaning; what is no YAML is left as it is', async ({ page }) => {
  await openPage(page, 'sandbox');
  const region = await pasteManifest(
    page,
    '# mine\napiVersion:   v1\nkind: ConfigMap\nmetadata:\n      name:   a # here\n',
  );
  await textOf(region).focus();
  await page.keyboard.press('Shift+Alt+F');
  await expect(region.getByText('Formatted.')).toBeVisible();
  const formatted = '# mine\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a # here\n';
  await expect.poll(() => keptText(page)).toBe(formatted);
  await textOf(region).focus();
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => keptText(page)).toContain('apiVersion:   v1');
  await pasteManifest(page, 'a: b: c\n');
  await choose(region, 'More for these files', /^Format/);
  await expect(region.getByText(/^Left as it is: yaml: line 1/)).toBeVisible();
  await expect.poll(() => keptText(page)).toBe('a: b: c\n');
});

test('all files are applied in their order, and what one made is deleted with a way back', async ({ page }) => {
  await openPage(page, 'sandbox');
  const region = await openManifests(page);
  await choose(region, 'Add file', 'Namespace');
  await choose(region, 'Add file', 'Service, ClusterIP');
  await choose(region, 'More for these files', /^Apply all/);
  await expect(region.getByText(/namespace\/team-a created\s+service\/web created/)).toBeVisible();
  await choose(region, 'More for these files', /^Delete what/);
  await expect(region.getByText('What service.yaml made was deleted.')).toBeVisible();
  await expect(region.getByRole('tab', { name: 'not applied: service.yaml' })).toBeVisible();
  await region.getByRole('button', { name: 'Undo' }).click();
  await expect(region.getByRole('tab', { name: 'as in the cluster: service.yaml' })).toBeVisible();
});

test('files are duplicated, moved, closed and brought back, and come from the machine', async ({ page }) => {
  await openPage(page, 'sandbox');
  const region = await openManifests(page);
  const names = async (): Promise<readonly string[]> =>
    (await region.getByRole('tab').allInnerTexts()).map(name => name.replace(/^.*?: ?\s*/, '').trim());
  await choose(region, 'Add file', 'ConfigMap');
  await choose(region, 'More for these files', 'Duplicate');
  await expect.poll(names).toEqual(['configmap.yaml', 'configmap-2.yaml']);
  await region.getByRole('tab', { selected: true }).focus();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect.poll(names).toEqual(['configmap-2.yaml', 'configmap.yaml']);
  await page.keyboard.press('Delete');
  await expect.poll(names).toEqual(['configmap.yaml']);
  await region.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(names).toEqual(['configmap-2.yaml', 'configmap.yaml']);

  const chooser = page.waitForEvent('filechooser');
  await choose(region, 'Add file', /^Open files/);
  await (await chooser).setFiles([
    { name: 'mine.yaml', mimeType: 'text/yaml', buffer: Buffer.from('apiVersion: v1\nkind: Nothing\n') },
    { name: 'big.yaml', mimeType: 'text/yaml', buffer: Buffer.alloc(5_000_000, 'a') },
  ]);
  await expect.poll(names).toEqual(['configmap-2.yaml', 'configmap.yaml', 'mine.yaml']);
  await expect(region.getByRole('alert')).toContainText('The editor takes 1 million');
  await expect.poll(() => listedProblems(page)).toEqual([expect.stringContaining('no matches for kind "Nothing"')]);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('the plain text has the same answers and the same menus', async ({ page }) => {
    await openPage(page, 'sandbox');
    await showPanel(page, 'YAML');
    const region = page.getByRole('region', { name: 'Manifests' });
    await choose(region, 'Add file', 'Deployment');
    const text = textOf(region);
    await expect(text).toHaveValue(/^apiVersion: apps\/v1\nkind: Deployment/);
    await text.fill((await text.inputValue()).replace('replicas: 2', 'replicas: two'));
    const problem = region.getByRole('region', { name: 'Problems' }).getByRole('button').first();
    await expect(problem).toContainText('Line 6');
    await problem.tap();
    await expect(text).toBeFocused();
    await text.fill((await text.inputValue()).replace('two', '2'));
    await region.getByRole('button', { name: 'Apply', exact: true }).tap();
    await expect(region.getByText('deployment.apps/web created')).toBeVisible();
    await region.getByRole('button', { name: 'Compare' }).tap();
    await expect(region.getByRole('region', { name: 'Compared with the cluster' })).toContainText('No difference');
    const findings = await new AxeBuilder({ page }).include('[aria-label="Manifests"]').analyze();
    expect(findings.violations).toEqual([]);
  });
});
