// Who stands in the rows and columns, where the keys lead, and the matrix as text.

import { describe, expect, it } from 'vitest';
import type { ReachEnd } from '../../../src/client/port.ts';
import type { MatrixRun } from '../../../src/store/matrixStore.ts';
import { moved } from '../../../src/ui/matrix/gridPlace.ts';
import { FIRST_CHOICE, type MatrixChoice, type MatrixSide, planMatrix } from '../../../src/ui/matrix/matrixPlan.ts';
import { columnName, matrixCsv, matrixText } from '../../../src/ui/matrix/matrixText.ts';

const pod = (name: string, namespace = 'default', ports: ReachEnd['ports'] = [], app = name): ReachEnd => ({
  element: `pod/${namespace}/${name}`,
  kind: 'pod',
  name,
  namespace,
  labels: { app },
  ports,
});

const ENDS: readonly ReachEnd[] = [
  { element: 'node/node-1', kind: 'node', name: 'node-1', labels: {}, ports: [{ protocol: 'tcp', port: 22 }] },
  pod('client'),
  pod('web-1', 'default', [{ protocol: 'tcp', port: 8080 }], 'web'),
  pod('dns', 'kube-system', [
    { protocol: 'tcp', port: 53 },
    { protocol: 'udp', port: 53 },
  ]),
  pod('shop', 'other'),
  {
    element: 'svc/default/web',
    kind: 'service',
    name: 'web',
    namespace: 'default',
    labels: { app: 'web' },
    ports: [{ protocol: 'tcp', port: 80 }],
  },
  {
    element: 'svc/default/kubernetes',
    kind: 'service',
    name: 'kubernetes',
    namespace: 'default',
    labels: {},
    ports: [{ protocol: 'tcp', port: 443 }],
  },
  { element: 'outside/laptop', kind: 'outside', name: 'laptop', labels: {}, ports: [] },
];

function planned(choice: MatrixChoice): readonly [string, string] {
  const { rows, columns } = planMatrix(ENDS, choice);
  return [rows.map(({ name }) => name).join(' '), columns.map(columnName).join(', ')];
}

const all = (kinds: MatrixSide['kinds'], filter = ''): MatrixSide => ({ kinds, namespace: { kind: 'all' }, filter });

describe('a plan', () => {
  it.each<[string, MatrixChoice, string, string]>([
    [
      'at first: Pods and outside hosts against Services and Pods, without those of the cluster itself',
      FIRST_CHOICE,
      'client web-1 shop laptop',
      'web 80/TCP, client ping, web-1 8080/TCP, shop ping',
    ],
    [
      'a Service asks nobody',
      { ...FIRST_CHOICE, from: all(['service', 'node']) },
      'node-1',
      'web 80/TCP, client ping, web-1 8080/TCP, shop ping',
    ],
    [
      'one namespace; nodes and hosts belong to none',
      { ...FIRST_CHOICE, to: { ...all(['pod', 'node']), namespace: { kind: 'only', namespace: 'kube-system' } } },
      'client web-1 shop laptop',
      'dns 53/TCP, dns 53/UDP, node-1 22/TCP',
    ],
    [
      'a label, and a part of a name',
      { ...FIRST_CHOICE, from: all(['pod'], 'app=web'), to: all(['pod', 'service'], 'we') },
      'web-1',
      'web 80/TCP, web-1 8080/TCP',
    ],
    [
      'a ping to all; a Service is asked too, and its answer tells',
      {
        from: all(['pod'], 'client'),
        to: { ...FIRST_CHOICE.to, kinds: ['service', 'outside'] },
        port: { kind: 'ping' },
      },
      'client',
      'web ping, laptop ping',
    ],
    [
      'one port for all',
      { from: all(['pod'], 'client'), to: all(['pod'], '1'), port: { kind: 'one', protocol: 'udp', port: 9 } },
      'client',
      'web-1 9/UDP',
    ],
    ['nobody', { ...FIRST_CHOICE, from: all([]), to: all(['pod'], 'nosuch') }, '', ''],
  ])('%s', (_, choice, rows, columns) => {
    expect(planned(choice)).toEqual([rows, columns]);
  });
});

describe('a key in the grid', () => {
  const last = { row: 3, column: 4 };
  it.each([
    ['ArrowRight', '', [1, 1], [1, 2]],
    ['ArrowRight', '', [1, 4], [1, 4]],
    ['ArrowLeft', '', [1, 1], [1, 0]],
    ['ArrowUp', '', [1, 2], [0, 2]],
    ['ArrowUp', '', [1, 0], [1, 0]],
    ['ArrowLeft', '', [0, 1], [1, 0]],
    ['ArrowDown', '', [3, 2], [3, 2]],
    ['PageDown', '', [1, 2], [3, 2]],
    ['PageUp', '', [3, 2], [1, 2]],
    ['Home', '', [2, 3], [2, 1]],
    ['End', '', [2, 1], [2, 4]],
    ['Home', 'Ctrl', [3, 3], [1, 1]],
    ['End', 'Ctrl', [1, 1], [3, 4]],
  ] as const)('%s %s', (key, modifier, [row, column], [toRow, toColumn]) => {
    const ctrlKey = modifier === 'Ctrl';
    expect(moved({ row, column }, { key, ctrlKey }, last)).toEqual({ row: toRow, column: toColumn });
  });

  it('moves nothing when it is no key of a grid', () => {
    expect(moved({ row: 1, column: 1 }, { key: 'a', ctrlKey: false }, last)).toBeUndefined();
  });
});

describe('a matrix as text', () => {
  const plan = planMatrix(ENDS, { ...FIRST_CHOICE, from: all(['pod'], 'client'), to: all(['service', 'pod'], 'we') });
  const run: MatrixRun = {
    plan,
    answers: new Map([
      ['pod/default/client', [{ kind: 'answered', verdict: 'refused', outcome: 'refused · node-1, "rejected"' }]],
    ]),
    stamp: { nextEvent: 0, undo: undefined, changes: 0 },
  };

  it('has its columns under each other, and a dash where nothing is known yet', () => {
    expect(matrixText(run)).toBe('        web 80/TCP  web-1 8080/TCP\nclient  refused     -');
  });

  it('has a line of CSV for each answer, quoted where it must be', () => {
    expect(matrixCsv(run)).toBe(
      'from,to,port,verdict,outcome\r\npod/default/client,svc/default/web,80/TCP,refused,"refused · node-1, ""rejected"""',
    );
  });
});
