import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/sim/index.ts';
import { type SmallCluster, smallCluster, textAt } from '../../support/smallCluster.ts';

type Fields = { readonly [key: string]: Json };

const daemonSet = (podSpec: Fields = {}, spec: Fields = {}, image = 'web'): Json => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'agent' },
  spec: {
    selector: { matchLabels: { app: 'agent' } },
    template: {
      metadata: { labels: { app: 'agent' } },
      spec: { containers: [{ name: 'agent', image }], ...podSpec },
    },
    ...spec,
  },
});

const MASTER = { key: 'node-role.kubernetes.io/control-plane', operator: 'Exists', effect: 'NoSchedule' };

function withDaemon(podSpec: Fields = {}, spec: Fields = {}, image?: string): SmallCluster {
  const cluster = smallCluster();
  expect(cluster.create('apps/daemonsets', daemonSet(podSpec, spec, image))).toBe(201);
  return cluster;
}

/** `Desired Current Ready Up-to-date Available Selector` */
const row = (cluster: SmallCluster): string => cluster.table('apps/daemonsets').join('; ').replace('agent ', '');
const nodesOf = (cluster: SmallCluster): string =>
  cluster
    .list('pods')
    .map(pod => textAt(pod, 'spec', 'nodeName'))
    .sort()
    .join(' ');
const events = (cluster: SmallCluster): readonly string[] =>
  cluster.events('DaemonSet', 'agent').map(text => text.replace(/agent-\w{5}/, 'agent-xxxxx'));
const image = (name: string): Json => ({
  spec: { template: { spec: { containers: [{ name: 'agent', image: name }] } } },
});
const images = (cluster: SmallCluster): string =>
  cluster
    .list('pods')
    .map(pod => /"image":"([^"]+)"/.exec(textAt(pod, 'spec', 'containers'))?.[1])
    .sort()
    .join(' ');

describe('a DaemonSet', () => {
  it('has one Pod on each node whose taints it tolerates', () => {
    const cluster = withDaemon();
    expect(nodesOf(cluster)).toBe('node-1 node-2');
    expect(row(cluster)).toBe('2 2 2 2 2 <none>');
    expect(events(cluster)).toEqual([
      'Normal SuccessfulCreate Created pod: agent-xxxxx',
      'Normal SuccessfulCreate Created pod: agent-xxxxx',
    ]);
    expect(nodesOf(withDaemon({ tolerations: [MASTER] }))).toBe('cp node-1 node-2');
  });

  it('is bound by the scheduler, and tolerates what befalls nodes', () => {
    const cluster = withDaemon({ hostNetwork: true });
    const [pod = {}] = cluster.list('pods');
    expect(cluster.events('Pod', textAt(pod, 'metadata', 'name'))[0]).toMatch(
      /^Normal Scheduled Successfully assigned/,
    );
    const tolerations = JSON.parse(textAt(pod, 'spec', 'tolerations')) as { key: string; effect: string }[];
    expect(tolerations.map(({ key, effect }) => `${key.split('/')[1]}:${effect}`)).toEqual([
      'not-ready:NoExecute',
      'unreachable:NoExecute',
      'disk-pressure:NoSchedule',
      'memory-pressure:NoSchedule',
      'pid-pressure:NoSchedule',
      'unschedulable:NoSchedule',
      'network-unavailable:NoSchedule',
    ]);
    expect(JSON.parse(textAt(pod, 'metadata', 'labels'))).toMatchObject({
      app: 'agent',
      'pod-template-generation': '1',
    });
  });

  it.each([
    ['nodeSelector', { nodeSelector: { disk: 'ssd' } }],
    [
      'node affinity',
      {
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [{ matchExpressions: [{ key: 'disk', operator: 'Exists' }] }],
            },
          },
        },
      },
    ],
  ])('follows the labels of nodes with %s', (_what, podSpec) => {
    const cluster = withDaemon(podSpec);
    expect(nodesOf(cluster)).toBe('');
    cluster.patch('nodes/node-2', { metadata: { labels: { disk: 'ssd' } } });
    expect(nodesOf(cluster)).toBe('node-2');
    cluster.patch('nodes/node-2', { metadata: { labels: { disk: null } } });
    expect(nodesOf(cluster)).toBe('');
    expect(events(cluster).at(-1)).toBe('Normal SuccessfulDelete Deleted pod: agent-xxxxx');
  });

  it('stays under a new NoSchedule taint as misscheduled, and leaves under NoExecute', () => {
    const cluster = withDaemon();
    const taint = (effect: string) => ({ spec: { taints: [{ key: 'gpu', value: 'yes', effect }] } });
    cluster.patch('nodes/node-1', taint('NoSchedule'));
    expect(nodesOf(cluster)).toBe('node-1 node-2');
    expect(cluster.get('apps/daemonsets/agent').status).toMatchObject({
      desiredNumberScheduled: 1,
      numberMisscheduled: 1,
    });
    cluster.patch('nodes/node-1', taint('NoExecute'));
    expect(nodesOf(cluster)).toBe('node-2');
  });

  it('runs on a cordoned node, too', () => {
    const cluster = smallCluster();
    cluster.patch('nodes/node-1', { spec: { unschedulable: true } });
    cluster.create('apps/daemonsets', daemonSet());
    expect(nodesOf(cluster)).toBe('node-1 node-2');
  });

  it('replaces a Pod that was deleted or has failed', () => {
    const cluster = withDaemon({ nodeSelector: { 'kubernetes.io/hostname': 'node-1' } });
    const name = () => textAt(cluster.list('pods')[0] ?? {}, 'metadata', 'name');
    const first = name();
    cluster.delete(`pods/${first}`);
    expect(nodesOf(cluster)).toBe('node-1');
    const second = name();
    expect(second).not.toBe(first);
    cluster.patch(`/api/v1/namespaces/default/pods/${second}/status`, { status: { phase: 'Failed' } });
    expect(name()).not.toBe(second);
    expect(events(cluster)).toContain(
      'Warning FailedDaemonPod Found failed daemon pod default/agent-xxxxx on node node-1, will try to kill it',
    );
  });
});

describe('an update of a DaemonSet', () => {
  it('replaces one Pod after the other', () => {
    const cluster = withDaemon();
    cluster.patch('apps/daemonsets/agent', image('nginx'));
    expect(images(cluster)).toBe('nginx nginx');
    expect(row(cluster)).toBe('2 2 2 2 2 <none>');
    expect(
      events(cluster)
        .slice(2)
        .map(text => text.split(' ')[1]),
    ).toEqual(['SuccessfulDelete', 'SuccessfulCreate', 'SuccessfulDelete', 'SuccessfulCreate']);
    expect(cluster.list('apps/controllerrevisions').map(({ revision }) => revision)).toEqual(
      expect.arrayContaining([1, 2]),
    );
  });

  it('stops when the first new Pod does not become available', () => {
    const cluster = withDaemon();
    cluster.patch('apps/daemonsets/agent', image('nope:1'));
    expect(images(cluster)).toBe('nope:1 web');
    expect(row(cluster)).toBe('2 2 1 1 1 <none>');
    cluster.patch('apps/daemonsets/agent', image('web'));
    expect(images(cluster)).toBe('web web');
  });

  it('replaces all at once where so many may be missing', () => {
    const rollingUpdate = { maxUnavailable: '100%' };
    const cluster = withDaemon({}, { updateStrategy: { type: 'RollingUpdate', rollingUpdate } });
    cluster.patch('apps/daemonsets/agent', image('nope:1'));
    expect(images(cluster)).toBe('nope:1 nope:1');
  });

  it('puts the new Pod beside the old one with maxSurge', () => {
    const rollingUpdate = { maxUnavailable: 0, maxSurge: 1 };
    const cluster = withDaemon({}, { updateStrategy: { type: 'RollingUpdate', rollingUpdate } });
    cluster.patch('apps/daemonsets/agent', image('nope:1'));
    expect(images(cluster)).toBe('nope:1 web web');
    cluster.patch('apps/daemonsets/agent', image('nginx'));
    expect(images(cluster)).toBe('nginx nginx');
    expect(row(cluster)).toBe('2 2 2 2 2 <none>');
  });

  it('waits for hands to delete the Pods with OnDelete', () => {
    const cluster = withDaemon({}, { updateStrategy: { type: 'OnDelete' } });
    cluster.patch('apps/daemonsets/agent', image('nginx'));
    expect(images(cluster)).toBe('web web');
    expect(row(cluster)).toBe('2 2 2 0 2 <none>');
    cluster.delete(`pods/${textAt(cluster.list('pods')[0] ?? {}, 'metadata', 'name')}`);
    expect(images(cluster)).toBe('nginx web');
  });
});
