import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/sim/index.ts';
import { objectOf, type SmallCluster, smallCluster, textAt } from '../../support/smallCluster.ts';

type Fields = { readonly [key: string]: Json };

const service = (spec: Fields = {}): Json => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web' },
  spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }], ...spec },
});

const pod = (name: string, container: Fields = {}, spec: Fields = {}): Json => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels: { app: 'web' } },
  spec: { nodeName: 'node-1', containers: [{ name: 'web', image: 'web', ...container }], ...spec },
});

function withService(spec: Fields = {}, ...pods: readonly Json[]): SmallCluster {
  const cluster = smallCluster();
  expect(cluster.create('services', service(spec))).toBe(201);
  for (const one of pods) expect(cluster.create('pods', one)).toBe(201);
  return cluster;
}

const slicesOf = (cluster: SmallCluster) =>
  cluster
    .list('discovery/endpointslices')
    .filter(slice => textAt(slice, 'metadata', 'labels', 'kubernetes.io/service-name') === 'web');
/** `a: ready serving -`, by the Pods' names. */
const slices = (cluster: SmallCluster): readonly string[] =>
  slicesOf(cluster).map(slice => {
    const ports = (slice.ports ?? []) as { name: string; port: number }[];
    const endpoints = (slice.endpoints ?? []) as Fields[];
    const parts = endpoints.map(endpoint => {
      const { ready, serving, terminating } = objectOf(endpoint.conditions);
      const words = [ready && 'ready', serving && 'serving', terminating && 'terminating'].filter(Boolean);
      return `${textAt(endpoint, 'targetRef', 'name')}(${words.join(' ')})`;
    });
    return `${ports.map(({ name, port }) => `${name}:${port}`).join()} ${parts.join(' ')}`;
  });
const endpoints = (cluster: SmallCluster): Fields => cluster.get('endpoints/web') as Fields;
const row = (cluster: SmallCluster): string =>
  cluster.table('endpoints').find(text => text.startsWith('web ')) ?? 'none';
const address = (cluster: SmallCluster, name: string): string => textAt(cluster.get(`pods/${name}`), 'status', 'podIP');
const SLOW = { readinessProbe: { httpGet: { port: 9 }, periodSeconds: 60 } };
const STUBBORN = { image: 'busybox', command: ['sleep', '100000'] };

describe('a Service and its Pods', () => {
  it('without any has one empty slice, and Endpoints that say so', () => {
    const cluster = withService();
    expect(slices(cluster)).toEqual([' ']);
    expect(row(cluster)).toBe('web <none>');
  });

  it('has their addresses, ready and not', () => {
    const cluster = withService({}, pod('a'), pod('b', SLOW));
    expect(slices(cluster)).toEqual(['http:8080 a(ready serving) b()']);
    expect(row(cluster)).toBe(`web ${address(cluster, 'a')}:8080`);
    const [subset = {}] = endpoints(cluster).subsets as Fields[];
    expect((subset.notReadyAddresses as Fields[]).map(({ ip }) => ip)).toEqual([address(cluster, 'b')]);
    expect(subset.addresses).toEqual([
      {
        ip: address(cluster, 'a'),
        nodeName: 'node-1',
        targetRef: {
          kind: 'Pod',
          namespace: 'default',
          name: 'a',
          uid: textAt(cluster.get('pods/a'), 'metadata', 'uid'),
        },
      },
    ]);
  });

  it('shows those that are not ready as ready with publishNotReadyAddresses', () => {
    const cluster = withService({ publishNotReadyAddresses: true }, pod('b', SLOW));
    expect(slices(cluster)).toEqual(['http:8080 b(ready)']);
    expect(row(cluster)).toBe(`web ${address(cluster, 'b')}:8080`);
  });

  it('keeps a Pod that terminates as serving, not as ready', () => {
    const cluster = withService({}, pod('a', STUBBORN, { terminationGracePeriodSeconds: 120 }));
    cluster.delete('pods/a');
    expect(slices(cluster)).toEqual(['http:8080 a(serving terminating)']);
    expect(row(cluster)).toBe('web <none>');
    cluster.seconds(120);
    expect(slices(cluster)).toEqual([' ']);
  });

  it('puts Pods with other numbers of a named port into slices of their own', () => {
    const named = (port: number) => ({ ports: [{ name: 'web', containerPort: port }] });
    const cluster = withService(
      { ports: [{ name: 'http', port: 80, targetPort: 'web' }] },
      pod('a', named(8080)),
      pod('b', named(9090)),
      pod('c'),
    );
    expect([...slices(cluster)].sort()).toEqual([
      ' c(ready serving)',
      'http:8080 a(ready serving)',
      'http:9090 b(ready serving)',
    ]);
    expect(row(cluster)).toBe(`web ${address(cluster, 'a')}:8080,${address(cluster, 'b')}:9090`);
  });

  it('names Pods whose subdomain it is', () => {
    const cluster = withService({ clusterIP: 'None' }, pod('a', {}, { hostname: 'one', subdomain: 'web' }));
    expect(textAt(slicesOf(cluster)[0] ?? {}, 'endpoints')).toContain('"hostname":"one"');
    expect(textAt(slicesOf(cluster)[0] ?? {}, 'metadata', 'labels')).toContain('service.kubernetes.io/headless');
    expect(textAt(endpoints(cluster), 'subsets')).toContain('"hostname":"one"');
  });

  it('has at most a hundred in a slice', () => {
    const cluster = withService();
    cluster.create('apps/deployments', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: {
        replicas: 120,
        selector: { matchLabels: { app: 'web' } },
        template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web' }] } },
      },
    });
    expect(
      slicesOf(cluster)
        .map(slice => (slice.endpoints as Json[]).length)
        .sort((a, b) => b - a),
    ).toEqual([100, 20]);
    expect(row(cluster)).toMatch(/ \+ 117 more\.\.\.$/);
  });

  it('takes both along when it is deleted', () => {
    const cluster = withService({}, pod('a'));
    cluster.delete('services/web');
    expect([slices(cluster), row(cluster)]).toEqual([[], 'none']);
  });

  it('follows its selector and the labels of Pods', () => {
    const cluster = withService({}, pod('a'), pod('b'));
    cluster.patch('pods/a', { metadata: { labels: { app: 'other' } } });
    expect(slices(cluster)).toEqual(['http:8080 b(ready serving)']);
    cluster.patch('services/web', { spec: { selector: { app: 'other' } } });
    expect(slices(cluster)).toEqual(['http:8080 a(ready serving)']);
  });
});

describe('a Service without a selector', () => {
  const bare = { selector: null };
  const written = (labels: Fields = {}): Json => ({
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name: 'web', labels },
    subsets: [
      {
        addresses: [{ ip: '192.168.10.77' }],
        notReadyAddresses: [{ ip: '192.168.10.78' }],
        ports: [{ name: 'http', port: 8080 }],
      },
    ],
  });

  it('gets slices from Endpoints that were written by hand', () => {
    const cluster = withService(bare);
    expect(cluster.create('endpoints', written({ team: 'one' }))).toBe(201);
    const [slice = {}] = slicesOf(cluster);
    expect(slice.endpoints).toEqual([
      { addresses: ['192.168.10.77'], conditions: { ready: true } },
      { addresses: ['192.168.10.78'], conditions: { ready: false } },
    ]);
    expect(slice.ports).toEqual([{ name: 'http', port: 8080, protocol: 'TCP' }]);
    expect(objectOf(slice.metadata).labels).toEqual({
      team: 'one',
      'kubernetes.io/service-name': 'web',
      'endpointslice.kubernetes.io/managed-by': 'endpointslicemirroring-controller.k8s.io',
    });
    cluster.delete('endpoints/web');
    expect(slices(cluster)).toEqual([]);
  });

  it('gets none where a label says so, and none without a Service', () => {
    const cluster = withService(bare);
    cluster.create('endpoints', written({ 'endpointslice.kubernetes.io/skip-mirror': 'true' }));
    expect(slices(cluster)).toEqual([]);
    const alone = smallCluster();
    alone.create('endpoints', written());
    expect(slices(alone)).toEqual([]);
  });

  it('leaves slices alone that were written by hand', () => {
    const cluster = withService(bare);
    const slice = {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'mine', labels: { 'kubernetes.io/service-name': 'web' } },
      addressType: 'IPv4',
      endpoints: [{ addresses: ['192.168.10.77'] }],
      ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
    };
    expect(cluster.create('discovery/endpointslices', slice)).toBe(201);
    cluster.patch('services/web', { metadata: { labels: { a: 'b' } } });
    expect(slicesOf(cluster).map(({ metadata }) => objectOf(metadata).name)).toEqual(['mine']);
  });
});

it("the API server's own Service has Endpoints and a slice that is no mirror of them", () => {
  const cluster = smallCluster();
  expect(cluster.table('endpoints')).toEqual(['kubernetes 192.168.10.10:6443']);
  expect(cluster.list('discovery/endpointslices').map(({ metadata }) => objectOf(metadata).name)).toEqual([
    'kubernetes',
  ]);
});
