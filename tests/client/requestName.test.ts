// Writes of programs elsewhere, in words.

import { expect, it } from 'vitest';
import { requestName } from '../../src/client/requestName.ts';
import type { ApiRequest } from '../../src/sim/index.ts';

const POD = '/api/v1/namespaces/default/pods';

it.each([
  [{ method: 'POST', path: POD, body: { metadata: { name: 'web' } } }, 'create pods/web'],
  [{ method: 'POST', path: POD, body: '{"metadata":{"name":"web"}}' }, 'create pods/web'],
  [{ method: 'POST', path: POD, body: '{"metadata":{"generateName":"web-"}}' }, 'create pods'],
  [{ method: 'POST', path: POD, body: 'kind: Pod' }, 'create pods'],
  [{ method: 'POST', path: '/api/v1/namespaces', body: { metadata: { name: 'a' } } }, 'create namespaces/a'],
  [{ method: 'POST', path: `${POD}/web/eviction`, body: { metadata: { name: 'web' } } }, 'create pods/web/eviction'],
  [{ method: 'PUT', path: '/api/v1/nodes/node-1' }, 'replace nodes/node-1'],
  [{ method: 'PATCH', path: '/apis/apps/v1/namespaces/a/deployments/web/scale' }, 'patch deployments/web/scale'],
  [{ method: 'DELETE', path: '/api/v1/namespaces/a' }, 'delete namespaces/a'],
  [{ method: 'DELETE', path: POD }, 'delete pods'],
  [{ method: 'DELETE', path: '/elsewhere' }, 'delete /elsewhere'],
] satisfies readonly (readonly [ApiRequest, string])[])('%j: %s', (request, name) => {
  expect(requestName(request)).toBe(name);
});
