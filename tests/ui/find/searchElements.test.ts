import { describe, expect, test } from 'vitest';
import type { LabElement, PodElement } from '../../../src/sim/index.ts';
import { searchElements, searchIndex } from '../../../src/ui/find/searchElements.ts';

const pod = (name: string, address: string, labels: Readonly<Record<string, string>> = {}): PodElement => ({
  kind: 'pod',
  id: `pod/default/${name}`,
  namespace: 'default',
  name,
  node: 'node-1',
  address,
  status: 'Running',
  ready: true,
  terminating: false,
  labels,
  containers: [],
  hostNetwork: false,
  interfaces: [],
});

const node: LabElement = {
  kind: 'node',
  id: 'node/node-1',
  name: 'node-1',
  role: 'worker',
  address: '192.168.10.11',
  podCIDR: '10.244.1.0/24',
  ready: true,
  routeCount: 4,
  interfaces: [
    { name: 'lo', kind: 'loopback', mac: '', mtu: 65536, addresses: ['127.0.0.1/8'], up: true, carrier: true },
    { name: 'cni0', kind: 'bridge', mac: '', mtu: 1500, addresses: ['10.244.1.1/24'], up: true, carrier: true },
  ],
};

const service: LabElement = {
  kind: 'service',
  id: 'svc/default/web',
  namespace: 'default',
  name: 'web',
  type: 'ClusterIP',
  clusterIP: '10.96.40.10',
  ports: [],
};

const replicaSet: LabElement = {
  kind: 'replicaset',
  id: 'rs/default/web-6c9f7d8b5',
  namespace: 'default',
  name: 'web-6c9f7d8b5',
  replicas: 2,
  ready: 2,
};

const index = searchIndex(
  new Map(
    [
      node,
      pod('client', '10.244.1.2', { app: 'client' }),
      pod('my-web', '10.244.1.20', { app: 'web', tier: 'front' }),
      pod('web-9qzlt', '10.244.2.2', { app: 'web' }),
      service,
      replicaSet,
    ].map(element => [element.id, element]),
  ),
);

const names = (text: string): readonly string[] =>
  searchElements(index, text).found.map(({ element, by }) => `${element.id}${by === undefined ? '' : ` by ${by}`}`);

describe('a search', () => {
  test.each([
    [
      'a whole name comes before one that begins with it, that before one that has it',
      'web',
      ['svc/default/web', 'pod/default/web-9qzlt', 'pod/default/my-web'],
    ],
    ['letters may be small or large', 'CLIENT', ['pod/default/client']],
    [
      'a whole address comes before those that begin with it',
      '10.244.1.2',
      ['pod/default/client by 10.244.1.2', 'pod/default/my-web by 10.244.1.20'],
    ],
    ['an address of an interface finds who has it', '10.244.1.1', ['node/node-1 by 10.244.1.1']],
    ['a cluster address finds the Service', '10.96.40.10', ['svc/default/web by 10.96.40.10']],
    ['the loopback address, which everybody has, finds nothing', '127.0.0.1', []],
    ['a label finds who has it', 'app=web', ['pod/default/my-web by app=web', 'pod/default/web-9qzlt by app=web']],
    ['part of a label does too', 'tier=', ['pod/default/my-web by tier=front']],
    ['a kind in the words of kubectl', 'svc', ['svc/default/web']],
    ['every word must fit', 'pod web', ['pod/default/web-9qzlt', 'pod/default/my-web']],
    ['words that no element has together find nothing', 'svc client', []],
    ['no text finds nothing', '  ', []],
    ['what the graph never draws is not found', 'web-6c9f7d8b5', []],
  ] as const)('%s', (_, text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  test('of 10,000 Pods lists the first 50 and counts all', () => {
    const many = new Map(
      Array.from({ length: 10_000 }, (_, i) => pod(`web-${i}`, `10.244.${i >> 8}.${i & 255}`, { app: 'web' })).map(
        element => [element.id, element],
      ),
    );
    const answer = searchElements(searchIndex(many), 'app=web');
    expect(answer.found).toHaveLength(50);
    expect(answer.count).toBe(10_000);
    expect(searchElements(searchIndex(many), 'web-9999').found.map(({ element }) => element.name)).toEqual([
      'web-9999',
    ]);
  });
});
