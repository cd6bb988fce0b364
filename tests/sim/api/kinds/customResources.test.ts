// A kind that somebody adds: served at once, checked by its schema, shown by its columns, gone with its definition.

import { expect, it } from 'vitest';
import type { Json } from '../../../../src/sim/api/request.ts';
import { apiServer } from '../apiServer.ts';

const DEFINITION: Json = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'crontabs.stable.example.com' },
  spec: {
    group: 'stable.example.com',
    scope: 'Namespaced',
    names: { plural: 'crontabs', singular: 'crontab', kind: 'CronTab', shortNames: ['ct'] },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: { status: {} },
        additionalPrinterColumns: [
          { name: 'Spec', type: 'string', jsonPath: '.spec.cronSpec' },
          { name: 'Replicas', type: 'integer', jsonPath: '.spec.replicas' },
          { name: 'Ready', type: 'string', priority: 1, jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
        ],
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: {
                type: 'object',
                required: ['cronSpec'],
                properties: {
                  cronSpec: { type: 'string', pattern: String.raw`^(\S+\s+){4}\S+$` },
                  replicas: { type: 'integer', minimum: 1, maximum: 10, default: 1 },
                  policy: { type: 'string', enum: ['Allow', 'Forbid'] },
                },
              },
              status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
            },
          },
        },
      },
    ],
  },
};

const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const CRONTABS = '/apis/stable.example.com/v1/namespaces/default/crontabs';

function withDefinition() {
  const api = apiServer();
  expect(api.ask('POST', DEFINITIONS, DEFINITION).status).toBe(201);
  return api;
}

function cronTab(spec: Json, name = 'backup'): Json {
  return { apiVersion: 'stable.example.com/v1', kind: 'CronTab', metadata: { name }, spec };
}

it('serves a kind as soon as its definition is there', () => {
  const api = withDefinition();
  expect(api.ask('GET', '/apis/stable.example.com/v1').body).toMatchObject({
    resources: [
      { name: 'crontabs', singularName: 'crontab', shortNames: ['ct'], kind: 'CronTab' },
      { name: 'crontabs/status' },
    ],
  });
  expect(api.ask('GET', '/apis').body).toMatchObject({
    groups: expect.arrayContaining([expect.objectContaining({ name: 'stable.example.com' })]),
  });
  expect(apiServer().ask('GET', CRONTABS).status).toBe(404);
});

it('fills in defaults and leaves out what the schema does not have', () => {
  const api = withDefinition();
  const created = api.ask(
    'POST',
    `${CRONTABS}?fieldValidation=Warn`,
    cronTab({ cronSpec: '* * * * 5', colour: 'red' }),
  );
  expect(created.body).toMatchObject({ spec: { cronSpec: '* * * * 5', replicas: 1 } });
  expect(created.body).not.toHaveProperty('spec.colour');
  expect(created.headers.warning).toContain(JSON.stringify('unknown field "spec.colour"'));
});

it.each([
  [{}, 'spec.cronSpec: Required value'],
  [{ cronSpec: 5 }, 'spec.cronSpec: Invalid value: "integer": spec.cronSpec in body must be of type string: "integer"'],
  [
    { cronSpec: '* *' },
    String.raw`spec.cronSpec: Invalid value: "* *": spec.cronSpec in body should match '^(\S+\s+){4}\S+$'`,
  ],
  [
    { cronSpec: '* * * * *', replicas: 0 },
    'spec.replicas: Invalid value: 0: spec.replicas in body should be greater than or equal to 1',
  ],
  [
    { cronSpec: '* * * * *', policy: 'Maybe' },
    'spec.policy: Unsupported value: "Maybe": supported values: "Allow", "Forbid"',
  ],
])('refuses %j', (spec, message) => {
  expect(withDefinition().ask('POST', CRONTABS, cronTab(spec)).body).toMatchObject({
    code: 422,
    message: `CronTab.stable.example.com "backup" is invalid: ${message}`,
  });
});

it('refuses fields that do not exist where the client is strict', () => {
  const strict = `${CRONTABS}?fieldValidation=Strict`;
  const answer = withDefinition().ask('POST', strict, cronTab({ cronSpec: '* * * * *', colour: 'red' }));
  expect(answer.body).toMatchObject({
    code: 400,
    message:
      'CronTab in version "v1" cannot be handled as a CronTab: strict decoding error: unknown field "spec.colour"',
  });
});

it('prints the columns of the definition', () => {
  const api = withDefinition();
  api.ask('POST', CRONTABS, cronTab({ cronSpec: '* * * * *', replicas: 3 }));
  expect(
    api.ask('GET', CRONTABS, undefined, { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' }).body,
  ).toMatchObject({
    columnDefinitions: [
      { name: 'Name' },
      { name: 'Spec', priority: 0 },
      { name: 'Replicas', type: 'integer' },
      { name: 'Ready', priority: 1 },
    ],
    rows: [{ cells: ['backup', '* * * * *', 3, ''] }],
  });
});

it('takes merge patches, and no strategic ones', () => {
  const api = withDefinition();
  api.ask('POST', CRONTABS, cronTab({ cronSpec: '* * * * *' }));
  const patch = (type: string) =>
    api.ask('PATCH', `${CRONTABS}/backup`, { spec: { replicas: 4 } }, { 'content-type': `application/${type}+json` });
  expect(patch('merge-patch').body).toMatchObject({ spec: { cronSpec: '* * * * *', replicas: 4 } });
  expect(patch('strategic-merge-patch').status).toBe(415);
});

it('takes the instances of a definition along when it goes', () => {
  const api = withDefinition();
  api.ask('POST', CRONTABS, cronTab({ cronSpec: '* * * * *' }));
  api.ask('DELETE', `${DEFINITIONS}/crontabs.stable.example.com`);
  expect(api.ask('GET', CRONTABS).status).toBe(404);
  api.ask('POST', DEFINITIONS, DEFINITION);
  expect(api.ask('GET', CRONTABS).body).toMatchObject({ items: [] });
});

it('keeps instances in a snapshot, and puts them back', () => {
  const api = withDefinition();
  api.ask('POST', CRONTABS, cronTab({ cronSpec: '* * * * *' }));
  const kept = api.api.snapshot();
  const other = apiServer();
  other.api.restore(kept);
  expect(other.ask('GET', `${CRONTABS}/backup`).body).toMatchObject({ spec: { replicas: 1 } });
  expect(other.api.snapshot().store.tables.size).toBe(kept.store.tables.size);
});
