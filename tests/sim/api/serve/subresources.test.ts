// What lies below objects: status, scale, binding, eviction, the end of a namespace.

import { beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../../../src/sim/api/request.ts';
import { type AskedServer, apiServer, at } from '../apiServer.ts';

const PODS = '/api/v1/namespaces/default/pods';
const DEPLOYMENT = '/apis/apps/v1/namespaces/default/deployments/web';
const MERGE = { 'content-type': 'application/merge-patch+json' };
let server: AskedServer;
beforeEach(() => {
  server = apiServer();
});

function createPod(name: string, spec: Record<string, Json> = {}): Json {
  const body = { metadata: { name }, spec: { containers: [{ name: 'c', image: 'web' }], ...spec } };
  return server.ask('POST', PODS, body).body;
}

function createDeployment(): Json {
  const labels = { app: 'web' };
  const template = { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'web' }] } };
  const body = { metadata: { name: 'web' }, spec: { selector: { matchLabels: labels }, template } };
  return server.ask('POST', '/apis/apps/v1/namespaces/default/deployments', body).body;
}

const live = (url: string) => server.ask('GET', url).body;

describe('status', () => {
  it('is changed alone, and only here', () => {
    createDeployment();
    server.ask(
      'PATCH',
      `${DEPLOYMENT}/status`,
      { spec: { replicas: 5 }, status: { readyReplicas: 1, replicas: 1 } },
      MERGE,
    );
    expect([at(live(DEPLOYMENT), 'spec', 'replicas'), at(live(DEPLOYMENT), 'status', 'readyReplicas')]).toEqual([1, 1]);
    server.ask('PATCH', DEPLOYMENT, { spec: { replicas: 5 }, status: { readyReplicas: 3 } }, MERGE);
    expect([at(live(DEPLOYMENT), 'spec', 'replicas'), at(live(DEPLOYMENT), 'status', 'readyReplicas')]).toEqual([5, 1]);
    expect(at(live(DEPLOYMENT), 'metadata', 'generation')).toBe(2);
    expect(live(`${DEPLOYMENT}/status`)).toEqual(live(DEPLOYMENT));
  });

  it('can be put, if nobody has changed the object since', () => {
    const object = createDeployment() as Record<string, Json>;
    const next = { ...object, status: { replicas: 2 } };
    expect(server.ask('PUT', `${DEPLOYMENT}/status`, next).status).toBe(200);
    const late = server.ask('PUT', `${DEPLOYMENT}/status`, { ...object, status: { replicas: 3 } });
    expect([late.status, at(late.body, 'message')]).toEqual([
      409,
      'Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply your changes to the latest version and try again',
    ]);
    expect(at(live(DEPLOYMENT), 'status', 'replicas')).toBe(2);
  });
});

describe('scale', () => {
  it('says and sets how many', () => {
    const metadata = at(createDeployment(), 'metadata');
    expect(live(`${DEPLOYMENT}/scale`)).toEqual({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      metadata: {
        name: 'web',
        namespace: 'default',
        uid: at(metadata, 'uid'),
        resourceVersion: at(metadata, 'resourceVersion'),
        creationTimestamp: at(metadata, 'creationTimestamp'),
      },
      spec: { replicas: 1 },
      status: { replicas: 0, selector: 'app=web' },
    });
    const patched = server.ask('PATCH', `${DEPLOYMENT}/scale`, { spec: { replicas: 4 } }, MERGE);
    expect([patched.status, at(patched.body, 'spec', 'replicas')]).toEqual([200, 4]);
    expect(at(live(DEPLOYMENT), 'spec', 'replicas')).toBe(4);
  });

  it.each<[Json, number, string]>([
    [
      { spec: { replicas: -1 } },
      422,
      'Scale.autoscaling "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
    ],
    [
      { metadata: { resourceVersion: '1' } },
      409,
      'Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply your changes to the latest version and try again',
    ],
  ])('refuses %j', (patch, status, message) => {
    createDeployment();
    const answer = server.ask('PATCH', `${DEPLOYMENT}/scale`, patch, MERGE);
    expect([answer.status, at(answer.body, 'message')]).toEqual([status, message]);
    expect(at(live(DEPLOYMENT), 'spec', 'replicas')).toBe(1);
  });

  it('is not there for Pods', () => {
    createPod('a');
    expect(server.ask('GET', `${PODS}/a/scale`).status).toBe(404);
  });
});

describe('binding', () => {
  const bind = (name: string, node: string) =>
    server.ask('POST', `${PODS}/${name}/binding`, { metadata: { name }, target: { kind: 'Node', name: node } });

  it('puts a Pod on a node, once', () => {
    createPod('a');
    const { status, body } = bind('a', 'node-1');
    expect([status, at(body, 'kind'), at(body, 'status')]).toEqual([201, 'Status', 'Success']);
    expect(at(live(`${PODS}/a`), 'spec', 'nodeName')).toBe('node-1');
    const again = bind('a', 'node-2');
    expect([again.status, at(again.body, 'message')]).toEqual([
      409,
      'Operation cannot be fulfilled on pods/binding "a": pod a is already assigned to node "node-1"',
    ]);
  });

  it('needs a node', () => {
    createPod('a');
    const { status, body } = bind('a', '');
    expect([status, at(body, 'message')]).toEqual([422, 'Binding "a" is invalid: target.name: Required value']);
  });
});

describe('eviction', () => {
  const evict = (name: string, more: Record<string, Json> = {}, query = '') =>
    server.ask('POST', `${PODS}/${name}/eviction${query}`, {
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name, namespace: 'default' },
      ...more,
    });

  it('deletes a Pod and says why', () => {
    createPod('a', { nodeName: 'node-1' });
    server.ask('PATCH', `${PODS}/a/status`, { status: { phase: 'Running' } }, MERGE);
    const { status, body } = evict('a', { deleteOptions: { gracePeriodSeconds: 5 } });
    expect([status, body]).toEqual([
      201,
      { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 },
    ]);
    expect(at(live(`${PODS}/a`), 'metadata', 'deletionGracePeriodSeconds')).toBe(5);
    expect(at(live(`${PODS}/a`), 'status', 'conditions', 0)).toMatchObject({
      type: 'DisruptionTarget',
      status: 'True',
      reason: 'EvictionByEvictionAPI',
      message: 'Eviction API: evicting',
    });
  });

  it('does nothing in a dry run', () => {
    const before = createPod('a', { nodeName: 'node-1' });
    expect(evict('a', {}, '?dryRun=All').status).toBe(201);
    expect(evict('a', { deleteOptions: { dryRun: ['All'] } }).status).toBe(201);
    expect(live(`${PODS}/a`)).toEqual(before);
  });

  it('is of the Pod that the path names, and of none that is not there', () => {
    createPod('a');
    const other = evict('a', { metadata: { name: 'b' } });
    expect([other.status, at(other.body, 'message')]).toEqual([
      400,
      'name in URL does not match name in Eviction object',
    ]);
    const none = evict('c');
    expect([none.status, at(none.body, 'message')]).toEqual([404, 'pods "c" not found']);
  });

  it('is found by kubectl drain in the discovery', () => {
    const resources = at(live('/api/v1'), 'resources') as readonly Json[];
    expect(resources.find(resource => at(resource, 'name') === 'pods/eviction')).toEqual({
      name: 'pods/eviction',
      singularName: '',
      namespaced: true,
      group: 'policy',
      version: 'v1',
      kind: 'Eviction',
      verbs: ['create'],
    });
  });
});

describe('a connection into a container', () => {
  it.each([
    ['exec', '', 400, "kubectl exec works in the lab's own terminal, not over HTTP"],
    ['exec', 'container=x', 400, 'container x is not valid for pod a'],
    ['attach', '', 400, 'kubectl attach does not work in this lab: kubectl logs -f shows what the container prints'],
    [
      'portforward',
      '',
      400,
      "this lab forwards no ports: kubectl exec and curl in the lab's own terminal reach the Pod",
    ],
  ])('%s?%s is refused with what to do instead', (what, query, status, message) => {
    createPod('a', { nodeName: 'node-1' });
    const refused = server.ask('POST', `${PODS}/a/${what}?${query}`);
    expect([refused.status, at(refused.body, 'message')]).toEqual([status, message]);
  });

  it('needs a Pod that is on a node', () => {
    createPod('a');
    const messageOf = (name: string) => at(server.ask('POST', `${PODS}/${name}/exec`).body, 'message');
    expect(messageOf('a')).toBe('pod a does not have a host assigned');
    expect(messageOf('none')).toBe('pods "none" not found');
  });
});

describe('the end of a namespace', () => {
  const SPACE = '/api/v1/namespaces/other';
  beforeEach(() => {
    server.ask('POST', '/api/v1/namespaces', { metadata: { name: 'other' } });
  });

  it('comes when its finalizer is taken away', () => {
    const going = server.ask('DELETE', SPACE);
    expect([going.status, at(going.body, 'status', 'phase')]).toEqual([200, 'Terminating']);
    const refused = server.ask('POST', `${SPACE}/pods`, {
      metadata: { name: 'a' },
      spec: { containers: [{ name: 'c', image: 'x' }] },
    });
    expect(refused.status).toBe(403);
    expect(refused.body).toMatchObject({
      reason: 'Forbidden',
      message: 'pods "a" is forbidden: unable to create new content in namespace other because it is being terminated',
      details: {
        name: 'a',
        kind: 'pods',
        causes: [
          {
            reason: 'NamespaceTerminating',
            message: 'namespace other is being terminated',
            field: 'metadata.namespace',
          },
        ],
      },
    });
    const body = live(SPACE) as Record<string, Json>;
    expect(server.ask('PUT', `${SPACE}/finalize`, { ...body, spec: {} }).status).toBe(200);
    expect(server.ask('GET', SPACE).status).toBe(404);
  });

  it.each(['default', 'kube-system'])('does not come for %s', name => {
    server.ask('POST', '/api/v1/namespaces', { metadata: { name } });
    const { status, body } = server.ask('DELETE', `/api/v1/namespaces/${name}`);
    expect([status, at(body, 'message')]).toEqual([
      403,
      `namespaces "${name}" is forbidden: this namespace may not be deleted`,
    ]);
  });
});
