// Deleting objects: when they go, what holds them, and what is said about it.

import { beforeEach, describe, expect, it } from 'vitest';
import { pods } from '../../../../src/sim/api/kinds/pod.ts';
import type { Json, WatchEvent } from '../../../../src/sim/api/request.ts';
import { type AskedServer, apiServer, at } from '../apiServer.ts';

const PODS = '/api/v1/namespaces/default/pods';
const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';
const MERGE = { 'content-type': 'application/merge-patch+json' };
let server: AskedServer;
beforeEach(() => {
  server = apiServer();
});

function createPod(name: string, more: Record<string, Json> = {}, spec: Record<string, Json> = {}): void {
  const body = { metadata: { name, ...more }, spec: { containers: [{ name: 'c', image: 'web' }], ...spec } };
  expect(server.ask('POST', PODS, body).status).toBe(201);
}

function createDeployment(name: string): Json {
  const labels = { app: name };
  const template = { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'web' }] } };
  return server.ask('POST', DEPLOYMENTS, { metadata: { name }, spec: { selector: { matchLabels: labels }, template } })
    .body;
}

const metadataOf = (url: string) => at(server.ask('GET', url).body, 'metadata');
const finalizers = (url: string) => at(metadataOf(url), 'finalizers');

describe('what is deleted', () => {
  it('is answered with a Status, or with the object where it is a Pod', () => {
    const uid = at(createDeployment('web'), 'metadata', 'uid');
    const { status, body } = server.ask('DELETE', `${DEPLOYMENTS}/web`);
    expect([status, body]).toEqual([
      200,
      {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Success',
        details: { name: 'web', group: 'apps', kind: 'deployments', uid },
      },
    ]);
    createPod('a');
    const gone = server.ask('DELETE', `${PODS}/a`).body;
    expect([at(gone, 'kind'), at(gone, 'metadata', 'deletionGracePeriodSeconds')]).toEqual(['Pod', 0]);
    expect(server.ask('GET', `${PODS}/a`).status).toBe(404);
  });

  it('is not there twice', () => {
    const { status, body } = server.ask('DELETE', `${PODS}/a`);
    expect([status, at(body, 'message')]).toEqual([404, 'pods "a" not found']);
    expect(at(body, 'details')).toEqual({ name: 'a', kind: 'pods' });
  });

  it('is first marked and then gone, for whoever watches', () => {
    createPod('a');
    const events: WatchEvent[] = [];
    server.ask('GET', `${PODS}?watch=1`).watch?.onEvent(event => events.push(event));
    server.ask('DELETE', `${PODS}/a`);
    expect(events.map(({ type }) => type)).toEqual(['ADDED', 'MODIFIED', 'DELETED']);
    expect(at(events[2]?.object, 'metadata', 'deletionTimestamp')).toBe('2026-01-01T00:00:00Z');
  });

  it('stays in a dry run', () => {
    createPod('a');
    const before = metadataOf(`${PODS}/a`);
    expect(server.ask('DELETE', `${PODS}/a?dryRun=All`).status).toBe(200);
    expect(server.ask('DELETE', `${PODS}/a`, { dryRun: ['All'] }).status).toBe(200);
    expect(metadataOf(`${PODS}/a`)).toEqual(before);
  });
});

describe('the grace period of a Pod on a node', () => {
  const inSeconds = (seconds: number) => `2026-01-01T00:00:${String(seconds).padStart(2, '0')}Z`;
  const marks = () => [
    at(metadataOf(`${PODS}/a`), 'deletionTimestamp'),
    at(metadataOf(`${PODS}/a`), 'deletionGracePeriodSeconds'),
  ];

  it('is its own, and can only become shorter, counted from its beginning', () => {
    createPod('a', {}, { nodeName: 'node-1' });
    server.ask('DELETE', `${PODS}/a`);
    expect(marks()).toEqual([inSeconds(30), 30]);
    expect(at(metadataOf(`${PODS}/a`), 'generation')).toBe(2);
    server.clock.passTo(4000);
    server.ask('DELETE', `${PODS}/a?gracePeriodSeconds=40`);
    server.ask('DELETE', `${PODS}/a`);
    expect(marks()).toEqual([inSeconds(30), 30]);
    server.ask('DELETE', `${PODS}/a?gracePeriodSeconds=10`);
    expect(marks()).toEqual([inSeconds(10), 10]);
    server.ask('DELETE', `${PODS}/a?gracePeriodSeconds=2`);
    expect(marks()).toEqual([inSeconds(4), 1]);
    server.ask('DELETE', `${PODS}/a?gracePeriodSeconds=0`);
    expect(server.ask('GET', `${PODS}/a`).status).toBe(404);
  });

  it('is one second if it is negative', () => {
    createPod('a', {}, { nodeName: 'node-1' });
    server.ask('DELETE', `${PODS}/a`, { gracePeriodSeconds: -5 });
    expect(marks()).toEqual([inSeconds(1), 1]);
  });
});

describe('finalizers', () => {
  it('hold an object until the last is taken away', () => {
    createPod('a', { finalizers: ['example.com/x', 'example.com/y'] });
    expect(at(server.ask('DELETE', `${PODS}/a`).body, 'metadata', 'deletionTimestamp')).toBeDefined();
    const add = server.ask(
      'PATCH',
      `${PODS}/a`,
      { metadata: { finalizers: ['example.com/x', 'example.com/z'] } },
      MERGE,
    );
    expect([add.status, at(add.body, 'message')]).toEqual([
      422,
      'Pod "a" is invalid: metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"example.com/z"}',
    ]);
    server.ask('PATCH', `${PODS}/a`, { metadata: { finalizers: ['example.com/y'] } }, MERGE);
    expect(finalizers(`${PODS}/a`)).toEqual(['example.com/y']);
    expect(server.ask('PATCH', `${PODS}/a`, { metadata: { finalizers: null } }, MERGE).status).toBe(200);
    expect(server.ask('GET', `${PODS}/a`).status).toBe(404);
  });

  it.each([
    [{ propagationPolicy: 'Foreground' }, ['foregroundDeletion']],
    [{ propagationPolicy: 'Orphan' }, ['orphan']],
    [{ orphanDependents: true }, ['orphan']],
  ])('stand for %j', (options, expected) => {
    createDeployment('web');
    server.ask('DELETE', `${DEPLOYMENTS}/web`, { kind: 'DeleteOptions', apiVersion: 'apps/v1', ...options });
    expect(finalizers(`${DEPLOYMENTS}/web`)).toEqual(expected);
  });

  it.each([{ propagationPolicy: 'Background' }, { orphanDependents: false }, {}])('do not with %j', options => {
    createDeployment('web');
    server.ask('DELETE', `${DEPLOYMENTS}/web`, options);
    expect(server.ask('GET', `${DEPLOYMENTS}/web`).status).toBe(404);
  });
});

describe('preconditions', () => {
  it.each([
    [
      'uid',
      'the UID in the precondition (other) does not match the UID in record (UID). The object might have been deleted and then recreated',
    ],
    [
      'resourceVersion',
      'the ResourceVersion in the precondition (other) does not match the ResourceVersion in record (VERSION). The object might have been modified',
    ],
  ])('of another %s refuse', (name, why) => {
    createDeployment('web');
    const metadata = metadataOf(`${DEPLOYMENTS}/web`);
    const { status, body } = server.ask('DELETE', `${DEPLOYMENTS}/web`, { preconditions: { [name]: 'other' } });
    const expected = why
      .replace('UID)', `${String(at(metadata, 'uid'))})`)
      .replace('VERSION', String(at(metadata, 'resourceVersion')));
    expect([status, at(body, 'reason'), at(body, 'message')]).toEqual([
      409,
      'Conflict',
      `Operation cannot be fulfilled on Deployment.apps "web": ${expected}`,
    ]);
    const met = { preconditions: { [name]: at(metadata, name) ?? null } };
    expect(server.ask('DELETE', `${DEPLOYMENTS}/web`, met).status).toBe(200);
  });
});

describe('options that make no sense', () => {
  it.each<[Json, string]>([
    [
      { propagationPolicy: 'Later' },
      'propagationPolicy: Unsupported value: "Later": supported values: "Foreground", "Background", "Orphan", "nil"',
    ],
    [
      { propagationPolicy: 'Orphan', orphanDependents: true },
      'propagationPolicy: Invalid value: "Orphan": orphanDependents and deletionPropagation cannot be both set',
    ],
    [{ dryRun: ['None'] }, 'dryRun: Unsupported value: ["None"]: supported values: "All"'],
  ])('%j', (options, why) => {
    createPod('a');
    const { status, body } = server.ask('DELETE', `${PODS}/a`, options);
    expect([status, at(body, 'message')]).toEqual([422, `DeleteOptions.meta.k8s.io "" is invalid: ${why}`]);
    expect(server.ask('GET', `${PODS}/a`).status).toBe(200);
  });

  it.each<[Json, string]>([
    [
      { kind: 'Pod' },
      'Pod in version "v1" cannot be handled as a DeleteOptions: converting (v1.Pod) to (v1.DeleteOptions): unknown conversion',
    ],
    [
      { gracePeriodSeconds: 'soon' },
      'DeleteOptions in version "v1" cannot be handled as a DeleteOptions: json: cannot unmarshal string into Go struct field DeleteOptions.gracePeriodSeconds of type int64',
    ],
  ])('%j is not DeleteOptions', (options, message) => {
    createPod('a');
    const { status, body } = server.ask('DELETE', `${PODS}/a`, options);
    expect([status, at(body, 'message')]).toEqual([400, message]);
  });
});

describe('a collection', () => {
  beforeEach(() => {
    createPod('a', { labels: { app: 'web' } });
    createPod('b', { labels: { app: 'web' }, finalizers: ['example.com/x'] });
    createPod('c');
  });

  it('goes as far as it is chosen', () => {
    const { status, body } = server.ask('DELETE', `${PODS}?labelSelector=app%3Dweb`);
    expect([status, at(body, 'kind')]).toEqual([200, 'PodList']);
    const left = at(server.ask('GET', PODS).body, 'items') as readonly Json[];
    expect(left.map(item => at(item, 'metadata', 'name'))).toEqual(['b', 'c']);
    expect(at(left[0], 'metadata', 'deletionTimestamp')).toBeDefined();
  });

  it('stays in a dry run', () => {
    server.ask('DELETE', `${PODS}?dryRun=All`);
    expect(server.api.client('test').count(pods)).toBe(3);
  });

  it.each(['/api/v1/pods', '/api/v1/namespaces'])('%s is too large a one', url => {
    expect(server.ask('DELETE', url).status).toBe(405);
  });

  it('goes only where nothing is wrong with the selector', () => {
    expect(server.ask('DELETE', `${PODS}?labelSelector=a%20b`).status).toBe(400);
    expect(server.api.client('test').count(pods)).toBe(3);
  });
});
