// What the server warns of. It does what it was asked to all the same.

import { beforeEach, describe, expect, it } from 'vitest';
import type { ApiResponse, Json } from '../../../../src/sim/api/request.ts';
import { type AskedServer, apiServer } from '../apiServer.ts';

const PODS = '/api/v1/namespaces/default/pods';
const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';
const MERGE = { 'content-type': 'application/merge-patch+json' };
let server: AskedServer;
beforeEach(() => {
  server = apiServer();
});

/** The texts of the header, as kubectl reads them. */
function warningsOf({ headers }: ApiResponse): readonly string[] {
  return [...(headers.warning ?? '').matchAll(/299 - ("(?:[^"\\]|\\.)*")/g)].map(([, text = '""']) => JSON.parse(text));
}

const withContainer = (container: Record<string, Json>, spec: Record<string, Json> = {}): Json => ({
  metadata: { name: 'a' },
  spec: { containers: [{ name: 'c', image: 'web', ...container }], ...spec },
});

describe('a Pod', () => {
  it.each<[string, Json, readonly string[]]>([
    ['nothing strange', withContainer({}), []],
    [
      'a variable that hides another',
      withContainer({
        env: [
          { name: 'A', value: '1' },
          { name: 'B', value: '$(A)' },
          { name: 'A', value: '2' },
          { name: 'B', value: '$(B)3' },
        ],
      }),
      ['spec.containers[0].env[2]: hides previous definition of "A", which may be dropped when using apply'],
    ],
    [
      'a port twice',
      withContainer({
        ports: [{ containerPort: 80 }, { containerPort: 80, protocol: 'UDP' }, { containerPort: 80, name: 'again' }],
      }),
      ['spec.containers[0].ports[2]: duplicate port definition with spec.containers[0].ports[0]'],
    ],
    [
      'a negative period',
      withContainer({}, { terminationGracePeriodSeconds: -1 }),
      ['spec.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1'],
    ],
    [
      'a name that is no label',
      { ...(withContainer({}) as object), metadata: { name: 'a.b' } } as Json,
      [
        "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]",
      ],
    ],
  ])('with %s', (_, body, expected) => {
    const created = server.ask('POST', PODS, body);
    expect([created.status, warningsOf(created)]).toEqual([201, expected]);
  });
});

it('a Deployment is warned of when its template changes, not when its labels do', () => {
  const labels = { app: 'web' };
  const ports = [{ containerPort: 80 }, { containerPort: 80 }];
  const template = { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'web', ports }] } };
  const body = { metadata: { name: 'web' }, spec: { selector: { matchLabels: labels }, template } };
  const place = 'spec.template.spec.containers[0]';
  const warning = `${place}.ports[1]: duplicate port definition with ${place}.ports[0]`;
  expect(warningsOf(server.ask('POST', DEPLOYMENTS, body))).toEqual([warning]);
  const patch = (change: Json) => warningsOf(server.ask('PATCH', `${DEPLOYMENTS}/web`, change, MERGE));
  expect(patch({ metadata: { labels: { x: 'y' } } })).toEqual([]);
  expect(patch({ spec: { replicas: 2 } })).toEqual([warning]);
});

it('every answer about a deprecated kind says so', () => {
  const notice = ['v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice'];
  expect(warningsOf(server.ask('GET', '/api/v1/endpoints'))).toEqual(notice);
  expect(warningsOf(server.ask('GET', '/api/v1/namespaces/default/endpoints/none'))).toEqual(notice);
});

it('the first object that nothing in the lab acts on says so', () => {
  const SECRETS = '/api/v1/namespaces/default/secrets';
  const notice = ['Secret has no effect in this lab: it is only kept and shown'];
  expect(warningsOf(server.ask('POST', SECRETS, { metadata: { name: 'a' } }))).toEqual(notice);
  expect(warningsOf(server.ask('POST', SECRETS, { metadata: { name: 'b' } }))).toEqual([]);
});
