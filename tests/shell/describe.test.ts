import { expect, it } from 'vitest';
import { describeObject, eventSearches, type Related } from '../../src/shell/kubectl/describe/describe.ts';
import { parseQuantity, quantityText } from '../../src/shell/kubectl/describe/quantity.ts';
import { at, listAt, textAt } from '../../src/shell/kubectl/fields.ts';
import type { ApiResource } from '../../src/shell/kubectl/resources.ts';
import { KubectlError } from '../../src/shell/kubectl/session.ts';
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
    spec: {containers: [{name: web, image: web, ports: [{containerPort: 8080}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{port: 80, targetPort: 8080}]
`;

const PODS = '/api/v1/namespaces/default/pods';
const SERVICES = '/api/v1/namespaces/default/services';
const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';
const REPLICA_SETS = '/apis/apps/v1/namespaces/default/replicasets';
const SLICES = '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices';
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

function openLab(): Lab {
  const opened = Lab.open(LAB);
  if (opened.kind === 'refused') throw new Error(JSON.stringify(opened.problems));
  return opened.lab;
}

function get(lab: Lab, path: string, query: Readonly<Record<string, string>> = {}): Json {
  const response = lab.request({ method: 'GET', path, query });
  if (response.status >= 400) throw new Error(textAt(response.body, 'message'));
  return response.body;
}

function nameOf(object: Json | undefined): string {
  return textAt(object, 'metadata', 'name');
}

/** As kubectl would, 65 seconds after the lab opened. */
function described(lab: Lab, group: string, object: Json | undefined, part: Partial<Related> = {}): Promise<string> {
  if (object === undefined) throw new Error('no such object');
  const kind = textAt(object, 'kind');
  const searches = eventSearches(kind, object);
  return describeObject({ ...RESOURCE, group, kind }, object, {
    now: lab.now + 65_000,
    events: searches.flatMap(search => listAt(get(lab, search.path, search.query), 'items')),
    list: async (path, query) => listAt(get(lab, path, query), 'items'),
    ...part,
  });
}

/** Of an object that is in no lab. */
function describedAlone(group: string, object: Json, part: Partial<Related> = {}): Promise<string> {
  const related: Related = { now: 600_000, events: [], list: async () => [], ...part };
  return describeObject({ ...RESOURCE, group, kind: textAt(object, 'kind') }, object, related);
}

/** Text whose lines end at `|`, so that spaces before it are seen. */
function text(marked: string): string {
  return marked.trimStart().replaceAll('|\n', '\n');
}

it('describes a Pod that runs', async () => {
  const lab = openLab();
  const [pod] = listAt(get(lab, PODS), 'items');
  const name = nameOf(pod);
  const hash = textAt(pod, 'metadata', 'labels', 'pod-template-hash');
  expect(await described(lab, '', pod)).toBe(
    text(`
Name:         ${name}|
Namespace:    default|
Priority:     0|
Node:         node-1/192.168.10.11|
Start Time:   Thu, 01 Jan 2026 00:00:01 +0000|
Labels:       app=web|
              pod-template-hash=${hash}|
Annotations:  <none>|
Status:       Running|
IP:           ${textAt(pod, 'status', 'podIP')}|
IPs:|
  IP:           ${textAt(pod, 'status', 'podIP')}|
Controlled By:  ReplicaSet/web-${hash}|
Containers:|
  web:|
    Container ID:   ${textAt(pod, 'status', 'containerStatuses', 0, 'containerID')}|
    Image:          web|
    Image ID:       web|
    Port:           8080/TCP|
    Host Port:      0/TCP|
    State:          Running|
      Started:      Thu, 01 Jan 2026 00:00:02 +0000|
    Ready:          True|
    Restart Count:  0|
    Environment:    <none>|
    Mounts:         <none>|
Conditions:|
  Type                        Status|
  PodReadyToStartContainers   True |
  Initialized                 True |
  Ready                       True |
  ContainersReady             True |
  PodScheduled                True |
Volumes:                      <none>|
QoS Class:                    BestEffort|
Node-Selectors:               <none>|
Tolerations:                  node.kubernetes.io/not-ready:NoExecute op=Exists for 300s|
                              node.kubernetes.io/unreachable:NoExecute op=Exists for 300s|
Events:|
  Type    Reason     Age   From               Message|
  ----    ------     ----  ----               -------|
  Normal  Scheduled  66s   default-scheduler  Successfully assigned default/${name} to node-1|
  Normal  Pulled     65s   kubelet            Container image "web" already present on machine|
  Normal  Created    65s   kubelet            Created container: web|
  Normal  Started    65s   kubelet            Started container web|
`),
  );
});

it('describes a Service with its endpoints', async () => {
  const lab = openLab();
  const service = get(lab, `${SERVICES}/web`);
  const endpoints = listAt(
    get(lab, SLICES, { labelSelector: 'kubernetes.io/service-name=web' }),
    'items',
    0,
    'endpoints',
  );
  const addresses = endpoints.map(endpoint => `${textAt(endpoint, 'addresses', 0)}:8080`);
  expect(addresses).toHaveLength(2);
  expect(await described(lab, '', service)).toBe(
    text(`
Name:                     web|
Namespace:                default|
Labels:                   <none>|
Annotations:              <none>|
Selector:                 app=web|
Type:                     ClusterIP|
IP Family Policy:         SingleStack|
IP Families:              IPv4|
IP:                       10.96.1.1|
IPs:                      10.96.1.1|
Port:                     <unset>  80/TCP|
TargetPort:               8080/TCP|
Endpoints:                ${addresses.join(',')}|
Session Affinity:         None|
Internal Traffic Policy:  Cluster|
Events:                   <none>|
`),
  );
});

it('counts the endpoints of a Service that do not fit, and leaves out those that are not ready', async () => {
  const endpoint = (address: string, ready: boolean): Json => ({ addresses: [address], conditions: { ready } });
  const slice: Json = {
    ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
    endpoints: ['10.244.1.2', '10.244.1.3', '10.244.1.4', '10.244.1.5', '10.244.1.6'].map((address, i) =>
      endpoint(address, i !== 1),
    ),
  };
  const service: Json = {
    kind: 'Service',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      type: 'NodePort',
      clusterIP: '10.96.3.4',
      ports: [
        { name: 'http', port: 80, targetPort: 'web', nodePort: 30080, protocol: 'TCP' },
        { name: 'dns', port: 53, targetPort: 53, protocol: 'UDP' },
      ],
      sessionAffinity: 'None',
      externalTrafficPolicy: 'Local',
    },
  };
  const answer = await describedAlone('', service, { list: async () => [slice], events: undefined });
  expect(answer.slice(answer.indexOf('Selector'))).toBe(
    text(`
Selector:                 <none>|
Type:                     NodePort|
IP Families:              <none>|
IP:                       10.96.3.4|
IPs:                      <none>|
Port:                     http  80/TCP|
TargetPort:               web/TCP|
NodePort:                 http  30080/TCP|
Endpoints:                10.244.1.2:8080,10.244.1.4:8080,10.244.1.5:8080 + 1 more...|
Port:                     dns  53/UDP|
TargetPort:               53/UDP|
Endpoints:                |
Session Affinity:         None|
External Traffic Policy:  Local|
`),
  );
});

it('describes a Deployment with its ReplicaSets', async () => {
  const lab = openLab();
  const deployment = get(lab, `${DEPLOYMENTS}/web`);
  const [replicaSet] = listAt(get(lab, REPLICA_SETS), 'items');
  const name = nameOf(replicaSet);
  expect(await described(lab, 'apps', deployment)).toBe(
    text(`
Name:                   web|
Namespace:              default|
CreationTimestamp:      Thu, 01 Jan 2026 00:00:01 +0000|
Labels:                 app=web|
Annotations:            deployment.kubernetes.io/revision: 1|
Selector:               app=web|
Replicas:               2 desired | 2 updated | 2 total | 2 available | 0 unavailable|
StrategyType:           RollingUpdate|
MinReadySeconds:        0|
RollingUpdateStrategy:  25% max unavailable, 25% max surge|
Pod Template:|
  Labels:  app=web|
  Containers:|
   web:|
    Image:         web|
    Port:          8080/TCP|
    Host Port:     0/TCP|
    Environment:   <none>|
    Mounts:        <none>|
  Volumes:         <none>|
  Node-Selectors:  <none>|
  Tolerations:     <none>|
Conditions:|
  Type           Status  Reason|
  ----           ------  ------|
  Available      True    MinimumReplicasAvailable|
  Progressing    True    NewReplicaSetAvailable|
OldReplicaSets:  <none>|
NewReplicaSet:   ${name} (2/2 replicas created)|
Events:|
  Type    Reason             Age   From                   Message|
  ----    ------             ----  ----                   -------|
  Normal  ScalingReplicaSet  66s   deployment-controller  Scaled up replica set ${name} from 0 to 2|
`),
  );
});

it('tells old ReplicaSets from the new one after an update', async () => {
  const lab = openLab();
  const before = nameOf(listAt(get(lab, REPLICA_SETS), 'items')[0]);
  lab.request({
    method: 'PATCH',
    path: `${DEPLOYMENTS}/web`,
    headers: { 'content-type': 'application/merge-patch+json' },
    body: { spec: { template: { metadata: { annotations: { edition: '2' } } } } },
  });
  const after = listAt(get(lab, REPLICA_SETS), 'items')
    .map(nameOf)
    .find(name => name !== before);
  const answer = await described(lab, 'apps', get(lab, `${DEPLOYMENTS}/web`));
  expect(answer).toMatch(new RegExp(`^OldReplicaSets: +${before} \\(\\d/\\d replicas created\\)$`, 'm'));
  expect(answer).toMatch(new RegExp(`^NewReplicaSet: +${after} \\(\\d/\\d replicas created\\)$`, 'm'));
  expect(answer).toContain('\n  Annotations:  edition: 2\n');
});

it('describes a ReplicaSet with the phases of its Pods', async () => {
  const lab = openLab();
  const [replicaSet] = listAt(get(lab, REPLICA_SETS), 'items');
  const hash = textAt(replicaSet, 'metadata', 'labels', 'pod-template-hash');
  const created = listAt(
    get(lab, '/api/v1/namespaces/default/events', { fieldSelector: 'reason=SuccessfulCreate' }),
    'items',
  );
  expect(created).toHaveLength(2);
  expect(await described(lab, 'apps', replicaSet)).toBe(
    text(`
Name:           web-${hash}|
Namespace:      default|
Selector:       app=web,pod-template-hash=${hash}|
Labels:         app=web|
                pod-template-hash=${hash}|
Annotations:    deployment.kubernetes.io/desired-replicas: 2|
                deployment.kubernetes.io/max-replicas: 3|
                deployment.kubernetes.io/revision: 1|
Controlled By:  Deployment/web|
Replicas:       2 current / 2 desired|
Pods Status:    2 Running / 0 Waiting / 0 Succeeded / 0 Failed|
Pod Template:|
  Labels:  app=web|
           pod-template-hash=${hash}|
  Containers:|
   web:|
    Image:         web|
    Port:          8080/TCP|
    Host Port:     0/TCP|
    Environment:   <none>|
    Mounts:        <none>|
  Volumes:         <none>|
  Node-Selectors:  <none>|
  Tolerations:     <none>|
Events:|
  Type    Reason            Age   From                   Message|
  ----    ------            ----  ----                   -------|
  Normal  SuccessfulCreate  66s   replicaset-controller  ${textAt(created[0], 'message')}|
  Normal  SuccessfulCreate  66s   replicaset-controller  ${textAt(created[1], 'message')}|
`),
  );
});

it('describes an EndpointSlice', async () => {
  const lab = openLab();
  const [slice] = listAt(get(lab, SLICES, { labelSelector: 'kubernetes.io/service-name=web' }), 'items');
  const [first, second] = listAt(slice, 'endpoints');
  expect(await described(lab, 'discovery.k8s.io', slice)).toBe(
    text(`
Name:         ${nameOf(slice)}|
Namespace:    default|
Labels:       endpointslice.kubernetes.io/managed-by=endpointslice-controller.k8s.io|
              kubernetes.io/service-name=web|
Annotations:  ${annotationOf(slice)}|
AddressType:  IPv4|
Ports:|
  Name     Port  Protocol|
  ----     ----  --------|
  <unset>  8080  TCP|
Endpoints:|
  - Addresses:  ${textAt(first, 'addresses', 0)}|
    Conditions:|
      Ready:    true|
    Hostname:   <unset>|
    TargetRef:  Pod/${textAt(first, 'targetRef', 'name')}|
    NodeName:   node-1|
    Zone:       <unset>|
  - Addresses:  ${textAt(second, 'addresses', 0)}|
    Conditions:|
      Ready:    true|
    Hostname:   <unset>|
    TargetRef:  Pod/${textAt(second, 'targetRef', 'name')}|
    NodeName:   node-1|
    Zone:       <unset>|
Events:         <none>|
`),
  );
});

function annotationOf(slice: Json | undefined): string {
  const [entry] = Object.entries(at(slice, 'metadata', 'annotations') ?? {});
  return entry === undefined ? '<none>' : `${entry[0]}: ${String(entry[1])}`;
}

it('describes a Node with what its Pods ask for', async () => {
  const lab = openLab();
  const asking: Json = {
    metadata: { namespace: 'shop', name: 'cart', creationTimestamp: '2026-01-01T00:00:01Z' },
    spec: {
      containers: [
        { resources: { requests: { cpu: '250m', memory: '64Mi' }, limits: { memory: '128Mi' } } },
        { resources: { requests: { cpu: '0.5' } } },
      ],
      initContainers: [{ resources: { requests: { memory: '1Gi' } } }],
    },
  };
  const idle: Json = { metadata: { namespace: 'default', name: 'web', creationTimestamp: '2026-01-01T00:00:02Z' } };
  const node = get(lab, '/api/v1/nodes/node-1');
  const answer = await described(lab, '', node, {
    now: 182_000,
    list: async path => {
      if (path !== '/api/v1/pods')
        throw new KubectlError('Error from server (NotFound): the server could not find the requested resource');
      return [idle, asking];
    },
  });
  expect(answer.slice(0, answer.indexOf('Conditions:'))).toBe(
    text(`
Name:               node-1|
Roles:              <none>|
Labels:             beta.kubernetes.io/arch=amd64|
                    beta.kubernetes.io/os=linux|
                    kubernetes.io/arch=amd64|
                    kubernetes.io/hostname=node-1|
                    kubernetes.io/os=linux|
Annotations:        <none>|
CreationTimestamp:  Thu, 01 Jan 2026 00:00:00 +0000|
Taints:             <none>|
Unschedulable:      false|
Lease:              Failed to get lease: the server could not find the requested resource|
`),
  );
  expect(answer.slice(answer.indexOf('Addresses:'))).toBe(
    text(`
Addresses:|
  InternalIP:  192.168.10.11|
  Hostname:    node-1|
Capacity:|
  cpu:     4|
  memory:  8Gi|
  pods:    110|
Allocatable:|
  cpu:     4|
  memory:  8Gi|
  pods:    110|
System Info:|
  Machine ID:                 ${textAt(node, 'status', 'nodeInfo', 'machineID')}|
  System UUID:                ${textAt(node, 'status', 'nodeInfo', 'systemUUID')}|
  Boot ID:                    ${textAt(node, 'status', 'nodeInfo', 'bootID')}|
  Kernel Version:             6.18.0|
  OS Image:                   Debian GNU/Linux 12 (bookworm)|
  Operating System:           linux|
  Architecture:               amd64|
  Container Runtime Version:  containerd://2.1.4|
  Kubelet Version:            v1.34.0|
  Kube-Proxy Version:         |
PodCIDR:                      10.244.1.0/24|
PodCIDRs:                     10.244.1.0/24|
Non-terminated Pods:          (2 in total)|
  Namespace                   Name    CPU Requests  CPU Limits  Memory Requests  Memory Limits  Age|
  ---------                   ----    ------------  ----------  ---------------  -------------  ---|
  default                     web     0 (0%)        0 (0%)      0 (0%)           0 (0%)         3m|
  shop                        cart    750m (18%)    0 (0%)      1Gi (12%)        128Mi (1%)     3m1s|
Allocated resources:|
  (Total limits may be over 100 percent, i.e., overcommitted.)|
  Resource           Requests    Limits|
  --------           --------    ------|
  cpu                750m (18%)  0 (0%)|
  memory             1Gi (12%)   128Mi (1%)|
  ephemeral-storage  0 (0%)      0 (0%)|
Events:              <none>|
`),
  );
});

it('shows the roles, taints and conditions of a Node', async () => {
  const time = '2026-01-01T00:00:00Z';
  const node: Json = {
    kind: 'Node',
    metadata: { name: 'cp', labels: { 'node-role.kubernetes.io/control-plane': '' }, creationTimestamp: time },
    spec: {
      unschedulable: true,
      taints: [
        { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' },
        { key: 'tier', value: 'db', effect: 'NoExecute' },
      ],
    },
    status: {
      conditions: [
        {
          type: 'Ready',
          status: 'True',
          lastHeartbeatTime: '2026-03-05T06:07:08Z',
          lastTransitionTime: time,
          reason: 'KubeletReady',
          message: 'kubelet is posting ready status',
        },
      ],
    },
  };
  const lease: Json = { spec: { holderIdentity: 'cp', renewTime: '2026-01-01T00:00:10.250000Z' } };
  const answer = await describedAlone('', node, { list: async path => (path.endsWith('/leases') ? [lease] : []) });
  expect(answer.slice(0, answer.indexOf('Addresses:'))).toBe(
    text(`
Name:               cp|
Roles:              control-plane|
Labels:             node-role.kubernetes.io/control-plane=|
Annotations:        <none>|
CreationTimestamp:  Thu, 01 Jan 2026 00:00:00 +0000|
Taints:             tier=db:NoExecute|
                    node.kubernetes.io/unschedulable:NoSchedule|
Unschedulable:      true|
Lease:|
  HolderIdentity:  cp|
  AcquireTime:     <unset>|
  RenewTime:       Thu, 01 Jan 2026 00:00:10 +0000|
Conditions:|
  Type    Status  LastHeartbeatTime                 LastTransitionTime                Reason         Message|
  ----    ------  -----------------                 ------------------                ------         -------|
  Ready   True    Thu, 05 Mar 2026 06:07:08 +0000   Thu, 01 Jan 2026 00:00:00 +0000   KubeletReady   kubelet is posting ready status|
`),
  );
});

it('describes a Namespace', async () => {
  const lab = openLab();
  const namespace = get(lab, '/api/v1/namespaces/default');
  const head = `
Name:         default|
Labels:       kubernetes.io/metadata.name=default|
Annotations:  <none>|
Status:       Active|
`;
  expect(await described(lab, '', namespace)).toBe(
    text(`${head}|\nNo resource quota.|\n|\nNo LimitRange resource.|\n`),
  );
});

it('describes everything that a container can have', async () => {
  const pod: Json = {
    kind: 'Pod',
    metadata: {
      name: 'full',
      namespace: 'shop',
      annotations: {
        note: 'one\ntwo',
        long: 'x'.repeat(150),
        'kubectl.kubernetes.io/last-applied-configuration': '{}',
      },
      deletionTimestamp: '2026-01-01T00:09:50Z',
      deletionGracePeriodSeconds: 30,
    },
    spec: {
      nodeSelector: { disk: 'ssd' },
      containers: [
        {
          name: 'app',
          image: 'web',
          command: ['sh', '-c'],
          args: ['echo one\necho two'],
          ports: [
            { name: 'http', containerPort: 80, protocol: 'TCP' },
            { containerPort: 53, hostPort: 53, protocol: 'UDP' },
          ],
          resources: { limits: { memory: '0.5Gi', cpu: '1000m' } },
          livenessProbe: { httpGet: { path: '/up?x=1', port: 'http', scheme: 'HTTP' }, ...TIMES },
          readinessProbe: { exec: { command: ['cat', '/ready'] }, ...TIMES, initialDelaySeconds: 5 },
          startupProbe: { tcpSocket: { port: 80 }, ...TIMES },
          envFrom: [
            { prefix: 'A_', configMapRef: { name: 'settings', optional: true } },
            { secretRef: { name: 'keys' } },
          ],
          env: [
            { name: 'MODE', value: 'a\nb' },
            { name: 'POD', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } } },
            { name: 'IP', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'status.podIP' } } },
            { name: 'CPUS', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '0' } } },
            { name: 'KEY', valueFrom: { secretKeyRef: { name: 'keys', key: 'main' } } },
          ],
          volumeMounts: [
            { name: 'data', mountPath: '/srv', subPath: 'web' },
            { name: 'config', mountPath: '/etc/web', readOnly: true },
          ],
        },
      ],
      volumes: [
        { name: 'data', emptyDir: {} },
        { name: 'config', configMap: { name: 'settings' } },
      ],
      tolerations: [{ operator: 'Exists' }],
    },
    status: {
      phase: 'Running',
      qosClass: 'Burstable',
      containerStatuses: [
        {
          name: 'app',
          containerID: 'containerd://1',
          imageID: 'web',
          restartCount: 2,
          ready: false,
          state: { waiting: { reason: 'CrashLoopBackOff' } },
          lastState: {
            terminated: {
              reason: 'Error',
              exitCode: 1,
              startedAt: '2026-01-01T00:01:00Z',
              finishedAt: '2026-01-01T00:02:00Z',
            },
          },
        },
      ],
    },
  };
  expect(await describedAlone('', pod, { now: 600_000 })).toBe(
    text(`
Name:                      full|
Namespace:                 shop|
Node:                      <none>|
Labels:                    <none>|
Annotations:               long:|
                             ${'x'.repeat(138)}...|
                           note:|
                             one|
                             two|
Status:                    Terminating (lasts 10s)|
Termination Grace Period:  30s|
IP:                        |
IPs:                       <none>|
Containers:|
  app:|
    Container ID:  containerd://1|
    Image:         web|
    Image ID:      web|
    Ports:         80/TCP, 53/UDP|
    Host Ports:    0/TCP, 53/UDP|
    Command:|
      sh|
      -c|
    Args:|
      echo one|
      echo two|
    State:          Waiting|
      Reason:       CrashLoopBackOff|
    Last State:     Terminated|
      Reason:       Error|
      Exit Code:    1|
      Started:      Thu, 01 Jan 2026 00:01:00 +0000|
      Finished:     Thu, 01 Jan 2026 00:02:00 +0000|
    Ready:          False|
    Restart Count:  2|
    Limits:|
      cpu:      1|
      memory:   512Mi|
    Liveness:   http-get http://:http/up%3Fx=1 delay=0s timeout=1s period=10s #success=1 #failure=3|
    Readiness:  exec [cat /ready] delay=5s timeout=1s period=10s #success=1 #failure=3|
    Startup:    tcp-socket :80 delay=0s timeout=1s period=10s #success=1 #failure=3|
    Environment Variables from:|
      settings  ConfigMap with prefix 'A_'  Optional: true|
      keys      Secret                      Optional: false|
    Environment:|
      MODE:  a|
             b|
      POD:   full (v1:metadata.name)|
      IP:     (v1:status.podIP)|
      CPUS:  1 (limits.cpu)|
      KEY:   <set to the key 'main' in secret 'keys'>  Optional: false|
    Mounts:|
      /etc/web from config (ro)|
      /srv from data (rw,path="web")|
Volumes:|
  data:|
    Type:       EmptyDir (a temporary directory that shares a pod's lifetime)|
    Medium:     |
    SizeLimit:  <unset>|
  config:|
    Type:        ConfigMap (a volume populated by a ConfigMap)|
    Name:        settings|
    Optional:    false|
QoS Class:       Burstable|
Node-Selectors:  disk=ssd|
Tolerations:     op=Exists|
Events:          <none>|
`),
  );
});

const TIMES = {
  initialDelaySeconds: 0,
  timeoutSeconds: 1,
  periodSeconds: 10,
  successThreshold: 1,
  failureThreshold: 3,
};

it('describes any other kind by its fields, and counts Events that repeat', async () => {
  const object: Json = {
    apiVersion: 'example.com/v1',
    kind: 'Gadget',
    metadata: { name: 'one', uid: 'f00d', creationTimestamp: '2026-01-01T00:00:00Z' },
    spec: {
      podIPs: ['10.0.0.1'],
      apiURL: 'x',
      'rate-limit': 3,
      rules: [{ a: true, b: null }],
      hostIP: '10.0.0.9',
      x1: [1],
    },
  };
  const event: Json = {
    type: 'Warning',
    reason: 'BackOff',
    count: 3,
    firstTimestamp: '2026-01-01T00:05:00Z',
    lastTimestamp: '2026-01-01T00:09:48Z',
    reportingComponent: 'kubelet',
    message: ' Back-off \u001b[31m\n',
  };
  expect(await describedAlone('example.com', object, { events: [event] })).toBe(
    text(`
Name:         one|
Namespace:    |
Labels:       <none>|
Annotations:  <none>|
API Version:  example.com/v1|
Kind:         Gadget|
Metadata:|
  Creation Timestamp:  2026-01-01T00:00:00Z|
  UID:                 f00d|
Spec:|
  API URL:  x|
  Host IP:  10.0.0.9|
  Pod I Ps:|
    10.0.0.1|
  Rate - Limit:  3|
  Rules:|
    A:  true|
    B:  <nil>|
  x1:|
    1|
Events:|
  Type     Reason   Age               From     Message|
  ----     ------   ----              ----     -------|
  Warning  BackOff  12s (x3 over 5m)  kubelet  Back-off ^[[31m|
`),
  );
});

it('asks for the Events of an object, and for a Node under both its names', () => {
  const object: Json = { metadata: { name: 'web', namespace: 'shop', uid: 'u1' } };
  expect(eventSearches('Service', object)).toEqual([
    {
      path: '/api/v1/namespaces/shop/events',
      query: {
        fieldSelector:
          'involvedObject.name=web,involvedObject.namespace=shop,involvedObject.kind=Service,involvedObject.uid=u1',
      },
    },
  ]);
  expect(
    eventSearches('Node', { metadata: { name: 'cp', uid: 'u2' } }).map(search => search.query.fieldSelector),
  ).toEqual([
    'involvedObject.name=cp,involvedObject.namespace=,involvedObject.kind=Node,involvedObject.uid=u2',
    'involvedObject.name=cp,involvedObject.namespace=,involvedObject.kind=Node,involvedObject.uid=cp',
  ]);
});

it.each([
  ['0', '0'],
  ['0.5', '500m'],
  ['1000m', '1'],
  ['1500', '1500'],
  ['1000', '1k'],
  ['1.5Gi', '1536Mi'],
  ['1024Ki', '1Mi'],
  ['512Ki', '512Ki'],
  ['0.5Ki', '512'],
  ['1.0001Ki', '1024102400u'],
  ['1e3', '1e3'],
  ['12e2', '1200'],
  ['100u', '100u'],
])('writes the quantity %s as %s', (given, canonical) => {
  expect(quantityText(parseQuantity(given))).toBe(canonical);
});
