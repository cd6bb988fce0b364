// The lab's own group over HTTP: every endpoint, and what is said about bodies that are not as expected.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AskedQuestion, Lab } from '../../src/sim/lab.ts';
import type { KernelSpec } from '../../src/sim/linux/kernelSpec.ts';
import { type ServedLabForTest, serveLabForTest } from '../support/servedLab.ts';

const GROUP = '/apis/lab.hoplab.dev/v1alpha1';

const WORLD = `
apiVersion: v1
kind: Pod
metadata: {name: client}
spec: {nodeName: node-1, containers: [{name: c, image: tools}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {nodeName: node-2, containers: [{name: c, image: nginx}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;

const TWIN = `
apiVersion: v1
kind: Namespace
metadata: {name: twin}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: twin}
spec: {nodeName: node-2, containers: [{name: c, image: nginx}]}
`;

let served: ServedLabForTest;
beforeAll(async () => {
  served = await serveLabForTest({ manifests: WORLD });
});
afterAll(() => served.close());

async function ask(method: string, path: string, body?: unknown) {
  const response = await fetch(`${served.url}${GROUP}${path}`, {
    method,
    ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
}

async function post(path: string, body: unknown) {
  const { status, text } = await ask('POST', path, body);
  return { status, body: JSON.parse(text) };
}

const DNS_SERVER = { to: 'svc/kube-system/kube-dns', protocol: 'udp', port: 53 };

describe('exchanges', () => {
  it('answers with what the client experienced, packet by packet', async () => {
    const { status, body } = await post('/exchanges', { from: 'pod/client', to: 'svc/web', path: '/x' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      kind: 'Exchange',
      verdict: 'ok',
      message: 'ok · answered by web',
      backend: { element: 'pod/default/web', address: '10.244.2.2', port: 80 },
      sourceSeen: { address: '10.244.1.2' },
    });
    expect(body.resolution).toBeUndefined();
    const request = body.traces.find((trace: { role: string }) => trace.role === 'request');
    expect(request.hops.map((hop: { name: string }) => hop.name)).toEqual(['client', 'node-1', 'LAN', 'node-2', 'web']);
  });

  it('says how a name was looked up', async () => {
    const { body } = await post('/exchanges', { from: 'pod/default/client:c', to: 'http://web/' });
    expect(body.verdict).toBe('ok');
    expect(body.resolution.queries).toEqual([
      {
        server: '10.96.0.10',
        name: 'web.default.svc.cluster.local',
        type: 'A',
        outcome: 'answered',
        rcode: 'NOERROR',
        answer: [expect.objectContaining({ name: 'web.default.svc.cluster.local.', class: 'IN', type: 'A' })],
      },
    ]);
    const failed = await post('/exchanges', { from: 'pod/client', to: 'nobody' });
    expect(failed.body).toMatchObject({ verdict: 'dns-fail', message: 'dns-fail · NXDOMAIN' });
    expect(failed.body.resolution.queries).toHaveLength(4);
  });

  it.each([
    ['a large echo request that must not be cut', { protocol: 'icmp', size: 2000, df: true }, 'emsgsize'],
    ['a large echo request that may be cut', { protocol: 'icmp', size: 2000, df: false }, 'ok'],
    ['a port where nobody listens', { port: 81 }, 'refused'],
    ['UDP where nobody listens', { protocol: 'udp', port: 81 }, 'rejected'],
    ['a DNS question', { ...DNS_SERVER, asks: 'kubernetes.default.svc.cluster.local' }, 'ok'],
    ['plain bytes, of which a DNS server makes nothing', DNS_SERVER, 'timeout'],
  ])('%s', async (_, question, verdict) => {
    expect((await post('/exchanges', { from: 'pod/client', to: 'pod/web', ...question })).body.verdict).toBe(verdict);
  });

  it('changes nothing unless it is committed; then its journey is kept', async () => {
    const before = { now: served.lab.now, exchanges: served.lab.exchangeCount };
    await post('/exchanges', { from: 'pod/client', to: 'pod/web', count: 3 });
    expect({ now: served.lab.now, exchanges: served.lab.exchangeCount }).toEqual(before);
    const { body } = await post('/exchanges', { from: 'pod/client', to: 'pod/web', count: 3, commit: true });
    expect(body.items.map((item: { id: string }) => item.id)).toEqual(served.lab.journeys().map(kept => kept.id));
    expect(served.lab.now).toBeGreaterThan(before.now);
  });

  it.each([
    ['no body', undefined, ['<nil>']],
    ['nothing', {}, ['from', 'to']],
    [
      'wrong types',
      { from: 1, to: 'pod/web', port: '80', df: 'yes', headers: { a: 1 } },
      ['from', 'port', 'headers', 'df'],
    ],
    ['a protocol that there is not', { from: 'pod/client', to: 'pod/web', protocol: 'sctp' }, ['protocol']],
    ['a Pod that there is not', { from: 'pod/nobody', to: 'pod/web' }, ['from']],
    ['a target that there is not', { from: 'pod/client', to: 'svc/nobody' }, ['to']],
    ['a URL that is none', { from: 'pod/client', to: 'http://[::1' }, ['to']],
    ['https', { from: 'pod/client', to: 'https://web' }, ['to']],
    ['a field that there is not', { from: 'pod/client', to: 'pod/web', ports: 1 }, ['ports']],
    ['texts without end', { from: 'pod/client', to: `http://${'a'.repeat(100_000)}/` }, ['to']],
    ['headers without end', { from: 'pod/client', to: 'pod/web', headers: { a: 'x'.repeat(100_000) } }, ['headers']],
    ['a count out of bounds', { from: 'pod/client', to: 'pod/web', count: 0 }, ['count']],
  ])('names the fields at fault: %s', async (_, question, fields) => {
    const { status, body } = await post('/exchanges', question ?? null);
    expect(status).toBe(422);
    expect(body).toMatchObject({ kind: 'Status', reason: 'Invalid', code: 422 });
    expect(body.details.causes.map((cause: { field: string }) => cause.field)).toEqual(fields);
  });
});

describe('matrix', () => {
  it('answers with verdicts only, in order', async () => {
    const { status, body } = await post('/matrix', {
      probes: [
        { from: 'pod/client', to: 'pod/web' },
        { from: 'pod/client', to: 'pod/web', port: 81 },
        { from: 'node/node-1', to: 'pod/web', protocol: 'icmp' },
        { from: 'outside/laptop', to: 'svc/web' },
      ],
    });
    expect(status).toBe(201);
    expect(body.verdicts).toEqual(['ok', 'refused', 'ok', 'timeout']);
  });

  it('names the probe and the field at fault', async () => {
    const { status, body } = await post('/matrix', {
      probes: [{ from: 'pod/client', to: 'pod/web' }, { from: 'pod/client' }],
    });
    expect(status).toBe(422);
    expect(body.message).toContain('probes[1].to: Required value');
  });
});

describe('resolutions', () => {
  it('says what was asked and what came of it', async () => {
    const { body } = await post('/resolutions', { from: 'pod/client', name: 'web', type: 'A' });
    expect(body).toMatchObject({ kind: 'Resolution', rcode: 'NOERROR', authority: [], additional: [] });
    expect(body.answer).toEqual([
      {
        name: 'web.default.svc.cluster.local.',
        ttl: 30,
        class: 'IN',
        type: 'A',
        data: expect.stringMatching(/^10\.96\./),
      },
    ]);
    expect((await post('/resolutions', { from: 'pod/client', name: 'nobody' })).body).toMatchObject({
      rcode: 'NXDOMAIN',
      answer: [],
    });
  });

  it.each([
    [{ from: 'pod/client' }, 'name'],
    [{ from: 'pod/nobody', name: 'web' }, 'from'],
    [{ from: 'pod/client', name: 'web', type: 'MX' }, 'type'],
    [{ from: 'pod/client', name: 'a'.repeat(64), type: 'A' }, 'name'],
  ])('%j is refused for its %s', async (question, name) => {
    const { status, body } = await post('/resolutions', question);
    expect(status).toBe(422);
    expect(body.details.causes.map((cause: { field: string }) => cause.field)).toEqual([name]);
  });
});

describe('kernel and nodes', () => {
  it('the kernel spec is a cluster that recordings are opened as, in which packets go the same way', async () => {
    const { status, text } = await ask('GET', '/kernel');
    expect(status).toBe(200);
    const spec: KernelSpec = JSON.parse(text);
    expect(spec.hosts.map(({ name, role }) => [name, role])).toEqual([
      ['lan', 'switch'],
      ['router', 'router'],
      ['cp', 'node'],
      ['node-1', 'node'],
      ['node-2', 'node'],
      ['laptop', 'external'],
      ['api.example.com', 'external'],
      [expect.stringMatching(/^coredns-/), 'pod'],
      ['client', 'pod'],
      ['web', 'pod'],
    ]);
    const opened = Lab.openRecorded(text);
    if (opened.kind === 'refused') throw new Error(JSON.stringify(opened.problems));
    const web = served.client.request({ method: 'GET', path: '/api/v1/namespaces/default/services/web' });
    const address = String(Object(Object((await web).body).spec).clusterIP);
    /** What a packet of the client and one of the server crossed; what was learnt before is in no spec. */
    const hops = (asked: AskedQuestion): readonly string[] =>
      asked.kind === 'not-sent'
        ? [asked.because]
        : asked.record.exchange.traces
            .filter(({ role }) => role === 'request' || role === 'reply')
            .flatMap(trace => trace.hops.map(hop => hop.netns.replace('pod:default:', '')));
    const question = { to: address, protocol: 'tcp', port: 80 } as const;
    const there = hops(opened.lab.ask({ ...question, from: 'client' }));
    expect(there).toEqual(hops(served.lab.ask({ ...question, from: 'pod/client' })));
    expect(there).toContain('web');
  });

  it('two Pods of one name are told apart in the kernel spec', async () => {
    const other = await serveLabForTest({ manifests: `${WORLD}---\n${TWIN}` });
    const text = await (await fetch(`${other.url}${GROUP}/kernel`)).text();
    await other.close();
    const spec: KernelSpec = JSON.parse(text);
    expect(spec.hosts.map(host => host.name)).toEqual(expect.arrayContaining(['client', 'web.default', 'web.twin']));
    expect(Lab.openRecorded(text).kind).toBe('opened');
  });

  it('a node has its rules as iptables-save prints them', async () => {
    const { status, text } = await ask('GET', '/nodes/node-1/iptables');
    expect(status).toBe(200);
    expect(text).toMatch(/^\*filter\n/);
    expect(text).toContain('-A KUBE-SERVICES');
    expect((await ask('GET', '/nodes/node-9/iptables')).status).toBe(404);
  });

  it.each([
    ['GET', '/exchanges', 405],
    ['POST', '/kernel', 405],
    ['GET', '/nothing', 404],
    ['GET', '/nodes/node-1', 404],
    ['GET', '', 200],
  ])('%s %s: %i', async (method, path, status) => {
    expect((await ask(method, path)).status).toBe(status);
  });
});

describe('lab', () => {
  it('is refused with the field at fault, and the lab stays', async () => {
    const { status, body } = await post('/lab', {
      apiVersion: 'lab.hoplab.dev/v1alpha1',
      kind: 'Lab',
      spec: { seed: -1 },
    });
    expect(status).toBe(422);
    expect(body.details.causes).toEqual([
      expect.objectContaining({ field: 'spec.seed', message: 'a whole number from 0 to 4294967295 was expected' }),
    ]);
    expect((await post('/exchanges', { from: 'pod/client', to: 'pod/web' })).status).toBe(201);
  });

  it('takes the place of the one before', async () => {
    const config = {
      apiVersion: 'lab.hoplab.dev/v1alpha1',
      kind: 'Lab',
      metadata: { name: 'small' },
      spec: { nodes: [{ name: 'only', role: 'control-plane' }] },
    };
    expect(await post('/lab', config)).toMatchObject({
      status: 201,
      body: { kind: 'Lab', metadata: { name: 'small' } },
    });
    expect((await served.run('kubectl get nodes -o name')).stdout).toBe('node/only\n');
  });
});
