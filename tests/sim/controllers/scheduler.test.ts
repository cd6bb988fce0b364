import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/sim/index.ts';
import { type SmallCluster, smallCluster, textAt } from '../../support/smallCluster.ts';

type Fields = { readonly [key: string]: Json };

const pod = (name: string, spec: Fields = {}, container: Fields = {}, labels: Fields = {}): Json => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels },
  spec: { containers: [{ name: 'main', image: 'web', ...container }], ...spec },
});

const nodeOf = (cluster: SmallCluster, name: string): string => textAt(cluster.get(`pods/${name}`), 'spec', 'nodeName');
const complaint = (cluster: SmallCluster, name: string): string | undefined => cluster.events('Pod', name).at(-1);
const label = (cluster: SmallCluster, node: string, labels: Fields): number =>
  cluster.patch(`nodes/${node}`, { metadata: { labels } });
const requests = (wanted: Fields): Fields => ({ resources: { requests: wanted } });

const failed = (reasons: string, preemption: string): string =>
  `Warning FailedScheduling 0/3 nodes are available: ${reasons}. no new claims to deallocate, preemption: 0/3 nodes are available: ${preemption}.`;
const MASTER = '1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }';

describe('a Pod that fits nowhere is told why', () => {
  it.each<readonly [string, Fields, Fields, string, string]>([
    [
      'nodeSelector',
      { nodeSelector: { disk: 'ssd' } },
      {},
      `${MASTER}, 2 node(s) didn't match Pod's node affinity/selector`,
      '3 Preemption is not helpful for scheduling',
    ],
    [
      'more CPU than any node has',
      {},
      requests({ cpu: '5' }),
      `${MASTER}, 2 Insufficient cpu`,
      '3 Preemption is not helpful for scheduling',
    ],
    [
      'CPU and memory',
      {},
      requests({ cpu: '4100m', memory: '9Gi' }),
      `${MASTER}, 2 Insufficient cpu, 2 Insufficient memory`,
      '3 Preemption is not helpful for scheduling',
    ],
    [
      'a device that no node has',
      {},
      { resources: { limits: { 'nvidia.com/gpu': 1 } } },
      `${MASTER}, 2 Insufficient nvidia.com/gpu`,
      '3 Preemption is not helpful for scheduling',
    ],
    [
      'affinity to Pods that are not there',
      {
        affinity: {
          podAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [
              { labelSelector: { matchLabels: { app: 'db' } }, topologyKey: 'kubernetes.io/hostname' },
            ],
          },
        },
      },
      {},
      `${MASTER}, 2 node(s) didn't match pod affinity rules`,
      '3 Preemption is not helpful for scheduling',
    ],
    [
      'spread over a label that no node has',
      {
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: 'rack',
            whenUnsatisfiable: 'DoNotSchedule',
            labelSelector: { matchLabels: { app: 'x' } },
          },
        ],
      },
      {},
      `${MASTER}, 2 node(s) didn't match pod topology spread constraints (missing required label)`,
      '3 Preemption is not helpful for scheduling',
    ],
    [
      'a node by name that is too small',
      {
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['node-1'] }] }],
            },
          },
        },
      },
      requests({ cpu: '5' }),
      "1 Insufficient cpu, 2 node(s) didn't satisfy plugin(s) [NodeAffinity]",
      '3 Preemption is not helpful for scheduling',
    ],
  ])('%s', (_what, spec, container, reasons, preemption) => {
    const cluster = smallCluster();
    expect(cluster.create('pods', pod('web', spec, container))).toBe(201);
    expect(complaint(cluster, 'web')).toBe(failed(reasons, preemption));
    expect(cluster.table('pods')).toEqual(['web 0/1 Pending 0']);
    expect(textAt(cluster.get('pods/web'), 'status', 'conditions')).toContain('"reason":"Unschedulable"');
  });

  it('cordoned nodes', () => {
    const cluster = smallCluster();
    for (const node of ['node-1', 'node-2']) cluster.patch(`nodes/${node}`, { spec: { unschedulable: true } });
    cluster.create('pods', pod('web'));
    expect(complaint(cluster, 'web')).toBe(
      failed(`${MASTER}, 2 node(s) were unschedulable`, '3 Preemption is not helpful for scheduling'),
    );
    cluster.patch('nodes/node-2', { spec: { unschedulable: null } });
    expect(nodeOf(cluster, 'web')).toBe('node-2');
  });

  it('nodes that are full, where others could give way', () => {
    const cluster = smallCluster();
    for (const name of ['a', 'b', 'c']) cluster.create('pods', pod(name, {}, requests({ cpu: '3' })));
    expect([nodeOf(cluster, 'a'), nodeOf(cluster, 'b')]).toEqual(['node-1', 'node-2']);
    expect(complaint(cluster, 'c')).toBe(
      failed(
        `${MASTER}, 2 Insufficient cpu`,
        '1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod',
      ),
    );
    cluster.delete('pods/a');
    expect(nodeOf(cluster, 'c')).toBe('node-1');
  });

  it('a host port that is taken', () => {
    const cluster = smallCluster();
    const ports = { ports: [{ containerPort: 8080, hostPort: 80 }] };
    for (const name of ['a', 'b', 'c']) cluster.create('pods', pod(name, {}, ports));
    expect(complaint(cluster, 'c')).toBe(
      failed(
        `${MASTER}, 2 node(s) didn't have free ports for the requested pod ports`,
        '1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod',
      ),
    );
  });

  it('a claim that does not exist', () => {
    const cluster = smallCluster();
    cluster.create('pods', pod('web', { volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'data' } }] }));
    expect(complaint(cluster, 'web')).toBe(
      failed('persistentvolumeclaim "data" not found', '3 Preemption is not helpful for scheduling'),
    );
  });
});

describe('resources', () => {
  it('of init containers count where they are more, and those of sidecars always', () => {
    const cluster = smallCluster();
    const init = { name: 'init', image: 'busybox', command: ['true'], ...requests({ cpu: '3500m' }) };
    cluster.create('pods', pod('a', { nodeName: 'node-2', initContainers: [init] }, requests({ cpu: '1' })));
    cluster.create('pods', pod('b', { nodeSelector: { 'kubernetes.io/hostname': 'node-2' } }, requests({ cpu: '1' })));
    expect(nodeOf(cluster, 'b')).toBe('');
    cluster.create(
      'pods',
      pod('c', { nodeSelector: { 'kubernetes.io/hostname': 'node-2' } }, requests({ cpu: '500m' })),
    );
    expect(nodeOf(cluster, 'c')).toBe('node-2');
  });

  it('of Pods that have ended are free again', () => {
    const cluster = smallCluster();
    const spec = { restartPolicy: 'Never', nodeSelector: { 'kubernetes.io/hostname': 'node-1' } };
    const container = { image: 'busybox', command: ['sleep', '20'], ...requests({ cpu: '4' }) };
    cluster.create('pods', pod('a', spec, container));
    cluster.create('pods', pod('b', spec, requests({ cpu: '1' })));
    expect(nodeOf(cluster, 'b')).toBe('');
    cluster.seconds(25);
    expect(nodeOf(cluster, 'b')).toBe('node-1');
  });
});

const term = (app: string, topologyKey = 'kubernetes.io/hostname'): Json => ({
  labelSelector: { matchLabels: { app } },
  topologyKey,
});

describe('affinity between Pods', () => {
  const near = (app: string): Fields => ({
    affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term(app)] } },
  });
  const apart = (app: string): Fields => ({
    affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term(app)] } },
  });

  it('brings a Pod to those that it wants to be with, as soon as they are there', () => {
    const cluster = smallCluster();
    cluster.create('pods', pod('front', near('db')));
    expect(nodeOf(cluster, 'front')).toBe('');
    cluster.create('pods', pod('db', { nodeSelector: { 'kubernetes.io/hostname': 'node-2' } }, {}, { app: 'db' }));
    expect(nodeOf(cluster, 'front')).toBe('node-2');
  });

  it('lets the first of a group begin', () => {
    const cluster = smallCluster();
    for (const name of ['a', 'b', 'c']) cluster.create('pods', pod(name, near('web'), {}, { app: 'web' }));
    expect(['a', 'b', 'c'].map(name => nodeOf(cluster, name))).toEqual(['node-1', 'node-1', 'node-1']);
  });

  it('keeps apart those that do not want each other', () => {
    const cluster = smallCluster();
    for (const name of ['a', 'b', 'c']) cluster.create('pods', pod(name, apart('web'), {}, { app: 'web' }));
    expect([nodeOf(cluster, 'a'), nodeOf(cluster, 'b')]).toEqual(['node-1', 'node-2']);
    expect(complaint(cluster, 'c')).toBe(
      failed(
        `${MASTER}, 2 node(s) didn't match pod anti-affinity rules`,
        '1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod',
      ),
    );
  });

  it('respects what Pods that are there do not want', () => {
    const cluster = smallCluster();
    cluster.create('pods', pod('a', { ...apart('web'), nodeName: 'node-1' }));
    cluster.create('pods', pod('b', { ...apart('web'), nodeName: 'node-2' }));
    cluster.create('pods', pod('c', {}, {}, { app: 'web' }));
    expect(complaint(cluster, 'c')).toBe(
      failed(
        `${MASTER}, 2 node(s) didn't satisfy existing pods anti-affinity rules`,
        '1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod',
      ),
    );
  });

  it('that is only preferred decides among the nodes that fit', () => {
    const cluster = smallCluster();
    cluster.create('pods', pod('db', { nodeName: 'node-2' }, {}, { app: 'db' }));
    const preferred = [{ weight: 50, podAffinityTerm: term('db') }];
    cluster.create(
      'pods',
      pod('front', { affinity: { podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: preferred } } }),
    );
    expect(nodeOf(cluster, 'front')).toBe('node-2');
  });
});

describe('topology spread', () => {
  const spread = (whenUnsatisfiable: string): Fields => ({
    topologySpreadConstraints: [
      { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable, labelSelector: { matchLabels: { app: 'web' } } },
    ],
  });

  it('with DoNotSchedule keeps the difference between zones small', () => {
    const cluster = smallCluster();
    label(cluster, 'node-1', { zone: 'a' });
    label(cluster, 'node-2', { zone: 'b' });
    for (const name of ['a', 'b', 'c', 'd'])
      cluster.create('pods', pod(name, spread('DoNotSchedule'), {}, { app: 'web' }));
    expect(['a', 'b', 'c', 'd'].map(name => nodeOf(cluster, name)).sort()).toEqual([
      'node-1',
      'node-1',
      'node-2',
      'node-2',
    ]);
    cluster.patch('nodes/node-2', { spec: { unschedulable: true } });
    for (const name of ['e', 'f']) cluster.create('pods', pod(name, spread('DoNotSchedule'), {}, { app: 'web' }));
    expect(nodeOf(cluster, 'e')).toBe('node-1');
    expect(complaint(cluster, 'f')).toBe(
      failed(
        `1 node(s) didn't match pod topology spread constraints, ${MASTER}, 1 node(s) were unschedulable`,
        '1 No preemption victims found for incoming pod, 2 Preemption is not helpful for scheduling',
      ),
    );
  });

  it('with ScheduleAnyway is a wish', () => {
    const cluster = smallCluster();
    label(cluster, 'node-1', { zone: 'a' });
    label(cluster, 'node-2', { zone: 'b' });
    for (const name of ['x', 'y']) cluster.create('pods', pod(name, { nodeName: 'node-2' }, {}, { app: 'other' }));
    cluster.create('pods', pod('a', { nodeName: 'node-1' }, {}, { app: 'web' }));
    cluster.create('pods', pod('b', spread('ScheduleAnyway'), {}, { app: 'web' }));
    expect(nodeOf(cluster, 'b')).toBe('node-2');
  });
});

describe('preferences', () => {
  it('for labels of nodes, and against PreferNoSchedule taints', () => {
    const cluster = smallCluster();
    label(cluster, 'node-2', { disk: 'ssd' });
    const preference = { matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }] };
    const affinity = { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference }] } };
    cluster.create('pods', pod('a', { affinity }));
    cluster.create('pods', pod('b', { affinity }));
    expect([nodeOf(cluster, 'a'), nodeOf(cluster, 'b')]).toEqual(['node-2', 'node-2']);
    cluster.patch('nodes/node-1', { spec: { taints: [{ key: 'old', effect: 'PreferNoSchedule' }] } });
    cluster.create('pods', pod('c'));
    expect(nodeOf(cluster, 'c')).toBe('node-2');
  });
});

describe('Pods that the scheduler leaves alone', () => {
  it.each<readonly [string, Fields]>([
    ['those of another scheduler', { schedulerName: 'mine' }],
    ['those with scheduling gates', { schedulingGates: [{ name: 'example.com/wait' }] }],
  ])('%s', (_what, spec) => {
    const cluster = smallCluster();
    cluster.create('pods', pod('web', spec));
    expect([nodeOf(cluster, 'web'), cluster.events('Pod', 'web')]).toEqual(['', []]);
  });
});
