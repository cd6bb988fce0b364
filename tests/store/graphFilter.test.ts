import { describe, expect, test } from 'vitest';
import { readSelector } from '../../src/client/readSelector.ts';
import { matchesLabels } from '../../src/sim/api/selectors.ts';
import type { LabElement, PodElement } from '../../src/sim/index.ts';
import { type GraphFilter, hiddenElements, keptElements } from '../../src/store/graphFilter.ts';
import { type GraphLevel, NO_FILTER } from '../../src/store/layoutStore.ts';

const pod = (name: string, namespace: string, labels: Readonly<Record<string, string>>): PodElement => ({
  kind: 'pod',
  id: `pod/${namespace}/${name}`,
  namespace,
  name,
  status: 'Running',
  ready: true,
  terminating: false,
  labels,
  containers: [],
  hostNetwork: false,
  interfaces: [],
});

const elements: ReadonlyMap<string, LabElement> = new Map(
  (
    [
      { kind: 'namespace', id: 'ns/default', name: 'default' },
      {
        kind: 'node',
        id: 'node/node-1',
        name: 'node-1',
        role: 'worker',
        address: '',
        ready: true,
        interfaces: [],
        routeCount: 0,
      },
      pod('web-1', 'default', { app: 'web', tier: 'front', build: '7' }),
      pod('db-1', 'default', { app: 'db', legacy: 'yes' }),
      pod('dns-1', 'kube-system', { app: 'dns' }),
      {
        kind: 'service',
        id: 'svc/default/web',
        namespace: 'default',
        name: 'web',
        type: 'ClusterIP',
        clusterIP: '10.96.0.10',
        ports: [],
        labels: { app: 'web' },
      },
      { kind: 'deployment', id: 'deploy/default/web', namespace: 'default', name: 'web', replicas: 1, ready: 1 },
      { kind: 'lan', id: 'lan/lan', name: 'LAN', address: '', mtu: 1500, interfaces: [] },
    ] satisfies readonly LabElement[]
  ).map(element => [element.id, element]),
);

function filterOf(change: Partial<GraphFilter>): GraphFilter {
  const filter = { ...NO_FILTER, ...change };
  const read = readSelector(filter.selector);
  return read.kind === 'read' ? { ...filter, requirements: read.requirements } : filter;
}

const hidden = (change: Partial<GraphFilter>, level: GraphLevel = 'network', kept: readonly string[] = []) => [
  ...hiddenElements(elements, { level, namespace: 'default', filter: filterOf(change) }, new Set(kept)),
];

describe('a filter', () => {
  test.each([
    ['of nothing hides nothing', {}, []],
    ['of a namespace hides what is in another, never nodes', { namespace: 'default' }, ['pod/kube-system/dns-1']],
    [
      'of a label hides all with another value, Services too',
      { selector: 'app=db' },
      ['pod/default/web-1', 'pod/kube-system/dns-1', 'svc/default/web'],
    ],
    ['of a set of values', { selector: 'app in (web, db)' }, ['pod/kube-system/dns-1']],
    ['of a label that must be absent', { selector: '!legacy' }, ['pod/default/db-1']],
    [
      'of two labels wants both',
      { selector: 'app=web,tier' },
      ['pod/default/db-1', 'pod/kube-system/dns-1', 'svc/default/web'],
    ],
    ['of a number', { selector: 'build>6' }, ['pod/default/db-1', 'pod/kube-system/dns-1', 'svc/default/web']],
    ['of kinds hides those alone', { hiddenKinds: ['node', 'service'] }, ['node/node-1', 'svc/default/web']],
  ] as const)('%s', (_, change, expected) => {
    expect(hidden(change)).toEqual(expected);
  });

  test('at the Objects level judges what that draws, in the namespace that it shows', () => {
    expect(hidden({ selector: 'app=db' }, 'objects')).toEqual([
      'pod/default/web-1',
      'svc/default/web',
      'deploy/default/web',
    ]);
    // Its own choice is the level's; the other levels' does not count.
    expect(hidden({ namespace: 'kube-system' }, 'objects')).toEqual([]);
  });

  test('never hides what is kept', () => {
    expect(hidden({ selector: 'app=none' }, 'network', ['pod/default/db-1', 'svc/default/web'])).toEqual([
      'pod/default/web-1',
      'pod/kube-system/dns-1',
    ]);
  });

  test('keeps the selected and what a question may be answered with, also by one of their interfaces', () => {
    const picking = {
      question: 'q',
      title: 'Question 1',
      candidates: [{ element: 'node/node-1#cni0', label: 'cni0' }],
      chosen: [],
    };
    expect([...keptElements({ selected: 'pod/default/web-1#eth0', picking }, undefined)]).toEqual([
      'pod/default/web-1',
      'node/node-1',
    ]);
  });
});

describe('a selector that cannot be read', () => {
  test.each([
    ['app in (web', "unable to parse requirement: found '', expected: ',' or ')'"],
    ['app=web,', "found '', expected: identifier after ','"],
  ])('%s is refused in the words of the API server', (text, message) => {
    expect(readSelector(text)).toEqual({ kind: 'refused', message });
  });
});

test('labels are judged as the API server judges them', () => {
  const label = (key: string, operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist', values?: readonly string[]) => ({
    matchExpressions: [{ key, operator, ...(values !== undefined && { values: [...values] }) }],
  });
  for (const [text, selector] of [
    ['app in (web,dns)', label('app', 'In', ['web', 'dns'])],
    ['app notin (web)', label('app', 'NotIn', ['web'])],
    ['tier', label('tier', 'Exists')],
    ['!tier', label('tier', 'DoesNotExist')],
  ] as const) {
    const out = new Set(hidden({ selector: text }));
    for (const element of elements.values())
      if (element.kind === 'pod')
        expect([text, !out.has(element.id)]).toEqual([text, matchesLabels(selector, element.labels)]);
  }
});
