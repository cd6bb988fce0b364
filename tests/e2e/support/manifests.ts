// The YAML editor as a person uses it: paste a manifest with the keyboard, apply it, read what kubectl said.

import { expect, type Locator, type Page } from '@playwright/test';
import { showPanel } from './openPage.ts';

/** A Service and the three Pods behind it. */
export const SERVICE_AND_PODS = `apiVersion: v1
kind: Service
metadata:
  name: my-service
spec:
  selector:
    app: my-app
  ports:
  - port: 80
    targetPort: 8080
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: my-app
spec:
  replicas: 3
  selector:
    matchLabels:
      app: my-app
  template:
    metadata:
      labels:
        app: my-app
    spec:
      containers:
      - name: web
        image: web
        ports:
        - containerPort: 8080
`;

/** The region with the files, their text and the result. In a lesson it is a tab of the panel, in the sandbox it is there. */
export async function openManifests(page: Page): Promise<Locator> {
  const tab = page.getByRole('tablist', { name: 'Panel' }).getByRole('tab', { name: 'YAML' });
  if ((await tab.count()) > 0) await showPanel(page, 'YAML');
  const region = page.getByRole('region', { name: 'Manifests' });
  // The textarea gives way to Monaco; what is pasted before that is kept, but the focus is easier to follow after it.
  await expect(region.getByText(/then Tab leaves$|^Plain editor/)).toBeVisible();
  return region;
}

/** Puts a text into the clipboard and over all of the open file: click, Ctrl+A, Ctrl+V. Waits until it was checked. */
export async function pasteManifest(page: Page, yaml: string): Promise<Locator> {
  const region = await openManifests(page);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(text => navigator.clipboard.writeText(text), yaml);
  await region.getByRole('textbox', { name: /^Manifest / }).focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('ControlOrMeta+v');
  await expect(region.getByText(/^No problems|^\d+ problems?/).first()).toBeVisible();
  return region;
}

/** What `kubectl apply` said. */
export interface AppliedManifest {
  readonly output: string;
  readonly exitCode: number;
}

/** Applies the open file with Ctrl+Enter, as `pasteManifest` leaves the focus in it. */
export async function applyManifest(page: Page): Promise<AppliedManifest> {
  const region = await openManifests(page);
  const dismiss = region.getByRole('button', { name: 'Dismiss output' });
  if (await dismiss.isVisible()) await dismiss.click();
  await region.getByRole('textbox', { name: /^Manifest / }).focus();
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(dismiss).toBeVisible();
  const result = region.getByRole('status').filter({ has: page.getByRole('button', { name: 'Dismiss output' }) });
  const text = await result.innerText();
  return { output: text, exitCode: Number(/exit (\d+)/.exec(text)?.[1]) };
}
