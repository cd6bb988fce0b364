import { describe, expect, it } from 'vitest';
import type { CheckResult, CheckSpec } from '../../../src/lesson/check.ts';
import type { CommandRun, PageFacts } from '../../../src/lesson/checkContext.ts';
import { evaluateInLab } from '../../../src/lesson/evaluateInLab.ts';
import { evaluateOnPage } from '../../../src/lesson/evaluateStep.ts';
import type { ApiRequest, Json } from '../../../src/sim/index.ts';
import { facts } from './journeys.ts';

const WEB: Json = {
  kind: 'Service',
  metadata: { name: 'web' },
  spec: {
    selector: { app: 'web' },
    ports: [
      { port: 80, targetPort: 8080 },
      { port: 443, targetPort: 8443 },
    ],
  },
};

function resource(
  spec: Json,
  objects: Readonly<Record<string, Json>>,
): { result: CheckResult | undefined; asked: ApiRequest[] } {
  const asked: ApiRequest[] = [];
  const [result] = evaluateInLab(
    [{ resource: spec }],
    facts({
      request: request => {
        asked.push(request);
        const body = Object.hasOwn(objects, request.path) ? objects[request.path] : undefined;
        return body === undefined
          ? { status: 404, headers: {}, body: { kind: 'Status', code: 404 } }
          : { status: 200, headers: {}, body };
      },
    }),
  );
  return { result, asked };
}

describe('resource', () => {
  const one = { '/api/v1/namespaces/default/services/web': WEB };
  const list = {
    '/api/v1/namespaces/shop/pods': {
      kind: 'PodList',
      items: [{ spec: { nodeName: 'node-1' } }, { spec: { nodeName: 'node-2' } }],
    },
  };

  const rows: readonly [string, Json, Readonly<Record<string, Json>>, 'passes' | string][] = [
    ['is there', { kind: 'Service', name: 'web' }, one, 'passes'],
    ['is missing', { kind: 'Service', name: 'web' }, {}, 'there is no Service web'],
    ['looks like this', { kind: 'Service', name: 'web', match: { spec: { selector: { app: 'web' } } } }, one, 'passes'],
    [
      'looks different',
      { kind: 'Service', name: 'web', match: { spec: { selector: { app: 'wep' } } } },
      one,
      'Service web: spec.selector.app is "web", not "wep"',
    ],
    [
      'lacks a field',
      { kind: 'Service', name: 'web', match: { spec: { type: 'NodePort' } } },
      one,
      'Service web: spec.type is not set, not "NodePort"',
    ],
    [
      'has this entry among others',
      { kind: 'Service', name: 'web', match: { spec: { ports: [{ port: 443 }] } } },
      one,
      'passes',
    ],
    [
      'has no such entry',
      { kind: 'Service', name: 'web', match: { spec: { ports: [{ port: 8080 }] } } },
      one,
      'Service web: no entry of spec.ports is {"port":8080}',
    ],
    [
      'needs an entry for each',
      { kind: 'Service', name: 'web', match: { spec: { ports: [{ port: 80 }, { port: 80 }] } } },
      one,
      'Service web: no entry of spec.ports is {"port":80}',
    ],
    ['is absent', { kind: 'Service', name: 'web', absent: true }, {}, 'passes'],
    ['is not absent', { kind: 'Service', name: 'web', absent: true }, one, 'Service web is still there'],
    ['are so many', { kind: 'Pod', namespace: 'shop', selector: 'app=web', count: 2 }, list, 'passes'],
    [
      'are too many',
      { kind: 'Pod', namespace: 'shop', selector: 'app=web', count: 1 },
      list,
      '2 of Pod with app=web in shop are so, not 1',
    ],
    [
      'are so many like this',
      { kind: 'Pod', namespace: 'shop', match: { spec: { nodeName: 'node-1' } }, count: 1 },
      list,
      'passes',
    ],
    ['are none', { kind: 'Pod', namespace: 'shop', match: { spec: { nodeName: 'node-3' } }, count: 0 }, list, 'passes'],
  ];
  it.each(rows)('%s', (_, spec, objects, expected) => {
    const { result } = resource(spec, objects);
    if (expected === 'passes') expect(result).toMatchObject({ kind: 'passed' });
    else expect(result).toEqual({ kind: 'failed', because: expected });
  });

  it('asks the API for what it means, and only reads', () => {
    expect(resource({ kind: 'Deployment', namespace: 'shop', selector: 'app=web' }, {}).asked).toEqual([
      { method: 'GET', path: '/apis/apps/v1/namespaces/shop/deployments', query: { labelSelector: 'app=web' } },
    ]);
    expect(resource({ kind: 'Node', name: 'node-1' }, {}).asked).toEqual([
      { method: 'GET', path: '/api/v1/nodes/node-1' },
    ]);
  });
});

describe('ran', () => {
  const run = (line: string, output: string, sequence = 1): CommandRun => ({ sequence, line, output, exitCode: 0 });
  const wide =
    'NAME   READY   STATUS    RESTARTS   AGE   IP           NODE\nweb    1/1     Running   0          5s    10.244.2.2   node-2\n';
  const ran = (spec: Json, ...commands: readonly CommandRun[]): CheckResult | undefined =>
    evaluateInLab([{ ran: spec }], facts({ commands: () => commands }))[0];

  it('counts what was printed, whatever was typed', () => {
    const prints = ['\\bweb\\b', '10\\.244\\.2\\.2'];
    expect(ran({ prints }, run('k get po -owide', wide, 4))).toEqual({
      kind: 'passed',
      evidence: '"k get po -owide" printed it',
      stamp: 4,
    });
    expect(ran({ prints }, run('kubectl get pods', 'web    1/1     Running   0          5s\n'))).toEqual({
      kind: 'failed',
      because: '"kubectl get pods" did not print it',
    });
    expect(ran({ prints })).toEqual({ kind: 'failed', because: 'no command was run yet' });
  });

  it('wants all patterns in one output, and may want a certain command', () => {
    expect(ran({ prints: ['web', 'node-9'] }, run('a', 'web'), run('b', 'node-9'))).toMatchObject({ kind: 'failed' });
    expect(ran({ prints: 'web', command: '^kubectl' }, run('echo web', 'web'))).toMatchObject({ kind: 'failed' });
  });
});

describe('checks of the page', () => {
  const nothing: PageFacts = { clicks: [], answered: [], answeredRight: [] };
  const rows: readonly [string, CheckSpec, PageFacts, CheckResult][] = [
    [
      'nothing was clicked',
      { click: { element: 'pod/web' } },
      nothing,
      { kind: 'failed', because: 'nothing was picked on the graph yet' },
    ],
    [
      'something else was clicked',
      { click: { element: 'pod/web' } },
      { ...nothing, clicks: ['pod/default/web-b'] },
      { kind: 'failed', because: 'you picked web-b' },
    ],
    [
      'it was clicked',
      { click: { element: 'pod/web' } },
      { ...nothing, clicks: ['pod/default/web', 'lan/lan'] },
      { kind: 'passed', evidence: 'you picked web', stamp: 0 },
    ],
    [
      'only one of two was clicked',
      { click: { element: ['pod/web', 'router'] } },
      { ...nothing, clicks: ['pod/default/web'] },
      { kind: 'failed', because: 'you picked web' },
    ],
    [
      'both were clicked',
      { click: { element: ['pod/web', 'router'] } },
      { ...nothing, clicks: ['pod/default/web', 'router/router'] },
      { kind: 'passed', evidence: 'you picked web and router', stamp: 1 },
    ],
    [
      'nothing was answered',
      { answer: { question: 'q1' } },
      nothing,
      { kind: 'failed', because: 'there is no answer yet' },
    ],
    [
      'it was answered wrongly',
      { answer: { question: 'q1' } },
      { ...nothing, answered: ['q1'] },
      { kind: 'failed', because: 'the last answer was wrong' },
    ],
    [
      'it was answered rightly',
      { answer: { question: 'q1' } },
      { ...nothing, answered: ['q1'], answeredRight: ['q1'] },
      { kind: 'passed', evidence: 'the answer is right' },
    ],
  ];
  it.each(rows)('%s', (_, spec, page, expected) => {
    expect(evaluateOnPage(spec, page)).toEqual(expected);
  });

  it('leaves the checks of the lab to the lab', () => {
    expect(evaluateOnPage({ seen: {} }, nothing)).toBeUndefined();
    expect(evaluateInLab([{ click: { element: 'pod/web' } }], facts())).toEqual([
      { kind: 'failed', because: 'the page answers this check, not the lab' },
    ]);
  });
});
