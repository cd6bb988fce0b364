// Which lists a strategic merge patch merges, and by which field their items are told apart. All other lists are replaced.
//
// Read:    the `patchStrategy` and `patchMergeKey` tags in k8s.io/api core/v1, apps/v1 and discovery/v1 types.go.

/** How a list is patched. */
export type ListStrategy =
  /** The patch's list takes the place of the old one. */
  | { readonly kind: 'replace' }
  /** Items with the same value of this field are merged, others are added. */
  | { readonly kind: 'merge-by-key'; readonly key: string }
  /** Values that are missing are added. */
  | { readonly kind: 'merge-values' };

const MERGE_KEYS: Readonly<Record<string, string>> = {
  'V1Container.env': 'name',
  'V1Container.ports': 'containerPort',
  'V1Container.volumeDevices': 'devicePath',
  'V1Container.volumeMounts': 'mountPath',
  'V1DeploymentStatus.conditions': 'type',
  'V1EphemeralContainer.env': 'name',
  'V1EphemeralContainer.ports': 'containerPort',
  'V1EphemeralContainer.volumeMounts': 'mountPath',
  'V1NamespaceStatus.conditions': 'type',
  'V1NodeStatus.addresses': 'type',
  'V1NodeStatus.conditions': 'type',
  'V1ObjectMeta.ownerReferences': 'uid',
  'V1PodSpec.containers': 'name',
  'V1PodSpec.ephemeralContainers': 'name',
  'V1PodSpec.hostAliases': 'ip',
  'V1PodSpec.imagePullSecrets': 'name',
  'V1PodSpec.initContainers': 'name',
  'V1PodSpec.resourceClaims': 'name',
  'V1PodSpec.schedulingGates': 'name',
  'V1PodSpec.topologySpreadConstraints': 'topologyKey',
  'V1PodSpec.volumes': 'name',
  'V1PodStatus.conditions': 'type',
  'V1PodStatus.hostIPs': 'ip',
  'V1PodStatus.podIPs': 'ip',
  'V1PodStatus.resourceClaimStatuses': 'name',
  'V1ReplicaSetStatus.conditions': 'type',
  'V1ServiceSpec.ports': 'port',
  'V1ServiceStatus.conditions': 'type',
};

const MERGED_VALUES: ReadonlySet<string> = new Set(['V1NodeSpec.podCIDRs', 'V1ObjectMeta.finalizers']);

/** How the list in a field of a definition is patched. kubectl needs it too, to make such patches. */
export function listStrategy(definition: string, field: string): ListStrategy {
  const name = `${definition}.${field}`;
  const key = Object.hasOwn(MERGE_KEYS, name) ? MERGE_KEYS[name] : undefined;
  if (key !== undefined) return { kind: 'merge-by-key', key };
  return MERGED_VALUES.has(name) ? { kind: 'merge-values' } : { kind: 'replace' };
}
