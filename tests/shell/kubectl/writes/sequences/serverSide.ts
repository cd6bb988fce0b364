import type { Sequence } from '../playBoth.ts';

export const SERVER_SIDE: Sequence = {
  name: 'server-side apply and pruning',
  files: {
    'one.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: one, labels: {part: x}}
data: {a: '1', b: '2'}
`,
    'two.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: one, labels: {part: x}}
data: {a: '9'}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: two, labels: {part: x}}
`,
    'bad.yaml': `apiVersion: v1
kind: Service
metadata: {name: bad}
spec: {ports: [{port: 70000}]}
`,
  },
  lines: [
    'kubectl apply --server-side -f one.yaml',
    'kubectl apply --server-side -f one.yaml',
    'kubectl apply --server-side -f one.yaml -o name',
    'kubectl apply --server-side -f two.yaml --field-manager=other',
    'kubectl apply --server-side -f two.yaml --field-manager=other --force-conflicts',
    'kubectl get cm one -o yaml --show-managed-fields',
    'kubectl apply --server-side -f one.yaml --dry-run=server --force-conflicts',
    'kubectl apply --server-side -f two.yaml',
    'kubectl apply --server-side -f bad.yaml',
    'kubectl apply --server-side -f one.yaml --validate=ignore --force-conflicts -o yaml',
    'kubectl delete cm one two',
    'kubectl apply -f two.yaml',
    'kubectl apply -f one.yaml --prune --prune-allowlist=core/v1/ConfigMap -l part=x',
    'kubectl apply -f one.yaml --prune --prune-allowlist=core/v1/ConfigMap -l part=x --dry-run=server',
    'kubectl apply -f one.yaml --prune',
    'kubectl apply -f one.yaml --prune --all -l part=x',
    'kubectl get cm',
  ],
};
