// Decoding, with the words of Go's decoder.

import { describe, expect, it } from 'vitest';
import { decode, decodeMessage } from '../../../src/sim/api/decode.ts';
import type { Json } from '../../../src/sim/api/request.ts';

/** What is wrong with the spec of a Service, and where. */
function problemsOfService(spec: Json) {
  return decode('V1Service', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec }).problems;
}

describe('a field that does not exist', () => {
  it('is reported with its whole path and left out', () => {
    const decoded = decode('V1Service', { spec: { prots: 1, ports: [{ port: 80 }, { port: 81, nodeport: 30_000 }] } });
    expect(decoded.problems).toEqual([
      {
        kind: 'unknown-field',
        message: 'unknown field "spec.prots"',
        path: { text: 'spec.prots', keys: ['spec', 'prots'] },
      },
      {
        kind: 'unknown-field',
        message: 'unknown field "spec.ports[1].nodeport"',
        path: { text: 'spec.ports[1].nodeport', keys: ['spec', 'ports', 1, 'nodeport'] },
      },
    ]);
    expect(decoded.value).toEqual({ spec: { ports: [{ port: 80 }, { port: 81 }] } });
  });

  it.each(['Name', '__proto__', 'constructor', 'toString'])('may be called %s', name => {
    const value: Json = JSON.parse(`{"metadata": {"name": "web"}, ${JSON.stringify(name)}: {"polluted": true}}`);
    expect(decode('V1Service', value).problems.map(problem => problem.message)).toEqual([`unknown field "${name}"`]);
  });
});

describe('a value of the wrong type', () => {
  it.each<[string, Json, string]>([
    [
      'text for a number',
      { ports: [{ port: '80' }] },
      'string into Go struct field ServicePort.spec.ports.port of type int32',
    ],
    ['a number for text', { clusterIP: 10 }, 'number into Go struct field ServiceSpec.spec.clusterIP of type string'],
    ['a number for a type', { type: 1 }, 'number into Go struct field ServiceSpec.spec.type of type v1.ServiceType'],
    [
      'a fraction',
      { ports: [{ port: 1.5 }] },
      'number 1.5 into Go struct field ServicePort.spec.ports.port of type int32',
    ],
    [
      'too large a number',
      { ports: [{ port: 3e9 }] },
      'number 3000000000 into Go struct field ServicePort.spec.ports.port of type int32',
    ],
    [
      'a mapping for a list',
      { ports: { port: 80 } },
      'object into Go struct field ServiceSpec.spec.ports of type []v1.ServicePort',
    ],
    [
      'a list for a mapping',
      { selector: ['app'] },
      'array into Go struct field ServiceSpec.spec.selector of type map[string]string',
    ],
    [
      'a number in a map of text',
      { selector: { version: 1 } },
      'number into Go struct field ServiceSpec.spec.selector of type string',
    ],
    [
      'a truth for a port',
      { ports: [{ targetPort: true }] },
      'bool into Go struct field ServicePort.spec.ports.targetPort of type int32',
    ],
    [
      'text for a list item',
      { externalIPs: [1] },
      'number into Go struct field ServiceSpec.spec.externalIPs of type string',
    ],
    ['text for the spec', 'ClusterIP', 'string into Go struct field Service.spec of type v1.ServiceSpec'],
  ])('%s', (_, spec, words) => {
    expect(problemsOfService(spec).map(problem => problem.message)).toEqual([`json: cannot unmarshal ${words}`]);
  });

  it('hides unknown fields in the message, not in the list', () => {
    const problems = problemsOfService({ prots: [], ports: [{ port: '80' }, { port: '81' }] });
    expect(problems.map(problem => problem.path.text)).toEqual([
      'spec.prots',
      'spec.ports[0].port',
      'spec.ports[1].port',
    ]);
    expect(decodeMessage({ version: 'v1', kind: 'Service' }, 'Service', problems)).toBe(
      'Service in version "v1" cannot be handled as a Service: ' +
        'json: cannot unmarshal string into Go struct field ServicePort.spec.ports.port of type int32',
    );
  });

  it('is named as far down as a template goes', () => {
    const env = [{ name: 'A', value: 1 }];
    const template = { spec: { containers: [{ name: 'a', env }] } };
    expect(decode('V1Deployment', { spec: { template } }).problems.map(problem => problem.message)).toEqual([
      'json: cannot unmarshal number into Go struct field EnvVar.spec.template.spec.containers.env.value of type string',
    ]);
  });
});

describe('values with a form', () => {
  const QUANTITY_WORDS = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
  const limits = (cpu: Json) => ({ spec: { containers: [{ resources: { limits: { cpu } } }] } });

  it.each<[Json, string]>([
    [1, '1'],
    [0.5, '500m'],
    ['500m', '500m'],
    ['1Gi', '1Gi'],
  ])('a quantity may be %j', (given, stored) => {
    expect(decode('V1Pod', limits(given))).toEqual({ value: limits(stored), problems: [] });
  });

  it.each<[Json, string]>([
    ['much', QUANTITY_WORDS],
    ['1..2', QUANTITY_WORDS],
    ['1Gb', QUANTITY_WORDS],
    ['1Kim', "unable to parse quantity's suffix"],
  ])('a quantity may not be %j', (given, words) => {
    expect(decode('V1Pod', limits(given)).problems.map(problem => problem.message)).toEqual([words]);
  });

  it('a time is RFC 3339', () => {
    expect(
      decode('V1Pod', { metadata: { creationTimestamp: 'now' } }).problems.map(problem => problem.message),
    ).toEqual(['parsing time "now" as "2006-01-02T15:04:05Z07:00": cannot parse "now" as "2006"']);
  });
});

it('null leaves a field out, and is empty in a list or a map', () => {
  const value = {
    metadata: null,
    spec: { selector: { app: null }, ports: [null], externalIPs: [null], clusterIP: null },
  };
  expect(decode('V1Service', value)).toEqual({
    value: { spec: { selector: { app: '' }, ports: [{}], externalIPs: [''] } },
    problems: [],
  });
});
