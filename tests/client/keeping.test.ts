// A lab as one text of plain manifests, and back.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createInProcessClient } from '../../src/client/inProcess.ts';
import type { LabClient, LabReading } from '../../src/client/port.ts';
import { SANDBOX_LAB } from '../../src/client/sandboxLab.ts';

async function clientWith(text: string): Promise<LabClient> {
  const client = createInProcessClient();
  const report = await client.open({ kind: 'manifests', text });
  if (report.kind === 'refused') throw new Error(report.problems.map(({ message }) => message).join('; '));
  return client;
}

async function run(client: LabClient, ...lines: readonly string[]): Promise<void> {
  for (const line of lines) await client.run('test', line, () => undefined);
}

async function textOf(client: LabClient): Promise<string> {
  const lab = await client.manifests();
  if (lab.kind === 'none') throw new Error('the lab was expected to have manifests');
  return lab.text;
}

const kindsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^kind: (\w+)/gm)].flatMap(([, kind]) => (kind === undefined ? [] : [kind]));

/** Each leaves something else behind. */
const LINES = [
  'kubectl create deployment web --image=web --replicas=3 --port=8080',
  'kubectl expose deployment web --port=80 --target-port=8080',
  'kubectl expose deployment web --name=door --type=NodePort --port=80 --target-port=8080',
  'kubectl create service clusterip none --clusterip=None --tcp=80:8080',
  'kubectl create namespace blue',
  'kubectl label namespace default team=a',
  'kubectl label namespace kube-system team=b',
  'kubectl run x --image=nginx:1.27 -n blue --labels=app=x,tier=',
  'kubectl run once --image=tools --restart=Never --env=A=1',
  'kubectl create configmap words --from-literal=__proto__=1 --from-literal=yes=no',
  'kubectl create secret generic key --from-literal=a=b',
  'kubectl create ingress way --rule=a.example/x=web:80',
  'kubectl annotate pod client note="a: b # c"',
  'kubectl scale deployment coredns -n kube-system --replicas=2',
  'kubectl delete pod client --now',
  'kubectl create quota most --hard=pods=90',
  'kubectl create job one --image=tools -- true',
];

describe('a lab as plain manifests', () => {
  it('opens as a lab with the same objects: saved again it is the same text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.subarray(LINES), async lines => {
        const client = await clientWith(SANDBOX_LAB);
        await run(client, ...lines);
        const text = await textOf(client);
        const again = await clientWith(text);
        expect(await textOf(again)).toBe(text);
      }),
      { numRuns: 25, seed: 5 },
    );
    const all = await clientWith(SANDBOX_LAB);
    await run(all, ...LINES);
    const text = await textOf(all);
    expect(await textOf(await clientWith(text))).toBe(text);
  }, 120_000);

  it('says the config first, then what kubectl can apply in this order, and nothing that a controller makes', async () => {
    const client = await clientWith(SANDBOX_LAB);
    await run(client, ...LINES.slice(0, 5), 'kubectl run x --image=web -n blue');
    const text = await textOf(client);
    expect(kindsOf(text)).toEqual(['Lab', 'Namespace', 'Service', 'Service', 'Service', 'Pod', 'Pod', 'Deployment']);
    expect(text).not.toMatch(/status:|uid:|resourceVersion:|managedFields:|creationTimestamp:|imagePullPolicy:/);
  });

  it('keeps a change of what the cluster has from its start', async () => {
    const client = await clientWith(SANDBOX_LAB);
    await run(client, 'kubectl label namespace default team=a');
    const text = await textOf(client);
    expect(text).toContain('kind: Namespace\nmetadata:\n  labels:\n    team: a\n  name: default\n');
    const again = await clientWith(text);
    const answer = await again.request({ method: 'GET', path: '/api/v1/namespaces/default' });
    expect(answer.body).toMatchObject({ metadata: { labels: { team: 'a' } } });
  });

  it('keeps the addresses of Services and the nodes of Pods', async () => {
    const client = await clientWith(SANDBOX_LAB);
    await run(client, LINES[0] ?? '', LINES[1] ?? '', 'kubectl run far --image=web');
    const read = async (from: LabClient) => {
      const service = await from.request({ method: 'GET', path: '/api/v1/namespaces/default/services/web' });
      const pod = await from.request({ method: 'GET', path: '/api/v1/namespaces/default/pods/far' });
      return JSON.stringify([service.body, pod.body]).match(/"(clusterIP|nodeName)":"[^"]*"/g);
    };
    const before = await read(client);
    expect(before).toHaveLength(2);
    expect(await read(await clientWith(await textOf(client)))).toEqual(before);
  });
});

describe('what a text holds', () => {
  const read = async (text: string): Promise<LabReading> => createInProcessClient().readLab(text);

  it('is told kind by kind, without opening it', async () => {
    const reading = await read(SANDBOX_LAB);
    expect(reading).toMatchObject({
      kind: 'lab',
      from: 'lab',
      name: 'sandbox',
      nodes: ['cp', 'node-1', 'node-2'],
      objects: [{ kind: 'Pod', names: ['client'] }],
      leftOut: [],
    });
  });

  it.each([
    ['nothing', '', /no object/],
    ['a comment', '# hello', /no object/],
    ['no manifest', 'hello', /object was expected/],
    ['HTML', '<img src=x onerror=alert(1)>', /object was expected/],
    ['a broken text', 'a: [', /yaml/],
    ['a tower of brackets', '['.repeat(5000), /nested/],
    ['a name that is none', `apiVersion: v1\nkind: Namespace\nmetadata: {name: "${'a'.repeat(254)}"}`, /Invalid value/],
    [
      'a name that turns its direction',
      'apiVersion: v1\nkind: Namespace\nmetadata: {name: "a\u202eb"}',
      /Invalid value/,
    ],
    ['a field called __proto__', 'apiVersion: v1\nkind: Pod\n__proto__: {a: b}\nmetadata: {name: a}', /unknown field/],
  ])('is refused in plain words: %s', async (_, text, why) => {
    const reading = await read(text);
    expect(reading.kind).toBe('refused');
    if (reading.kind === 'refused') expect(reading.problems.map(({ message }) => message).join('\n')).toMatch(why);
  });
});
