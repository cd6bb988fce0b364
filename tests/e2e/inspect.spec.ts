// The inspector as a person uses it: why there are no endpoints, who reaches it, and what the tools print, as links.

import { expect, type Locator, type Page } from '@playwright/test';
import { clickOnGraph } from './support/graph.ts';
import { applyManifest, pasteManifest } from './support/manifests.ts';
import { openPage, showPanel } from './support/openPage.ts';
import { typeCommand } from './support/terminal.ts';
import { test } from './support/test.ts';

const inspector = (page: Page, name: string): Locator =>
  page.getByRole('region', { name: `Inspect ${name}`, exact: true });

/** A Pod of a StatefulSet that is never Ready, a headless Service and a policy that choose it. */
const CHOSEN = `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  serviceName: db
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec:
      initContainers: [{ name: first, image: busybox, command: [sh, -c, echo made ready] }]
      containers: [{ name: db, image: web, readinessProbe: { httpGet: { port: 9 } } }]
---
apiVersion: v1
kind: Service
metadata: { name: db }
spec: { clusterIP: None, selector: { app: db }, ports: [{ port: 8080 }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: closed }
spec:
  podSelector: { matchLabels: { app: db } }
  ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }] }]
`;

async function openWithWeb(page: Page): Promise<void> {
  await openPage(page, 'sandbox');
  await typeCommand(page, 'kubectl run web --image=web --labels=app=web');
  await typeCommand(page, 'kubectl expose pod web --name=shop --port=80 --target-port=8080');
}

test('after a typo in the selector it says which label differs, and when it is mended, who is behind', async ({
  page,
}) => {
  await openWithWeb(page);
  await typeCommand(page, 'kubectl set selector service shop app=wbe');
  await clickOnGraph(page, 'shop');
  await showPanel(page, 'Inspect');
  const shop = inspector(page, 'shop');
  await shop.getByText('Why', { exact: true }).click();
  const why = shop.getByRole('region', { name: 'Why has it no endpoints?' });
  await expect(why.getByText('Its selector asks for app=wbe, and no Pod in default has that.')).toBeVisible();
  await expect(why.getByText('Pod web has app=web; the selector asks for app=wbe.')).toBeVisible();
  // The command that shows it goes into the terminal, to be run by whoever wants to.
  await why
    .getByRole('button', { name: /^Put it into the terminal: kubectl get pods --show-labels/ })
    .first()
    .click();
  await expect(page.getByRole('textbox', { name: /^Command,/ })).toHaveValue('kubectl get pods --show-labels');

  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('kubectl set selector service shop app=web');
  await page.keyboard.press('Enter');
  await showPanel(page, 'Inspect');
  await expect(
    shop.getByRole('region', { name: 'Which Pods are behind it?' }).getByText(/^Pod web is Ready and listens on/),
  ).toBeVisible();
});

test('why a Pod is not Ready, which Services and policies choose it, which rules name it, what it wrote', async ({
  page,
}) => {
  await openPage(page, 'sandbox');
  await pasteManifest(page, CHOSEN);
  expect((await applyManifest(page)).exitCode).toBe(0);
  await clickOnGraph(page, 'db-0');
  await showPanel(page, 'Inspect');
  const pod = inspector(page, 'db-0');
  await pod.getByText('Why', { exact: true }).click();
  const answer = (question: string): Locator => pod.getByRole('region', { name: question });
  await expect(answer('Why is it not Ready?')).toContainText('Container db runs, but: Readiness probe failed');
  await expect(answer('Which Services choose it?')).toContainText(
    'Service db chooses it, but its endpoint is not ready.',
  );
  await expect(answer('Which policies choose it?')).toContainText('closed, to it: allowed is from Pods with app=web');
  await expect(answer('Which rules are about it?')).toContainText('FLANNEL-FWD');
  await pod.getByText('Logs', { exact: true }).click();
  await expect(pod.getByText('[pod/db-0/first] made ready')).toBeVisible();

  // Each name leads on; what is no element of the page is shown by a command.
  await pod.getByText('Summary', { exact: true }).click();
  await expect(pod.getByRole('row', { name: 'Status Running' })).toBeVisible();
  await expect(pod.getByRole('row', { name: 'Ready no: containers with unready status: [db]' })).toBeVisible();
  await expect(pod.getByRole('row', { name: 'Init container first (busybox)' })).toBeVisible();
  await pod
    .getByRole('row', { name: /^Made by StatefulSet db/ })
    .getByRole('button', { name: 'Put it into the terminal: kubectl describe statefulset db' })
    .click();
  await expect(page.getByRole('textbox', { name: /^Command,/ })).toHaveValue('kubectl describe statefulset db');
  await showPanel(page, 'Inspect');
  await pod.getByRole('button', { name: 'db', exact: true }).click();
  await expect(inspector(page, 'db').getByText(/headless, DNS answers with its Pods/)).toBeVisible();
  await inspector(page, 'db').getByRole('button', { name: 'default', exact: true }).click();
  await expect(inspector(page, 'default')).toBeVisible();
});

test('who reaches a Pod is asked on demand, and each answer opens its trace', async ({ page }) => {
  await openWithWeb(page);
  await typeCommand(page, 'ssh node-1 iptables -I FORWARD -s 10.244.1.2 -j DROP');
  await clickOnGraph(page, 'web');
  await showPanel(page, 'Inspect');
  const web = inspector(page, 'web');
  await web.getByText('Reach', { exact: true }).click();
  await web.getByRole('button', { name: 'Ask everybody' }).click();
  const list = web.getByRole('list', { name: 'Who reaches it' });
  await expect(web.getByText(/^\d+ of 6 reach it\.$/)).toBeVisible();
  // Those who do not come first.
  const client = list.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'client', exact: true }) });
  await expect(client).toContainText('timeout');
  await expect(list.getByRole('listitem').filter({ hasText: 'node-2' })).toContainText('ok');
  await client.getByRole('button', { name: 'Trace' }).click();
  const trace = page.getByRole('region', { name: 'Trace', exact: true });
  await trace.getByRole('button', { name: 'Go to what decided' }).click();
  await expect(trace.getByText('-s 10.244.1.2/32').first()).toBeVisible();
});

test('what the tools print is live, can be searched, and leads on by its names', async ({ page }) => {
  await openWithWeb(page);
  await clickOnGraph(page, 'node-1');
  await showPanel(page, 'Inspect');
  const node = inspector(page, 'node-1');
  await node.getByText('Rules', { exact: true }).click();
  const find = node.getByRole('searchbox', { name: 'Find in these lines' });
  await find.fill('default/shop');
  const found = node.getByText(/^\d+ of \d+ lines$/);
  await expect(found).toBeVisible();
  const before = await found.innerText();
  await expect(node.getByRole('region', { name: 'Rules' })).toContainText('default/shop');
  await expect(node.getByRole('region', { name: 'Rules' })).not.toContainText('MASQUERADE');

  await typeCommand(page, 'kubectl run web-2 --image=web --labels=app=web');
  await showPanel(page, 'Inspect');
  await inspector(page, 'node-1').getByRole('searchbox').fill('default/shop');
  await expect(found).toBeVisible();
  await expect(found).not.toHaveText(before);

  const link = inspector(page, 'node-1').getByRole('button', { name: '10.96.1.1', exact: true }).first();
  await link.focus();
  await page.keyboard.press('Enter');
  await expect(inspector(page, 'shop')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'shop', level: 3 })).toBeFocused();
});
