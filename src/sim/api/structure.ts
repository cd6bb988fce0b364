// The structure of the kinds, read from the schema that the build makes: which fields there are, and of what type.
//
// Read:    src/server/vite/kubernetesSchema.ts, which writes the schema.

import schema from 'virtual:kubernetes-schema';
import { invariant } from '../runtime/errors.ts';

/**
 * - `time`, `microTime`: RFC 3339 text. `bytes`: base64 text. `quantity`: `500m`, `1Gi`, or a number.
 * - `intOrString`: a port by number or name, a count or a percentage. `any`: not looked into.
 */
export type ScalarKind =
  | 'string'
  | 'boolean'
  | 'int32'
  | 'int64'
  | 'double'
  | 'time'
  | 'microTime'
  | 'bytes'
  | 'quantity'
  | 'intOrString'
  | 'any';

/** The type of a field. */
export type FieldType =
  | { readonly kind: ScalarKind }
  | { readonly kind: 'list'; readonly item: FieldType }
  | { readonly kind: 'map'; readonly value: FieldType }
  /** An object with the fields of a definition. */
  | { readonly kind: 'struct'; readonly definition: string };

const SCALARS: ReadonlySet<string> = new Set<ScalarKind>([
  'string',
  'boolean',
  'int32',
  'int64',
  'double',
  'time',
  'microTime',
  'bytes',
  'quantity',
  'intOrString',
  'any',
]);

function isScalar(text: string): text is ScalarKind {
  return SCALARS.has(text);
}

const types = new Map<string, FieldType>();

function typeOf(text: string): FieldType {
  const known = types.get(text);
  if (known !== undefined) return known;
  const type = parseType(text);
  types.set(text, type);
  return type;
}

function parseType(text: string): FieldType {
  if (text.startsWith('[]')) return { kind: 'list', item: typeOf(text.slice(2)) };
  if (text.startsWith('{}')) return { kind: 'map', value: typeOf(text.slice(2)) };
  if (text.startsWith('@')) return { kind: 'struct', definition: text.slice(1) };
  invariant(isScalar(text), `a type of the schema, not ${JSON.stringify(text)}`);
  return { kind: text };
}

const fieldsByDefinition = new Map<string, ReadonlyMap<string, FieldType>>();

/** The fields of a definition by name. */
export function fieldsOf(definition: string): ReadonlyMap<string, FieldType> {
  const known = fieldsByDefinition.get(definition);
  if (known !== undefined) return known;
  const raw = schema.definitions[definition];
  invariant(raw !== undefined, `a definition of the schema, not ${definition}`);
  const fields = new Map(Object.entries(raw).map(([name, type]) => [name, typeOf(type.replace(/^!/, ''))]));
  fieldsByDefinition.set(definition, fields);
  return fields;
}

/** Must a field be there? */
export function isRequired(definition: string, field: string): boolean {
  return schema.definitions[definition]?.[field]?.startsWith('!') ?? false;
}

/** The fields of a definition that must be there, in the order of the alphabet. */
export function requiredFieldsOf(definition: string): readonly string[] {
  const raw = Object.entries(schema.definitions[definition] ?? {});
  return raw.flatMap(([name, type]) => (type.startsWith('!') ? [name] : [])).sort();
}

/** The definition of a kind: `V1Service` for `v1` and `Service`; `undefined` when the schema does not have it. */
export function definitionOf(apiVersion: string, kind: string): string | undefined {
  const name = `${apiVersion} ${kind}`;
  return Object.hasOwn(schema.kinds, name) ? schema.kinds[name] : undefined;
}

/** `ServicePort` of `V1ServicePort`, `Event` of `CoreV1Event`: the name of the Go struct. */
export function structName(definition: string): string {
  return definition.replace(/^[A-Za-z]*?V\d+(?:alpha\d+|beta\d+)?/, '');
}

/** `v1.ServicePort` of `V1ServicePort`: the Go type as error messages have it. */
function goStruct(definition: string): string {
  const version = /V(\d+(?:alpha\d+|beta\d+)?)/.exec(definition)?.[1] ?? '1';
  return `v${version}.${structName(definition)}`;
}

/** Fields whose Go type has a name of its own. Source: k8s.io/api core/v1, apps/v1 and discovery/v1 types.go. */
const NAMED_TYPES: Readonly<Record<string, string>> = {
  'DiscoveryV1EndpointPort.protocol': 'v1.Protocol',
  'V1Container.imagePullPolicy': 'v1.PullPolicy',
  'V1Container.terminationMessagePolicy': 'v1.TerminationMessagePolicy',
  'V1ContainerPort.protocol': 'v1.Protocol',
  'V1DeploymentStrategy.type': 'v1.DeploymentStrategyType',
  'V1EndpointSlice.addressType': 'v1.AddressType',
  'V1HTTPGetAction.scheme': 'v1.URIScheme',
  'V1LabelSelectorRequirement.operator': 'v1.LabelSelectorOperator',
  'V1NodeSelectorRequirement.operator': 'v1.NodeSelectorOperator',
  'V1ObjectMeta.uid': 'types.UID',
  'V1OwnerReference.uid': 'types.UID',
  'V1PodSpec.dnsPolicy': 'v1.DNSPolicy',
  'V1PodSpec.restartPolicy': 'v1.RestartPolicy',
  'V1PodStatus.phase': 'v1.PodPhase',
  'V1ServicePort.protocol': 'v1.Protocol',
  'V1ServiceSpec.externalTrafficPolicy': 'v1.ServiceExternalTrafficPolicy',
  'V1ServiceSpec.internalTrafficPolicy': 'v1.ServiceInternalTrafficPolicy',
  'V1ServiceSpec.ipFamilies': '[]v1.IPFamily',
  'V1ServiceSpec.ipFamilyPolicy': 'v1.IPFamilyPolicy',
  'V1ServiceSpec.sessionAffinity': 'v1.ServiceAffinity',
  'V1ServiceSpec.type': 'v1.ServiceType',
  'V1Taint.effect': 'v1.TaintEffect',
  'V1Toleration.effect': 'v1.TaintEffect',
  'V1Toleration.operator': 'v1.TolerationOperator',
};

/** The Go type of a field as messages about wrong types name it: `int32`, `[]v1.ServicePort`, `map[string]string`. */
export function goTypeOf(definition: string, field: string, type: FieldType): string {
  return NAMED_TYPES[`${definition}.${field}`] ?? goType(type);
}

export function goType(type: FieldType): string {
  switch (type.kind) {
    case 'boolean':
      return 'bool';
    case 'double':
      return 'float64';
    case 'bytes':
      return '[]uint8';
    case 'quantity':
      return 'resource.Quantity';
    case 'any':
      return 'interface {}';
    case 'time':
    case 'microTime':
      return 'string';
    case 'intOrString':
      return 'int32';
    case 'list':
      return `[]${goType(type.item)}`;
    case 'map':
      return type.value.kind === 'quantity' ? 'v1.ResourceList' : `map[string]${goType(type.value)}`;
    case 'struct':
      return goStruct(type.definition);
    default:
      return type.kind;
  }
}

/** The values of a field that has only a few. Source: the constants of k8s.io/api; OpenAPI does not have them. */
export const FIELD_ENUMS: Readonly<Record<string, readonly string[]>> = {
  'DiscoveryV1EndpointPort.protocol': ['SCTP', 'TCP', 'UDP'],
  'V1Container.imagePullPolicy': ['Always', 'IfNotPresent', 'Never'],
  'V1Container.terminationMessagePolicy': ['FallbackToLogsOnError', 'File'],
  'V1ContainerPort.protocol': ['SCTP', 'TCP', 'UDP'],
  'V1DeploymentStrategy.type': ['Recreate', 'RollingUpdate'],
  'V1EndpointSlice.addressType': ['FQDN', 'IPv4', 'IPv6'],
  'V1HTTPGetAction.scheme': ['HTTP', 'HTTPS'],
  'V1LabelSelectorRequirement.operator': ['DoesNotExist', 'Exists', 'In', 'NotIn'],
  'V1NodeSelectorRequirement.operator': ['DoesNotExist', 'Exists', 'Gt', 'In', 'Lt', 'NotIn'],
  'V1PodSpec.dnsPolicy': ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'],
  'V1PodSpec.restartPolicy': ['Always', 'Never', 'OnFailure'],
  'V1ServicePort.protocol': ['SCTP', 'TCP', 'UDP'],
  'V1ServiceSpec.externalTrafficPolicy': ['Cluster', 'Local'],
  'V1ServiceSpec.internalTrafficPolicy': ['Cluster', 'Local'],
  'V1ServiceSpec.ipFamilyPolicy': ['PreferDualStack', 'RequireDualStack', 'SingleStack'],
  'V1ServiceSpec.sessionAffinity': ['ClientIP', 'None'],
  'V1ServiceSpec.trafficDistribution': ['PreferClose', 'PreferSameNode', 'PreferSameZone'],
  'V1ServiceSpec.type': ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'],
  'V1Taint.effect': ['NoExecute', 'NoSchedule', 'PreferNoSchedule'],
  'V1Toleration.effect': ['NoExecute', 'NoSchedule', 'PreferNoSchedule'],
  'V1Toleration.operator': ['Equal', 'Exists'],
};
