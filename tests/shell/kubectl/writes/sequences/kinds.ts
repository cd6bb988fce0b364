import type { Sequence } from '../playBoth.ts';

export const KINDS: Sequence = {
  name: 'objects of other kinds',
  files: {
    'app.env': `# comment
A=1
B=two words
`,
    'index.html': `<h1>hello</h1>
`,
    'sts.yaml': `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  replicas: 2
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: nginx}]}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec: {containers: [{name: agent, image: nginx}]}
`,
  },
  lines: [
    'kubectl create role r --verb=get,list --resource=pods --dry-run=client -o json',
    'kubectl create role r --verb=get,list --resource=pods,deployments.apps --resource-name=a',
    'kubectl create role r2 --verb=get',
    'kubectl create role r2 --resource=pods',
    'kubectl create role r2 --verb=get --resource=nope',
    'kubectl create role r2 --verb=foo --resource=pods',
    'kubectl create clusterrole cr --verb=get --non-resource-url=/healthz -o yaml',
    'kubectl create clusterrole cr2 --aggregation-rule=a=b -o yaml --dry-run=client',
    'kubectl create rolebinding rb --role=r --user=u --group=g --serviceaccount=default:x -o json',
    'kubectl create rolebinding rb2 --role=r --clusterrole=x',
    'kubectl create rolebinding rb2 --role=r --serviceaccount=x',
    'kubectl create clusterrolebinding crb --clusterrole=cr --group=g',
    'kubectl set subject rolebinding rb --user=w',
    'kubectl set subject rolebinding rb --user=w',
    'kubectl set subject rolebinding rb',
    'kubectl set subject deploy x --user=w',
    'kubectl create secret generic s --from-literal=x=y --from-file=index.html -o json',
    'kubectl create secret generic s --from-literal=x=y',
    'kubectl create secret generic s2 --from-env-file=app.env --type=Opaque',
    'kubectl create secret docker-registry reg --docker-username=u --docker-password=p --docker-email=e -o yaml',
    'kubectl create secret docker-registry reg2 --docker-username=u',
    'kubectl create secret tls t --cert=a --key=b',
    'kubectl create configmap files --from-file=index.html --from-file=other=index.html -o yaml',
    'kubectl create configmap env --from-env-file=app.env -o yaml',
    'kubectl create configmap env --from-env-file=app.env --append-hash',
    `kubectl create configmap bad --from-literal='a b=c'`,
    'kubectl create configmap bad --from-literal=a=b --from-literal=a=c',
    'kubectl create configmap bad --from-file=a=b=c',
    `kubectl create cronjob cj --image=tools --schedule='*/5 * * * *' -o json`,
    'kubectl create cronjob cj2 --image=tools --schedule=bad',
    'kubectl create job once --from=cronjob/cj',
    'kubectl create job once2 --from=cronjob/nope',
    'kubectl create job once3 --image=tools --from=cronjob/cj',
    'kubectl create job once4',
    'kubectl create ingress i --rule=foo.com/bar*=svc:80,tls=cert --class=nginx --annotation=a=b --default-backend=d:80 -o json',
    'kubectl create ingress i2 --rule=bad',
    'kubectl create ingress i2',
    'kubectl create ingress i3 --default-backend=bad',
    'kubectl create quota q --hard=pods=3,cpu=500m --scopes=BestEffort -o json',
    'kubectl create quota q2 --hard=pods',
    'kubectl create pdb p --selector=app=web --min-available=50% -o json',
    'kubectl create pdb p2 --selector=app=web',
    'kubectl create pdb p2 --min-available=1',
    'kubectl create pdb p2 --selector=app=web --min-available=1 --max-unavailable=1',
    'kubectl create priorityclass pc --value=100 --description=important --global-default -o json',
    'kubectl create priorityclass pc2 --value=abc',
    'kubectl create priorityclass pc3 --value=1 --preemption-policy=Foo',
    'kubectl create serviceaccount robot -o json',
    'kubectl create token robot',
    'kubectl create token nope',
    'kubectl autoscale deploy web --max=3',
    'kubectl create -f sts.yaml',
    'kubectl rollout status sts/db',
    'kubectl rollout status ds/agent',
    'kubectl rollout history sts/db',
    'kubectl rollout history ds/agent',
    'kubectl set image sts/db db=tools',
    'kubectl set image ds/agent agent=tools',
    'kubectl rollout status sts/db',
    'kubectl rollout status ds/agent',
    'kubectl rollout history sts/db',
    'kubectl rollout history ds/agent',
    'kubectl rollout history ds/agent --revision=1',
    'kubectl rollout history sts/db --revision=2',
    'kubectl rollout undo ds/agent',
    'kubectl rollout undo sts/db',
    'kubectl rollout undo sts/db --to-revision=9',
    'kubectl rollout pause sts/db',
    'kubectl rollout status sts/db',
    'kubectl get pods -l app=db',
    'kubectl scale sts db --replicas=3',
    'kubectl scale ds agent --replicas=3',
    'kubectl scale rs nope --replicas=3',
    'kubectl drain node-1 --force',
    'kubectl drain node-1 --force --ignore-daemonsets --pod-selector=app=agent',
    'kubectl uncordon node-1',
    'kubectl delete sts db --cascade=orphan',
    'kubectl get pods -l app=db',
    'kubectl delete ds agent --cascade=foreground',
    'kubectl delete role,rolebinding --all',
    'kubectl delete secret s s2 nope',
    'kubectl delete cj cj',
    'kubectl delete cronjob,job --all',
    'kubectl delete pc pc',
    'kubectl delete ns default',
    'kubectl create ns temp',
    'kubectl run x -n temp --image=nginx',
    'kubectl delete ns temp',
    'kubectl get ns',
  ],
};
