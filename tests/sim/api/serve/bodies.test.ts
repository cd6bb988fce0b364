// Bodies that come in: of the right type, size and form, or refused in the API server's words.

import { beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../../../src/sim/api/request.ts';
import { type AskedServer, apiServer, at } from '../apiServer.ts';

const PODS = '/api/v1/namespaces/default/pods';
const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a' },
  spec: { containers: [{ name: 'c', image: 'web' }] },
};
const TYPES = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
} as const;

let server: AskedServer;
beforeEach(() => {
  server = apiServer();
});

function refusal(method: 'POST' | 'PUT' | 'PATCH', url: string, body: Json | undefined, type = 'application/json') {
  const answer = server.ask(method, url, body, { 'content-type': type });
  return [answer.status, at(answer.body, 'reason'), at(answer.body, 'message')];
}

const podNamed = (name: string) => server.ask('GET', `${PODS}/${name}`).status;

describe('a new object', () => {
  it.each([
    ['JSON', JSON.stringify(POD), 'application/json'],
    ['JSON with a charset', JSON.stringify(POD), 'application/json; charset=utf-8'],
    ['JSON, if nothing is said', JSON.stringify(POD), ''],
    ['YAML', 'metadata: {name: a}\nspec:\n  containers:\n  - {name: c, image: web}\n', 'application/yaml'],
  ])('can be %s', (_, body, type) => {
    expect(server.ask('POST', PODS, body, { 'content-type': type }).status).toBe(201);
    expect(podNamed('a')).toBe(200);
  });

  it.each<[string, Json | undefined, string]>([
    ['nothing', undefined, "couldn't get version/kind; json parse error: unexpected end of JSON input (<empty>)"],
    [
      'half an object',
      '{"apiVersion": "v1", "kind": "Pod"',
      'couldn\'t get version/kind; json parse error: unexpected end of JSON input ({"apiVersion": "v1", "kind": " ...)',
    ],
    [
      'YAML that is called JSON',
      'apiVersion: v1',
      "couldn't get version/kind; json parse error: invalid character 'a' looking for beginning of value (61706956657273696f6e3a207631)",
    ],
    [
      'a list',
      '[]',
      'couldn\'t get version/kind; json parse error: json: cannot unmarshal array into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" } (5b5d)',
    ],
    [
      'a kind that is a number',
      '{"kind": 1}',
      'couldn\'t get version/kind; json parse error: json: cannot unmarshal number into Go struct field .kind of type string ({"kind": 1})',
    ],
  ])('cannot be %s', (_, body, why) => {
    const message = `the object provided is unrecognized (must be of type Pod): ${why}`;
    expect(refusal('POST', PODS, body)).toEqual([400, 'BadRequest', message]);
  });

  it('cannot be broken YAML', () => {
    expect(refusal('POST', PODS, 'metadata:\n  name: a: b\n', 'application/yaml')).toEqual([
      400,
      'BadRequest',
      'the object provided is unrecognized (must be of type Pod): yaml: line 2: mapping values are not allowed in this context (6d657461646174613a0a20206e616d653a20613a20620a)',
    ]);
  });

  it.each<[Json, string]>([
    [
      { kind: 'pod', apiVersion: 'v1' },
      'pod in version "v1" cannot be handled as a Pod: no kind "pod" is registered for version "v1" in scheme "pkg/api/legacyscheme/scheme.go:30"',
    ],
    [
      { kind: 'Service', apiVersion: 'v1' },
      'Service in version "v1" cannot be handled as a Pod: converting (v1.Service) to (core.Pod): unknown conversion',
    ],
    [
      { kind: 'Pod', apiVersion: 'v2' },
      'Pod in version "v2" cannot be handled as a Pod: no kind "Pod" is registered for version "v2" in scheme "pkg/api/legacyscheme/scheme.go:30"',
    ],
    [
      { spec: { containers: {} } },
      'Pod in version "v1" cannot be handled as a Pod: json: cannot unmarshal object into Go struct field PodSpec.spec.containers of type []v1.Container',
    ],
  ])('%j is none', (body, message) => {
    expect(refusal('POST', PODS, body)).toEqual([400, 'BadRequest', message]);
  });

  it('has no more than 3 MB, as text or not, counted in bytes', () => {
    const big = { ...POD, metadata: { name: 'a', annotations: { x: 'y'.repeat(3 * 1024 * 1024) } } };
    const refused = [413, 'RequestEntityTooLarge', 'Request entity too large: limit is 3145728'];
    expect(refusal('POST', PODS, JSON.stringify(big))).toEqual(refused);
    expect(refusal('POST', PODS, big)).toEqual(refused);
    const wide = { ...POD, metadata: { name: 'a', annotations: { x: 'ä'.repeat(1_600_000) } } };
    expect(refusal('POST', PODS, JSON.stringify(wide))).toEqual(refused);
    expect(podNamed('a')).toBe(404);
  });

  it('is not too deep, as text or not', () => {
    const text = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;
    expect(refusal('POST', PODS, text)[2]).toBe(
      `the object provided is unrecognized (must be of type Pod): couldn't get version/kind; json parse error: exceeded max depth (${text.slice(0, 30)} ...)`,
    );
    expect(refusal('POST', PODS, JSON.parse(text))).toEqual([400, 'BadRequest', 'exceeded max depth']);
  });

  it('is of a known media type', () => {
    expect(refusal('POST', PODS, 'name=a', 'application/x-www-form-urlencoded')).toEqual([
      415,
      'UnsupportedMediaType',
      'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf',
    ]);
  });
});

describe('fields that do not exist or stand twice', () => {
  const text = JSON.stringify({ ...POD, spec: { ...POD.spec, nonsense: 1 } }).replace(
    '"spec"',
    '"metadata":{"name":"a"},"spec"',
  );

  it('are warned of', () => {
    const { status, headers } = server.ask('POST', PODS, text);
    expect([status, headers.warning]).toEqual([
      201,
      '299 - "unknown field \\"spec.nonsense\\"", 299 - "duplicate field \\"metadata\\""',
    ]);
  });

  it('are refused when they are to be', () => {
    expect(refusal('POST', `${PODS}?fieldValidation=Strict`, text)).toEqual([
      400,
      'BadRequest',
      'Pod in version "v1" cannot be handled as a Pod: strict decoding error: unknown field "spec.nonsense", duplicate field "metadata"',
    ]);
    expect(podNamed('a')).toBe(404);
  });

  it('are no matter when they are to be none', () => {
    const { status, headers } = server.ask('POST', `${PODS}?fieldValidation=Ignore`, text);
    expect([status, headers.warning]).toEqual([201, undefined]);
  });

  it('of a patch are refused with what it made of the object', () => {
    server.ask('POST', PODS, POD);
    const body = { metadata: { labels: { a: 'b' } }, nonsense: 1 };
    const [status, , message] = refusal('PATCH', `${PODS}/a?fieldValidation=Strict`, body, TYPES.strategic);
    expect([status, message]).toEqual([
      422,
      ' "" is invalid: patch: Invalid value: "map[metadata:map[labels:map[a:b]] nonsense:1]": strict decoding error: unknown field "nonsense"',
    ]);
    expect(server.ask('PATCH', `${PODS}/a`, body, { 'content-type': TYPES.merge }).headers.warning).toBe(
      '299 - "unknown field \\"nonsense\\""',
    );
  });

  it('can be treated in three ways, and no other', () => {
    expect(refusal('POST', `${PODS}?fieldValidation=Lax`, POD)).toEqual([
      422,
      'Invalid',
      'CreateOptions.meta.k8s.io "" is invalid: fieldValidation: Unsupported value: "Lax": supported values: "", "Ignore", "Strict", "Warn"',
    ]);
  });
});

describe('a patch', () => {
  beforeEach(() => {
    server.ask('POST', PODS, POD);
  });

  it('is of one of four types', () => {
    expect(refusal('PATCH', `${PODS}/a`, {}, 'application/json')).toEqual([
      415,
      'UnsupportedMediaType',
      'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml',
    ]);
  });

  it.each<[keyof typeof TYPES, Json, number, string]>([
    ['json', '{', 400, 'error decoding patch: unexpected end of JSON input'],
    [
      'json',
      {},
      400,
      'error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp',
    ],
    [
      'merge',
      '[]',
      400,
      'error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}',
    ],
    ['merge', 'x', 400, "error decoding patch: invalid character 'x' looking for beginning of value"],
    ['strategic', '1', 400, 'json: cannot unmarshal number into Go value of type map[string]interface {}'],
    [
      'json',
      [{ op: 'test', path: '/metadata/name', value: 'b' }],
      422,
      'the server rejected our request due to an error in our request',
    ],
    [
      'json',
      Array.from({ length: 10_001 }, () => ({ op: 'remove', path: '/x' })),
      413,
      'Request entity too large: The allowed maximum operations in a JSON patch is 10000, got 10001',
    ],
    [
      'strategic',
      { spec: { containers: [{ image: 'x' }] } },
      500,
      'map: map[image:x] does not contain declared merge key: name',
    ],
    [
      'strategic',
      { metadata: { labels: 'x' } },
      422,
      ' "" is invalid: patch: Invalid value: "map[metadata:map[labels:x]]": json: cannot unmarshal string into Go struct field ObjectMeta.metadata.labels of type map[string]string',
    ],
    ['merge', { metadata: { name: 'b' } }, 400, 'the name of the object (b) does not match the name on the URL (a)'],
  ])('of type %s cannot be %.60j', (type, body, status, message) => {
    const answer = server.ask('PATCH', `${PODS}/a`, body, { 'content-type': TYPES[type] });
    expect([answer.status, at(answer.body, 'message')]).toEqual([status, message]);
    expect(at(server.ask('GET', `${PODS}/a`).body, 'metadata', 'generation')).toBe(1);
  });

  it.each<[Json, string]>([
    ['a: b: c', 'error converting YAML to JSON: yaml: line 1: mapping values are not allowed in this context'],
    [
      '[]',
      'error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type map[string]interface {}',
    ],
  ])('to be applied cannot be %j', (body, why) => {
    expect(refusal('PATCH', `${PODS}/a?fieldManager=x`, body, TYPES.apply)).toEqual([
      400,
      'BadRequest',
      `error decoding YAML: ${why}`,
    ]);
  });
});
