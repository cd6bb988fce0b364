// managedFields and server-side apply. What a real kube-apiserver v1.34 answers; its words.

import { beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../../src/sim/api/request.ts';
import { type AskedServer, apiServer, at } from './apiServer.ts';

const DEPLOYMENT = '/apis/apps/v1/namespaces/default/deployments/web';
const APPLY = { 'content-type': 'application/apply-patch+yaml' };

function deployment(spec: Record<string, Json>, labels?: Record<string, Json>): Json {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', ...(labels !== undefined && { labels }) },
    spec,
  };
}

const web = (more: Record<string, Json> = {}): Record<string, Json> => ({
  selector: { matchLabels: { app: 'web' } },
  template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web' }] } },
  ...more,
});

let server: AskedServer;
beforeEach(() => {
  server = apiServer();
});

function apply(manager: string, body: Json, more = '') {
  return server.ask('PATCH', `${DEPLOYMENT}?fieldManager=${manager}${more}`, body, APPLY);
}

function create(body: Json, manager: string) {
  return server.ask('POST', `/apis/apps/v1/namespaces/default/deployments?fieldManager=${manager}`, body);
}

function merge(manager: string, body: Json) {
  const type = { 'content-type': 'application/merge-patch+json' };
  return server.ask('PATCH', `${DEPLOYMENT}?fieldManager=${manager}`, body, type);
}

const live = (): Json => server.ask('GET', DEPLOYMENT).body;

/** `manager operation` to its fields. */
function owners(): Record<string, Json | undefined> {
  const entries = (at(live(), 'metadata', 'managedFields') ?? []) as readonly Json[];
  return Object.fromEntries(
    entries.map(entry => [`${String(at(entry, 'manager'))} ${String(at(entry, 'operation'))}`, at(entry, 'fieldsV1')]),
  );
}

describe('managedFields of an update', () => {
  it('have everything that a create brings, defaults too', () => {
    create(deployment(web()), 'kubectl-create');
    expect(owners()).toEqual({
      'kubectl-create Update': {
        'f:spec': {
          'f:progressDeadlineSeconds': {},
          'f:replicas': {},
          'f:revisionHistoryLimit': {},
          'f:selector': {},
          'f:strategy': { 'f:rollingUpdate': { '.': {}, 'f:maxSurge': {}, 'f:maxUnavailable': {} }, 'f:type': {} },
          'f:template': {
            'f:metadata': { 'f:labels': { '.': {}, 'f:app': {} } },
            'f:spec': {
              'f:containers': {
                'k:{"name":"web"}': {
                  '.': {},
                  'f:image': {},
                  'f:imagePullPolicy': {},
                  'f:name': {},
                  'f:resources': {},
                  'f:terminationMessagePath': {},
                  'f:terminationMessagePolicy': {},
                },
              },
              'f:dnsPolicy': {},
              'f:restartPolicy': {},
              'f:schedulerName': {},
              'f:securityContext': {},
              'f:terminationGracePeriodSeconds': {},
            },
          },
        },
      },
    });
  });

  it('move to whoever changes a field, and go with it', () => {
    create(deployment(web(), { a: '1', b: '2' }), 'first');
    merge('second', { metadata: { labels: { a: 'x' } } });
    expect(at(owners()['first Update'], 'f:metadata')).toEqual({ 'f:labels': { '.': {}, 'f:b': {} } });
    expect(owners()['second Update']).toEqual({ 'f:metadata': { 'f:labels': { 'f:a': {} } } });
    merge('third', { metadata: { labels: null } });
    expect(at(owners()['first Update'], 'f:metadata')).toBeUndefined();
    expect(Object.keys(owners())).toEqual(['first Update']);
  });

  it('are put together when more than ten managers have written', () => {
    create(deployment(web()), 'm0');
    for (let i = 1; i <= 10; i++) merge(`m${i}`, { metadata: { labels: { [`l${i}`]: 'x' } } });
    expect(Object.keys(owners())).toHaveLength(10);
    expect(Object.keys(owners())).toContain('ancient-changes Update');
  });

  it('can be cleared, and are not begun again then', () => {
    create(deployment(web()), 'm0');
    merge('m1', { metadata: { managedFields: [{}] } });
    expect(at(live(), 'metadata', 'managedFields')).toBeUndefined();
  });
});

describe('server-side apply', () => {
  it('makes an object that is not there, owned for what was said and no more', () => {
    expect(apply('ci', deployment(web({ replicas: 3 }))).status).toBe(201);
    expect(owners()).toEqual({
      'ci Apply': {
        'f:spec': {
          'f:replicas': {},
          'f:selector': {},
          'f:template': {
            'f:metadata': { 'f:labels': { 'f:app': {} } },
            'f:spec': { 'f:containers': { 'k:{"name":"web"}': { '.': {}, 'f:image': {}, 'f:name': {} } } },
          },
        },
      },
    });
  });

  it('changes nothing, not even the version, when it says the same again', () => {
    const first = apply('ci', deployment(web({ replicas: 3 }))).body;
    const second = apply('ci', deployment(web({ replicas: 3 })));
    expect(second.status).toBe(200);
    expect(second.body).toEqual(first);
  });

  it('reads YAML', () => {
    const text = JSON.stringify(deployment(web())).replace('"replicas"', 'replicas');
    expect(server.ask('PATCH', `${DEPLOYMENT}?fieldManager=ci`, `# a comment\n${text}\n`, APPLY).status).toBe(201);
  });

  it('needs the name of a manager', () => {
    const refused = server.ask('PATCH', DEPLOYMENT, deployment(web()), APPLY);
    expect(refused.status).toBe(422);
    expect(at(refused.body, 'message')).toBe(
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    );
  });

  it('refuses what another manager owns, names each field, and stores nothing', () => {
    create(deployment(web({ replicas: 2, minReadySeconds: 1 })), 'other');
    const before = live();
    const one = apply('ci', deployment(web({ replicas: 3 })));
    expect(one.status).toBe(409);
    expect(one.body).toMatchObject({
      reason: 'Conflict',
      message: 'Apply failed with 1 conflict: conflict with "other" using apps/v1: .spec.replicas',
      details: {
        causes: [
          { reason: 'FieldManagerConflict', message: 'conflict with "other" using apps/v1', field: '.spec.replicas' },
        ],
      },
    });
    const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:2' }] } };
    const two = apply('ci', deployment({ ...web({ replicas: 3 }), template }));
    expect(at(two.body, 'message')).toBe(
      'Apply failed with 2 conflicts: conflicts with "other" using apps/v1:\n- .spec.replicas\n- .spec.template.spec.containers[name="web"].image',
    );
    expect(live()).toEqual(before);
  });

  it('takes a field by force, and shares one that says the same', () => {
    create(deployment(web({ replicas: 2 })), 'other');
    expect(apply('ci', deployment(web({ replicas: 2 }))).status).toBe(200);
    expect(at(owners()['other Update'], 'f:spec', 'f:replicas')).toEqual({});
    expect(at(owners()['ci Apply'], 'f:spec', 'f:replicas')).toEqual({});
    expect(apply('ci', deployment(web({ replicas: 3 })), '&force=true').status).toBe(200);
    expect(at(owners()['other Update'], 'f:spec', 'f:replicas')).toBeUndefined();
    expect(at(live(), 'spec', 'replicas')).toBe(3);
  });

  it('takes away what it no longer says, unless somebody else owns it', () => {
    apply('ci', deployment(web(), { mine: '1', ours: '2' }));
    apply('cd', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', labels: { ours: '2' } } });
    apply('ci', deployment(web()));
    expect(at(live(), 'metadata', 'labels')).toEqual({ ours: '2' });
    apply('cd', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } });
    expect(at(live(), 'metadata', 'labels')).toBeUndefined();
    expect(Object.keys(owners())).toEqual(['ci Apply']);
  });

  it('merges items of lists by their keys, and takes out its own with all their defaults', () => {
    const containers = (...names: readonly string[]): Json =>
      deployment({
        ...web(),
        template: {
          metadata: { labels: { app: 'web' } },
          spec: { containers: names.map(name => ({ name, image: name, ports: [{ containerPort: 80 }] })) },
        },
      });
    apply('ci', containers('a', 'b'));
    expect(at(owners()['ci Apply'], 'f:spec', 'f:template', 'f:spec', 'f:containers', 'k:{"name":"b"}')).toEqual({
      '.': {},
      'f:image': {},
      'f:name': {},
      'f:ports': { 'k:{"containerPort":80,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {} } },
    });
    apply('ci', containers('b', 'c'));
    const names = (at(live(), 'spec', 'template', 'spec', 'containers') as readonly Json[]).map(item =>
      at(item, 'name'),
    );
    expect(names).toEqual(['b', 'c']);
  });

  it('takes over what kubectl has applied from the client', () => {
    const said = deployment(web({ replicas: 2 }));
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(said) };
    create({ ...(said as object), metadata: { name: 'web', annotations } } as Json, 'kubectl-client-side-apply');
    expect(apply('other', deployment(web({ replicas: 5 }))).status).toBe(409);
    expect(apply('kubectl', deployment(web({ replicas: 5 }))).status).toBe(200);
    const kept = at(live(), 'metadata', 'annotations', 'kubectl.kubernetes.io/last-applied-configuration');
    expect(JSON.parse(String(kept))).toMatchObject({ spec: { replicas: 5 } });
  });

  it.each([
    [{ replicas: 'three' }, '.spec.replicas: expected numeric (int or float), got string'],
    [{ paused: 'yes' }, '.spec.paused: expected boolean, got &{yes}'],
    [{ nonsense: 1 }, '.spec.nonsense: field not declared in schema'],
    [
      { template: { spec: { containers: [{ image: 'web' }] } } },
      '.spec.template.spec.containers: element 0: associative list with keys has an element that omits all key fields ["name"] (and doesn\'t have default values for any key fields)',
    ],
    [
      { template: { spec: { containers: [{ name: 'a' }, { name: 'a' }] } } },
      '.spec.template.spec.containers: duplicate entries for key [name="a"]',
    ],
  ])('refuses %j', (spec, why) => {
    const refused = apply('ci', deployment(spec as Record<string, Json>));
    expect(refused.status).toBe(500);
    expect(at(refused.body, 'message')).toBe(
      `failed to create typed patch object (/web; apps/v1, Kind=Deployment): ${why}`,
    );
    expect(server.ask('GET', DEPLOYMENT).status).toBe(404);
  });

  it('does nothing in a dry run but answer', () => {
    const dry = apply('ci', deployment(web()), '&dryRun=All');
    expect(dry.status).toBe(201);
    expect(at(dry.body, 'metadata', 'managedFields', 0, 'manager')).toBe('ci');
    expect(server.ask('GET', DEPLOYMENT).status).toBe(404);
  });
});
