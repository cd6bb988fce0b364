// The kinds that the server knows: one line a kind.

import { configMaps } from './kinds/configMap.ts';
import { controllerRevisions } from './kinds/controllerRevision.ts';
import { customResourceDefinitions } from './kinds/custom/definition.ts';
import { daemonSets } from './kinds/daemonSet.ts';
import { deployments } from './kinds/deployment.ts';
import { endpointSlices } from './kinds/endpointSlice.ts';
import { endpoints } from './kinds/endpoints.ts';
import { events } from './kinds/event.ts';
import { ingressClasses, ingresses } from './kinds/ingress.ts';
import { jobs } from './kinds/job.ts';
import type { Kind } from './kinds/kind.ts';
import { namespaces } from './kinds/namespace.ts';
import { networkPolicies } from './kinds/networkPolicy.ts';
import { nodes } from './kinds/node.ts';
import { pods } from './kinds/pod.ts';
import { replicaSets } from './kinds/replicaSet.ts';
import { services } from './kinds/service.ts';
import { statefulSets } from './kinds/statefulSet.ts';
import { ACCESS_KINDS } from './kinds/stored/access.ts';
import { CONFIG_KINDS } from './kinds/stored/config.ts';
import { GATEWAY_KINDS } from './kinds/stored/gateway.ts';
import { STORAGE_KINDS } from './kinds/stored/storage.ts';
import { WORKLOAD_KINDS } from './kinds/stored/workloads.ts';

/** In the order in which discovery lists them. */
export const SCHEME: readonly Kind[] = [
  configMaps,
  endpoints,
  events,
  namespaces,
  nodes,
  pods,
  services,
  controllerRevisions,
  daemonSets,
  deployments,
  replicaSets,
  statefulSets,
  jobs,
  endpointSlices,
  ingresses,
  ingressClasses,
  networkPolicies,
  ...CONFIG_KINDS,
  ...STORAGE_KINDS,
  ...WORKLOAD_KINDS,
  ...ACCESS_KINDS,
  ...GATEWAY_KINDS,
  customResourceDefinitions,
];

const byKind = new Map(SCHEME.map(kind => [`${kind.apiVersion} ${kind.kind}`, kind]));
const byResource = new Map(SCHEME.map(kind => [`${kind.apiVersion} ${kind.resource}`, kind]));

/** What a manifest may be: every kind with its version, as `apiVersion` and `kind` have them. */
export function knownKinds(): readonly { readonly apiVersion: string; readonly kind: string }[] {
  return SCHEME.map(({ apiVersion, kind }) => ({ apiVersion, kind }));
}

/** The kind of an object: `findKind('v1', 'Pod')`. */
export function findKind(apiVersion: string, kind: string): Kind | undefined {
  return byKind.get(`${apiVersion} ${kind}`);
}

/** The kind behind a path: `findResource('apps/v1', 'deployments')`. */
export function findResource(apiVersion: string, resource: string): Kind | undefined {
  return byResource.get(`${apiVersion} ${resource}`);
}

/** `apps` of `apps/v1`; empty for the core group. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** `v1` of `apps/v1`. */
export function versionOf(apiVersion: string): string {
  return apiVersion.slice(apiVersion.indexOf('/') + 1);
}
