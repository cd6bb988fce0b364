import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/sim/api/request.ts';
import { apiServer, at } from './apiServer.ts';

const { ask } = apiServer();

/** All references of a document, wherever they stand. */
function references(value: Json | undefined): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === '$ref' && typeof member === 'string' ? [member] : references(member),
  );
}

describe('OpenAPI', () => {
  it('version 3 has a document for each group and version, and names it in the index', () => {
    const index = ask('GET', '/openapi/v3').body;
    for (const path of ['api/v1', 'apis/apps/v1', 'apis/discovery.k8s.io/v1']) {
      expect(at(index, 'paths', path, 'serverRelativeURL')).toMatch(`/openapi/v3/${path}?hash=`);
      expect(ask('GET', `/openapi/v3/${path}`).status).toBe(200);
    }
    expect(ask('GET', '/openapi/v3/apis/nothing/v1').status).toBe(404);
  });

  it.each([
    ['/openapi/v2', '#/definitions/', ['definitions']],
    ['/openapi/v3/api/v1', '#/components/schemas/', ['components', 'schemas']],
    ['/openapi/v3/apis/apps/v1', '#/components/schemas/', ['components', 'schemas']],
  ])('%s has everything that it refers to', (url, prefix, place) => {
    const { body } = ask('GET', url);
    const schemas = at(body, ...place) ?? {};
    const names = new Set(Object.keys(schemas as object).map(name => prefix + name));
    const used = references(body);
    expect(used.length).toBeGreaterThan(200);
    expect(used.filter(name => !names.has(name))).toEqual([]);
  });

  it('says what kubectl explain and kubectl apply read', () => {
    const { body } = ask('GET', '/openapi/v3/apis/apps/v1');
    const gvk = { group: 'apps', kind: 'Deployment', version: 'v1' };
    const operation = at(body, 'paths', '/apis/apps/v1/namespaces/{namespace}/deployments/{name}', 'patch');
    expect(at(operation, 'x-kubernetes-group-version-kind')).toEqual(gvk);
    expect(JSON.stringify(operation)).toContain('fieldValidation');
    const schema = (name: string) => at(body, 'components', 'schemas', name);
    expect(at(schema('io.k8s.api.apps.v1.Deployment'), 'x-kubernetes-group-version-kind')).toEqual([gvk]);
    expect(at(schema('io.k8s.api.core.v1.PodSpec'), 'properties', 'containers')).toMatchObject({
      type: 'array',
      'x-kubernetes-list-map-keys': ['name'],
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-patch-merge-key': 'name',
      'x-kubernetes-patch-strategy': 'merge',
    });
    expect(at(schema('io.k8s.api.core.v1.PodSpec'), 'required')).toEqual(['containers']);
  });
});

describe('discovery', () => {
  const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

  it('in one document names the same resources as one by one', () => {
    const { headers, body } = ask('GET', '/apis', undefined, { accept: `${AGGREGATED},application/json` });
    expect(headers['content-type']).toBe(AGGREGATED);
    const apps = (at(body, 'items') as readonly Json[]).find(item => at(item, 'metadata', 'name') === 'apps');
    const resources = at(apps, 'versions', 0, 'resources') as readonly Json[];
    const single = at(ask('GET', '/apis/apps/v1').body, 'resources') as readonly Json[];
    const names = resources.flatMap(resource => [
      at(resource, 'resource'),
      ...((at(resource, 'subresources') ?? []) as readonly Json[]).map(
        sub => `${String(at(resource, 'resource'))}/${String(at(sub, 'subresource'))}`,
      ),
    ]);
    expect(names).toEqual(single.map(resource => at(resource, 'name')));
    expect(names).toContain('deployments/scale');
  });

  it('stays in the older form for those who ask for plain JSON first', () => {
    expect(at(ask('GET', '/apis', undefined, { accept: 'application/json' }).body, 'kind')).toBe('APIGroupList');
    expect(at(ask('GET', '/api').body, 'kind')).toBe('APIVersions');
  });
});
