// What a person comes for: a Service pasted, mended, applied, its packet followed, broken and mended again.

import { expect, type Locator, type Page } from '@playwright/test';
import { applyManifest, pasteManifest, SERVICE_AND_PODS } from './support/manifests.ts';
import { openPage, showPanel } from './support/openPage.ts';
import { typeCommand } from './support/terminal.ts';
import { test } from './support/test.ts';

const FLAT = `apiVersion: v1
kind: Service
metadata:
name: my-service
spec:
selector:
app: my-app
ports:
- port: 80
targetPort: 8080
`;

const service = (app: string): string => SERVICE_AND_PODS.replace('my-app', app);

const CURL = 'kubectl exec client -- curl -s -S --max-time 3 http://10.96.1.1/';

/** The list twin, whose rows say what the graph draws. */
async function openList(page: Page): Promise<Locator> {
  const tree = page.getByRole('tree', { name: 'Cluster as a list' });
  if (!(await tree.isVisible())) await page.getByRole('button', { name: /^List/ }).click();
  await expect(tree).toBeVisible();
  return tree;
}

async function closeList(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^List/ }).click();
  await expect(page.getByRole('tree')).toBeHidden();
}

test('a flat Service is explained, and nothing of it is applied', async ({ page }) => {
  await openPage(page, 'sandbox');
  const manifests = await pasteManifest(page, FLAT);
  await expect(manifests.getByText(/the indentation is gone/)).toBeVisible();
  await expect(manifests.getByText('metadata.name: Required value: name or generateName is required')).toBeVisible();
  for (const field of ['name', 'selector', 'app', 'ports', 'targetPort'])
    await expect(manifests.getByText(`unknown field "${field}"`)).toHaveCount(1);
  const applied = await applyManifest(page);
  expect(applied.exitCode).toBe(1);
  expect(applied.output).toContain('resource name may not be empty');
  const services = await typeCommand(page, 'kubectl get services -o name');
  expect(services.output.trim()).toBe('service/kubernetes');
});

test('the main job: apply, look, curl, follow the packet, break the selector, undo', async ({ page }) => {
  await openPage(page, 'sandbox');
  await pasteManifest(page, service('my-app'));
  const applied = await applyManifest(page);
  expect(applied.output).toContain('service/my-service created');
  expect(applied.output).toContain('deployment.apps/my-app created');

  await page.getByText('Objects', { exact: true }).click();
  const tree = await openList(page);
  await expect(tree.getByRole('treeitem', { name: /^my-service/ }).first()).toBeVisible();
  // Each of the three stands twice: under its Service, and as an endpoint of the slice.
  await expect(tree.getByRole('treeitem', { name: /^my-app-[a-z0-9]+-[a-z0-9]{5}/ })).toHaveCount(6);
  await closeList(page);
  const graph = page.getByTestId('graph');
  await expect(graph.getByText('3 of 3 ready')).toBeVisible();
  await page.getByText('Network', { exact: true }).click();

  const got = await typeCommand(page, 'kubectl get svc,pods,endpointslices -o wide');
  expect(got.exitCode).toBe(0);
  expect(got.output).toMatch(/^service\/my-service +ClusterIP +10\.96\.1\.1 +<none> +80\/TCP +\d+s +app=my-app$/m);
  expect(got.output.match(/^pod\/my-app-\S+ +1\/1 +Running +0 +\d+s +10\.244\.\d\.\d +node-\d/gm)).toHaveLength(3);
  expect(got.output).toMatch(
    /^endpointslice\.discovery\.k8s\.io\/my-service-\S+ +IPv4 +8080 +10\.244\.\d\.\d,10\.244\.\d\.\d,10\.244\.\d\.\d /m,
  );

  const curl = await typeCommand(page, CURL);
  expect(curl.exitCode).toBe(0);
  expect(curl.output).toMatch(/pod=my-app-\S+ client=10\.244\.1\.2/);
  await curl.block.getByRole('button', { name: 'Open trace' }).click();
  await followRequest(page);

  await pasteManifest(page, service('my-ap'));
  expect((await applyManifest(page)).output).toContain('service/my-service configured');
  const refused = await typeCommand(page, CURL);
  expect(refused.exitCode).toBe(7);
  await refused.block.getByRole('button', { name: 'Open trace' }).click();
  const trace = page.getByRole('region', { name: 'Trace', exact: true });
  await trace.getByRole('button', { name: 'Go to what decided' }).click();
  await expect(trace.getByText('default/my-service has no endpoints').first()).toBeVisible();
  await expect(trace.getByText(/REJECT/).first()).toBeVisible();

  await page.getByRole('button', { name: /^Undo: kubectl apply/ }).click();
  const again = await typeCommand(page, CURL);
  expect(again.output).toMatch(/pod=my-app-/);
  expect(again.exitCode).toBe(0);
});

/** Steps through request and reply by the keyboard, and reads what decides at both rewrites of an address. */
async function followRequest(page: Page): Promise<void> {
  const trace = page.getByRole('region', { name: 'Trace', exact: true });
  const timeline = trace.getByRole('slider', { name: 'Timeline of the journey' });
  await timeline.focus();
  await page.keyboard.press('Home');
  const seen: string[] = [];
  const last = Number(await timeline.getAttribute('aria-valuemax'));
  for (;;) {
    const step = (await timeline.getAttribute('aria-valuetext')) ?? '';
    seen.push(step);
    if (step.includes('address translation')) await checkRewrite(trace, seen.length < last / 2 ? 'request' : 'reply');
    if (step.startsWith(`step ${last} of`) || seen.length > 200) break;
    await page.keyboard.press('ArrowRight');
    await expect(timeline).not.toHaveAttribute('aria-valuetext', step);
  }
  const stations = [
    'client, out by eth0',
    'node-1, in by veth',
    'node-1, address translation',
    'node-1, route lookup',
    'in by eth0',
    'node-1, connection tracking',
    'node-1, address translation',
    'client, in by eth0',
  ];
  expect(seen.join('\n')).toMatch(new RegExp(stations.join('[\\s\\S]*')));
}

async function checkRewrite(trace: Locator, leg: 'request' | 'reply'): Promise<void> {
  if (leg === 'request') {
    await expect(
      trace.getByText(/rewrites the destination: 10\.96\.1\.1:80 becomes 10\.244\.\d\.\d:8080/),
    ).toBeVisible();
    await expect(trace.getByText(/KUBE-SEP-[A-Z0-9]{16}/).first()).toBeVisible();
    await expect(trace.getByRole('row', { name: /IP dest\. 10\.96\.1\.1 10\.244\.\d\.\d changed/ })).toBeVisible();
  } else {
    await expect(trace.getByText(/10\.244\.\d\.\d:8080 becomes 10\.96\.1\.1:80/)).toBeVisible();
    await expect(trace.getByText(/connection tracking|conntrack/i).first()).toBeVisible();
  }
}

test('the packet can be played and stepped with the mouse', async ({ page }) => {
  await openPage(page, 'sandbox');
  const ping = await typeCommand(page, 'kubectl exec client -- ping -c 1 192.168.10.12');
  expect(ping.exitCode).toBe(0);
  await ping.block.getByRole('button', { name: 'Open trace' }).click();
  await showPanel(page, 'Trace');
  const trace = page.getByRole('region', { name: 'Trace', exact: true });
  await trace.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(trace.getByText(/^Step 2 of/)).toBeVisible();
  await trace.getByRole('button', { name: 'Step back' }).click();
  await expect(trace.getByText(/^Step 1 of/)).toBeVisible();
  await trace.getByText('2×', { exact: true }).click();
  await trace.getByRole('button', { name: 'Play' }).click();
  await expect(trace.getByText(/^Step [4-9] of/)).toBeVisible();
  await trace.getByRole('button', { name: 'Pause' }).click();
});
