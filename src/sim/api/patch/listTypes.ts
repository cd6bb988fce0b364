// What one manager can own of an object: which lists are maps or sets of owned items, and what is owned as a whole.
//
// Read:    the `listType`, `listMapKey`, `mapType` and `structType` markers in k8s.io/api and k8s.io/apimachinery types.go,
//          as client-go applyconfigurations/internal has them; sigs.k8s.io/structured-merge-diff, "Schema".

import { structName } from '../structure.ts';

/** How a list is owned. */
export type ListType =
  /** Items with the same values of these fields are one item. */
  | { readonly kind: 'map'; readonly keys: readonly string[] }
  /** Each value is owned by itself. */
  | { readonly kind: 'set' }
  /** The whole list has one owner. */
  | { readonly kind: 'atomic' };

const ATOMIC: ListType = { kind: 'atomic' };
const SET: ListType = { kind: 'set' };

/** The lists that are maps, with their keys. Lists that are in neither table are atomic. */
const MAP_KEYS: Readonly<Record<string, string>> = {
  'Container.env': 'name',
  'Container.ports': 'containerPort,protocol',
  'Container.volumeDevices': 'devicePath',
  'Container.volumeMounts': 'mountPath',
  'ContainerStatus.allocatedResourcesStatus': 'name',
  'ContainerStatus.volumeMounts': 'mountPath',
  'CSINodeSpec.drivers': 'name',
  'CustomResourceDefinitionStatus.conditions': 'type',
  'DaemonSetStatus.conditions': 'type',
  'DeploymentStatus.conditions': 'type',
  'EphemeralContainer.env': 'name',
  'EphemeralContainer.ports': 'containerPort,protocol',
  'EphemeralContainer.volumeDevices': 'devicePath',
  'EphemeralContainer.volumeMounts': 'mountPath',
  'HorizontalPodAutoscalerStatus.conditions': 'type',
  'NamespaceStatus.conditions': 'type',
  'NodeStatus.addresses': 'type',
  'NodeStatus.conditions': 'type',
  'ObjectMeta.ownerReferences': 'uid',
  'PersistentVolumeClaimStatus.conditions': 'type',
  'PodDisruptionBudgetStatus.conditions': 'type',
  'PodSpec.containers': 'name',
  'PodSpec.ephemeralContainers': 'name',
  'PodSpec.hostAliases': 'ip',
  'PodSpec.imagePullSecrets': 'name',
  'PodSpec.initContainers': 'name',
  'PodSpec.resourceClaims': 'name',
  'PodSpec.schedulingGates': 'name',
  'PodSpec.topologySpreadConstraints': 'topologyKey,whenUnsatisfiable',
  'PodSpec.volumes': 'name',
  'PodStatus.conditions': 'type',
  'PodStatus.podIPs': 'ip',
  'PodStatus.resourceClaimStatuses': 'name',
  'ReplicaSetStatus.conditions': 'type',
  'ReplicationControllerStatus.conditions': 'type',
  'ResourceRequirements.claims': 'name',
  'ResourceStatus.resources': 'resourceID',
  'ServiceAccount.secrets': 'name',
  'ServiceSpec.ports': 'port,protocol',
  'ServiceStatus.conditions': 'type',
  'StatefulSetStatus.conditions': 'type',
};

const SETS: ReadonlySet<string> = new Set([
  'CSIDriverSpec.volumeLifecycleModes',
  'Endpoint.addresses',
  'NodeSpec.podCIDRs',
  'ObjectMeta.finalizers',
  'PodFailurePolicyOnExitCodesRequirement.values',
  'UncountedTerminatedPods.failed',
  'UncountedTerminatedPods.succeeded',
]);

const ATOMIC_STRUCTS: ReadonlySet<string> = new Set([
  'ConfigMapKeySelector',
  'CrossVersionObjectReference',
  'EndpointAddress',
  'EndpointPort',
  'FileKeySelector',
  'IngressPortStatus',
  'LabelSelector',
  'LocalObjectReference',
  'NodeSelector',
  'NodeSelectorTerm',
  'ObjectFieldSelector',
  'ObjectReference',
  'OwnerReference',
  'ResourceFieldSelector',
  'RoleRef',
  'ScopeSelector',
  'SecretKeySelector',
  'SecretReference',
  'ServiceBackendPort',
  'Subject',
  'TopologySelectorTerm',
  'TypedLocalObjectReference',
]);

const ATOMIC_MAPS: ReadonlySet<string> = new Set([
  'PodSpec.nodeSelector',
  'ReplicationControllerSpec.selector',
  'ServiceSpec.selector',
]);

const listTypes = new Map<string, ListType>();

/** How the list in a field of a definition is owned. */
export function listTypeOf(definition: string, field: string): ListType {
  const place = `${definition}.${field}`;
  const known = listTypes.get(place);
  if (known !== undefined) return known;
  const name = `${structName(definition)}.${field}`;
  const keys = Object.hasOwn(MAP_KEYS, name) ? MAP_KEYS[name]?.split(',') : undefined;
  const type: ListType = keys !== undefined ? { kind: 'map', keys } : SETS.has(name) ? SET : ATOMIC;
  listTypes.set(place, type);
  return type;
}

/** Is an object of this definition owned as a whole? */
export function isAtomicStruct(definition: string): boolean {
  return ATOMIC_STRUCTS.has(structName(definition));
}

/** Is the map in a field of a definition owned as a whole? All others are owned key by key. */
export function isAtomicMap(definition: string, field: string): boolean {
  return ATOMIC_MAPS.has(`${structName(definition)}.${field}`);
}
