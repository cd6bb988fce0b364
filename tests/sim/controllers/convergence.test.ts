// Whatever is done in whatever order, in the end there is what is asked for, and nothing else.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/sim/index.ts';
import { objectOf, type SmallCluster, smallCluster, textAt } from '../../support/smallCluster.ts';

const KINDS = ['deployments', 'statefulsets', 'daemonsets'] as const;
type Kind = (typeof KINDS)[number];

const NAMES = { deployments: 'Deployment', statefulsets: 'StatefulSet', daemonsets: 'DaemonSet' } as const;

const workload = (kind: Kind, replicas: number, image: string): Json => ({
  apiVersion: 'apps/v1',
  kind: NAMES[kind],
  metadata: { name: kind },
  spec: {
    ...(kind !== 'daemonsets' && { replicas }),
    selector: { matchLabels: { app: kind } },
    template: { metadata: { labels: { app: kind } }, spec: { containers: [{ name: 'main', image }] } },
  },
});

type Act =
  | { readonly do: 'create' | 'delete' | 'orphan' | 'restart'; readonly kind: Kind }
  | { readonly do: 'scale'; readonly kind: Kind; readonly replicas: number }
  | { readonly do: 'image'; readonly kind: Kind; readonly image: string }
  | { readonly do: 'kill'; readonly pick: number }
  | { readonly do: 'cordon' | 'uncordon'; readonly node: string }
  | { readonly do: 'wait'; readonly seconds: number };

const kind = fc.constantFrom(...KINDS);
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ do: fc.constantFrom('create', 'create', 'delete', 'orphan', 'restart'), kind }),
  fc.record({ do: fc.constant('scale' as const), kind, replicas: fc.integer({ min: 0, max: 5 }) }),
  fc.record({ do: fc.constant('image' as const), kind, image: fc.constantFrom('web', 'nginx', 'nope:1') }),
  fc.record({ do: fc.constant('kill' as const), pick: fc.nat(20) }),
  fc.record({ do: fc.constantFrom('cordon', 'uncordon'), node: fc.constantFrom('node-1', 'node-2') }),
  fc.record({ do: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 90 }) }),
);

function perform(cluster: SmallCluster, one: Act): void {
  const path = 'kind' in one ? `apps/${one.kind}/${one.kind}` : '';
  switch (one.do) {
    case 'create':
      cluster.create(`apps/${one.kind}`, workload(one.kind, 2, 'web'));
      return;
    case 'delete':
      cluster.delete(path);
      return;
    case 'orphan':
      cluster.delete(path, { propagationPolicy: 'Orphan' });
      return;
    case 'restart':
      cluster.patch(path, { spec: { template: { metadata: { annotations: { at: String(cluster.lab.now) } } } } });
      return;
    case 'scale':
      if (one.kind !== 'daemonsets') cluster.patch(path, { spec: { replicas: one.replicas } });
      return;
    case 'image':
      cluster.patch(path, { spec: { template: { spec: { containers: [{ name: 'main', image: one.image }] } } } });
      return;
    case 'kill': {
      const pods = cluster.list('pods');
      const pod = pods[one.pick % Math.max(1, pods.length)];
      if (pod !== undefined) cluster.delete(`pods/${textAt(pod, 'metadata', 'name')}`);
      return;
    }
    case 'cordon':
    case 'uncordon':
      cluster.patch(`nodes/${one.node}`, { spec: { unschedulable: one.do === 'cordon' || null } });
      return;
    case 'wait':
      cluster.seconds(one.seconds);
  }
}

/** Puts all that stands in the way aside, and lets time pass. */
function calm(cluster: SmallCluster): void {
  for (const node of ['node-1', 'node-2']) cluster.patch(`nodes/${node}`, { spec: { unschedulable: null } });
  for (const one of KINDS)
    if (cluster.get(`apps/${one}/${one}`).kind !== 'Status') {
      perform(cluster, { do: 'image', kind: one, image: 'web' });
      // A StatefulSet waits for a broken Pod of an earlier revision for ever: somebody has to delete it.
      for (const pod of cluster.list('pods'))
        if (textAt(pod, 'status', 'containerStatuses').includes('nope:1'))
          cluster.delete(`pods/${textAt(pod, 'metadata', 'name')}`);
    }
  cluster.seconds(400);
}

describe('controllers', () => {
  it('converge', () => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 3, maxLength: 12 }), acts => {
        const cluster = smallCluster();
        for (const one of acts) perform(cluster, one);
        calm(cluster);
        for (const one of KINDS) {
          const object = cluster.get(`apps/${one}/${one}`);
          if (object.kind === 'Status') continue;
          const { spec, status } = { spec: objectOf(object.spec), status: objectOf(object.status) };
          const wanted = one === 'daemonsets' ? 2 : Number(spec.replicas);
          const ready = one === 'daemonsets' ? status.numberReady : (status.readyReplicas ?? 0);
          const updated = one === 'daemonsets' ? status.updatedNumberScheduled : (status.updatedReplicas ?? 0);
          expect([one, ready, updated]).toEqual([one, wanted, wanted]);
          const pods = cluster.list('pods').filter(pod => textAt(pod, 'metadata', 'labels', 'app') === one);
          expect(pods.length).toBe(wanted);
        }
        const running = cluster.list('pods').map(pod => textAt(pod, 'status', 'podIP'));
        expect(new Set(running).size).toBe(running.length);
      }),
      { numRuns: 25 },
    );
  });

  it('do the same again in the same lab', () => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 2, maxLength: 6 }), acts => {
        const run = (): string => {
          const cluster = smallCluster();
          for (const one of acts) perform(cluster, one);
          return JSON.stringify([cluster.list('pods'), cluster.list('events')]);
        };
        expect(run()).toBe(run());
      }),
      { numRuns: 10 },
    );
  });

  it('forget what was undone, alarms and kubelets included', async () => {
    const acts = fc.array(act, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(acts, acts, async (before, undone) => {
        const outcome = async (others: readonly Act[]): Promise<string> => {
          const cluster = smallCluster();
          for (const one of before) perform(cluster, one);
          await cluster.lab.change('acts', () => {
            for (const one of others) perform(cluster, one);
            // So that there is something to undo.
            cluster.create('configmaps', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'mark' } });
          });
          cluster.lab.undo();
          cluster.seconds(60);
          return JSON.stringify([cluster.list('pods'), cluster.list('events'), cluster.lab.now]);
        };
        expect(await outcome(undone)).toBe(await outcome([]));
      }),
      { numRuns: 10 },
    );
  });
});
