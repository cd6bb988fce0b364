import type { Sequence } from '../playBoth.ts';

export const PATCH: Sequence = {
  name: 'patch, and what files can have wrong',
  files: {
    'pod.yaml': `apiVersion: v1
kind: Pod
metadata: {name: client}
spec: {containers: [{name: client, image: tools}]}
`,
    'patch.yaml': `metadata:
  labels: {from: file}
`,
  },
  lines: [
    `kubectl patch pod client -p '{bad'`,
    `kubectl patch pod client -p 'a: b: c'`,
    `kubectl patch pod client -p 'abc'`,
    `kubectl patch pod client -p '[1]'`,
    `kubectl patch pod client --type=json -p '{"a":1}'`,
    `kubectl patch pod client --type=json -p 'abc'`,
    `kubectl patch pod client --type=json -p '[{"op":"add","path":"/metadata/labels/x","value":"1"}]' --dry-run=client`,
    `kubectl patch pod client -p '{"metadata":{"labels":{"x":"2"}}}' --dry-run=client`,
    `kubectl patch pod client -p '{"metadata":{"labels":{"x":"2"}}}' --dry-run=client -o yaml`,
    `kubectl patch pod client -p '{"metadata":{"labels":{"x":"2"}}}' --dry-run=server -o jsonpath='{.metadata.labels}'`,
    `kubectl patch -f pod.yaml --local -p '{"metadata":{"labels":{"x":"2"}}}' -o yaml`,
    `kubectl patch -f pod.yaml --local -p '{"spec":{"containers":[{"name":"client","image":"x"}]}}' -o yaml`,
    `kubectl patch -f pod.yaml --local --type=merge -p '{"spec":{"containers":[{"name":"c","image":"x"}]}}' -o yaml`,
    `kubectl patch -f pod.yaml --local --type=json -p '[{"op":"add","path":"/metadata/labels","value":{"x":"1"}}]' -o yaml`,
    `kubectl patch -f pod.yaml --local -p '{}' -o yaml`,
    `kubectl patch -f pod.yaml -p '{"metadata":{"labels":{"x":"3"}}}'`,
    'kubectl patch pod client --patch-file patch.yaml',
    'kubectl patch pod client --patch-file nofile.yaml',
    `kubectl patch pod client --patch-file patch.yaml -p '{}'`,
    `kubectl patch pod client nope -p '{"metadata":{"labels":{"x":"4"}}}'`,
    `kubectl patch pods --all -p '{}'`,
    `kubectl patch pod client --subresource=foo -p '{}'`,
    `kubectl patch pod client -p '{"spec":{"containers":[{"name":"client","image":"nginx"}]}}'`,
    `kubectl patch pod client -p '{"spec":{"nodeName":"cp"}}'`,
    `kubectl patch node cp -p '{"spec":{"unschedulable":true}}'`,
    `kubectl patch foo bar -p '{}'`,
    `kubectl patch pod client -p '{"nope":1}'`,
    `kubectl patch deploy x -p '{"nope":1}'`,
    `kubectl patch --type=merge -p '{}'`,
    'kubectl create token default',
    `kubectl create -f - <<EOF
apiVersion: v1
kind: ConfigMap
metadata: {name: one}
---
apiVersion: v1
kind: ConfigMap
metadata: {}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: one}
---
kind: ConfigMap
metadata: {name: three}
EOF`,
    `kubectl create -f - <<EOF
hello
EOF`,
    `kubectl create -f - <<EOF
- a
EOF`,
    `kubectl create -f - <<EOF
EOF`,
    `kubectl apply -f - <<EOF
apiVersion: v1
kind: ConfigMap
metadata: {name: two}
data: {a: 1}
EOF`,
    `kubectl apply -f - --validate=warn <<EOF
apiVersion: v1
kind: ConfigMap
metadata: {name: two, foo: bar}
data: {a: "1"}
x: y
EOF`,
    `kubectl apply -f - --validate=foo <<EOF
apiVersion: v1
kind: ConfigMap
metadata: {name: two, foo: bar}
EOF`,
    `kubectl apply -n default -f - <<EOF
apiVersion: v1
kind: ConfigMap
metadata: {name: l2, namespace: nope}
EOF`,
  ],
};
