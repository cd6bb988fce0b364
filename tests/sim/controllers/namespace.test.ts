// Namespaces that go: with all that is in them, and held back by what does not want to go.

import { expect, it } from 'vitest';
import type { Json } from '../../../src/sim/index.ts';
import { smallCluster, textAt } from '../../support/smallCluster.ts';

const pod = (metadata: { readonly [key: string]: Json }): Json => ({
  metadata,
  spec: { containers: [{ name: 'c', image: 'web' }] },
});

function withNamespace() {
  const cluster = smallCluster();
  expect(cluster.create('/api/v1/namespaces', { metadata: { name: 'other' } })).toBe(201);
  return cluster;
}

const SPACE = '/api/v1/namespaces/other';

it('a namespace takes everything in it along', () => {
  const cluster = withNamespace();
  cluster.create(`${SPACE}/pods`, pod({ name: 'a' }));
  cluster.create(`${SPACE}/services`, { metadata: { name: 'a' }, spec: { ports: [{ port: 80 }] } });
  cluster.create(`${SPACE}/configmaps`, { metadata: { name: 'a' } });
  expect(cluster.delete(SPACE)).toBe(200);
  expect(textAt(cluster.get(SPACE), 'reason')).toBe('NotFound');
  expect(cluster.list('/api/v1/pods').map(item => textAt(item, 'metadata', 'namespace'))).not.toContain('other');
});

it('a namespace waits for what has a finalizer, says so, and goes when that is gone', () => {
  const cluster = withNamespace();
  cluster.create(`${SPACE}/pods`, pod({ name: 'a', finalizers: ['example.com/hold'] }));
  cluster.create(`${SPACE}/configmaps`, { metadata: { name: 'a' } });
  cluster.delete(SPACE);
  expect(textAt(cluster.get(SPACE), 'status', 'phase')).toBe('Terminating');
  const conditions = JSON.parse(textAt(cluster.get(SPACE), 'status', 'conditions')) as { [key: string]: string }[];
  expect(conditions.map(({ type, status, reason, message }) => [type, status, reason, message])).toEqual([
    ['NamespaceDeletionDiscoveryFailure', 'False', 'ResourcesDiscovered', 'All resources successfully discovered'],
    [
      'NamespaceDeletionGroupVersionParsingFailure',
      'False',
      'ParsedGroupVersions',
      'All legacy kube types successfully parsed',
    ],
    [
      'NamespaceDeletionContentFailure',
      'False',
      'ContentDeleted',
      'All content successfully deleted, may be waiting on finalization',
    ],
    [
      'NamespaceContentRemaining',
      'True',
      'SomeResourcesRemain',
      'Some resources are remaining: pods. has 1 resource instances',
    ],
    [
      'NamespaceFinalizersRemaining',
      'True',
      'SomeFinalizersRemain',
      'Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances',
    ],
  ]);
  // Everything else waits for the Pods.
  expect(textAt(cluster.get(`${SPACE}/configmaps/a`), 'kind')).toBe('ConfigMap');
  expect(cluster.create(`${SPACE}/configmaps`, { metadata: { name: 'late' } })).toBe(403);
  expect(cluster.patch(`${SPACE}/pods/a`, { metadata: { finalizers: null } })).toBe(200);
  expect(textAt(cluster.get(SPACE), 'reason')).toBe('NotFound');
});
