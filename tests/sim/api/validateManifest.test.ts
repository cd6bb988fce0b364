// All problems of a manifest at once, with their places.

import { expect, it } from 'vitest';
import type { Json } from '../../../src/sim/api/request.ts';
import { validateManifest } from '../../../src/sim/api/validateManifest.ts';

const check = (value: Json) => validateManifest(value, { namespace: 'default' });

it('a Service whose indentation is lost: each field that is at the wrong level, and what is missing', () => {
  const flattened = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: null,
    name: 'my-service',
    spec: null,
    selector: null,
    app: 'my-app',
    ports: [{ port: 80 }],
    targetPort: 8080,
  };
  expect(check(flattened)).toEqual([
    { kind: 'unknown-field', path: ['name'], message: 'unknown field "name"' },
    { kind: 'unknown-field', path: ['selector'], message: 'unknown field "selector"' },
    { kind: 'unknown-field', path: ['app'], message: 'unknown field "app"' },
    { kind: 'unknown-field', path: ['ports'], message: 'unknown field "ports"' },
    { kind: 'unknown-field', path: ['targetPort'], message: 'unknown field "targetPort"' },
    {
      kind: 'invalid',
      path: ['metadata', 'name'],
      message: 'metadata.name: Required value: name or generateName is required',
    },
    { kind: 'invalid', path: ['spec', 'ports'], message: 'spec.ports: Required value' },
  ]);
});

it('the same with its indentation is fine', () => {
  const spec = { selector: { app: 'my-app' }, ports: [{ port: 80, targetPort: 8080 }] };
  expect(check({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'my-service' }, spec })).toEqual([]);
});

it('wrong types are all found, and rules are left for later', () => {
  const spec = { ports: [{ port: '80' }], selector: [] };
  expect(
    check({ apiVersion: 'v1', kind: 'Service', metadata: {}, spec }).map(({ kind, path }) => [kind, path]),
  ).toEqual([
    ['wrong-type', ['spec', 'ports', 0, 'port']],
    ['wrong-type', ['spec', 'selector']],
  ]);
});

it.each<[string, Json, readonly string[]]>([
  ['what is no mapping', ['a'], ["couldn't get version/kind; json parse error: an object was expected"]],
  ['what does not say what it is', { metadata: {} }, ['apiVersion not set', 'kind not set']],
  [
    'a kind that does not exist',
    { apiVersion: 'v1', kind: 'Servcie' },
    ['no matches for kind "Servcie" in version "v1"'],
  ],
  [
    'a kind of another version',
    { apiVersion: 'v1', kind: 'Deployment' },
    ['no matches for kind "Deployment" in version "v1"'],
  ],
])('%s', (_, value, messages) => expect(check(value).map(problem => problem.message)).toEqual(messages));
