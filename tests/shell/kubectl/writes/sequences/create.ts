import type { Sequence } from '../playBoth.ts';
import { DISPATCHER } from './differences.ts';

export const CREATE: Sequence = {
  name: 'create',
  lines: [
    'kubectl create deployment web --image=nginx --replicas=2 --port=80',
    'kubectl create deployment web --image=nginx',
    { line: 'kubectl create deployment', differs: DISPATCHER },
    { line: 'kubectl create deployment x', differs: DISPATCHER },
    'kubectl create deployment y --image=nginx --dry-run=client -o yaml',
    'kubectl create deployment y --image=nginx --dry-run=server -o yaml',
    'kubectl create deployment y --image=nginx --dry-run=server',
    'kubectl create deployment y --image=nginx --dry-run=client -o json',
    'kubectl create deployment y --image=nginx --dry-run=foo',
    'kubectl create deployment z --image=nginx --image=busybox -o name',
    'kubectl create deployment Bad_Name --image=nginx',
    'kubectl create deploy cmd --image=tools -- sleep 100',
    'kubectl create namespace team',
    'kubectl create ns team',
    'kubectl create ns t2 -o yaml --dry-run=client',
    'kubectl create service clusterip web --tcp=80:8080',
    'kubectl create svc nodeport webnp --tcp=80:8080 --node-port=30080',
    'kubectl create service loadbalancer lb --tcp=80 -o yaml --dry-run=client',
    'kubectl create service externalname ext --external-name example.com',
    { line: 'kubectl create service externalname ext2', differs: DISPATCHER },
    'kubectl create service clusterip web2',
    'kubectl create service foo',
    'kubectl create configmap cm --from-literal=a=b --from-literal=c=d',
    'kubectl create cm cm2 --from-literal=a=b -o yaml',
    'kubectl create cm cm3 --from-literal=ab',
    'kubectl create cm cm3 --from-file=nofile',
    'kubectl create secret generic sec --from-literal=password=x --dry-run=client -o yaml',
    'kubectl create job j --image=tools --dry-run=client -o yaml -- echo hi',
    'kubectl create job j --image=tools -- echo hi',
    'kubectl create cronjob c --image=tools --schedule=* --dry-run=client -o yaml',
    'kubectl create ingress i --rule=foo.com/bar=svc:80 --dry-run=client -o yaml',
    'kubectl create serviceaccount sa --dry-run=client -o yaml',
    'kubectl create role r --verb=get --resource=pods --dry-run=client -o yaml',
    'kubectl create rolebinding rb --role=r --user=u --dry-run=client -o yaml',
    'kubectl create clusterrole cr --verb=get --resource=pods,deployments.apps --dry-run=client -o yaml',
    'kubectl create clusterrolebinding rb --clusterrole=r --user=u --dry-run=client -o yaml',
    'kubectl create quota q --hard=pods=1 --dry-run=client -o yaml',
    'kubectl create pdb p --selector=app=web --min-available=1 --dry-run=client -o yaml',
    'kubectl create priorityclass p --value=10 --dry-run=client -o yaml',
    'kubectl create token default',
    'kubectl create',
    'kubectl create -f nofile.yaml',
    'kubectl create foo',
    `kubectl create -f - <<EOF
apiVersion: v1
kind: ConfigMap
metadata: {name: fromhere}
data: {a: b}
EOF`,
    'kubectl get deploy,svc,cm,pods',
  ],
};
