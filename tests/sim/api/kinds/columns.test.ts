// Rows of `kubectl get` and of `-o wide`, kind by kind. Facts follow upstream's tests (kubernetes v1.34
// pkg/printers/internalversion/printers_test.go) and its column definitions (printers.go, AddHandlers).

import { expect, it } from 'vitest';
import type { CellWidth } from '../../../../src/sim/api/kinds/kind.ts';
import { findKind } from '../../../../src/sim/api/scheme.ts';

const NOW = 14 * 86_400_000;
const created = { creationTimestamp: '2026-01-14T23:59:00Z' };
const template = {
  metadata: { labels: { app: 'web' } },
  spec: {
    containers: [
      { name: 'main', image: 'nginx' },
      { name: 'side', image: 'busybox' },
    ],
  },
};

interface Printed {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: object;
  readonly [field: string]: unknown;
}

/** What it is; the object; its row; its wide row where that is another. */
type Row = readonly [string, Printed, string, string?];

const ROWS: readonly Row[] = [
  [
    'Ingress',
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      spec: {
        ingressClassName: 'nginx',
        rules: [{ host: 'a.example' }, { host: 'b.example' }],
        tls: [{ hosts: ['a.example'] }],
      },
      status: { loadBalancer: { ingress: [{ ip: '2.3.4.5' }, { hostname: 'lb.example' }] } },
    },
    'NAME x | CLASS nginx | HOSTS a.example,b.example | ADDRESS 2.3.4.5,lb.ex... | PORTS 80, 443 | AGE 60s',
    'NAME x | CLASS nginx | HOSTS a.example,b.example | ADDRESS 2.3.4.5,lb.example | PORTS 80, 443 | AGE 60s',
  ],
  [
    'Ingress without hosts',
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
    },
    'NAME x | CLASS <none> | HOSTS * | ADDRESS | PORTS 80 | AGE 60s',
  ],
  [
    'IngressClass',
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      spec: {
        controller: 'example.com/controller',
        parameters: { apiGroup: 'example.com', kind: 'Parameters', name: 'fast' },
      },
    },
    'NAME x | CONTROLLER example.com/controller | PARAMETERS Parameters.example.com/fast | AGE 60s',
  ],
  [
    'NetworkPolicy',
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      spec: { podSelector: { matchLabels: { app: 'web' } } },
    },
    'NAME x | POD-SELECTOR app=web | AGE 60s',
  ],
  [
    'NetworkPolicy of all Pods',
    { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', spec: { podSelector: {} } },
    'NAME x | POD-SELECTOR <none> | AGE 60s',
  ],
  [
    'Endpoints',
    {
      apiVersion: 'v1',
      kind: 'Endpoints',
      subsets: [
        {
          addresses: [{ ip: '10.0.0.1' }, { ip: '10.0.0.2' }, { ip: '10.0.0.3' }, { ip: '10.0.0.4' }],
          ports: [{ port: 80 }],
        },
      ],
    },
    'NAME x | ENDPOINTS 10.0.0.1:80,10.0.0.2:80,10.0.0.3:80 + 1 more... | AGE 60s',
  ],
  [
    'EndpointSlice',
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      addressType: 'IPv4',
      ports: [{ name: 'http', port: 80 }, { port: 443 }],
      endpoints: [
        { addresses: ['10.0.0.1'] },
        { addresses: ['10.0.0.2'] },
        { addresses: ['10.0.0.3'] },
        { addresses: ['10.0.0.4'] },
      ],
    },
    'NAME x | ADDRESSTYPE IPv4 | PORTS 80,443 | ENDPOINTS 10.0.0.1,10.0.0.2,10.0.0.3 + 1 more... | AGE 60s',
  ],
  [
    'ConfigMap',
    { apiVersion: 'v1', kind: 'ConfigMap', data: { a: '1' }, binaryData: { b: 'AA==' } },
    'NAME x | DATA 2 | AGE 60s',
  ],
  [
    'Secret',
    { apiVersion: 'v1', kind: 'Secret', type: 'Opaque', data: { a: 'AA==', b: 'AA==' } },
    'NAME x | TYPE Opaque | DATA 2 | AGE 60s',
  ],
  [
    'ServiceAccount',
    { apiVersion: 'v1', kind: 'ServiceAccount', secrets: [{ name: 'a' }] },
    'NAME x | SECRETS 1 | AGE 60s',
  ],
  [
    'StatefulSet',
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      spec: { replicas: 3, template },
      status: { replicas: 3, readyReplicas: 2 },
    },
    'NAME x | READY 2/3 | AGE 60s',
    'NAME x | READY 2/3 | AGE 60s | CONTAINERS main,side | IMAGES nginx,busybox',
  ],
  [
    'DaemonSet',
    {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      spec: { selector: { matchLabels: { app: 'web' } }, template },
      status: {
        desiredNumberScheduled: 3,
        currentNumberScheduled: 3,
        numberReady: 2,
        updatedNumberScheduled: 1,
        numberAvailable: 2,
      },
    },
    'NAME x | DESIRED 3 | CURRENT 3 | READY 2 | UP-TO-DATE 1 | AVAILABLE 2 | NODE SELECTOR <none> | AGE 60s',
    'NAME x | DESIRED 3 | CURRENT 3 | READY 2 | UP-TO-DATE 1 | AVAILABLE 2 | NODE SELECTOR <none> | AGE 60s | CONTAINERS main,side | IMAGES nginx,busybox | SELECTOR app=web',
  ],
  [
    'ReplicaSet',
    {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      spec: { replicas: 3, selector: { matchLabels: { app: 'web' } }, template },
      status: { replicas: 3, readyReplicas: 1 },
    },
    'NAME x | DESIRED 3 | CURRENT 3 | READY 1 | AGE 60s',
    'NAME x | DESIRED 3 | CURRENT 3 | READY 1 | AGE 60s | CONTAINERS main,side | IMAGES nginx,busybox | SELECTOR app=web',
  ],
  [
    'Job with completions',
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      spec: { completions: 2, selector: { matchLabels: { app: 'web' } }, template },
      status: {
        succeeded: 1,
        startTime: '2026-01-14T23:59:00Z',
        completionTime: '2026-01-14T23:59:31Z',
        conditions: [{ type: 'Complete', status: 'True' }],
      },
    },
    'NAME x | STATUS Complete | COMPLETIONS 1/2 | DURATION 31s | AGE 60s',
    'NAME x | STATUS Complete | COMPLETIONS 1/2 | DURATION 31s | AGE 60s | CONTAINERS main,side | IMAGES nginx,busybox | SELECTOR app=web',
  ],
  [
    'Job with workers',
    { apiVersion: 'batch/v1', kind: 'Job', spec: { parallelism: 3, template }, status: {} },
    'NAME x | STATUS Running | COMPLETIONS 0/1 of 3 | DURATION | AGE 60s',
    'NAME x | STATUS Running | COMPLETIONS 0/1 of 3 | DURATION | AGE 60s | CONTAINERS main,side | IMAGES nginx,busybox | SELECTOR <none>',
  ],
  [
    'CronJob',
    {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      spec: { schedule: '0/5 * * * ?', suspend: false, jobTemplate: { spec: { template } } },
      status: { lastScheduleTime: '2026-01-14T23:55:00Z' },
    },
    'NAME x | SCHEDULE 0/5 * * * ? | TIMEZONE <none> | SUSPEND False | ACTIVE 0 | LAST SCHEDULE 5m | AGE 60s',
    'NAME x | SCHEDULE 0/5 * * * ? | TIMEZONE <none> | SUSPEND False | ACTIVE 0 | LAST SCHEDULE 5m | AGE 60s | CONTAINERS main,side | IMAGES nginx,busybox | SELECTOR <none>',
  ],
  [
    'HorizontalPodAutoscaler',
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      spec: {
        scaleTargetRef: { kind: 'Deployment', name: 'web' },
        minReplicas: 2,
        maxReplicas: 10,
        metrics: [
          { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
          { type: 'Pods', pods: { metric: { name: 'rps' }, target: { type: 'AverageValue', averageValue: '100m' } } },
          { type: 'Object', object: {} },
        ],
      },
      status: { currentReplicas: 4 },
    },
    'NAME x | REFERENCE Deployment/web | TARGETS cpu: <unknown>/80%, <unknown>/100m + 1 more... | MINPODS 2 | MAXPODS 10 | REPLICAS 4 | AGE 60s',
  ],
  [
    'PodDisruptionBudget',
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      spec: { minAvailable: '50%' },
      status: { disruptionsAllowed: 5 },
    },
    'NAME x | MIN AVAILABLE 50% | MAX UNAVAILABLE N/A | ALLOWED DISRUPTIONS 5 | AGE 60s',
  ],
  [
    'PriorityClass',
    {
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      value: 10,
      globalDefault: true,
      preemptionPolicy: 'Never',
    },
    'NAME x | VALUE 10 | GLOBAL-DEFAULT true | AGE 60s | PREEMPTIONPOLICY',
    'NAME x | VALUE 10 | GLOBAL-DEFAULT true | AGE 60s | PREEMPTIONPOLICY Never',
  ],
  [
    'ReplicationController',
    {
      apiVersion: 'v1',
      kind: 'ReplicationController',
      spec: { replicas: 3, selector: { app: 'web' }, template },
      status: { replicas: 2, readyReplicas: 1 },
    },
    'NAME x | DESIRED 3 | CURRENT 2 | READY 1 | AGE 60s',
    'NAME x | DESIRED 3 | CURRENT 2 | READY 1 | AGE 60s | CONTAINERS main,side | IMAGES nginx,busybox | SELECTOR app=web',
  ],
  [
    'Lease',
    { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', spec: { holderIdentity: 'node-1' } },
    'NAME x | HOLDER node-1 | AGE 60s',
  ],
  [
    'LimitRange',
    { apiVersion: 'v1', kind: 'LimitRange', spec: { limits: [] } },
    'NAME x | CREATED AT 2026-01-14T23:59:00Z',
  ],
  [
    'ResourceQuota',
    {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      spec: { hard: { pods: '10', 'limits.cpu': '2' } },
      status: { hard: { pods: '10', 'limits.cpu': '2' }, used: { pods: '1', 'limits.cpu': '0' } },
    },
    'NAME x | REQUEST pods: 1/10 | LIMIT limits.cpu: 0/2 | AGE 60s',
  ],
  [
    'PersistentVolume',
    {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      spec: {
        capacity: { storage: '4Gi' },
        accessModes: ['ReadWriteOnce', 'ReadOnlyMany'],
        persistentVolumeReclaimPolicy: 'Retain',
        storageClassName: 'slow',
        claimRef: { namespace: 'default', name: 'data' },
        volumeMode: 'Filesystem',
      },
      status: { phase: 'Bound' },
    },
    'NAME x | CAPACITY 4Gi | ACCESS MODES RWO,ROX | RECLAIM POLICY Retain | STATUS Bound | CLAIM default/data | STORAGECLASS slow | VOLUMEATTRIBUTESCLASS <unset> | REASON | AGE 60s',
    'NAME x | CAPACITY 4Gi | ACCESS MODES RWO,ROX | RECLAIM POLICY Retain | STATUS Bound | CLAIM default/data | STORAGECLASS slow | VOLUMEATTRIBUTESCLASS <unset> | REASON | AGE 60s | VOLUMEMODE Filesystem',
  ],
  [
    'PersistentVolumeClaim',
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      spec: { accessModes: ['ReadWriteMany'], storageClassName: 'slow', volumeName: 'disk', volumeMode: 'Filesystem' },
      status: { phase: 'Bound', capacity: { storage: '4Gi' }, accessModes: ['ReadWriteMany'] },
    },
    'NAME x | STATUS Bound | VOLUME disk | CAPACITY 4Gi | ACCESS MODES RWX | STORAGECLASS slow | VOLUMEATTRIBUTESCLASS <unset> | AGE 60s',
    'NAME x | STATUS Bound | VOLUME disk | CAPACITY 4Gi | ACCESS MODES RWX | STORAGECLASS slow | VOLUMEATTRIBUTESCLASS <unset> | AGE 60s | VOLUMEMODE Filesystem',
  ],
  [
    'StorageClass',
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
      provisioner: 'example.com/disk',
      reclaimPolicy: 'Delete',
      volumeBindingMode: 'Immediate',
    },
    'NAME x (default) | PROVISIONER example.com/disk | RECLAIMPOLICY Delete | VOLUMEBINDINGMODE Immediate | ALLOWVOLUMEEXPANSION false | AGE 60s',
  ],
  [
    'Role',
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: {}, rules: [] },
    'NAME x | CREATED AT 2026-01-14T23:59:00Z',
  ],
  [
    'RoleBinding',
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      roleRef: { kind: 'Role', name: 'reader' },
      subjects: [
        { kind: 'User', name: 'jane' },
        { kind: 'Group', name: 'team' },
        { kind: 'ServiceAccount', namespace: 'default', name: 'bot' },
      ],
    },
    'NAME x | ROLE Role/reader | AGE 60s',
    'NAME x | ROLE Role/reader | AGE 60s | USERS jane | GROUPS team | SERVICEACCOUNTS default/bot',
  ],
  [
    'ClusterRoleBinding',
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      roleRef: { kind: 'ClusterRole', name: 'reader' },
      subjects: [],
    },
    'NAME x | ROLE ClusterRole/reader | AGE 60s',
    'NAME x | ROLE ClusterRole/reader | AGE 60s | USERS | GROUPS | SERVICEACCOUNTS',
  ],
  [
    'Gateway',
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      spec: { gatewayClassName: 'example', listeners: [] },
      status: { addresses: [{ value: '10.0.0.9' }], conditions: [{ type: 'Programmed', status: 'True' }] },
    },
    'NAME x | CLASS example | ADDRESS 10.0.0.9 | PROGRAMMED True | AGE 60s',
  ],
  [
    'HTTPRoute',
    { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', spec: { hostnames: ['a.example'] } },
    'NAME x | HOSTNAMES ["a.example"] | AGE 60s',
  ],
  [
    'CustomResourceDefinition',
    { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'tabs.example.com' } },
    'NAME tabs.example.com | CREATED AT 2026-01-14T23:59:00Z',
  ],
];

for (const [title, object, narrow, wide = narrow] of ROWS) {
  it(title, () => {
    expect({ narrow: row(object, 'narrow'), wide: row(object, 'wide') }).toEqual({ narrow, wide });
  });
}

function row(printed: Printed, width: CellWidth): string {
  const object = { ...printed, metadata: { name: 'x', ...created, ...printed.metadata } };
  const columns = findKind(printed.apiVersion, printed.kind)?.columns ?? [];
  return columns
    .filter(column => width === 'wide' || column.priority === 0)
    .map(column => `${column.name.toUpperCase()} ${column.cell(object, NOW, width)}`.trim())
    .join(' | ');
}
