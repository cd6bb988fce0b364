import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/sim/index.ts';
import { objectOf, type SmallCluster, smallCluster, textAt } from '../../support/smallCluster.ts';

type Fields = { readonly [key: string]: Json };

const deployment = (spec: Fields = {}, container: Fields = {}): Json => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas: 4,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'web', image: 'web', ...container }] },
    },
    ...spec,
  },
});

function withDeployment(spec: Fields = {}, container: Fields = {}): SmallCluster {
  const cluster = smallCluster();
  expect(cluster.create('apps/deployments', deployment(spec, container))).toBe(201);
  return cluster;
}

/** `web Ready Up-to-date Available` */
const row = (cluster: SmallCluster): string => cluster.table('apps/deployments').join('; ');
const image = (cluster: SmallCluster, name: string): number =>
  cluster.patch('apps/deployments/web', {
    spec: { template: { spec: { containers: [{ name: 'web', image: name }] } } },
  });
const imageOf = (object: Fields): string => /"image":"([^"]+)"/.exec(JSON.stringify(object))?.[1] ?? '';
/** `revision image size`, in the order of the revisions. */
const replicaSets = (cluster: SmallCluster): readonly string[] =>
  cluster
    .list('apps/replicasets')
    .map(set => {
      const revision = textAt(set, 'metadata', 'annotations', 'deployment.kubernetes.io/revision');
      return `${revision} ${imageOf(set as Fields)} ${textAt(set, 'spec', 'replicas')}`;
    })
    .sort();
const events = (cluster: SmallCluster): readonly string[] =>
  cluster.events('Deployment', 'web').map(text => text.replace(/web-[0-9a-z]+/, 'web-xxx'));
const conditions = (cluster: SmallCluster): readonly string[] =>
  (objectOf(cluster.get('apps/deployments/web').status).conditions as Fields[]).map(
    ({ type, status, reason, message }) =>
      `${type}=${status} ${reason}: ${String(message).replace(/web-[0-9a-z]+/, 'web-xxx')}`,
  );
const scaled = (from: number, to: number): string =>
  `Normal ScalingReplicaSet Scaled ${to > from ? 'up' : 'down'} replica set web-xxx from ${from} to ${to}`;

describe('a rollout', () => {
  it('of a new Deployment makes one ReplicaSet with all Pods', () => {
    const cluster = withDeployment();
    expect(row(cluster)).toBe('web 4/4 4 4');
    expect(events(cluster)).toEqual([scaled(0, 4)]);
    expect(conditions(cluster)).toEqual([
      'Available=True MinimumReplicasAvailable: Deployment has minimum availability.',
      'Progressing=True NewReplicaSetAvailable: ReplicaSet "web-xxx" has successfully progressed.',
    ]);
  });

  it('goes step by step: a quarter more, a quarter fewer', () => {
    const cluster = withDeployment();
    image(cluster, 'nginx');
    expect(row(cluster)).toBe('web 4/4 4 4');
    expect(replicaSets(cluster)).toEqual(['1 web 0', '2 nginx 4']);
    expect(events(cluster).slice(1)).toEqual([
      scaled(0, 1),
      scaled(4, 3),
      scaled(1, 2),
      // Two new Pods are ready at one moment.
      scaled(3, 1),
      scaled(2, 4),
      scaled(1, 0),
    ]);
  });

  it.each<readonly [string, Fields, readonly string[]]>([
    ['no Pod may be missing', { maxSurge: 2, maxUnavailable: 0 }, ['1 web 4', '2 nope:1 2']],
    ['none may be too many', { maxSurge: 0, maxUnavailable: 3 }, ['1 web 1', '2 nope:1 3']],
    ['shares, rounded up and down', { maxSurge: '30%', maxUnavailable: '30%' }, ['1 web 3', '2 nope:1 3']],
  ])('that does not succeed stops where %s', (_what, rollingUpdate, expected) => {
    const cluster = withDeployment({ strategy: { type: 'RollingUpdate', rollingUpdate } });
    image(cluster, 'nope:1');
    expect(replicaSets(cluster)).toEqual(expected);
  });

  it('with Recreate takes all old Pods away first', () => {
    const cluster = withDeployment({ strategy: { type: 'Recreate' } });
    image(cluster, 'nginx');
    expect(events(cluster).slice(1)).toEqual([scaled(4, 0), scaled(0, 4)]);
    expect(row(cluster)).toBe('web 4/4 4 4');
  });

  it('waits for minReadySeconds', () => {
    const cluster = withDeployment({ replicas: 1, minReadySeconds: 40 });
    expect(row(cluster)).toBe('web 1/1 1 1');
    expect(cluster.lab.now).toBeGreaterThan(40_000);
  });

  it('is given up after progressDeadlineSeconds', () => {
    const cluster = withDeployment({ replicas: 1, progressDeadlineSeconds: 30 }, { image: 'nope:1' });
    cluster.seconds(40);
    expect(conditions(cluster)).toEqual([
      'Available=False MinimumReplicasUnavailable: Deployment does not have minimum availability.',
      'Progressing=False ProgressDeadlineExceeded: ReplicaSet "web-xxx" has timed out progressing.',
    ]);
    image(cluster, 'web');
    expect(conditions(cluster)[1]).toBe(
      'Progressing=True NewReplicaSetAvailable: ReplicaSet "web-xxx" has successfully progressed.',
    );
  });
});

describe('a Deployment that is paused', () => {
  it('keeps its template back, and still follows its size', () => {
    const cluster = withDeployment();
    cluster.patch('apps/deployments/web', { spec: { paused: true } });
    expect(conditions(cluster).at(-1)).toBe('Progressing=Unknown DeploymentPaused: Deployment is paused');
    image(cluster, 'nginx');
    expect(replicaSets(cluster)).toEqual(['1 web 4']);
    cluster.patch('apps/deployments/web', { spec: { replicas: 5 } });
    expect(replicaSets(cluster)).toEqual(['1 web 5']);
    cluster.patch('apps/deployments/web', { spec: { paused: null } });
    expect(replicaSets(cluster)).toEqual(['1 web 0', '2 nginx 5']);
  });
});

describe('revisions', () => {
  it('of a template that comes back are numbered anew', () => {
    const cluster = withDeployment({ replicas: 1 });
    image(cluster, 'nginx');
    image(cluster, 'web');
    expect(replicaSets(cluster)).toEqual(['2 nginx 0', '3 web 1']);
    expect(textAt(cluster.get('apps/deployments/web'), 'metadata', 'annotations')).toBe(
      '{"deployment.kubernetes.io/revision":"3"}',
    );
  });

  it('are kept up to revisionHistoryLimit', () => {
    const cluster = withDeployment({ replicas: 1, revisionHistoryLimit: 1 });
    for (const name of ['nginx', 'hostnames', 'echoserver']) image(cluster, name);
    expect(replicaSets(cluster)).toEqual(['3 hostnames 0', '4 echoserver 1']);
  });
});

describe('a Deployment that changes its size', () => {
  it('does so without a new revision', () => {
    const cluster = withDeployment();
    cluster.patch('apps/deployments/web/scale', { spec: { replicas: 2 } });
    expect([row(cluster), events(cluster).at(-1)]).toEqual(['web 2/2 2 2', scaled(4, 2)]);
  });

  it('in the middle of a rollout shares it out', () => {
    // The example of "Proportional scaling" in the documentation of Deployments.
    const rollingUpdate = { maxSurge: 3, maxUnavailable: 2 };
    const cluster = withDeployment({ replicas: 10, strategy: { type: 'RollingUpdate', rollingUpdate } });
    image(cluster, 'nope:1');
    expect(replicaSets(cluster)).toEqual(['1 web 8', '2 nope:1 5']);
    cluster.patch('apps/deployments/web', { spec: { replicas: 15 } });
    expect(replicaSets(cluster)).toEqual(['1 web 11', '2 nope:1 7']);
  });

  it('takes its ReplicaSets and Pods along when it goes, or leaves them', () => {
    const gone = withDeployment();
    gone.delete('apps/deployments/web');
    expect([gone.list('apps/replicasets').length, gone.list('pods').length]).toEqual([0, 0]);
    const left = withDeployment();
    left.delete('apps/deployments/web', { propagationPolicy: 'Orphan' });
    expect([left.list('apps/replicasets').length, left.list('pods').length]).toEqual([1, 4]);
    expect(textAt(left.list('apps/replicasets')[0] ?? {}, 'metadata', 'ownerReferences')).toBe('');
    left.create('apps/deployments', deployment());
    expect(replicaSets(left)).toEqual(['1 web 4']);
  });
});
