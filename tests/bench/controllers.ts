// How the controllers, the scheduler and the kubelets scale: Pods of one Deployment until they are Ready, and one more.

import { Lab } from '../../src/sim/index.ts';

export function main(): Record<string, number> {
  // Once for the compiler.
  readyAfter(200, 4);
  const thousand = best(3, () => readyAfter(1000, 20).milliseconds);
  const large = readyAfter(10_000, 110);
  const oneMore = median(Array.from({ length: 9 }, (_, i) => scaledTo(large.lab, 10_001 + i)));
  const oneLess = median(Array.from({ length: 9 }, (_, i) => scaledTo(large.lab, 10_008 - i)));
  return {
    thousandPodsReadyMs: Math.round(thousand),
    tenThousandPodsReadyMs: Math.round(large.milliseconds),
    onePodMoreAtTenThousandMs: rounded(oneMore),
    onePodLessAtTenThousandMs: rounded(oneLess),
  };
}

const rounded = (value: number): number => Math.round(value * 100) / 100;

function best(times: number, measure: () => number): number {
  return Math.min(...Array.from({ length: times }, measure));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** A fresh lab and one Deployment, until all its Pods are Ready. */
function readyAfter(pods: number, nodes: number): { readonly lab: Lab; readonly milliseconds: number } {
  const workers = Array.from({ length: nodes }, (_, i) => `{name: node-${i + 1}, role: worker}`);
  const opened = Lab.open(`apiVersion: lab.hoplab.dev/v1alpha1
kind: Lab
metadata: {name: measured}
spec: {nodes: [${['{name: cp, role: control-plane}', ...workers].join(', ')}]}`);
  if (opened.kind === 'refused') throw new Error(JSON.stringify(opened.problems).slice(0, 500));
  const { lab } = opened;
  const started = performance.now();
  lab.request({
    method: 'POST',
    path: '/apis/apps/v1/namespaces/default/deployments',
    headers: { 'content-type': 'application/json' },
    body: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: {
        replicas: pods,
        selector: { matchLabels: { app: 'web' } },
        template: {
          metadata: { labels: { app: 'web' } },
          spec: { containers: [{ name: 'web', image: 'web' }] },
        },
      },
    },
  });
  const milliseconds = performance.now() - started;
  expectReady(lab, pods);
  return { lab, milliseconds };
}

/** Scales the Deployment and settles; milliseconds. */
function scaledTo(lab: Lab, replicas: number): number {
  const started = performance.now();
  lab.request({
    method: 'PATCH',
    path: '/apis/apps/v1/namespaces/default/deployments/web/scale',
    headers: { 'content-type': 'application/merge-patch+json' },
    body: { spec: { replicas } },
  });
  const milliseconds = performance.now() - started;
  expectReady(lab, replicas);
  return milliseconds;
}

function expectReady(lab: Lab, pods: number): void {
  const { body } = lab.request({
    method: 'GET',
    path: '/apis/apps/v1/namespaces/default/deployments/web',
    headers: {},
  });
  const ready = /"readyReplicas":(\d+)/.exec(JSON.stringify(body))?.[1];
  if (Number(ready) !== pods)
    throw new Error(`${pods} ready Pods were expected, not ${ready}: ${JSON.stringify(body)}`);
}
