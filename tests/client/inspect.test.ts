// What the inspector gets of a lab: which sections an element has, the one that is open, and who can be asked.

import { beforeAll, describe, expect, it } from 'vitest';
import { createInProcessClient, type InProcessClient } from '../../src/client/inProcess.ts';
import type { InspectionSection } from '../../src/client/port.ts';

const WEB = `apiVersion: v1
kind: Pod
metadata: { name: client }
spec: { nodeName: node-1, containers: [{ name: client, image: tools }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: web }] } }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: v1
kind: Service
metadata: { name: headless }
spec: { clusterIP: None, selector: { app: web }, ports: [{ port: 80 }] }
`;

const OWN = `---
apiVersion: v1
kind: Pod
metadata: { name: own }
spec:
  nodeName: node-2
  hostNetwork: true
  initContainers: [{ name: first, image: busybox, command: ['true'] }]
  containers: [{ name: own, image: web, readinessProbe: { httpGet: { port: 9 } } }]
`;

let client: InProcessClient;

beforeAll(async () => {
  client = createInProcessClient();
  expect((await client.open({ kind: 'manifests', text: WEB + OWN })).kind).toBe('opened');
});

async function idOf(pattern: RegExp): Promise<string> {
  const ids = await client.withLab(({ lab }) => [...lab.elements().keys()]);
  const found = ids.find(id => pattern.test(id));
  if (found === undefined) throw new Error(`no ${pattern} among ${ids}`);
  return found;
}

async function shown(pattern: RegExp, section?: string): Promise<InspectionSection> {
  const inspection = await client.inspect(await idOf(pattern), section);
  if (inspection === undefined) throw new Error(`nothing of ${pattern}`);
  return inspection.open;
}

async function facts(pattern: RegExp): Promise<readonly string[]> {
  const open = await shown(pattern);
  if (open.kind !== 'facts') throw new Error(`${open.kind} in the place of facts`);
  return open.rows.map(
    ({ name, value, element }) => `${name}: ${value}${element === undefined ? '' : ` -> ${element}`}`,
  );
}

const OBJECT = ['Object', 'YAML'];
const TABLES = ['Addresses', 'Routes', 'Neighbours', 'Listeners'];

describe('an element', () => {
  it.each<[RegExp, readonly string[]]>([
    [/^pod\/default\/client$/, ['Summary', 'Why', 'Reach', ...TABLES, 'conntrack', 'Logs', ...OBJECT]],
    [/^node\/node-1$/, ['Summary', 'Why', 'Reach', ...TABLES, 'Rules', 'FDB', 'conntrack', 'nft', 'Pods', ...OBJECT]],
    [/^svc\/default\/web$/, ['Summary', 'Why', 'Reach', 'Endpoints', ...OBJECT]],
    [/^svc\/default\/headless$/, ['Summary', 'Why', 'Endpoints', ...OBJECT]],
    [/^slice\/default\/web-/, ['Summary', 'Why', ...OBJECT]],
    [/^deploy\//, ['Summary', 'Why', ...OBJECT]],
    [/^ns\/default$/, ['Summary', 'Why', 'Pods', 'Policies', 'Object']],
    [/^router\//, ['Summary', ...TABLES]],
    [/^lan\//, ['Summary']],
    // The terminal stands on the last host outside; nobody has a shell on the others.
    [/^outside\/api\.example\.com$/, ['Summary', 'Reach', ...TABLES]],
    [/^outside\/laptop$/, ['Summary', 'Reach']],
  ])('%s has its sections, and opens with the first', async (pattern, sections) => {
    const inspection = await client.inspect(await idOf(pattern));
    expect(inspection?.sections).toEqual(sections);
    expect(inspection?.open.title).toBe('Summary');
  });

  it('shows the section that is asked for, and the first where it has none such', async () => {
    expect(await shown(/^node\/node-1$/, 'Routes')).toMatchObject({ kind: 'text', command: 'ssh node-1 ip route' });
    expect(await shown(/^lan\//, 'Routes')).toMatchObject({ kind: 'facts', title: 'Summary' });
    expect(await client.inspect('pod/default/nobody')).toBeUndefined();
  });

  it('has only commands that the lab knows', async () => {
    for (const pattern of [/^node\/node-1$/, /^pod\/default\/client$/, /^svc\/default\/web$/, /^ns\/default$/]) {
      const inspection = await client.inspect(await idOf(pattern));
      for (const section of inspection?.sections ?? []) {
        const open = await shown(pattern, section);
        if (open.kind !== 'text') continue;
        expect(open.text, open.command).not.toMatch(/^error|command not found|Usage:|unknown command|unknown flag/i);
      }
    }
  });

  it('has the connections of a Pod after it asked somebody', async () => {
    await client.send({ from: 'pod/default/client', to: 'svc/default/web', protocol: 'tcp', port: 80 });
    const open = await shown(/^pod\/default\/client$/, 'conntrack');
    expect(open).toMatchObject({
      kind: 'text',
      text: expect.stringMatching(/^tcp .*src=10\.244\.1\.\d+ dst=10\.96\.1\.1/m),
    });
  });

  it('leads to what it has to do with', async () => {
    const slice = await idOf(/^slice\/default\/web-/);
    expect(await facts(/^svc\/default\/web$/)).toEqual([
      'Cluster IP: 10.96.1.1',
      'Namespace: default -> ns/default',
      'Port: 80 → 8080/TCP',
      'Selector: app=web',
      `EndpointSlice: ${slice.split('/')[2]} -> ${slice}`,
      expect.stringMatching(/^Endpoint: 10\.244\.\d\.\d+ -> pod\/default\/web-/),
      expect.stringMatching(/^Endpoint: 10\.244\.\d\.\d+ -> pod\/default\/web-/),
    ]);
    expect(await facts(/^pod\/default\/web-/)).toEqual(
      expect.arrayContaining(['Listens on: 8080/TCP', 'Endpoint of: web -> svc/default/web']),
    );
    expect(await facts(/^deploy\//)).toContainEqual(expect.stringMatching(/^ReplicaSet: web-\w+ -> rs\/default\/web-/));
    expect(await facts(/^rs\//)).toContainEqual(expect.stringMatching(/^Pod: web-\S+ -> pod\/default\/web-/));
    expect(await facts(/^node\/node-1$/)).toContainEqual('Pod: client -> pod/default/client');
    expect(await facts(/^slice\/default\/kubernetes$/)).toEqual([
      'Service: kubernetes -> svc/default/kubernetes',
      'Namespace: default -> ns/default',
      'Ports: 6443',
      'Endpoint: 192.168.10.10 -> node/cp',
    ]);
    expect(await facts(/^pod\/default\/web-/)).toContainEqual(
      expect.stringMatching(/^Made by: ReplicaSet (web-\w+) -> rs\/default\/\1$/),
    );
    expect(await facts(/^pod\/default\/own$/)).toEqual(
      expect.arrayContaining([
        'Init container: first (busybox)',
        'Network: that of node-2 (hostNetwork) -> node/node-2',
        'Ready: no: containers with unready status: [own]',
      ]),
    );
  });
});

describe('who can be asked', () => {
  it('has the ports that others can reach, and neither headless Services nor Pods of their node', async () => {
    const ends = await client.reachEnds();
    const named = new Map(ends.map(end => [end.element, end.ports.map(({ port, protocol }) => `${port}/${protocol}`)]));
    expect(named.get('svc/default/web')).toEqual(['80/tcp']);
    expect(named.get('pod/default/client')).toEqual([]);
    expect(named.get(await idOf(/^pod\/default\/web-/))).toEqual(['8080/tcp']);
    expect(named.get('node/node-1')).toEqual(['22/tcp', '10250/tcp']);
    expect(named.has('svc/default/headless')).toBe(false);
    expect(named.has('outside/laptop')).toBe(true);
  });

  it('is answered in the order of the questions, DNS servers by a DNS question', async () => {
    const from = 'pod/default/client';
    const answers = await client.reach([
      { from, to: 'svc/kube-system/kube-dns', protocol: 'udp', port: 53 },
      { from, to: 'svc/default/web', protocol: 'tcp', port: 81 },
      { from, to: 'pod/default/nobody', protocol: 'icmp' },
      { from, to: 'node/node-2', protocol: 'icmp' },
    ]);
    expect(answers.map(answer => (answer.kind === 'answered' ? answer.verdict : answer.because))).toEqual([
      'ok',
      'timeout',
      'Pod nobody has no address',
      'ok',
    ]);
  });
});
