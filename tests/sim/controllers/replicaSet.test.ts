import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/sim/index.ts';
import { objectOf, type SmallCluster, smallCluster, textAt } from '../../support/smallCluster.ts';

type Fields = { readonly [key: string]: Json };

const replicaSet = (replicas: number): Json => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: { name: 'web' },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'web', image: 'web' }] },
    },
  },
});

const pod = (name: string, spec: Fields = {}): Json => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels: { app: 'web' } },
  spec: { containers: [{ name: 'web', image: 'web' }], ...spec },
});

function withReplicaSet(replicas: number): SmallCluster {
  const cluster = smallCluster();
  expect(cluster.create('apps/replicasets', replicaSet(replicas))).toBe(201);
  return cluster;
}

/** `web Desired Current Ready` */
const row = (cluster: SmallCluster): string => cluster.table('apps/replicasets').join('; ');
const events = (cluster: SmallCluster): readonly string[] =>
  cluster.events('ReplicaSet', 'web').map(text => text.replace(/web-\w{5}/, 'web-xxxxx'));
const names = (cluster: SmallCluster): readonly string[] =>
  cluster.list('pods').map(one => textAt(one, 'metadata', 'name'));
const ownerOf = (cluster: SmallCluster, name: string): string =>
  textAt(cluster.get(`pods/${name}`), 'metadata', 'ownerReferences');

describe('a ReplicaSet', () => {
  it('makes its Pods and replaces those that are deleted', () => {
    const cluster = withReplicaSet(2);
    expect(row(cluster)).toBe('web 2 2 2');
    const [first = ''] = names(cluster);
    cluster.delete(`pods/${first}`);
    expect(row(cluster)).toBe('web 2 2 2');
    expect(names(cluster)).not.toContain(first);
    expect(events(cluster)).toEqual(Array(3).fill('Normal SuccessfulCreate Created pod: web-xxxxx'));
  });

  it('replaces Pods that have failed, and keeps them', () => {
    const cluster = withReplicaSet(1);
    const [first = ''] = names(cluster);
    cluster.patch(`/api/v1/namespaces/default/pods/${first}/status`, { status: { phase: 'Failed' } });
    expect([row(cluster), names(cluster).length]).toEqual(['web 1 1 1', 2]);
  });

  it('takes in Pods that match and belong to nobody', () => {
    const cluster = smallCluster();
    cluster.create('pods', pod('mine'));
    cluster.create('apps/replicasets', replicaSet(2));
    expect(names(cluster).length).toBe(2);
    expect(ownerOf(cluster, 'mine')).toContain('"controller":true');
  });

  it('lets Pods go that no longer match', () => {
    const cluster = withReplicaSet(1);
    const [first = ''] = names(cluster);
    cluster.patch(`pods/${first}`, { metadata: { labels: { app: 'debug' } } });
    expect([ownerOf(cluster, first), row(cluster), names(cluster).length]).toEqual(['', 'web 1 1 1', 2]);
  });

  it('takes Pods away first that do not run, then the dearest last', () => {
    const cluster = withReplicaSet(2);
    const [a = '', b = ''] = names(cluster);
    cluster.patch(`pods/${b}`, { metadata: { annotations: { 'controller.kubernetes.io/pod-deletion-cost': '-5' } } });
    cluster.create('pods', pod('broken', { nodeSelector: { no: 'where' } }));
    expect(names(cluster)).toEqual([a, b].sort());
    cluster.patch('apps/replicasets/web', { spec: { replicas: 1 } });
    expect(names(cluster)).toEqual([a]);
    expect(events(cluster).slice(2)).toEqual([
      'Normal SuccessfulDelete Deleted pod: broken',
      'Normal SuccessfulDelete Deleted pod: web-xxxxx',
    ]);
  });
});

describe('the garbage collector', () => {
  it('deletes dependents before their owner with Foreground', () => {
    const cluster = withReplicaSet(2);
    cluster.delete('apps/replicasets/web', { propagationPolicy: 'Foreground' });
    expect([row(cluster), names(cluster)]).toEqual(['', []]);
  });

  it('takes off references to owners that are gone, and keeps what another one owns', () => {
    const cluster = smallCluster();
    const config = (name: string): Json => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
    cluster.create('configmaps', config('a'));
    cluster.create('configmaps', config('b'));
    const owners = ['a', 'b'].map(name => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      name,
      uid: textAt(cluster.get(`configmaps/${name}`), 'metadata', 'uid'),
    }));
    cluster.create('configmaps', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'child', ownerReferences: owners },
    });
    cluster.delete('configmaps/a');
    expect(JSON.parse(textAt(cluster.get('configmaps/child'), 'metadata', 'ownerReferences'))).toEqual([owners[1]]);
    cluster.delete('configmaps/b');
    expect(cluster.get('configmaps/child').reason).toBe('NotFound');
  });

  it('deletes what names an owner that never was', () => {
    const cluster = smallCluster();
    const ownerReferences = [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'ghost', uid: 'x' }];
    cluster.create('configmaps', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'child', ownerReferences } });
    expect(cluster.get('configmaps/child').reason).toBe('NotFound');
  });
});

describe('a namespace that is deleted', () => {
  it('takes all that is in it along, and nothing else', () => {
    const cluster = withReplicaSet(1);
    const path = '/api/v1/namespaces';
    cluster.create(path, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } });
    for (const [resource, object] of [
      ['pods', pod('web')],
      ['configmaps', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } }],
      ['services', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { ports: [{ port: 80 }] } }],
    ] as const)
      expect(cluster.create(`${path}/team/${resource}`, object)).toBe(201);
    expect(cluster.delete(`${path}/team`)).toBe(200);
    expect(cluster.get(`${path}/team`).reason).toBe('NotFound');
    expect(cluster.list(`${path}/team/pods`)).toEqual([]);
    expect(row(cluster)).toBe('web 1 1 1');
  });

  it('waits for finalizers', () => {
    const cluster = smallCluster();
    const path = '/api/v1/namespaces';
    cluster.create(path, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } });
    const metadata = { name: 'held', finalizers: ['example.com/hold'] };
    cluster.create(`${path}/team/configmaps`, { apiVersion: 'v1', kind: 'ConfigMap', metadata });
    cluster.delete(`${path}/team`);
    expect(textAt(cluster.get(`${path}/team`), 'status', 'phase')).toBe('Terminating');
    cluster.patch(`${path}/team/configmaps/held`, { metadata: { finalizers: null } });
    expect(cluster.get(`${path}/team`).reason).toBe('NotFound');
  });
});

describe('addresses', () => {
  const service = (name: string, spec: Fields): Json => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { ports: [{ port: 80 }], ...spec },
  });
  const spec = (cluster: SmallCluster, name: string): Fields =>
    objectOf(cluster.get(`services/${name}`).spec) as Fields;

  it('of Services are given once, and node ports within their range', () => {
    const cluster = smallCluster();
    cluster.create('services', service('a', {}));
    cluster.create('services', service('b', { type: 'NodePort' }));
    const [a, b] = [spec(cluster, 'a'), spec(cluster, 'b')];
    expect(a.clusterIP).not.toBe(b.clusterIP);
    const [{ nodePort = 0 } = {}] = b.ports as Fields[];
    expect(Number(nodePort)).toBeGreaterThanOrEqual(30_000);
    expect(Number(nodePort)).toBeLessThanOrEqual(32_767);
    const again = service('c', { type: 'NodePort', ports: [{ port: 80, nodePort }] });
    expect(cluster.create('services', again)).toBe(422);
    expect(cluster.create('services', service('d', { clusterIP: a.clusterIP ?? null }))).toBe(422);
    cluster.delete('services/b');
    expect(cluster.create('services', again)).toBe(201);
  });

  it('of Pods come from the range that each node has', () => {
    const cluster = smallCluster();
    const node = (name: string): Json => ({ apiVersion: 'v1', kind: 'Node', metadata: { name } });
    cluster.create('nodes', node('new'));
    const ranges = ['cp', 'node-1', 'node-2', 'new'].map(name =>
      textAt(cluster.get(`nodes/${name}`), 'spec', 'podCIDR'),
    );
    expect(new Set(ranges).size).toBe(4);
    expect(ranges[3]).toMatch(/^10\.244\.\d+\.0\/24$/);
    cluster.delete('nodes/new');
    cluster.create('nodes', node('newer'));
    expect(textAt(cluster.get('nodes/newer'), 'spec', 'podCIDR')).toBe(ranges[3]);
  });
});
