// Creating and changing objects: names, versions, dry runs, what may not change, and that a refusal leaves no trace.

import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ApiRequest, Json } from '../../../../src/sim/api/request.ts';
import { NameSource } from '../../../../src/sim/runtime/names.ts';
import { type AskedServer, apiServer, at } from '../apiServer.ts';

const PODS = '/api/v1/namespaces/default/pods';
const SERVICES = '/api/v1/namespaces/default/services';
const MERGE = { 'content-type': 'application/merge-patch+json' };
let server: AskedServer;
beforeEach(() => {
  server = apiServer();
});

const pod = (metadata: Record<string, Json>, spec: Record<string, Json> = {}): Json => ({
  metadata,
  spec: { containers: [{ name: 'c', image: 'web' }], ...spec },
});
const live = (url: string): Json => server.ask('GET', url).body;

/** Everything that the server has, and the version that it has come to. */
function contents(): Json {
  return ['/api/v1/pods', '/api/v1/services', '/api/v1/namespaces'].map(live);
}

function refusal(method: ApiRequest['method'], url: string, body: Json, headers = {}) {
  const before = contents();
  const answer = server.ask(method, url, body, headers);
  expect(contents()).toEqual(before);
  return [answer.status, at(answer.body, 'reason'), at(answer.body, 'message')];
}

describe('a new object', () => {
  it('gets what the server gives, whatever the client says', () => {
    const told = {
      name: 'a',
      uid: 'mine',
      creationTimestamp: '2001-01-01T00:00:00Z',
      deletionTimestamp: '2001-01-01T00:00:00Z',
      deletionGracePeriodSeconds: 5,
      generation: 7,
      selfLink: '/a',
      managedFields: [],
    };
    const metadata = at(server.ask('POST', PODS, pod(told)).body, 'metadata') as Record<string, Json>;
    const { uid, managedFields, ...rest } = metadata;
    expect(uid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(managedFields).toHaveLength(1);
    expect(rest).toEqual({
      name: 'a',
      namespace: 'default',
      creationTimestamp: '2026-01-01T00:00:00Z',
      generation: 1,
      resourceVersion: '2',
    });
  });

  it('can have its name made up, which is cut where it would be too long', () => {
    const made = server.ask('POST', PODS, pod({ generateName: 'web-' })).body;
    expect(at(made, 'metadata', 'name')).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    expect(at(made, 'metadata', 'generateName')).toBe('web-');
    const long = server.ask('POST', PODS, pod({ generateName: 'x'.repeat(70) })).body;
    expect(String(at(long, 'metadata', 'name'))).toHaveLength(63);
  });

  it('gets another name if the first ones are taken, and none if eight are', () => {
    const names = new NameSource(1);
    server = apiServer({ names });
    const start = names.count;
    const suffixes = Array.from({ length: 8 }, () => names.suffix());
    const make = () => {
      names.restore(start);
      return server.ask('POST', PODS, pod({ generateName: 'web-' }));
    };
    for (const suffix of suffixes.slice(0, 7)) server.ask('POST', PODS, pod({ name: `web-${suffix}` }));
    expect(at(make().body, 'metadata', 'name')).toBe(`web-${suffixes[7]}`);
    const { status, body } = make();
    const message = `pods "web-${suffixes[7]}" already exists, the server was not able to generate a unique name for the object`;
    expect([status, at(body, 'reason'), at(body, 'message')]).toEqual([409, 'AlreadyExists', message]);
    expect(at(body, 'details', 'retryAfterSeconds')).toBe(1);
  });

  it.each<[string, Json, number, string, string]>([
    [
      PODS,
      pod({}),
      422,
      'Invalid',
      'Pod "" is invalid: metadata.name: Required value: name or generateName is required',
    ],
    [PODS, pod({ name: 'taken' }), 409, 'AlreadyExists', 'pods "taken" already exists'],
    [`${PODS}?dryRun=All`, pod({ name: 'taken' }), 409, 'AlreadyExists', 'pods "taken" already exists'],
    [
      PODS,
      pod({ name: 'a', namespace: 'other' }),
      400,
      'BadRequest',
      'the namespace of the provided object does not match the namespace sent on the request',
    ],
    [
      PODS,
      pod({ name: 'a', resourceVersion: '5' }),
      500,
      '',
      'resourceVersion should not be set on objects to be created',
    ],
    ['/api/v1/namespaces/none/pods', pod({ name: 'a' }), 404, 'NotFound', 'namespaces "none" not found'],
    [
      '/api/v1/namespaces',
      { metadata: { name: 'default' } },
      409,
      'AlreadyExists',
      'namespaces "default" already exists',
    ],
    [
      `${PODS}?dryRun=Some`,
      pod({ name: 'a' }),
      422,
      'Invalid',
      'CreateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["Some"]: supported values: "All"',
    ],
    [
      `${PODS}?fieldManager=a%07b`,
      pod({ name: 'a' }),
      422,
      'Invalid',
      'CreateOptions.meta.k8s.io "" is invalid: fieldManager: Invalid value: "a\\u0007b": invalid character U+0007 (at position 1)',
    ],
  ])('posted to %s as %.50j is refused', (url, body, status, reason, message) => {
    server.ask('POST', PODS, pod({ name: 'taken' }));
    expect(refusal('POST', url, body)).toEqual([status, reason, message]);
  });

  it('of a dry run has all that it would have, and leaves nothing', () => {
    const before = contents();
    const service = { metadata: { name: 'web' }, spec: { ports: [{ port: 80 }] } };
    const dry = server.ask('POST', `${SERVICES}?dryRun=All`, service);
    expect(dry.status).toBe(201);
    expect(at(dry.body, 'spec', 'clusterIP')).toMatch(/^10\./);
    expect(at(dry.body, 'metadata', 'uid')).toBeDefined();
    expect(contents()).toEqual(before);
    // What it was given is still free.
    expect(at(server.ask('POST', SERVICES, service).body, 'spec', 'clusterIP')).toBe(at(dry.body, 'spec', 'clusterIP'));
  });
});

describe('an object that is put', () => {
  let object: Record<string, Json>;
  beforeEach(() => {
    object = server.ask('POST', PODS, pod({ name: 'a', labels: { x: '1' } })).body as Record<string, Json>;
  });
  const metadata = (change: Record<string, Json>): Json => ({
    ...object,
    metadata: { ...(object.metadata as object), ...change },
  });

  it('replaces the one that was read, once', () => {
    const first = server.ask('PUT', `${PODS}/a`, metadata({ labels: { x: '2' } }));
    expect([first.status, at(first.body, 'metadata', 'labels')]).toEqual([200, { x: '2' }]);
    expect(refusal('PUT', `${PODS}/a`, metadata({ labels: { x: '3' } }))).toEqual([
      409,
      'Conflict',
      'Operation cannot be fulfilled on pods "a": the object has been modified; please apply your changes to the latest version and try again',
    ]);
  });

  it('replaces whatever is there if it names no version', () => {
    server.ask('PUT', `${PODS}/a`, metadata({ labels: { x: '2' } }));
    const { resourceVersion: _version, ...unversioned } = object.metadata as Record<string, Json>;
    const put = server.ask('PUT', `${PODS}/a`, { ...object, metadata: { ...unversioned, labels: { x: '3' } } });
    expect([put.status, at(put.body, 'metadata', 'labels')]).toEqual([200, { x: '3' }]);
  });

  it('that says nothing new gets no new version, and nobody hears of it', () => {
    const events: unknown[] = [];
    server
      .ask('GET', `${PODS}?watch=1&resourceVersion=${at(object, 'metadata', 'resourceVersion')}`)
      .watch?.onEvent(event => events.push(event));
    expect(server.ask('PUT', `${PODS}/a`, object).body).toEqual(object);
    expect(events).toEqual([]);
  });

  it('cannot be another one', () => {
    const uid = String(at(object, 'metadata', 'uid'));
    expect(refusal('PUT', `${PODS}/a`, metadata({ uid: 'other' }))).toEqual([
      409,
      'Conflict',
      `Operation cannot be fulfilled on pods "a": StorageError: invalid object, Code: 4, Key: /registry/pods/default/a, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: other, UID in object meta: ${uid}`,
    ]);
  });

  it.each<[Record<string, Json>, string]>([
    [{ name: 'b' }, 'the name of the object (b) does not match the name on the URL (a)'],
    [{ name: '' }, 'the name of the object (a based on URL) was undeterminable: name must be provided'],
    [
      { namespace: 'other' },
      'the namespace of the object (other) does not match the namespace on the request (default)',
    ],
  ])('with %j does not belong there', (change, message) => {
    expect(refusal('PUT', `${PODS}/a`, metadata(change))).toEqual([400, 'BadRequest', message]);
  });

  it('must be there already', () => {
    expect(refusal('PUT', `${PODS}/b`, pod({ name: 'b' }))).toEqual([404, 'NotFound', 'pods "b" not found']);
  });

  it('keeps what only the server says', () => {
    const put = server.ask('PUT', `${PODS}/a`, metadata({ creationTimestamp: '2001-01-01T00:00:00Z', generation: 9 }));
    expect([put.status, at(put.body, 'metadata', 'creationTimestamp'), at(put.body, 'metadata', 'generation')]).toEqual(
      [200, '2026-01-01T00:00:00Z', 1],
    );
  });

  it('of a dry run is checked and not kept', () => {
    const before = contents();
    const dry = server.ask('PUT', `${PODS}/a?dryRun=All`, metadata({ labels: { x: '9' } }));
    expect([dry.status, at(dry.body, 'metadata', 'labels')]).toEqual([200, { x: '9' }]);
    expect(contents()).toEqual(before);
    expect(refusal('PUT', `${PODS}/a?dryRun=All`, metadata({ labels: { x: '!' } }))[0]).toBe(422);
  });
});

describe('what may not change', () => {
  it.each<[string, Json, Json, string]>([
    [
      PODS,
      pod({ name: 'a' }),
      { spec: { nodeName: 'node-1' } },
      'spec: Forbidden: pod updates may not change fields other than',
    ],
    [
      SERVICES,
      { metadata: { name: 'a' }, spec: { ports: [{ port: 80 }] } },
      { spec: { clusterIP: '10.96.7.7', clusterIPs: ['10.96.7.7'] } },
      'spec.clusterIPs[0]: Invalid value: ["10.96.7.7"]: may not change once set',
    ],
    [
      '/apis/apps/v1/namespaces/default/deployments',
      {
        metadata: { name: 'a' },
        spec: {
          selector: { matchLabels: { app: 'a' } },
          template: {
            metadata: { labels: { app: 'a', tier: 'x' } },
            spec: { containers: [{ name: 'c', image: 'x' }] },
          },
        },
      },
      { spec: { selector: { matchLabels: { tier: 'x' } } } },
      'spec.selector: Invalid value: {"matchLabels":{"app":"a","tier":"x"}}: field is immutable',
    ],
    [
      '/api/v1/namespaces/default/configmaps',
      { metadata: { name: 'a' }, immutable: true, data: { a: 'b' } },
      { data: { a: 'c' } },
      'data: Forbidden: field is immutable when `immutable` is set',
    ],
  ])('of %s', (url, body, patch, message) => {
    expect(server.ask('POST', url, body).status).toBe(201);
    const [status, reason, why] = refusal('PATCH', `${url}/a`, patch, MERGE);
    expect([status, reason]).toEqual([422, 'Invalid']);
    expect(why).toContain(message);
  });
});

describe('a merge patch with a version', () => {
  it('is refused if the object has another one', () => {
    const { body } = server.ask('POST', PODS, pod({ name: 'a' }));
    const resourceVersion = at(body, 'metadata', 'resourceVersion') ?? '';
    const patch = (x: string) => ({ metadata: { resourceVersion, labels: { x } } });
    expect(server.ask('PATCH', `${PODS}/a`, patch('1'), MERGE).status).toBe(200);
    expect(refusal('PATCH', `${PODS}/a`, patch('2'), MERGE)).toEqual([
      409,
      'Conflict',
      'Operation cannot be fulfilled on pods "a": the object has been modified; please apply your changes to the latest version and try again',
    ]);
  });
});

describe('versions', () => {
  it('only grow, and each write has its own', () => {
    const write = fc.constantFrom('create', 'label', 'delete');
    fc.assert(
      fc.property(fc.array(fc.tuple(write, fc.integer({ min: 0, max: 3 })), { maxLength: 20 }), writes => {
        server = apiServer();
        const seen: number[] = [];
        server
          .ask('GET', `${PODS}?watch=1`)
          .watch?.onEvent(({ object }) => seen.push(Number(at(object, 'metadata', 'resourceVersion'))));
        for (const [i, [what, n]] of writes.entries()) {
          if (what === 'create') server.ask('POST', PODS, pod({ name: `p${n}` }));
          else if (what === 'delete') server.ask('DELETE', `${PODS}/p${n}`);
          else server.ask('PATCH', `${PODS}/p${n}`, { metadata: { labels: { x: `${i}` } } }, MERGE);
        }
        expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
      }),
      { numRuns: 50 },
    );
  });
});
