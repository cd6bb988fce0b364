import { writeFileSync } from 'node:fs';
import { it } from 'vitest';
import { describeObject, eventSearches, type Related } from '../../src/shell/kubectl/describe/describe.ts';
import { listAt } from '../../src/shell/kubectl/fields.ts';
import type { ApiResource } from '../../src/shell/kubectl/resources.ts';
import { type Json, Lab } from '../../src/sim/index.ts';

const LAB = `
apiVersion: lab.hoplab.dev/v1alpha1
kind: Lab
metadata: {name: describe}
spec: {nodes: [{name: cp, role: control-plane}, {name: node-1, role: worker}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: web
          ports: [{containerPort: 8080}]
          resources: {requests: {cpu: 250m, memory: 64Mi}, limits: {memory: 128Mi}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{port: 80, targetPort: 8080}]
`;

function openLab(): Lab {
  const opened = Lab.open(LAB);
  if (opened.kind === 'refused') throw new Error(JSON.stringify(opened.problems));
  return opened.lab;
}

function get(lab: Lab, path: string, query: Readonly<Record<string, string>> = {}): Json {
  const response = lab.request({ method: 'GET', path, query });
  if (response.status >= 400) throw new Error(JSON.stringify(response.body));
  return response.body;
}

async function described(lab: Lab, kind: string, path: string, group = ''): Promise<string> {
  const object = get(lab, path);
  const events = eventSearches(kind, object).flatMap(search => listAt(get(lab, search.path, search.query), 'items'));
  const related: Related = {
    now: lab.now + 65_000,
    events,
    list: async (listPath, query) => listAt(get(lab, listPath, query), 'items'),
  };
  return describeObject({ ...RESOURCE, group, kind }, object, related);
}

const RESOURCE: ApiResource = {
  apiVersion: 'v1',
  group: '',
  name: '',
  singular: '',
  kind: '',
  namespaced: true,
  shortNames: [],
  categories: [],
  verbs: [],
};

it('probe', async () => {
  const lab = openLab();
  const first = (path: string): string => {
    const [item] = listAt(get(lab, path), 'items');
    return `${path}/${(item as { metadata: { name: string } }).metadata.name}`;
  };
  let out = '';
  const show = async (kind: string, path: string, group = ''): Promise<void> => {
    out += `--- ${kind}\n${await described(lab, kind, path, group)}`;
  };
  await show('Pod', first('/api/v1/namespaces/default/pods'));
  await show('Service', '/api/v1/namespaces/default/services/web');
  await show('Service', '/api/v1/namespaces/default/services/kubernetes');
  await show('Deployment', '/apis/apps/v1/namespaces/default/deployments/web', 'apps');
  await show('ReplicaSet', first('/apis/apps/v1/namespaces/default/replicasets'), 'apps');
  await show('EndpointSlice', first('/apis/discovery.k8s.io/v1/namespaces/default/endpointslices'), 'discovery.k8s.io');
  await show(
    'EndpointSlice',
    `/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/${listAt(
      get(lab, '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices'),
      'items',
    )
      .map(x => (x as any).metadata.name)
      .at(-1)}`,
    'discovery.k8s.io',
  );
  await show('Node', '/api/v1/nodes/node-1');
  await show('Node', '/api/v1/nodes/cp');
  await show('Namespace', '/api/v1/namespaces/default');
  await show('Event', first('/api/v1/namespaces/default/events'));
  writeFileSync('/tmp/dd/described.txt', out);
});
