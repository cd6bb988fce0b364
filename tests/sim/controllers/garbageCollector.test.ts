// What becomes of objects when their owners go: after them, before them, or not at all.

import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/sim/index.ts';
import { type SmallCluster, smallCluster, textAt } from '../../support/smallCluster.ts';

type Fields = { readonly [key: string]: Json };

const MAPS = '/api/v1/namespaces/default/configmaps';

function create(cluster: SmallCluster, name: string, owners: readonly Fields[] = [], more: Fields = {}): string {
  const metadata = { name, ownerReferences: owners, ...more };
  expect(cluster.create(MAPS, { metadata })).toBe(201);
  return textAt(cluster.get(`${MAPS}/${name}`), 'metadata', 'uid');
}

const owner = (name: string, uid: string, more: Fields = {}): Fields => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  name,
  uid,
  ...more,
});

/** ConfigMaps that are there, but for those of the cluster itself. */
const names = (cluster: SmallCluster): readonly string[] =>
  cluster
    .list(MAPS)
    .map(item => textAt(item, 'metadata', 'name'))
    .filter(name => name !== 'kube-root-ca.crt');
const finalizers = (cluster: SmallCluster, name: string): string =>
  textAt(cluster.get(`${MAPS}/${name}`), 'metadata', 'finalizers');

describe('an owner that is deleted', () => {
  it('in the background is gone at once, and then what it owns, down to the last', () => {
    const cluster = smallCluster();
    const a = create(cluster, 'a');
    const b = create(cluster, 'b', [owner('a', a)]);
    create(cluster, 'c', [owner('b', b)]);
    create(cluster, 'other');
    cluster.delete(`${MAPS}/a`);
    expect(names(cluster)).toEqual(['other']);
  });

  it('in the foreground waits for those that block it', () => {
    const cluster = smallCluster();
    const a = create(cluster, 'a');
    create(cluster, 'blocks', [owner('a', a, { blockOwnerDeletion: true })], { finalizers: ['example.com/x'] });
    create(cluster, 'lets', [owner('a', a)], { finalizers: ['example.com/x'] });
    create(cluster, 'goes', [owner('a', a, { blockOwnerDeletion: true })]);
    cluster.delete(`${MAPS}/a`, { propagationPolicy: 'Foreground' });
    expect(names(cluster)).toEqual(['a', 'blocks', 'lets']);
    expect(finalizers(cluster, 'a')).toBe('["foregroundDeletion"]');
    cluster.patch(`${MAPS}/blocks`, { metadata: { finalizers: null } });
    expect(names(cluster)).toEqual(['lets']);
  });

  it('as an orphan maker leaves what it owned, without a word about it', () => {
    const cluster = smallCluster();
    const a = create(cluster, 'a');
    create(cluster, 'b', [owner('a', a)]);
    cluster.delete(`${MAPS}/a`, { propagationPolicy: 'Orphan' });
    expect(names(cluster)).toEqual(['b']);
    expect(textAt(cluster.get(`${MAPS}/b`), 'metadata', 'ownerReferences')).toBe('');
  });
});

describe('an object', () => {
  it('stays while one of its owners is left, and forgets the other', () => {
    const cluster = smallCluster();
    const [a, b] = [create(cluster, 'a'), create(cluster, 'b')];
    create(cluster, 'c', [owner('a', a), owner('b', b)]);
    cluster.delete(`${MAPS}/a`);
    expect(names(cluster)).toEqual(['b', 'c']);
    expect(textAt(cluster.get(`${MAPS}/c`), 'metadata', 'ownerReferences')).toBe(JSON.stringify([owner('b', b)]));
    cluster.delete(`${MAPS}/b`);
    expect(names(cluster)).toEqual([]);
  });

  it('whose owner was never there, or is another one by now, goes', () => {
    const cluster = smallCluster();
    create(cluster, 'a');
    cluster.create(MAPS, { metadata: { name: 'b', ownerReferences: [owner('a', 'another')] } });
    cluster.create(MAPS, { metadata: { name: 'c', ownerReferences: [owner('none', 'nobody')] } });
    expect(names(cluster)).toEqual(['a']);
  });

  it('whose owner is of a kind that nobody knows stays', () => {
    const cluster = smallCluster();
    create(cluster, 'a', [{ ...owner('x', 'y'), apiVersion: 'example.com/v1', kind: 'Cat' }]);
    expect(names(cluster)).toEqual(['a']);
  });
});
