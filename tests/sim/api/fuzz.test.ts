// Objects fuzzed from the schema: whatever they are, the server answers, and what it stores is valid.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJsonObject, type JsonObject } from '../../../src/sim/api/json.ts';
import type { Kind } from '../../../src/sim/api/kinds/kind.ts';
import type { Json } from '../../../src/sim/api/request.ts';
import { SCHEME } from '../../../src/sim/api/scheme.ts';
import { definitionOf } from '../../../src/sim/api/structure.ts';
import { structOf } from '../../support/fuzzedObjects.ts';
import { apiServer, at } from './apiServer.ts';

/** For all kinds together. */
const OBJECTS = 10_000;
const STATUSES = [200, 201, 400, 403, 404, 409, 422, 500];

const template = {
  metadata: { labels: { app: 'a' } },
  spec: { containers: [{ name: 'c', image: 'web' }], restartPolicy: 'Always' },
};
const workload = { selector: { matchLabels: { app: 'a' } }, template };

/** Objects that are valid as they are: what is fuzzed is put over one of them. */
const VALID: Readonly<Record<string, JsonObject>> = {
  Pod: { spec: { containers: [{ name: 'c', image: 'web' }] } },
  Service: { spec: { ports: [{ port: 80 }] } },
  Deployment: { spec: workload },
  ReplicaSet: { spec: workload },
  DaemonSet: { spec: workload },
  StatefulSet: { spec: { ...workload, serviceName: 'a' } },
  Job: { spec: { template: { spec: { ...template.spec, restartPolicy: 'Never' } } } },
  EndpointSlice: { addressType: 'IPv4', endpoints: [] },
  CronJob: {
    spec: {
      schedule: '* * * * *',
      jobTemplate: { spec: { template: { spec: { ...template.spec, restartPolicy: 'Never' } } } },
    },
  },
  ReplicationController: { spec: { selector: { app: 'a' }, template } },
  HorizontalPodAutoscaler: {
    spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' } },
  },
  Ingress: { spec: { defaultBackend: { service: { name: 'a', port: { number: 80 } } } } },
  PersistentVolumeClaim: { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } },
  PersistentVolume: {
    spec: { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, hostPath: { path: '/a' } },
  },
  StorageClass: { provisioner: 'example.com/a' },
  RoleBinding: { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'a' } },
  ClusterRoleBinding: { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'a' } },
};

/** What is fuzzed, over what is valid: half of the fields at each place are left as they were. */
function over(base: Json | undefined, fuzzed: Json, keep: () => boolean): Json {
  if (!isJsonObject(base) || !isJsonObject(fuzzed)) return keep() && base !== undefined ? base : fuzzed;
  const names = [...new Set([...Object.keys(base), ...Object.keys(fuzzed)])];
  return Object.fromEntries(
    names.map(name => {
      const value = Object.hasOwn(fuzzed, name) ? fuzzed[name] : undefined;
      const own = Object.hasOwn(base, name) ? base[name] : undefined;
      return [name, value === undefined ? (own ?? null) : over(own, value, keep)];
    }),
  );
}

function pathOf({ apiVersion, resource, namespaced }: Kind): string {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return namespaced ? `${root}/namespaces/default/${resource}` : `${root}/${resource}`;
}

const TABLE = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' };

describe('an object fuzzed from the schema', () => {
  it.each(SCHEME.map(kind => [kind.kind, kind] as const))('of kind %s', (_, kind) => {
    const definition = definitionOf(kind.apiVersion, kind.kind);
    if (definition === undefined) throw new Error(`a definition of ${kind.kind} was expected`);
    const url = pathOf(kind);
    const server = apiServer();
    let stored = 0;
    const seed = fc.infiniteStream(fc.boolean());
    fc.assert(
      fc.property(structOf(definition, 6), seed, (fuzzed, choices) => {
        const keep = () => choices.next().value === true;
        const valid = { ...VALID[kind.kind], metadata: { name: 'a' } };
        const { apiVersion: _apiVersion, kind: _kind, ...object } = over(valid, fuzzed, keep) as Record<string, Json>;
        // Of a status that a client sends with a new Node not all is looked at.
        const { status: _status, ...rest } = object;
        const created = server.ask('POST', url, rest);
        expect(STATUSES).toContain(created.status);
        if (created.status !== 201) return;
        stored++;
        const one = `${url}/${encodeURIComponent(String(at(created.body, 'metadata', 'name')))}`;
        const same = server.ask('PUT', one, created.body);
        expect([same.status, same.body]).toEqual([200, created.body]);
        expect(server.ask('GET', url, undefined, TABLE).status).toBe(200);
        server.ask(
          'PATCH',
          one,
          { metadata: { finalizers: null } },
          { 'content-type': 'application/merge-patch+json' },
        );
        server.ask('DELETE', one, { gracePeriodSeconds: 0 });
      }),
      { numRuns: Math.ceil(OBJECTS / SCHEME.length) },
    );
    // Some of them mean something.
    if (kind.kind in VALID) expect(stored).toBeGreaterThan(0);
  });
});
