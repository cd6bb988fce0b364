// A journey looked at: its line on top, its deciding step, its layers, another journey beside it, and many runs of it.

import { spawnSync } from 'node:child_process';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page } from '@playwright/test';
import { openPage, showPanel } from './support/openPage.ts';
import { typeCommand } from './support/terminal.ts';
import { test } from './support/test.ts';
import { VXLAN } from './support/tunnelLab.ts';

const trace = (page: Page): Locator => page.getByRole('region', { name: 'Trace', exact: true });
const sentence = (page: Page): Locator => page.getByTestId('sentence');
const step = (page: Page): Locator => page.getByText(/^Step \d+ of \d+$/);

/** Three Pods behind a Service; then what client asks. The last journey is open after it. */
async function openJourney(page: Page, ...asked: readonly string[]): Promise<void> {
  await openPage(page, 'sandbox');
  await typeCommand(page, 'kubectl create deployment web --image=web --replicas=3');
  await typeCommand(page, 'kubectl expose deployment web --port=80 --target-port=8080');
  for (const line of asked) await typeCommand(page, `kubectl exec client -- ${line}`);
  await showPanel(page, 'Trace');
  await expect(page.getByTestId('journey-line')).toBeVisible();
}

/** Two Pods on two nodes, with a tunnel between these. */
/** Presses keys where only the panel hears them. */
async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  await trace(page).focus();
  for (const key of keys) await page.keyboard.press(key);
}

/** Puts the newest of the other journeys beside the open one, by the keyboard. */
async function chooseOther(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Choose a journey' }).press('Enter');
  await expect(page.getByRole('listbox', { name: 'Choose a journey' }).getByRole('option').first()).toBeFocused();
  await page.keyboard.press('Enter');
}

test('the line on top says what was done, and the keys lead through the steps', async ({ page }) => {
  await openJourney(page, 'curl -s web');
  await expect(page.getByTestId('journey-line')).toHaveText(
    /^Destination rewritten once, (not routed, 2 hops|routed twice, 4 hops), answered by web-\S+\.$/,
  );
  const all = Number(/of (\d+)/.exec(await step(page).innerText())?.[1]);
  const shows = (number: number): Promise<void> => expect(step(page)).toHaveText(`Step ${number} of ${all}`);

  // Everything that was sent, the name lookup first; a press shows that packet.
  const sent = trace(page).getByRole('list', { name: 'All packets, in the order of time' });
  await expect(sent.getByRole('button').first()).toHaveText('DNS web.default.svc.cluster.local · 10.96.1.1');
  await sent.getByRole('button', { name: 'GET /' }).click();
  await expect(sentence(page)).toContainText('client sends');
  await sent.getByRole('button', { name: 'SYN', exact: true }).click();
  await shows(1);

  await press(page, ']', ']', '[');
  await shows(2);
  await press(page, 'd');
  await expect(sentence(page)).toContainText('node-1 rewrites the destination: 10.96.1.1:80 becomes');

  const timeline = page.getByRole('slider', { name: 'Timeline of the journey' });
  await timeline.focus();
  await page.keyboard.press('Home');
  await shows(1);
  await page.keyboard.press('Control+ArrowRight');
  await expect(timeline).toHaveAttribute('aria-valuetext', /, node-1, in by veth/);
  await page.keyboard.press('Control+ArrowLeft');
  await shows(1);
  await page.keyboard.press('End');
  await shows(all);
  await expect(page.getByRole('button', { name: 'To the end' })).toHaveAttribute('aria-disabled', 'true');

  // From the end, playing begins again; a press of the same key holds it.
  await trace(page).getByRole('radio', { name: '2×' }).check({ force: true });
  await press(page, 'Space');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect(step(page)).toHaveText(/^Step ([3-9]|\d\d) of/);
  await press(page, 'Space');
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
});

test('a packet that is refused leads to the rule that refused it', async ({ page }) => {
  await openPage(page, 'sandbox');
  await typeCommand(page, 'kubectl create service clusterip empty --tcp=80:8080 --clusterip=10.96.50.50');
  await typeCommand(page, 'kubectl exec client -- curl -s 10.96.50.50');
  await showPanel(page, 'Trace');
  await expect(page.getByTestId('journey-line')).toContainText(
    'Not rewritten, routed once, 1 hop, refused. node-1 refuses the packet.',
  );
  await trace(page).getByRole('button', { name: 'Go to what decided' }).click();
  await expect(sentence(page)).toContainText('default/empty:80-8080 has no endpoints');
});

test('a name that is not found is one row of lookups, decided by the answer; what follows has none of them', async ({
  page,
}) => {
  await openJourney(page, 'curl -s nosuch');
  const sent = trace(page).getByRole('list', { name: 'All packets, in the order of time' });
  await expect(sent.getByRole('button')).toHaveText([
    'DNS nosuch.default.svc.cluster.local · NXDOMAIN',
    'DNS nosuch.svc.cluster.local · NXDOMAIN',
    'DNS nosuch.cluster.local · NXDOMAIN',
    'A? nosuch',
    'NXDOMAIN',
  ]);
  await press(page, 'd');
  await expect(sentence(page)).toHaveText(/^coredns-\S+ answers NXDOMAIN\. There is no name nosuch\.$/);
  // Another of them, and on from there.
  await sent.getByRole('button').first().click();
  await expect(sentence(page)).toContainText(
    'client asks 10.96.0.10:53 for the name nosuch.default.svc.cluster.local.',
  );
  await expect(sent.getByRole('button').last()).toHaveText('DNS nosuch · NXDOMAIN');

  await typeCommand(page, 'kubectl exec client -- curl -s web');
  await showPanel(page, 'Trace');
  await expect(page.getByTestId('journey-line')).toContainText('answered by web-');
  await expect(sent.getByText(/NXDOMAIN/)).toHaveCount(0);
  await sent.getByRole('button', { name: /^DNS web/ }).click();
  await expect(page.getByTestId('journey-line')).toContainText('answered by coredns-');
  await sent.getByRole('button', { name: /^TCP web:80 · ok/ }).click();
  await expect(page.getByTestId('journey-line')).toContainText('answered by web-');
});

test('what is sent again stands in the row with its pauses, each piece and each error too', async ({ page }) => {
  await openPage(page, 'sandbox');
  await typeCommand(page, 'ssh node-2 iptables -I INPUT -p tcp --dport 9 -j DROP');
  await typeCommand(page, 'kubectl exec client -- curl -s -m 3.5 192.168.10.12:9');
  await showPanel(page, 'Trace');
  const sent = trace(page).getByRole('list', { name: 'All packets, in the order of time' });
  await expect(sent.getByRole('button', { name: 'SYN dropped' })).toHaveCount(4);
  await expect(sent.getByText('1 s later')).toHaveCount(3);
  await sent.getByRole('button', { name: 'SYN dropped' }).last().click();
  await expect(sentence(page)).toContainText('client tries again.');
  // On the graph it ends where it was dropped, and what the client makes of it is said there.
  await press(page, 'd');
  await expect(sentence(page)).toContainText('node-2 drops the packet.');
  await expect(page.getByText(/The sender hears nothing\. client waits, then sees a timeout\.$/)).toBeVisible();

  await typeCommand(page, 'kubectl exec client -- ping -c 1 -t 1 192.168.10.12');
  await showPanel(page, 'Trace');
  await expect(page.getByTestId('journey-line')).toContainText('TTL exceeded. node-1 ends the packet');
  await expect(sent.getByRole('button', { name: /^ICMP time exceeded/ })).toBeVisible();
  await press(page, 'd');
  await expect(page.getByText(/client sees: time to live exceeded\.$/)).toBeVisible();

  await typeCommand(page, 'kubectl exec client -- ping -c 1 -s 2000 192.168.10.12');
  await showPanel(page, 'Trace');
  await expect(sent.getByRole('button', { name: 'fragment' }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Packets of this exchange' }).click();
  await expect(page.getByRole('group', { name: 'Fragments' }).getByRole('option').first()).toBeVisible();
});

test('a step is sought with the mouse, and the route that wins stands among those that fit too', async ({ page }) => {
  await openPage(page, 'sandbox');
  await typeCommand(page, 'kubectl exec client -- ping -c 1 192.168.10.12');
  await showPanel(page, 'Trace');
  const timeline = page.getByRole('slider', { name: 'Timeline of the journey' });
  await expect(timeline).toHaveAttribute('aria-valuetext', /^step 1 of /);
  await timeline.getByText('route', { exact: true }).nth(1).click();
  await expect(timeline).toHaveAttribute('aria-valuetext', /, node-1, route lookup$/);
  const routes = trace(page).getByRole('region', { name: 'Route table of node-1' });
  await expect(routes.getByRole('row', { name: /^192\.168\.10\.0\/24 .*wins, \/24$/ })).toBeVisible();
  await expect(routes.getByRole('row', { name: /^default .*matches, \/0$/ })).toBeVisible();
  await expect(routes.getByRole('row', { name: /^10\.244\.2\.0\/24 .*no$/ })).toBeVisible();
  await routes.getByText('Text', { exact: true }).click();
  await expect(routes.getByText('10.244.2.0/24 via 192.168.10.12 dev eth0')).toBeVisible();
});

test('in a tunnel a packet has a second frame, on the graph and in its layers', async ({ page }) => {
  await openPage(page, 'sandbox');
  await page.getByRole('button', { name: 'Save and share' }).click();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Open a file…' }).click(),
  ]);
  await chooser.setFiles({ name: 'vxlan.yaml', mimeType: 'application/yaml', buffer: Buffer.from(VXLAN) });
  await page.getByRole('dialog').getByRole('button', { name: 'Open it' }).click();
  await typeCommand(page, 'kubectl exec client -- ping -c 1 10.244.2.2');
  await showPanel(page, 'Trace');
  await expect(page.getByTestId('journey-line')).toContainText('tunnelled once');
  const packet = page.getByTestId('packet');
  const timeline = page.getByRole('slider', { name: 'Timeline of the journey' });
  await expect(packet).toHaveText('echo request');
  await timeline.focus();
  await page.keyboard.press('Control+ArrowRight');
  // What enters the tunnel stays itself; what is around it is added.
  await expect(trace(page).getByRole('row', { name: /^Outer IP source .*192\.168\.10\.11 added/ })).toBeVisible();
  await expect(trace(page).getByRole('row', { name: /^IP source 10\.244\.1\.2 10\.244\.1\.2 no NAT/ })).toBeVisible();
  await expect(trace(page).getByRole('row', { name: /^TTL 64 63 changed/ })).toBeVisible();
  await page.keyboard.press('Control+ArrowRight');
  await expect(timeline).toHaveAttribute('aria-valuetext', /, LAN, in by/);
  await expect(packet).toContainText('UDP 8472');
  await trace(page).getByRole('radio', { name: 'Layers' }).check({ force: true });
  const layers = trace(page).getByRole('figure', { name: /^Layers of the packet/ });
  for (const name of ['VXLAN', 'UDP', 'ICMP']) await expect(layers.getByText(name, { exact: true })).toBeVisible();
  await timeline.focus();
  await page.keyboard.press('End');
  await expect(packet).not.toContainText('UDP 8472');
});

test('the layers of a packet are boxes between bytes, and what changed in them is marked', async ({ page }) => {
  await openJourney(page, 'curl -s web');
  await press(page, 'd');
  await trace(page).getByRole('radio', { name: 'Layers' }).check({ force: true });
  const layers = trace(page).getByRole('figure', { name: 'Layers of the packet, 74 bytes' });
  await expect(layers).toBeVisible();
  for (const edge of ['0', '14', '34', '74']) await expect(layers.getByText(edge, { exact: true })).toBeVisible();
  for (const range of ['bytes 0 to 14', 'bytes 14 to 34', 'bytes 34 to 74'])
    await expect(layers.getByText(range)).toBeAttached();
  await expect(layers.getByRole('deletion').filter({ hasText: '10.96.1.1' })).toBeVisible();
  await expect(layers.getByRole('insertion').filter({ hasText: '8080' })).toBeVisible();

  await trace(page).getByRole('button', { name: 'All fields' }).click();
  await expect(layers.getByText('60 bytes', { exact: true })).toBeVisible();
});

test('the rule that decided is in sight, and the chains that led to it open on demand', async ({ page }) => {
  await openJourney(page, 'curl -s 10.96.1.1');
  await trace(page).getByRole('button', { name: 'Go to what decided' }).click();
  const rules = trace(page).getByRole('region', { name: 'nat table, PREROUTING' });
  await expect(rules.getByRole('row', { name: /DNAT to \S+ decides$/ })).toBeInViewport({ ratio: 1 });
  await expect(trace(page).getByRole('button', { name: 'Step', exact: true })).toBeInViewport();
  const services = rules.getByRole('button', { name: /^KUBE-SERVICES/ });
  await expect(services).toHaveAttribute('aria-expanded', 'false');
  await services.press('Enter');
  await expect(rules.getByRole('row', { name: /10\.96\.1\.1\/32/ }).first()).toBeVisible();
});

test('two journeys stand side by side, and it says where they part first', async ({ page }) => {
  await openJourney(page, 'curl -s 10.96.1.1', 'curl -s 10.96.1.1:81 -m 1');
  await trace(page).getByRole('button', { name: 'Compare' }).click();
  const compare = page.getByRole('region', { name: 'Compare with' });
  await chooseOther(page);
  await expect(compare.getByRole('status')).toHaveText('They part first at client, socket.');
  await expect(compare.getByRole('status')).toBeInViewport();
  await expect(compare.getByRole('list', { name: 'Hop by hop' })).toContainText(
    'client opens a connection to 10.96.1.1:81.',
  );

  // The other one opens at the step that was pressed.
  await compare
    .getByRole('button', { name: /^node-1 rewrites the destination/ })
    .first()
    .click();
  await expect(sentence(page)).toContainText('node-1 rewrites the destination');
  await compare.getByRole('button', { name: 'Stop comparing' }).click();
  await expect(compare).toBeHidden();
});

test('a request repeated shows how often each Pod answered, and opens one of its journeys', async ({ page }) => {
  await openJourney(page, 'curl -s web');
  await trace(page).getByRole('button', { name: 'Repeat' }).click();
  const repeat = page.getByRole('region', { name: 'Repeat', exact: true });
  const times = repeat.getByRole('textbox', { name: 'Times' });
  await times.fill('many');
  await expect(repeat.getByText('Write a number from 1 to 200.')).toBeVisible();
  await times.fill('60');
  await times.press('Enter');
  await expect(repeat.getByRole('status')).toHaveText('60 runs.');
  const bars = repeat.getByRole('list', { name: 'How the runs ended' }).getByRole('button');
  await expect(bars).toHaveCount(3);
  const counts = (await bars.allInnerTexts()).map(text => Number(/(\d+) of 60/.exec(text)?.[1]));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(60);
  await bars.last().click();
  const answered = /web-\S+/.exec(await bars.last().innerText())?.[0] ?? '';
  await expect(page.getByTestId('journey-line')).toContainText(`answered by ${answered}.`);
  await expect(bars.last()).toHaveAttribute('aria-current', 'true');
  // The lab knows nothing of the runs.
  expect((await typeCommand(page, 'ssh node-1 conntrack -L')).output.match(/ESTABLISHED|TIME_WAIT/g)?.length).toBe(1);
});

test('a step shows the entry of connection tracking that it makes, and leads to the node', async ({ page }) => {
  await openJourney(page, 'curl -s 10.96.1.1');
  await press(page, 'd');
  await press(page, '[');
  const state = trace(page).getByRole('region', { name: 'State of node-1' });
  await expect(
    state.getByRole('row', { name: /^Original direction 10\.244\.1\.2:\d+ to 10\.96\.1\.1:80$/ }),
  ).toBeVisible();
  await expect(state.getByRole('row', { name: /^Replies come as/ })).toBeVisible();
  await state.getByRole('button', { name: 'Inspect node-1' }).click();
  await expect(page.getByRole('region', { name: 'Inspect node-1' })).toBeVisible();
});

for (const [form, colorScheme, viewport] of [
  ['a phone', 'light', { width: 390, height: 844 }],
  ['a desk', 'dark', { width: 1440, height: 900 }],
] as const)
  test(`on ${form} in ${colorScheme} it has all of it, without a finding of axe`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    await openJourney(page, 'curl -s web', 'curl -s 10.244.1.1:9');
    await trace(page).getByRole('button', { name: 'Repeat' }).click();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(page.getByText('50 runs.')).toBeVisible();
    await trace(page).getByRole('button', { name: 'Compare' }).click();
    await chooseOther(page);
    await expect(page.getByText(/^They part first at/)).toBeVisible();
    await trace(page).getByRole('radio', { name: 'Layers' }).check({ force: true });
    await expect(trace(page).getByRole('figure', { name: /^Layers of the packet/ })).toBeVisible();
    const overflow = await trace(page).evaluate(panel => panel.scrollWidth - panel.clientWidth);
    expect(overflow).toBe(0);
    const { violations } = await new AxeBuilder({ page }).include('section[aria-label="Trace"]').analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(node => node.html)])).toEqual([]);
  });

/** Programs that read a capture, and what they say of its SYNs: `source > destination`, with `:` before the port. */
const READERS = {
  tshark: (file: string, flags: string): string =>
    spawnSync(
      'tshark',
      ['-r', file, '-Y', `tcp.flags.str contains "${flags === 'S' ? '··········S·' : '·······A··S·'}"`]
        .concat(['-T', 'fields', '-E', 'occurrence=l'])
        .concat(['ip.src', 'tcp.srcport', 'ip.dst', 'tcp.dstport'].flatMap(field => ['-e', field])),
      { encoding: 'utf8' },
    ).stdout.replaceAll(/^(\S+)\t(\S+)\t(\S+)\t(\S+)$/gm, '$1:$2 > $3:$4'),
  tcpdump: (file: string, flags: string): string =>
    spawnSync('tcpdump', ['-tnr', file, 'tcp'], { encoding: 'utf8' }).stdout.replaceAll(
      /^IP (\S+)\.(\d+) > (\S+)\.(\d+): Flags \[(\S+)\].*\n/gm,
      (_, src, srcPort, dst, dstPort, seen) => (seen === flags ? `${src}:${srcPort} > ${dst}:${dstPort}\n` : ''),
    ),
} as const;

for (const [name, read] of Object.entries(READERS)) {
  const isThere = spawnSync(name, ['--version']).status === 0;
  if (!isThere) console.log(`skipped: a downloaded capture is not read by ${name}, because it is not on the PATH`);

  test(`a downloaded capture is, to ${name}, the flow that the trace shows`, async ({ page }) => {
    test.skip(!isThere, `there is no ${name} on the PATH`);
    await openJourney(page, 'curl -s web');
    await press(page, 'd');
    const [, from = '', to = ''] = /: (\S+) becomes (\S+)\./.exec(await sentence(page).innerText()) ?? [];
    await page.getByRole('button', { name: 'Take this journey along' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Download capture, all interfaces' }).click(),
    ]);
    const file = await download.path();
    // Once for each interface that it crosses: to the Service until node-1 has rewritten it, then to the Pod.
    const asked = [...read(file, 'S').matchAll(/> (\S+)$/gm)].map(match => match[1]);
    expect([...new Set(asked)]).toEqual([from, to]);
    const answered = [...read(file, 'S.').matchAll(/^(\S+) >/gm)].map(match => match[1]);
    expect([...new Set(answered)]).toEqual([to, from]);
  });
}
