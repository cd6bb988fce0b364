// Objects as Go's types print them: fields of structs that are no pointers are there even when they are empty.
//
// Models:  what kubectl v1.32 prints of objects that it has decoded into its own types: `creationTimestamp: null`,
//          `resources: {}`, `status: {}`.
// Read:    the json tags of k8s.io/api; encoding/json, whose `omitempty` leaves structs alone.

import {
  definitionOf,
  type FieldType,
  fieldOf,
  fieldsOf,
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../sim/index.ts';
import { inGoOrder } from './goOrder.ts';
import { sortedKeys } from './goSyntax.ts';

/** By definition: what a field has when nothing was said. */
const ALWAYS_THERE: Readonly<Record<string, JsonObject>> = {
  V1Container: { resources: {} },
  V1CronJob: { spec: {}, status: {} },
  V1CronJobSpec: { jobTemplate: {} },
  V1DaemonSetSpec: { template: {}, updateStrategy: {} },
  V1Deployment: { spec: {}, status: {} },
  V1DeploymentSpec: { strategy: {}, template: {} },
  V1EphemeralContainer: { resources: {} },
  V1HorizontalPodAutoscaler: { spec: {}, status: {} },
  V1Ingress: { spec: {}, status: {} },
  V1IngressStatus: { loadBalancer: {} },
  V1Job: { spec: {}, status: {} },
  V1JobSpec: { template: {} },
  V1JobTemplateSpec: { metadata: {}, spec: {} },
  V1Namespace: { spec: {}, status: {} },
  V1Node: { spec: {}, status: {} },
  V1NodeStatus: { daemonEndpoints: {}, nodeInfo: {} },
  V1ObjectMeta: { creationTimestamp: null },
  V1PersistentVolumeClaimSpec: { resources: {} },
  V1Pod: { spec: {}, status: {} },
  V1PodDisruptionBudget: { spec: {}, status: {} },
  V1PodTemplateSpec: { metadata: {}, spec: {} },
  V1ReplicaSet: { spec: {}, status: {} },
  V1ReplicaSetSpec: { template: {} },
  V1ResourceQuota: { spec: {}, status: {} },
  V1Service: { spec: {}, status: {} },
  V1ServicePort: { targetPort: 0 },
  V1ServiceStatus: { loadBalancer: {} },
  V1StatefulSet: { spec: {}, status: {} },
  V1StatefulSetSpec: { template: {}, updateStrategy: {} },
};

/** The object as kubectl prints it once it has been one of its own types. Unknown kinds stay as they are. */
export function asTyped(object: JsonObject): JsonObject {
  const definition = definitionOf(String(object.apiVersion), String(object.kind));
  return definition === undefined ? object : asStruct(definition, object);
}

function asStruct(definition: string, object: JsonObject): JsonObject {
  const fields = fieldsOf(definition);
  const there = ALWAYS_THERE[definition] ?? {};
  const missing = Object.entries(there).filter(([name]) => fieldOf(object, name) === undefined);
  const members = [...Object.entries(object), ...missing].flatMap(([name, value]): [string, Json][] =>
    value === undefined ? [] : [[name, asType(fields.get(name), value)]],
  );
  const compare = inGoOrder(definition);
  return Object.fromEntries(members.sort(([a], [b]) => compare(a, b)));
}

function asType(type: FieldType | undefined, value: Json): Json {
  if (type?.kind === 'struct' && isJsonObject(value)) return asStruct(type.definition, value);
  if (type?.kind === 'list' && isJsonArray(value)) return value.map(item => asType(type.item, item));
  // Maps have no order of their own: Go sorts their keys.
  return sortedKeys(value);
}
