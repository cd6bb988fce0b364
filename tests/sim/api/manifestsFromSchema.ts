// Manifests that are mostly right: a small valid one of each kind, changed in a few places as the schema allows it.

import { isJsonArray, isJsonObject, type JsonObject } from '../../../src/sim/api/json.ts';
import type { Json } from '../../../src/sim/api/request.ts';
import { definitionOf, FIELD_ENUMS, type FieldType, fieldsOf } from '../../../src/sim/api/structure.ts';

/** Whole numbers from 0 to below `limit`, the same for the same seed. */
export type Dice = (limit: number) => number;

/** Source: Tommy Ettinger's mulberry32, which is in the public domain. */
export function dice(seed: number): Dice {
  let state = seed >>> 0;
  return limit => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}

function pick<T>(roll: Dice, choices: readonly [T, ...T[]]): T {
  return choices[roll(choices.length)] ?? choices[0];
}

const CONTAINERS = [{ name: 'web', image: 'nginx' }];
const TEMPLATE = { metadata: { labels: { app: 'web' } }, spec: { containers: CONTAINERS } };
const SELECTED = { selector: { matchLabels: { app: 'web' } }, template: TEMPLATE };
const ROLE_REF = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' };
const CLAIM = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };

/** What the server takes of each kind, beside kind and metadata. */
export const VALID: Readonly<Record<string, JsonObject>> = {
  'v1 ConfigMap': { data: { key: 'value' } },
  'v1 Endpoints': { subsets: [{ addresses: [{ ip: '10.0.0.9' }], ports: [{ port: 80 }] }] },
  'v1 Event': { involvedObject: { namespace: 'default' }, metadata: { namespace: 'default' } },
  'v1 LimitRange': { spec: { limits: [{ type: 'Container', max: { cpu: '1' } }] } },
  'v1 Namespace': {},
  'v1 Node': {},
  'v1 PersistentVolume': {
    spec: { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, hostPath: { path: '/data' } },
  },
  'v1 PersistentVolumeClaim': { spec: CLAIM },
  'v1 Pod': { spec: { containers: CONTAINERS } },
  'v1 ReplicationController': { spec: { selector: { app: 'web' }, template: TEMPLATE } },
  'v1 ResourceQuota': { spec: { hard: { pods: '10' } } },
  'v1 Secret': { data: { key: 'dmFsdWU=' } },
  'v1 Service': { spec: { selector: { app: 'web' }, ports: [{ port: 80 }] } },
  'v1 ServiceAccount': {},
  'apiextensions.k8s.io/v1 CustomResourceDefinition': {
    metadata: { name: 'tabs.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'tabs', kind: 'Tab' },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
    },
  },
  'apps/v1 ControllerRevision': { revision: 1, data: {} },
  'apps/v1 DaemonSet': { spec: SELECTED },
  'apps/v1 Deployment': { spec: SELECTED },
  'apps/v1 ReplicaSet': { spec: SELECTED },
  'apps/v1 StatefulSet': { spec: { serviceName: 'web', ...SELECTED } },
  'autoscaling/v2 HorizontalPodAutoscaler': {
    spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } },
  },
  'batch/v1 CronJob': {
    spec: {
      schedule: '* * * * *',
      jobTemplate: { spec: { template: { spec: { restartPolicy: 'Never', containers: CONTAINERS } } } },
    },
  },
  'batch/v1 Job': { spec: { template: { spec: { restartPolicy: 'Never', containers: CONTAINERS } } } },
  'coordination.k8s.io/v1 Lease': { spec: { holderIdentity: 'me' } },
  'discovery.k8s.io/v1 EndpointSlice': { addressType: 'IPv4', endpoints: [{ addresses: ['10.0.0.9'] }], ports: [] },
  'gateway.networking.k8s.io/v1 Gateway': {
    spec: { gatewayClassName: 'lab', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] },
  },
  'gateway.networking.k8s.io/v1 GatewayClass': { spec: { controllerName: 'example.com/lab' } },
  'gateway.networking.k8s.io/v1 GRPCRoute': { spec: {} },
  'gateway.networking.k8s.io/v1 HTTPRoute': { spec: { rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] } },
  'gateway.networking.k8s.io/v1beta1 ReferenceGrant': { spec: { from: [], to: [] } },
  'networking.k8s.io/v1 Ingress': {
    spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } }, rules: [{ host: 'example.com' }] },
  },
  'networking.k8s.io/v1 IngressClass': { spec: { controller: 'example.com/ingress' } },
  'networking.k8s.io/v1 NetworkPolicy': {
    spec: { podSelector: {}, ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 80 }] }] },
  },
  'policy/v1 PodDisruptionBudget': { spec: { minAvailable: 1, selector: { matchLabels: { app: 'web' } } } },
  'rbac.authorization.k8s.io/v1 ClusterRole': { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] },
  'rbac.authorization.k8s.io/v1 ClusterRoleBinding': { roleRef: ROLE_REF },
  'rbac.authorization.k8s.io/v1 Role': { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] },
  'rbac.authorization.k8s.io/v1 RoleBinding': { roleRef: ROLE_REF },
  'scheduling.k8s.io/v1 PriorityClass': { value: 10 },
  'storage.k8s.io/v1 StorageClass': { provisioner: 'example.com/disk' },
};

/** A manifest of a kind with up to four changes. */
export function changedManifest(apiVersion: string, kind: string, roll: Dice): JsonObject {
  const { metadata, ...rest } = VALID[`${apiVersion} ${kind}`] ?? {};
  let manifest: Json = {
    apiVersion,
    kind,
    metadata: { name: `object-${roll(3)}`, ...(isJsonObject(metadata) ? metadata : {}) },
    ...rest,
  };
  const type: FieldType = { kind: 'struct', definition: definitionOf(apiVersion, kind) ?? '' };
  for (let changes = roll(5); changes > 0; changes--) manifest = changed(type, manifest, '', roll);
  return isJsonObject(manifest) ? manifest : {};
}

/** Goes down some way and puts something else there. */
function changed(type: FieldType, value: Json | undefined, place: string, roll: Dice): Json {
  const isDeeper = roll(8) > 0;
  if (type.kind === 'struct' && isDeeper) {
    const names = [...fieldsOf(type.definition).keys()];
    const own = isJsonObject(value) ? value : {};
    // Often a field that is there already: what is new is mostly refused.
    const present = Object.keys(own).filter(name => names.includes(name));
    const name = present.length > 0 && roll(2) === 0 ? present[roll(present.length)] : names[roll(names.length)];
    const below = name === undefined ? undefined : fieldsOf(type.definition).get(name);
    if (name === undefined || below === undefined) return own as Json;
    return { ...own, [name]: changed(below, own[name], `${type.definition}.${name}`, roll) } as Json;
  }
  if (type.kind === 'list' && isDeeper) {
    const items = isJsonArray(value) ? value : [];
    const at = roll(items.length + 1);
    return [...items.slice(0, at), changed(type.item, items[at], place, roll), ...items.slice(at + 1)];
  }
  if (type.kind === 'map' && isDeeper)
    return { ...(isJsonObject(value) ? value : {}), [pick(roll, WORDS)]: changed(type.value, undefined, place, roll) };
  return madeUp(type, place, roll, 3);
}

const WORDS = [
  'web',
  'a',
  'app',
  'Upper',
  'example.com',
  'example.com/web',
  'metadata.name',
  'cpu',
  'memory',
  'storage',
  'hugepages-2Mi',
  '10.0.0.1',
  '::1',
  '10.0.0.0/8',
  '/data',
  '../data',
  '80',
  '100%',
  'None',
  'Always',
  'Exists',
  'In',
  '',
  ' ',
  'ä🙂',
  '__proto__',
  'constructor',
  'x'.repeat(300),
] as const;

function madeUp(type: FieldType, place: string, roll: Dice, depth: number): Json {
  switch (type.kind) {
    case 'struct': {
      const members = [...fieldsOf(type.definition)].filter(() => depth > 0 && roll(3) === 0);
      return Object.fromEntries(
        members.map(([name, below]) => [name, madeUp(below, `${type.definition}.${name}`, roll, depth - 1)]),
      );
    }
    case 'list':
      return Array.from({ length: roll(3) }, () => madeUp(type.item, place, roll, depth - 1));
    case 'map':
      return Object.fromEntries(
        Array.from({ length: roll(3) }, () => [pick(roll, WORDS), madeUp(type.value, place, roll, depth - 1)]),
      );
    case 'boolean':
      return roll(2) === 0;
    case 'int32':
    case 'int64':
    case 'double':
      return pick(roll, [0, 1, -1, 80, 255, 65_536, 2_147_483_647, 10, 0o777]);
    case 'time':
    case 'microTime':
      return pick(roll, ['2025-01-01T00:00:00Z', '1970-01-01T00:00:00.000000Z']);
    case 'bytes':
      return pick(roll, ['dmFsdWU=', '']);
    case 'quantity':
      return pick(roll, ['1', '500m', '1Gi', '-1', '0', '1e3', 5]);
    case 'intOrString':
      return pick(roll, [0, 1, 80, '25%', 'http', '']);
    case 'any':
      return pick<Json>(roll, [1, 'text', {}, [], { type: 'object' }]);
    case 'string': {
      const [first, ...others] = FIELD_ENUMS[place] ?? [];
      return first !== undefined && roll(4) > 0 ? pick(roll, [first, ...others]) : pick(roll, WORDS);
    }
  }
}
