// The forms of answers: objects, Tables, metadata; JSON and YAML; methods and paths that are not there.

import { beforeEach, describe, expect, it } from 'vitest';
import type { ApiRequest } from '../../../../src/sim/api/request.ts';
import { type AskedServer, apiServer, at } from '../apiServer.ts';

const PODS = '/api/v1/namespaces/default/pods';
const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io';

let server: AskedServer;
beforeEach(() => {
  server = apiServer();
  server.ask('POST', PODS, { metadata: { name: 'a' }, spec: { containers: [{ name: 'c', image: 'web' }] } });
});

const get = (url: string, accept: string) => server.ask('GET', url, undefined, { accept });

describe('an answer', () => {
  it.each([
    ['', 'Pod', 'PodList'],
    ['application/json', 'Pod', 'PodList'],
    ['*/*', 'Pod', 'PodList'],
    ['application/vnd.kubernetes.protobuf, application/json', 'Pod', 'PodList'],
    [TABLE, 'Table', 'Table'],
    [`${TABLE}, application/json`, 'Table', 'Table'],
    [`application/json;q=0.5, ${TABLE};q=0.9`, 'Table', 'Table'],
    ['application/json;as=Chart;v=v1;g=meta.k8s.io,application/json', 'Pod', 'PodList'],
    [
      'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io',
      'PartialObjectMetadata',
      'PartialObjectMetadataList',
    ],
  ])('to %j is a %s, a list a %s', (accept, one, many) => {
    expect(at(get(`${PODS}/a`, accept).body, 'kind')).toBe(one);
    expect(at(get(PODS, accept).body, 'kind')).toBe(many);
  });

  it('can be YAML', () => {
    const { headers, body } = get(`${PODS}/a`, 'application/yaml');
    expect(headers['content-type']).toBe('application/yaml');
    expect(body).toMatch(/^apiVersion: v1\nkind: Pod\nmetadata:\n {2}creationTimestamp: /);
    expect(body).toContain('  containers:\n  - image: web\n');
  });

  it.each(['text/html', 'application/json;as=Chart;v=v1;g=meta.k8s.io'])('cannot be %s', accept => {
    const { status, body } = get(PODS, accept);
    expect([status, at(body, 'reason'), at(body, 'message')]).toEqual([
      406,
      'NotAcceptable',
      'only the following media types are accepted: application/json, application/yaml',
    ]);
  });

  it('is refused before anything is done', () => {
    const headers = { accept: 'text/html' };
    expect(server.ask('DELETE', `${PODS}/a`, undefined, headers).status).toBe(406);
    expect(server.ask('GET', `${PODS}/a`).status).toBe(200);
  });
});

describe('a Table', () => {
  it.each([
    ['', 'PartialObjectMetadata'],
    ['?includeObject=Metadata', 'PartialObjectMetadata'],
    ['?includeObject=Object', 'Pod'],
    ['?includeObject=None', undefined],
  ])('%s has rows with %s', (query, kind) => {
    const { body } = get(`${PODS}${query}`, TABLE);
    expect(at(body, 'rows', 0, 'object', 'kind')).toBe(kind);
    expect(at(body, 'rows', 0, 'cells', 0)).toBe('a');
    expect(at(body, 'columnDefinitions', 0)).toMatchObject({
      name: 'Name',
      type: 'string',
      format: 'name',
      priority: 0,
    });
    expect(at(body, 'metadata', 'resourceVersion')).toBeDefined();
  });

  it('has nothing else in its rows', () => {
    const { status, body } = get(`${PODS}?includeObject=All`, TABLE);
    expect([status, at(body, 'message')]).toEqual([
      400,
      "Unable to convert to Table as requested: includeObject: Invalid value: \"All\": must be 'Metadata', 'Object', 'None', or empty",
    ]);
  });
});

describe('what is not there', () => {
  it.each<[ApiRequest['method'], string, number, string]>([
    ['GET', '/api/v1/namespaces/default/cats', 404, 'the server could not find the requested resource'],
    ['GET', '/apis/cats.io/v1/cats', 404, 'the server could not find the requested resource'],
    ['GET', `${PODS}/a/tail`, 404, 'the server could not find the requested resource'],
    ['GET', `${PODS}/b`, 404, 'pods "b" not found'],
    ['GET', '/apis/apps/v1/namespaces/default/deployments/b', 404, 'deployments.apps "b" not found'],
    ['POST', '/api/v1/pods', 405, 'the server does not allow this method on the requested resource'],
    ['PUT', PODS, 405, 'the server does not allow this method on the requested resource'],
    ['POST', `${PODS}/a`, 405, 'the server does not allow this method on the requested resource'],
    ['DELETE', `${PODS}/a/status`, 405, 'the server does not allow this method on the requested resource'],
    ['POST', '/version', 405, 'the server does not allow this method on the requested resource'],
  ])('%s %s', (method, url, status, message) => {
    const answer = server.ask(method, url, method === 'GET' ? undefined : {});
    expect([answer.status, at(answer.body, 'kind'), at(answer.body, 'message')]).toEqual([status, 'Status', message]);
  });
});
