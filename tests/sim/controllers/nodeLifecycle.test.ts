import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/sim/index.ts';
import { type SmallCluster, smallCluster, textAt } from '../../support/smallCluster.ts';

type Fields = { readonly [key: string]: Json };

const deployment = (podSpec: Fields = {}): Json => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'web', image: 'web' }], ...podSpec },
    },
  },
});

function withDeployment(podSpec: Fields = {}): SmallCluster {
  const cluster = smallCluster();
  expect(cluster.create('apps/deployments', deployment(podSpec))).toBe(201);
  return cluster;
}

const kubelet = (cluster: SmallCluster, verb: 'start' | 'stop'): Promise<void> =>
  cluster.lab.change(verb, () => cluster.lab.service('node-1', 'kubelet')?.[verb]());
const nodeRow = (cluster: SmallCluster): string => cluster.table('nodes').find(row => row.startsWith('node-1')) ?? '';
const taints = (cluster: SmallCluster): string =>
  ((cluster.get('nodes/node-1').spec as Fields).taints as { key: string; effect: string }[] | undefined)
    ?.map(({ key, effect }) => `${key}:${effect}`)
    .join(' ') ?? '';
const condition = (cluster: SmallCluster, type: string): Fields | undefined =>
  ((cluster.get('nodes/node-1').status as Fields).conditions as Fields[]).find(other => other.type === type);
/** `node-1 1/1 Running`, sorted. */
const podRows = (cluster: SmallCluster): readonly string[] =>
  cluster
    .list('pods')
    .map(pod => {
      const row = cluster.table('pods').find(other => other.startsWith(textAt(pod, 'metadata', 'name'))) ?? '';
      return `${textAt(pod, 'spec', 'nodeName')} ${row.split(' ').slice(1, 3).join(' ')}`;
    })
    .sort();

describe('a node whose kubelet is stopped', () => {
  it('is NotReady after 50 s: its conditions are Unknown, it is tainted, its Pods are not ready', async () => {
    const cluster = withDeployment();
    await kubelet(cluster, 'stop');
    cluster.seconds(45);
    expect(nodeRow(cluster)).toMatch(/^node-1 Ready/);
    cluster.seconds(10);
    expect(nodeRow(cluster)).toMatch(/^node-1 NotReady/);
    expect(condition(cluster, 'Ready')).toMatchObject({
      status: 'Unknown',
      reason: 'NodeStatusUnknown',
      message: 'Kubelet stopped posting node status.',
    });
    expect(condition(cluster, 'DiskPressure')?.status).toBe('Unknown');
    expect(taints(cluster)).toBe('node.kubernetes.io/unreachable:NoSchedule node.kubernetes.io/unreachable:NoExecute');
    expect(cluster.events('Node', 'node-1')).toContain('Normal NodeNotReady Node node-1 status is now: NodeNotReady');
    expect(podRows(cluster)).toEqual(
      ['node-1 0/1 Running', 'node-2 1/1 Running'].map(row => row.replace('0/1', '1/1')),
    );
    const lost = cluster.list('pods').find(pod => textAt(pod, 'spec', 'nodeName') === 'node-1') ?? {};
    expect(textAt(lost, 'status', 'conditions')).toContain('"type":"Ready","status":"False"');
    expect(cluster.events('Pod', textAt(lost, 'metadata', 'name')).at(-1)).toBe(
      'Warning NodeNotReady Node is not ready',
    );
  });

  it('loses its Pods when they have waited for 300 s; they stay Terminating, and others take their place', async () => {
    const cluster = withDeployment();
    await kubelet(cluster, 'stop');
    cluster.seconds(340);
    expect(podRows(cluster)).toEqual(['node-1 1/1 Running', 'node-2 1/1 Running']);
    cluster.seconds(20);
    expect(podRows(cluster)).toEqual(['node-1 1/1 Terminating', 'node-2 1/1 Running', 'node-2 1/1 Running']);
    const lost = cluster.list('pods').find(pod => textAt(pod, 'spec', 'nodeName') === 'node-1') ?? {};
    expect(cluster.events('Pod', textAt(lost, 'metadata', 'name')).at(-1)).toMatch(
      /^Normal TaintManagerEviction Marking for deletion Pod default\/web-\w+-\w{5}$/,
    );
    expect(textAt(lost, 'status', 'conditions')).toContain(
      '"type":"DisruptionTarget","status":"True","reason":"DeletionByTaintManager","message":"Taint manager: deleting due to NoExecute taint"',
    );
    await kubelet(cluster, 'start');
    expect(podRows(cluster)).toEqual(['node-2 1/1 Running', 'node-2 1/1 Running']);
  });

  it('keeps Pods that come back in time', async () => {
    const cluster = withDeployment();
    await kubelet(cluster, 'stop');
    cluster.seconds(100);
    await kubelet(cluster, 'start');
    expect(nodeRow(cluster)).toMatch(/^node-1 Ready/);
    expect(taints(cluster)).toBe('');
    cluster.seconds(400);
    expect(podRows(cluster)).toEqual(['node-1 1/1 Running', 'node-2 1/1 Running']);
    const [pod] = cluster.list('pods').filter(one => textAt(one, 'spec', 'nodeName') === 'node-1');
    expect(cluster.events('Pod', textAt(pod ?? {}, 'metadata', 'name')).at(-1)).toMatch(
      /^Normal TaintManagerEviction Cancelling deletion of Pod default\/web-/,
    );
    expect(cluster.events('Node', 'node-1').slice(-2)).toEqual([
      'Normal NodeHasSufficientPID Node node-1 status is now: NodeHasSufficientPID',
      'Normal NodeReady Node node-1 status is now: NodeReady',
    ]);
  });

  it('is left by Pods after the tolerationSeconds that they name', async () => {
    const toleration = { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute' };
    const cluster = withDeployment({ tolerations: [{ ...toleration, tolerationSeconds: 10 }] });
    await kubelet(cluster, 'stop');
    cluster.seconds(62);
    expect(podRows(cluster)).toEqual(['node-1 1/1 Terminating', 'node-2 1/1 Running', 'node-2 1/1 Running']);
  });
});

describe('taints', () => {
  it('of effect NoExecute send Pods away at once', () => {
    const cluster = withDeployment();
    cluster.patch('nodes/node-1', { spec: { taints: [{ key: 'broken', effect: 'NoExecute' }] } });
    expect(podRows(cluster)).toEqual(['node-2 1/1 Running', 'node-2 1/1 Running']);
  });

  it('follow cordoning, and leave others alone', () => {
    const cluster = smallCluster();
    cluster.patch('nodes/node-1', { spec: { taints: [{ key: 'gpu', effect: 'NoSchedule' }], unschedulable: true } });
    expect(taints(cluster)).toBe('gpu:NoSchedule node.kubernetes.io/unschedulable:NoSchedule');
    cluster.patch('nodes/node-1', { spec: { unschedulable: null } });
    expect(taints(cluster)).toBe('gpu:NoSchedule');
  });
});

describe('a node that is no machine', () => {
  const ghost = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'ghost' } };

  it('is Unknown after a minute, and takes no Pods', () => {
    const cluster = smallCluster();
    cluster.create('nodes', ghost);
    cluster.create('apps/deployments', deployment());
    expect(podRows(cluster)).toEqual(['node-1 1/1 Running', 'node-2 1/1 Running']);
    cluster.seconds(61);
    expect(textAt(cluster.get('nodes/ghost'), 'status', 'conditions')).toContain('Kubelet never posted node status.');
  });
});

describe('a node that is deleted', () => {
  it('takes its Pods along after 40 s', () => {
    const cluster = withDeployment();
    cluster.delete('nodes/node-1');
    expect(podRows(cluster)).toEqual(['node-1 1/1 Running', 'node-2 1/1 Running']);
    cluster.seconds(45);
    expect(podRows(cluster)).toEqual(['node-2 1/1 Running', 'node-2 1/1 Running']);
  });
});

describe('a Pod that names a node which does not exist', () => {
  it('waits, and is taken away after 40 s', () => {
    const cluster = smallCluster();
    const containers = [{ name: 'web', image: 'web' }];
    cluster.create('pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web' },
      spec: { nodeName: 'nope', containers },
    });
    expect(cluster.table('pods')).toEqual(['web 0/1 Pending 0']);
    cluster.seconds(41);
    expect(cluster.table('pods')).toEqual([]);
  });
});
