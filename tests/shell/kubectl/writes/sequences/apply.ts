import type { Sequence } from '../playBoth.ts';
import { DISPATCHER } from './differences.ts';

export const APPLY: Sequence = {
  name: 'apply, scale, label, expose, replace, run, delete',
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
metadata: {name: web, labels: {app: web, tier: front}}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`,
    'bad.yaml': `apiVersion: v1
kind: Service
metadata: {name: bad}
spec: {selector: {app: web}, ports: [{port: 70000}]}
`,
    'cm.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: cm, labels: {part: x}}
data: {a: b}
`,
  },
  lines: [
    'kubectl apply',
    'kubectl apply -f nofile.yaml',
    'kubectl apply -f web.yaml',
    'kubectl apply -f web.yaml',
    'kubectl apply -f web.yaml -o name',
    'kubectl apply -f web2.yaml --dry-run=client',
    'kubectl apply -f web2.yaml --dry-run=server',
    'kubectl apply -f web2.yaml',
    'kubectl apply -f web2.yaml -o json',
    'kubectl get deploy web -o yaml',
    'kubectl apply -f web2.yaml --force-conflicts',
    'kubectl apply -f bad.yaml',
    'kubectl apply -f bad.yaml --server-side',
    'kubectl apply view-last-applied deploy/web',
    'kubectl apply view-last-applied svc web -o json',
    'kubectl apply set-last-applied -f web.yaml',
    'kubectl apply -f web.yaml extra',
    'kubectl apply -f web.yaml --dry-run=client --server-side',
    'kubectl scale deploy web --replicas=4',
    'kubectl scale deploy/web --replicas=1 --current-replicas=3',
    'kubectl scale deploy/web --replicas=1 --current-replicas=4',
    'kubectl scale deploy/nope --replicas=1',
    'kubectl scale --replicas=2 -f web2.yaml',
    { line: 'kubectl scale deploy web', differs: DISPATCHER },
    'kubectl scale pod/client --replicas=3',
    'kubectl scale deploy web --replicas=-1',
    'kubectl scale deploy web --replicas=2 --dry-run=server',
    'kubectl scale deploy web --replicas=2 --dry-run=client -o yaml',
    'kubectl label pod client tier=x',
    'kubectl label pod client tier=y',
    'kubectl label pod client tier=y --overwrite',
    'kubectl label pod client tier=y',
    'kubectl label pod client tier-',
    'kubectl label pod client tier-',
    'kubectl label pod client --list',
    'kubectl label pods --all z=1',
    'kubectl label pods -l app=web foo=bar',
    'kubectl label pod nope a=b',
    'kubectl label pod client',
    `kubectl label pod client 'a=b c'`,
    `kubectl annotate pod client note='hello world'`,
    'kubectl annotate pod client note=other',
    'kubectl annotate pod client note=other --overwrite',
    'kubectl annotate pod client note-',
    'kubectl annotate pod client --list',
    'kubectl annotate pod client',
    `kubectl patch deploy web -p '{"spec":{"replicas":2}}'`,
    `kubectl patch deploy web -p '{"spec":{"replicas":2}}'`,
    `kubectl patch deploy web -p 'spec: {replicas: 3}'`,
    `kubectl patch deploy web --type=json -p '[{"op":"replace","path":"/spec/replicas","value":1}]'`,
    `kubectl patch deploy web --type=merge -p '{"metadata":{"labels":{"x":"y"}}}' -o name`,
    `kubectl patch deploy web -p '{"spec":{"replicas":-2}}'`,
    `kubectl patch deploy web -p '{"spec":{"replicas":"x"}}'`,
    `kubectl patch deploy web -p '{bad'`,
    'kubectl patch deploy web',
    `kubectl patch deploy nope -p '{}'`,
    `kubectl patch deploy web --type=foo -p '{}'`,
    `kubectl patch deploy web --subresource=scale --type=merge -p '{"spec":{"replicas":2}}'`,
    `kubectl patch -f web.yaml -p '{"spec":{"replicas":2}}' --dry-run=client`,
    `kubectl patch deploy web --type=json -p '{"a":1}'`,
    `kubectl patch deploy web --type=json -p '[{"op":"remove","path":"/spec/nope"}]'`,
    'kubectl expose deploy web --port=80',
    'kubectl expose deploy web --port=80 --name=web2 --type=NodePort',
    'kubectl expose deploy web --name=web3',
    'kubectl expose deploy web --port=80 --target-port=http --name=web4 --dry-run=client -o yaml',
    'kubectl expose pod client --port=80',
    'kubectl expose svc web --name=web5 --port=81',
    'kubectl expose deploy nope --port=80',
    'kubectl expose node cp --port=80',
    'kubectl expose deploy web --port=abc --name=w',
    'kubectl expose deploy web --port=80 --name=w6 --dry-run=server -o yaml',
    'kubectl replace -f web.yaml',
    'kubectl replace -f bad.yaml',
    'kubectl replace -f web.yaml --force',
    'kubectl replace',
    'kubectl replace -f web.yaml --dry-run=client',
    'kubectl run p --image=nginx',
    'kubectl run p --image=nginx',
    'kubectl run p2 --image=nginx --dry-run=client -o yaml',
    'kubectl run p3 --image=nginx --port=80 --expose',
    'kubectl run p4 --image=nginx --restart=Never --env=a=b --labels=x=y --dry-run=client -o yaml',
    { line: 'kubectl run p5', differs: DISPATCHER },
    'kubectl run --image=nginx',
    'kubectl run p6 --image=Bad:::',
    'kubectl run p7 --image=nginx --rm',
    'kubectl run p8 --image=nginx --command -- sleep 10',
    'kubectl delete pod p',
    'kubectl delete pod p',
    'kubectl delete pods p3 p8 nope',
    'kubectl delete svc,deploy -l app=web',
    'kubectl delete -f web2.yaml',
    'kubectl delete -f web2.yaml --ignore-not-found',
    'kubectl delete pod',
    'kubectl delete',
    'kubectl delete pods --all',
    'kubectl delete pods --all',
    'kubectl delete svc/p3 --dry-run=client',
    'kubectl delete svc/p3 --dry-run=server',
    'kubectl delete svc/p3 -o name',
    'kubectl delete svc --all --force',
    'kubectl delete foo bar',
    'kubectl delete ns default',
    'kubectl delete node node-2',
    'kubectl delete cm cm --now',
    'kubectl delete cm cm --grace-period=1 --force',
    'kubectl delete all --all',
    'kubectl get all -A',
  ],
};
