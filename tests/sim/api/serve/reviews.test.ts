// What `kubectl auth can-i` and `kubectl auth whoami` ask.

import { expect, it } from 'vitest';
import type { Json } from '../../../../src/sim/api/request.ts';
import { apiServer, at } from '../apiServer.ts';

const { ask } = apiServer();
const ACCESS = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';

it.each<[string, Json, Json]>([
  [
    ACCESS,
    { spec: { resourceAttributes: { namespace: 'default', verb: 'create', resource: 'pods' } } },
    { allowed: true },
  ],
  [ACCESS, { spec: { nonResourceAttributes: { path: '/healthz', verb: 'get' } } }, { allowed: true }],
  [
    '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
    { spec: { namespace: 'default' } },
    {
      resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
      nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
      incomplete: false,
    },
  ],
  [
    '/apis/authentication.k8s.io/v1/selfsubjectreviews',
    {},
    { userInfo: { username: 'system:anonymous', groups: ['system:unauthenticated'] } },
  ],
])('%s answers %j', (url, question, status) => {
  const answer = ask('POST', url, question);
  expect(answer.status).toBe(201);
  expect(at(answer.body, 'status')).toEqual(status);
});

it('a question about nothing is none', () => {
  const { status, body } = ask('POST', ACCESS, { spec: {} });
  expect([status, at(body, 'message')]).toEqual([
    422,
    'SelfSubjectAccessReview.authorization.k8s.io "" is invalid: spec.resourceAttributes: Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified',
  ]);
});

it('questions are not kept, and discovery says so', () => {
  expect(ask('GET', ACCESS).status).toBe(405);
  expect(ask('GET', `${ACCESS}/a`).status).toBe(404);
  expect(at(ask('GET', '/apis/authorization.k8s.io/v1').body, 'resources', 0)).toEqual({
    name: 'selfsubjectaccessreviews',
    singularName: 'selfsubjectaccessreview',
    namespaced: false,
    kind: 'SelfSubjectAccessReview',
    verbs: ['create'],
  });
});
