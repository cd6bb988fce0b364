// What the editor offers at the cursor, which stands at `|`, and what it says of a field.

import { beforeAll, describe, expect, it } from 'vitest';
import { createInProcessClient } from '../../src/client/inProcess.ts';
import type { LabClient } from '../../src/client/port.ts';
import { SANDBOX_LAB } from '../../src/client/sandboxLab.ts';

let client: LabClient;
beforeAll(async () => {
  client = createInProcessClient();
  await client.open({ kind: 'manifests', text: SANDBOX_LAB });
  for (const line of [
    'kubectl create deployment web --image=nginx',
    'kubectl expose deployment web --port=80',
    'kubectl create configmap settings --from-literal=a=b',
    'kubectl create namespace team-a',
    'kubectl create service clusterip other --tcp=80 -n team-a',
  ])
    expect((await client.run(line, line, () => undefined)).exitCode, line).toBe(0);
});

async function at(marked: string) {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  return { text, answer: await client.manifest({ kind: 'suggest', text, offset }) };
}
const offered = async (marked: string): Promise<readonly string[]> =>
  (await at(marked)).answer.candidates.map(({ label }) => label);
/** The text after the candidate was taken. */
async function taken(marked: string, label: string): Promise<string> {
  const { text, answer } = await at(marked);
  const candidate = answer.candidates.find(each => each.label === label);
  expect(answer.candidates.map(each => each.label)).toContain(label);
  return text.slice(0, answer.from) + candidate?.insert + text.slice(answer.to);
}

const SERVICE = 'apiVersion: v1\nkind: Service\n';
const LIST = 'apiVersion: v1\nkind: List\nitems:\n';
const POLICY = 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n';
const INGRESS = 'apiVersion: networking.k8s.io/v1\nkind: Ingress\n';
const DEPLOYMENT = 'apiVersion: apps/v1\nkind: Deployment\n';
const CONTAINER = `${DEPLOYMENT}spec:\n  template:\n    spec:\n      containers:\n        - name: web\n`;

describe('fields', () => {
  it.each([
    ['of a kind', `${SERVICE}|`, ['metadata', 'spec']],
    ['of a kind, when one is begun', `${SERVICE}sp|`, ['metadata', 'spec']],
    ['that are there are not offered again', `${SERVICE}metadata:\n  name: a\n|`, ['spec']],
    [
      'below one that is there are',
      `${SERVICE}spec:\n  ex|\n  type: NodePort\n`,
      ['externalIPs', 'externalName', 'externalTrafficPolicy'],
    ],
    ['of an item of a list', `${SERVICE}spec:\n  ports:\n    - name: a\n      po|\n`, ['port']],
    ['behind the dash of an item', `${SERVICE}spec:\n  ports:\n    - po|\n`, ['port']],
    ['of a list in the column of its key', `${SERVICE}spec:\n  ports:\n  - port: 80\n    n|`, ['name', 'nodePort']],
    ['after a list', `${SERVICE}spec:\n  ports:\n  - port: 80\n  sel|`, ['selector']],
    ['in braces', `${SERVICE}spec:\n  ports: [{ port: 80, na|`, ['name']],
    ['of an item of a List', `${LIST}- apiVersion: v1\n  kind: Service\n  |`, ['metadata', 'spec']],
    [
      'deep in an item of a List, whatever the others are',
      `${LIST}- apiVersion: v1\n  kind: Pod\n- apiVersion: v1\n  kind: Service\n  spec:\n    ports:\n    - po|\n- kind: Pod\n`,
      ['port'],
    ],
    [
      'of an item that says its kind below',
      `${LIST}  - sp|\n    apiVersion: v1\n    kind: Service\n`,
      ['metadata', 'spec'],
    ],
    ['of a second document', `${SERVICE}---\n${POLICY}spec:\n  pod|`, ['podSelector']],
    [
      'of a document between others',
      `${POLICY}---\n${SERVICE}spec:\n  clust|\n---\n${POLICY}`,
      ['clusterIP', 'clusterIPs'],
    ],
    ['deep inside', `${CONTAINER}          readinessProbe:\n            httpG|`, ['httpGet']],
  ])('%s', async (_, marked, expected) => {
    expect(await offered(marked)).toEqual(expect.arrayContaining([...expected]));
  });

  it.each([
    ['inside of a comment', `${SERVICE}# sp|`],
    [
      'inside of a text of several lines',
      'apiVersion: v1\nkind: ConfigMap\ndata:\n  key: |\n    sp|'.replace('key: |', 'key: >'),
    ],
    ['right behind a colon', `${SERVICE}spec:|`],
    ['of a kind that nobody knows', 'apiVersion: v1\nkind: Nothing\nspec:\n  a|'],
    ['below a field that nobody knows', `${SERVICE}spec:\n  nothing:\n    a|`],
  ])('%s are not offered', async (_, marked) => {
    expect(await offered(marked)).toEqual([]);
  });

  it.each([
    ['a text leaves a space', `${SERVICE}spec:\n  ty|`, 'type', `${SERVICE}spec:\n  type: `],
    ['a list begins its first item', `${SERVICE}spec:\n  po|`, 'ports', `${SERVICE}spec:\n  ports:\n    - `],
    ['a mapping begins its first field', `${SERVICE}me|`, 'metadata', `${SERVICE}metadata:\n  `],
    [
      'a list without its dash gets it',
      `${SERVICE}spec:\n  ports:\n    |`,
      'port',
      `${SERVICE}spec:\n  ports:\n    - port: `,
    ],
    ['the whole word is replaced', `${SERVICE}sp|ec`, 'spec', `${SERVICE}spec:\n  `],
  ])('taken: %s', async (_, marked, label, expected) => {
    expect(await taken(marked, label)).toBe(expected);
  });

  it('that must be there come first and say so', async () => {
    const { answer } = await at(`${SERVICE}spec:\n  ports:\n    - |`);
    expect(answer.candidates[0]).toMatchObject({ label: 'port', detail: 'whole number, required' });
    expect(answer.candidates[0]?.note).toContain('what clients connect to');
  });
});

describe('values', () => {
  it.each([
    [
      'of the kind fit its version',
      'apiVersion: apps/v1\nkind: |',
      ['ControllerRevision', 'DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
    ],
    ['of the version fit the kind', 'kind: Deployment\napiVersion: |', ['apps/v1']],
    ['of protocols', `${SERVICE}spec:\n  ports:\n    - protocol: |`, ['SCTP', 'TCP', 'UDP']],
    [
      'of the type of a Service',
      `${SERVICE}spec:\n  type: N|`,
      ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'],
    ],
    ['of policyTypes', `${POLICY}spec:\n  policyTypes:\n    - |`, ['Ingress', 'Egress']],
    ['of policyTypes in brackets', `${POLICY}spec:\n  policyTypes: [Ingress, |`, ['Ingress', 'Egress']],
    [
      'of pathType',
      `${INGRESS}spec:\n  rules:\n    - http:\n        paths:\n          - pathType: |`,
      ['Prefix', 'Exact', 'ImplementationSpecific'],
    ],
    ['of a switch', `${CONTAINER}          tty: |`, ['true', 'false']],
    [
      'that name a Service of the lab',
      `${INGRESS}spec:\n  defaultBackend:\n    service:\n      name: |`,
      ['kubernetes', 'web'],
    ],
    [
      'that name a Service of another namespace',
      `${INGRESS}metadata:\n  namespace: team-a\nspec:\n  defaultBackend:\n    service:\n      name: |`,
      ['other'],
    ],
    [
      'that name a ConfigMap of the lab',
      `${CONTAINER}          envFrom:\n            - configMapRef:\n                name: |`,
      ['settings'],
    ],
    ['that name a node', `apiVersion: v1\nkind: Pod\nspec:\n  nodeName: |`, ['cp', 'node-1', 'node-2']],
    ['of labels of the lab', `${SERVICE}spec:\n  selector:\n    app: |`, ['client', 'web']],
    ['of labels in braces', `${SERVICE}spec:\n  selector: { app: |`, ['client', 'web']],
  ])('%s', async (_, marked, expected) => {
    expect(await offered(marked)).toEqual(expected);
  });

  it('of namespaces are those of the lab', async () => {
    expect(await offered(`${SERVICE}metadata:\n  namespace: |`)).toEqual(expect.arrayContaining(['default', 'team-a']));
  });

  it('of selectors have the keys of labels', async () => {
    expect(await offered(`${POLICY}spec:\n  podSelector:\n    matchLabels:\n      |`)).toEqual([
      'app',
      'pod-template-hash',
    ]);
  });

  it('that YAML would read as something else are quoted', async () => {
    const policy = `${SERVICE}spec:\n  selector:\n    pod-template-hash: |`;
    const [candidate] = (await at(policy)).answer.candidates;
    expect(candidate?.insert).toBe(
      /^\d+$/.test(candidate?.label ?? '') ? JSON.stringify(candidate?.label) : candidate?.label,
    );
  });
});

describe('a document', () => {
  it.each([
    ['', 'empty'],
    ['|', 'empty'],
    ['# only a comment\n|', 'empty'],
    [`${SERVICE}---\n|`, 'empty'],
    [`${SERVICE}|`, 'begun'],
  ])('%j is %s', async (marked, state) => {
    expect((await at(marked.includes('|') ? marked : `${marked}|`)).answer.document).toBe(state);
  });
});

describe('the field at the pointer', () => {
  const described = async (marked: string) => {
    const offset = marked.indexOf('|');
    return client.manifest({ kind: 'describe', text: marked.replace('|', ''), offset });
  };

  it('is named with its place, its type and what it does', async () => {
    expect(await described(`${SERVICE}spec:\n  ports:\n    - targ|etPort: 8080\n`)).toMatchObject({
      path: 'spec.ports[].targetPort',
      type: 'number or name',
      values: [],
      note: expect.stringContaining('The port in the Pod'),
    });
  });

  it('has the values that it takes', async () => {
    expect(await described(`${SERVICE}spec:\n  ty|pe: NodePort\n`)).toMatchObject({
      path: 'spec.type',
      type: 'text',
      values: ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'],
    });
  });

  it('is found in the last line and in a second document', async () => {
    expect(await described(`${SERVICE}---\n${POLICY}spec:\n  podSel|ector: {}`)).toMatchObject({
      path: 'spec.podSelector',
    });
  });

  it.each([
    ['a value', `${SERVICE}spec:\n  type: Node|Port\n`],
    ['nothing', `${SERVICE}\n|\n`],
    ['a field that is not of the schema', `${SERVICE}spec:\n  noth|ing: 1\n`],
    ['a label', `${SERVICE}spec:\n  selector:\n    a|pp: web\n`],
  ])('is none on %s', async (_, marked) => {
    expect(await described(marked)).toBeUndefined();
  });
});
