import type { Sequence } from '../playBoth.ts';

export const DIFF: Sequence = {
  name: 'diff',
  files: {
    'web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx, ports: [{containerPort: 80}]}]}
`,
    'web2.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: tools, env: [{name: A, value: b}]}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: new}
data: {a: b}
`,
    'bad.yaml': `apiVersion: v1
kind: Service
metadata: {name: bad}
spec: {ports: [{port: 70000}]}
`,
  },
  lines: [
    'kubectl diff -f web.yaml',
    'kubectl apply -f web.yaml',
    'kubectl diff -f web.yaml',
    'kubectl diff -f web2.yaml',
    'kubectl diff -f web2.yaml --server-side',
    'kubectl diff -f bad.yaml',
    'kubectl diff',
    'kubectl diff -f nofile.yaml',
    'kubectl scale deploy web --replicas=5',
    'kubectl diff -f web.yaml',
    'kubectl diff -f web2.yaml -l app=web',
    'kubectl diff foo',
    'kubectl create deployment other --image=nginx',
    `kubectl diff -f - <<EOF
apiVersion: apps/v1
kind: Deployment
metadata: {name: other, labels: {app: other}}
spec:
  replicas: 1
  selector: {matchLabels: {app: other}}
  template:
    metadata: {labels: {app: other}, annotations: {a: b}}
    spec: {containers: [{name: nginx, image: nginx}, {name: x, image: nginx}], nodeSelector: {a: b}}
EOF`,
  ],
};
