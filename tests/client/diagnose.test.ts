// What the editor says of files with Lists in them.

import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/client/diagnose.ts';
import { Lab } from '../../src/sim/index.ts';

/** `3:7 Service web: unknown field "spec.prots"`. */
const found = (text: string): readonly string[] =>
  diagnose(text).map(
    ({ range, document, object, message }) =>
      `${document}/${range.startLine}:${range.startColumn} ${object}: ${message}`,
  );

const LIST = `apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: ConfigMap
  metadata: {name: settings}
- apiVersion: v1
  kind: Service
  metadata:
    name: web
  spec:
    prots: []
    ports:
    - port: "80"
`;

describe('a List in the editor', () => {
  it.each<[string, string, readonly string[]]>([
    ['is as good as its items', LIST.replace('    prots: []\n', '').replace('"80"', '80'), []],
    [
      'has the problems of its items, where they are',
      LIST,
      [
        '1/12:5 Service web: unknown field "spec.prots"',
        '1/14:13 Service web: json: cannot unmarshal string into Go struct field ServicePort.spec.ports.port of type int32',
      ],
    ],
    [
      'stands beside other documents',
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: 1}\n---\n${LIST.replace('"80"', '0')}`,
      [
        '1/4:11 ConfigMap a: json: cannot unmarshal number into Go struct field ConfigMap.data of type string',
        '2/17:5 Service web: unknown field "spec.prots"',
        '2/19:13 Service web: spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive',
        '2/19:7 Service web: spec.ports[0].targetPort: Invalid value: 0: must be between 1 and 65535, inclusive',
      ],
    ],
    [
      'may be typed: then its items need no kind',
      'apiVersion: v1\nkind: ServiceList\nitems:\n- metadata: {name: web}\n  spec: {ports: [{port: 80}], prots: 1}\n',
      ['1/5:31 Service web: unknown field "spec.prots"'],
    ],
    [
      'asks of each item what it is',
      'apiVersion: v1\nkind: List\nitems:\n- kind: Service\n  metadata: {name: web}\n- 5\n',
      [
        '1/4:3 Service web: apiVersion not set',
        "1/6:3 undefined: couldn't get version/kind; json parse error: an object was expected",
      ],
    ],
    [
      'without items is no List',
      'apiVersion: v1\nkind: List\n',
      ['1/2:7 List: no matches for kind "List" in version "v1"'],
    ],
    [
      'holds no other List',
      'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: List, items: []}\n',
      ['1/4:26 List: no matches for kind "List" in version "v1"'],
    ],
  ])('%s', (_name, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it('opens as a lab', () => {
    const opened = Lab.open(LIST.replace('    prots: []\n', '').replace('"80"', '80'));
    if (opened.kind === 'refused') throw new Error(JSON.stringify(opened.problems));
    const { body } = opened.lab.request({ method: 'GET', path: '/api/v1/namespaces/default/services/web' });
    expect(body).toMatchObject({ kind: 'Service', spec: { ports: [{ port: 80 }] } });
  });
});

describe('a word that the server does not know', () => {
  const hints = (text: string): readonly (string | undefined)[] => diagnose(text).map(({ hint }) => hint);
  const container = (field: string): string =>
    `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: web, ${field}: []}]}\n`;

  it.each<[string, string, string | undefined]>([
    ['a slip in a kind', 'apiVersion: v1\nkind: Servce\nmetadata: {name: a}\n', 'Did you mean Service?'],
    ['a kind in small letters', 'apiVersion: v1\nkind: pod\nmetadata: {name: a}\n', 'Did you mean Pod?'],
    ['a kind of another group', 'apiVersion: v1\nkind: Deployment\nmetadata: {name: a}\n', 'Deployment is in apps/v1.'],
    ['both', 'apiVersion: v1\nkind: Deploymnet\nmetadata: {name: a}\n', 'Did you mean Deployment? It is in apps/v1.'],
    ['a kind that is like none', 'apiVersion: v1\nkind: Toaster\nmetadata: {name: a}\n', undefined],
    ['letters that changed places', container('prots'), 'Did you mean ports?'],
    ['one letter too few', container('port'), 'Did you mean ports?'],
    ['a field in small letters', container('imagepullpolicy'), 'Did you mean imagePullPolicy?'],
    ['the beginning of a field', container('liveness'), 'Did you mean livenessProbe?'],
    ['too short a word', container('img'), undefined],
    ['a field that is like none', container('toaster'), undefined],
  ])('%s', (_, text, hint) => {
    expect(hints(text)).toEqual([hint]);
  });
});
