// What `kubectl logs` gets: from scripts, from programs, of this run and of the one before it.

import { expect, it } from 'vitest';
import type { Json } from '../../../src/sim/index.ts';
import { type SmallCluster, smallCluster } from '../../support/smallCluster.ts';

type Fields = { readonly [key: string]: Json };

function withPod(container: Fields, spec: Fields = {}): SmallCluster {
  const cluster = smallCluster();
  const containers = [{ name: 'web', image: 'web', ...container }];
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web' },
    spec: { nodeName: 'node-1', containers, ...spec },
  };
  expect(cluster.create('pods', pod)).toBe(201);
  return cluster;
}

const script = (text: string): Fields => ({ image: 'busybox', command: ['sh', '-c', text] });

/** The log, or why there is none. */
function log(cluster: SmallCluster, query: Record<string, string> = {}): string {
  const { status, body } = cluster.lab.request({
    method: 'GET',
    path: '/api/v1/namespaces/default/pods/web/log',
    query,
  });
  return status === 200 ? String(body) : (body as { message: string }).message;
}

it('a script has written what it has come to', () => {
  const cluster = withPod(script('echo one; sleep 5; echo two; sleep 3600'));
  expect(log(cluster)).toBe('one\n');
  cluster.seconds(6);
  expect(log(cluster)).toBe('one\ntwo\n');
  expect(log(cluster, { sinceSeconds: '3' })).toBe('two\n');
});

it('a program says why it does not start, and else nothing', () => {
  expect(log(withPod({}))).toBe('');
  expect(log(withPod({ args: ['--prot=80'] }))).toMatch(/^web: unknown argument "--prot=80"/);
});

it('a container that was started again has the log of its last run too', () => {
  const cluster = withPod(script('echo hello; exit 3'));
  expect(log(cluster)).toBe('hello\n');
  expect(log(cluster, { previous: 'true' })).toBe('hello\n');
});

it.each<[string, Fields, Fields, Record<string, string>, string]>([
  [
    'has not been started before',
    {},
    {},
    { previous: 'true' },
    'previous terminated container "web" in pod "web" not found',
  ],
  [
    'lacks its image',
    { image: 'nope:1' },
    {},
    {},
    'container "web" in pod "web" is waiting to start: image can\'t be pulled',
  ],
  [
    'waits for another',
    {},
    { initContainers: [{ name: 'init', image: 'busybox', command: ['sleep', '3600'] }] },
    {},
    'container "web" in pod "web" is waiting to start: PodInitializing',
  ],
])('a container that %s has none', (_, container, spec, query, message) => {
  expect(log(withPod(container, spec), query)).toBe(message);
});

it('a kubelet that is stopped gives none', () => {
  const cluster = withPod({});
  cluster.lab.service('node-1', 'kubelet')?.stop();
  expect(log(cluster)).toMatch(
    /^Get "https:\/\/([0-9.]+):10250\/containerLogs\/default\/web\/web": dial tcp \1:10250: connect: connection refused$/,
  );
});
