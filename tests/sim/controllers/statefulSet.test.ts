import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/sim/index.ts';
import { type SmallCluster, smallCluster, textAt } from '../../support/smallCluster.ts';

type Fields = { readonly [key: string]: Json };

const statefulSet = (spec: Fields = {}, container: Fields = {}): Json => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'db' },
  spec: {
    replicas: 3,
    serviceName: 'db',
    selector: { matchLabels: { app: 'db' } },
    template: {
      metadata: { labels: { app: 'db' } },
      spec: { containers: [{ name: 'db', image: 'web', ...container }] },
    },
    ...spec,
  },
});

function withSet(spec: Fields = {}, container: Fields = {}): SmallCluster {
  const cluster = smallCluster();
  expect(cluster.create('apps/statefulsets', statefulSet(spec, container))).toBe(201);
  return cluster;
}

const row = (cluster: SmallCluster): string => cluster.table('apps/statefulsets').join('; ');
const names = (cluster: SmallCluster): string =>
  cluster
    .list('pods')
    .map(pod => textAt(pod, 'metadata', 'name'))
    .join(' ');
const events = (cluster: SmallCluster): readonly string[] => cluster.events('StatefulSet', 'db');
const revisions = (cluster: SmallCluster): readonly string[] =>
  cluster
    .list('apps/controllerrevisions')
    .map(revision => `${revision.revision} ${textAt(revision, 'metadata', 'name')}`)
    .sort();
const images = (cluster: SmallCluster): string =>
  cluster
    .list('pods')
    .map(pod => /"image":"([^"]+)"/.exec(textAt(pod, 'spec', 'containers'))?.[1])
    .join(' ');
const template = (image: string): Json => ({
  spec: { template: { spec: { containers: [{ name: 'db', image }] } } },
});
const created = (cluster: SmallCluster, name: string): string =>
  textAt(cluster.get(`pods/${name}`), 'metadata', 'creationTimestamp');

describe('a new StatefulSet', () => {
  it('makes one Pod after the other, each when the one before is ready', () => {
    const cluster = withSet();
    expect(row(cluster)).toBe('db 3/3');
    expect(names(cluster)).toBe('db-0 db-1 db-2');
    expect(events(cluster)).toEqual([
      'Normal SuccessfulCreate create Pod db-0 in StatefulSet db successful',
      'Normal SuccessfulCreate create Pod db-1 in StatefulSet db successful',
      'Normal SuccessfulCreate create Pod db-2 in StatefulSet db successful',
    ]);
    const [first, second] = [created(cluster, 'db-0'), created(cluster, 'db-1')].map(Date.parse);
    expect((second ?? 0) - (first ?? 0)).toBe(1000);
  });

  it('makes them all at once with podManagementPolicy Parallel', () => {
    const cluster = withSet({ podManagementPolicy: 'Parallel' });
    expect(row(cluster)).toBe('db 3/3');
    expect(created(cluster, 'db-2')).toBe(created(cluster, 'db-0'));
  });

  it('waits at the first Pod that does not get ready', () => {
    const cluster = withSet({}, { image: 'nope:1' });
    expect(row(cluster)).toBe('db 0/3');
    expect(names(cluster)).toBe('db-0');
  });

  it('waits for minReadySeconds between them', () => {
    const cluster = withSet({ minReadySeconds: 5 });
    expect(row(cluster)).toBe('db 3/3');
    const [first, second] = [created(cluster, 'db-0'), created(cluster, 'db-1')].map(Date.parse);
    expect((second ?? 0) - (first ?? 0)).toBe(6000);
    expect(textAt(cluster.get('apps/statefulsets/db'), 'status', 'availableReplicas')).toBe('3');
  });

  it('numbers them from ordinals.start', () => {
    expect(names(withSet({ replicas: 2, ordinals: { start: 5 } }))).toBe('db-5 db-6');
  });

  it('gives each Pod its name as hostname, the Service as subdomain, and its labels', () => {
    const cluster = withSet();
    const pod = cluster.get('pods/db-1');
    expect([textAt(pod, 'spec', 'hostname'), textAt(pod, 'spec', 'subdomain')]).toEqual(['db-1', 'db']);
    expect(textAt(pod, 'metadata', 'generateName')).toBe('db-');
    const revision = textAt(cluster.get('apps/statefulsets/db'), 'status', 'updateRevision');
    expect(JSON.parse(textAt(pod, 'metadata', 'labels'))).toEqual({
      app: 'db',
      'apps.kubernetes.io/pod-index': '1',
      'controller-revision-hash': revision,
      'statefulset.kubernetes.io/pod-name': 'db-1',
    });
    expect(revisions(cluster)).toEqual([`1 ${revision}`]);
  });
});

describe('a StatefulSet with claims', () => {
  const claim = {
    metadata: { name: 'data' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  };

  it('makes one for each Pod, and keeps them when Pods go', () => {
    const cluster = withSet({ replicas: 2, volumeClaimTemplates: [claim] });
    const claims = () => cluster.list('persistentvolumeclaims').map(one => textAt(one, 'metadata', 'name'));
    expect([row(cluster), claims()]).toEqual(['db 2/2', ['data-db-0', 'data-db-1']]);
    expect(events(cluster).slice(0, 2)).toEqual([
      'Normal SuccessfulCreate create Claim data-db-0 Pod db-0 in StatefulSet db success',
      'Normal SuccessfulCreate create Pod db-0 in StatefulSet db successful',
    ]);
    expect(textAt(cluster.get('pods/db-1'), 'spec', 'volumes')).toContain(
      '{"name":"data","persistentVolumeClaim":{"claimName":"data-db-1"}}',
    );
    cluster.patch('apps/statefulsets/db', { spec: { replicas: 0 } });
    expect(claims()).toEqual(['data-db-0', 'data-db-1']);
  });
});

describe('a StatefulSet that changes its size', () => {
  it('takes the highest away first, one at a time', () => {
    const cluster = withSet();
    cluster.patch('apps/statefulsets/db', { spec: { replicas: 1 } });
    expect(names(cluster)).toBe('db-0');
    expect(events(cluster).slice(3)).toEqual([
      'Normal SuccessfulDelete delete Pod db-2 in StatefulSet db successful',
      'Normal SuccessfulDelete delete Pod db-1 in StatefulSet db successful',
    ]);
  });

  it('makes a Pod that was deleted again, under its name', () => {
    const cluster = withSet();
    cluster.delete('pods/db-1');
    expect(names(cluster)).toBe('db-0 db-1 db-2');
    expect(events(cluster)).toContain('Normal SuccessfulCreate create Pod db-1 in StatefulSet db successful (x2)');
  });

  it('leaves its Pods to the garbage collector when it goes', () => {
    const cluster = withSet();
    cluster.delete('apps/statefulsets/db');
    expect(names(cluster)).toBe('');
    expect(revisions(cluster)).toEqual([]);
  });
});

describe('an update of a StatefulSet', () => {
  it('replaces its Pods from the highest down', () => {
    const cluster = withSet();
    cluster.patch('apps/statefulsets/db', template('nginx'));
    expect(images(cluster)).toBe('nginx nginx nginx');
    expect(events(cluster).filter(text => text.includes('delete'))).toEqual([
      'Normal SuccessfulDelete delete Pod db-2 in StatefulSet db successful',
      'Normal SuccessfulDelete delete Pod db-1 in StatefulSet db successful',
      'Normal SuccessfulDelete delete Pod db-0 in StatefulSet db successful',
    ]);
    const status = cluster.get('apps/statefulsets/db');
    expect(textAt(status, 'status', 'currentRevision')).toBe(textAt(status, 'status', 'updateRevision'));
    expect(revisions(cluster)).toHaveLength(2);
  });

  it('stops at the partition, and at a Pod that does not get ready', () => {
    const cluster = withSet({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } } });
    cluster.patch('apps/statefulsets/db', template('nginx'));
    expect(images(cluster)).toBe('web web nginx');
    const { status } = cluster.get('apps/statefulsets/db');
    expect(status).toMatchObject({ currentReplicas: 2, updatedReplicas: 1, readyReplicas: 3 });
    cluster.delete('pods/db-0');
    expect(images(cluster)).toBe('web web nginx');
    cluster.patch('apps/statefulsets/db', { spec: { updateStrategy: { rollingUpdate: { partition: 0 } } } });
    expect(images(cluster)).toBe('nginx nginx nginx');
    cluster.patch('apps/statefulsets/db', template('nope:1'));
    expect(images(cluster)).toBe('nginx nginx nope:1');
    expect(row(cluster)).toBe('db 2/3');
  });

  it('waits for hands to delete the Pods with OnDelete', () => {
    const cluster = withSet({ updateStrategy: { type: 'OnDelete' } });
    cluster.patch('apps/statefulsets/db', template('nginx'));
    expect(images(cluster)).toBe('web web web');
    cluster.delete('pods/db-0');
    expect(images(cluster)).toBe('nginx web web');
  });

  it('that goes back takes up the old revision under a new number', () => {
    const cluster = withSet();
    const [first] = revisions(cluster);
    cluster.patch('apps/statefulsets/db', template('nginx'));
    cluster.patch('apps/statefulsets/db', template('web'));
    expect(revisions(cluster).at(-1)).toBe(`3 ${first?.slice(2)}`);
  });

  it('keeps as many old revisions as it is told', () => {
    const cluster = withSet({ replicas: 1, revisionHistoryLimit: 1 });
    for (const image of ['nginx', 'echoserver', 'hostnames']) cluster.patch('apps/statefulsets/db', template(image));
    expect(revisions(cluster).map(text => text.slice(0, 1))).toEqual(['3', '4']);
  });
});

describe('Pods of a StatefulSet that have ended', () => {
  it('are replaced', () => {
    const cluster = withSet({ replicas: 1 });
    const uid = textAt(cluster.get('pods/db-0'), 'metadata', 'uid');
    cluster.patch('/api/v1/namespaces/default/pods/db-0/status', { status: { phase: 'Failed' } });
    expect(textAt(cluster.get('pods/db-0'), 'metadata', 'uid')).not.toBe(uid);
    expect(row(cluster)).toBe('db 1/1');
  });
});
