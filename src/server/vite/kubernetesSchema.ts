// A Vite plugin: the structure of the Kubernetes kinds, read at build time out of the official JavaScript client.
//
// Serves `virtual:kubernetes-schema`: per type the names and types of its fields and which are required, without descriptions. Nothing of the
// client itself reaches the page. The types are those of the client's release: @kubernetes/client-node 1.4.0 is v1.34.
//
// Traps of the generated models, which this file answers:
//   - a field's name in the API is `baseName`; `name` is a JavaScript spelling (`_continue`);
//   - quantities (`cpu: 500m`) are plain strings there, although the API takes numbers too: listed in QUANTITIES;
//   - which fields are required is said in the type declarations only, by the absence of a question mark;
//   - whole numbers and fractions are both `number`; `format` tells them apart, and an empty one means a fraction.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';
import { GATEWAY_DEFINITIONS, GATEWAY_KINDS } from './gatewaySchema.ts';

/** What an `import` of the schema says. */
export const KUBERNETES_SCHEMA_ID = 'virtual:kubernetes-schema';

/** Kinds whose structure the lab knows, with the generated class of each. Their parts follow by themselves. */
export const SCHEMA_KINDS: Readonly<Record<string, string>> = {
  'v1 Binding': 'V1Binding',
  'v1 ConfigMap': 'V1ConfigMap',
  'v1 DeleteOptions': 'V1DeleteOptions',
  'v1 Endpoints': 'V1Endpoints',
  'v1 Event': 'CoreV1Event',
  'v1 LimitRange': 'V1LimitRange',
  'v1 Namespace': 'V1Namespace',
  'v1 Node': 'V1Node',
  'v1 PersistentVolume': 'V1PersistentVolume',
  'v1 PersistentVolumeClaim': 'V1PersistentVolumeClaim',
  'v1 Pod': 'V1Pod',
  'v1 ReplicationController': 'V1ReplicationController',
  'v1 ResourceQuota': 'V1ResourceQuota',
  'v1 Secret': 'V1Secret',
  'v1 Service': 'V1Service',
  'v1 ServiceAccount': 'V1ServiceAccount',
  'apiextensions.k8s.io/v1 CustomResourceDefinition': 'V1CustomResourceDefinition',
  'apps/v1 ControllerRevision': 'V1ControllerRevision',
  'apps/v1 DaemonSet': 'V1DaemonSet',
  'apps/v1 Deployment': 'V1Deployment',
  'apps/v1 ReplicaSet': 'V1ReplicaSet',
  'apps/v1 StatefulSet': 'V1StatefulSet',
  'authentication.k8s.io/v1 SelfSubjectReview': 'V1SelfSubjectReview',
  'authorization.k8s.io/v1 SelfSubjectAccessReview': 'V1SelfSubjectAccessReview',
  'authorization.k8s.io/v1 SelfSubjectRulesReview': 'V1SelfSubjectRulesReview',
  'autoscaling/v1 Scale': 'V1Scale',
  'autoscaling/v2 HorizontalPodAutoscaler': 'V2HorizontalPodAutoscaler',
  'batch/v1 CronJob': 'V1CronJob',
  'batch/v1 Job': 'V1Job',
  'coordination.k8s.io/v1 Lease': 'V1Lease',
  'discovery.k8s.io/v1 EndpointSlice': 'V1EndpointSlice',
  'networking.k8s.io/v1 Ingress': 'V1Ingress',
  'networking.k8s.io/v1 IngressClass': 'V1IngressClass',
  'networking.k8s.io/v1 NetworkPolicy': 'V1NetworkPolicy',
  'policy/v1 Eviction': 'V1Eviction',
  'policy/v1 PodDisruptionBudget': 'V1PodDisruptionBudget',
  'rbac.authorization.k8s.io/v1 ClusterRole': 'V1ClusterRole',
  'rbac.authorization.k8s.io/v1 ClusterRoleBinding': 'V1ClusterRoleBinding',
  'rbac.authorization.k8s.io/v1 Role': 'V1Role',
  'rbac.authorization.k8s.io/v1 RoleBinding': 'V1RoleBinding',
  'scheduling.k8s.io/v1 PriorityClass': 'V1PriorityClass',
  'storage.k8s.io/v1 StorageClass': 'V1StorageClass',
  ...GATEWAY_KINDS,
};

/** Fields that hold quantities. Source: kubernetes api/openapi-spec, `io.k8s.apimachinery.pkg.api.resource.Quantity`. */
const QUANTITIES: ReadonlySet<string> = new Set([
  'V1ContainerStatus.allocatedResources',
  'V1EmptyDirVolumeSource.sizeLimit',
  'V1LimitRangeItem.default',
  'V1LimitRangeItem.defaultRequest',
  'V1LimitRangeItem.max',
  'V1LimitRangeItem.maxLimitRequestRatio',
  'V1LimitRangeItem.min',
  'V1NodeStatus.allocatable',
  'V1NodeStatus.capacity',
  'V1PersistentVolumeClaimStatus.allocatedResources',
  'V1PersistentVolumeClaimStatus.capacity',
  'V1PersistentVolumeSpec.capacity',
  'V1PodSpec.overhead',
  'V1PodStatus.allocatedResources',
  'V1ResourceFieldSelector.divisor',
  'V1ResourceQuotaSpec.hard',
  'V1ResourceQuotaStatus.hard',
  'V1ResourceQuotaStatus.used',
  'V1ResourceRequirements.limits',
  'V1ResourceRequirements.requests',
  'V1VolumeResourceRequirements.limits',
  'V1VolumeResourceRequirements.requests',
  'V2HPAScalingRules.tolerance',
  'V2MetricTarget.averageValue',
  'V2MetricTarget.value',
  'V2MetricValueStatus.averageValue',
  'V2MetricValueStatus.value',
]);

/**
 * The schema. A type is written as a short text: `string`, `boolean`, `int32`, `int64`, `double`, `time`, `microTime`,
 * `bytes`, `quantity`, `intOrString`, `any`, `@V1PodSpec` (another definition), `[]T` (a list) or `{}T` (a map). A field
 * that must be there has a `!` before its type.
 */
export interface KubernetesSchema {
  /** `apps/v1 Deployment` to the name of its definition. */
  readonly kinds: Readonly<Record<string, string>>;
  readonly definitions: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

interface ModelField {
  readonly name: string;
  readonly baseName: string;
  readonly type: string;
  readonly format: string;
}

/** Where the generated models of the installed client are. */
function modelsFolder(): string {
  return join(dirname(fileURLToPath(import.meta.resolve('@kubernetes/client-node'))), 'gen', 'models');
}

/** Reads the definitions of the given kinds and of all that they are made of. */
export async function readKubernetesSchema(kinds: Readonly<Record<string, string>>): Promise<KubernetesSchema> {
  const folder = modelsFolder();
  const definitions: Record<string, Record<string, string>> = {};
  const waiting = Object.values(kinds);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (definitions[name] !== undefined) continue;
    const written = GATEWAY_DEFINITIONS[name];
    if (written !== undefined) {
      definitions[name] = { ...written };
      waiting.push(...Object.values(written).flatMap(type => /@(\w+)$/.exec(type)?.[1] ?? []));
      continue;
    }
    const fields: Record<string, string> = {};
    definitions[name] = fields;
    const required = requiredFields(join(folder, `${name}.d.ts`));
    for (const field of await fieldsOf(join(folder, `${name}.js`), name)) {
      const type = fieldType(field.type, field, `${name}.${field.baseName}`, waiting);
      fields[field.baseName] = required.has(field.name) ? `!${type}` : type;
    }
  }
  return { kinds, definitions };
}

async function fieldsOf(file: string, name: string): Promise<readonly ModelField[]> {
  if (!existsSync(file)) throw new Error(`the Kubernetes client has no model ${name} (${file})`);
  const module: Readonly<Record<string, unknown>> = await import(pathToFileURL(file).href);
  const model = module[name];
  if (typeof model !== 'function' || !('attributeTypeMap' in model) || !isFields(model.attributeTypeMap)) {
    throw new Error(`the Kubernetes client's model ${name} has no attributeTypeMap`);
  }
  return model.attributeTypeMap;
}

/** The fields that the declaration of a model does not call optional. */
function requiredFields(file: string): ReadonlySet<string> {
  const declared = readFileSync(file, 'utf8').matchAll(/^ {4}'(\w+)': /gm);
  return new Set([...declared].flatMap(match => match[1] ?? []));
}

function isFields(value: unknown): value is readonly ModelField[] {
  return (
    Array.isArray(value) && value.every(field => typeof field.baseName === 'string' && typeof field.type === 'string')
  );
}

/** One field's type in our spelling. Definitions that it names are put on `waiting`. */
function fieldType(type: string, field: ModelField, path: string, waiting: string[]): string {
  const list = /^(?:Array|Set)<(.*)>$/.exec(type)?.[1];
  if (list !== undefined) return `[]${fieldType(list, field, path, waiting)}`;
  const map = /^\{ \[key: string\]: (.*); \}$/.exec(type)?.[1];
  if (map !== undefined) return `{}${fieldType(map, field, path, waiting)}`;
  switch (type) {
    case 'string':
      return QUANTITIES.has(path) ? 'quantity' : field.format === 'byte' ? 'bytes' : 'string';
    case 'number':
      return field.format === 'int32' || field.format === 'int64' ? field.format : 'double';
    case 'Date':
      return 'time';
    case 'V1MicroTime':
      return 'microTime';
    case 'IntOrString':
      return 'intOrString';
    case 'boolean':
    case 'any':
      return type;
    default:
      waiting.push(type);
      return `@${type}`;
  }
}

/** The plugin. It belongs into `plugins` and, for the Worker, into `worker.plugins` of the Vite configuration. */
export function kubernetesSchema(): Plugin {
  const resolved = `\0${KUBERNETES_SCHEMA_ID}`;
  return {
    name: 'hoplab:kubernetes-schema',
    resolveId(id) {
      return id === KUBERNETES_SCHEMA_ID ? resolved : undefined;
    },
    async load(id) {
      if (id !== resolved) return undefined;
      const schema = await readKubernetesSchema(SCHEMA_KINDS);
      // A string for JSON.parse is read faster by the engine than an object literal of this size.
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(schema))});`;
    },
  };
}
