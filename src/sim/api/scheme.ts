// The kinds that the server knows: one line a kind.

import { configMaps } from './kinds/configMap.ts';
import { controllerRevisions } from './kinds/controllerRevision.ts';
import { daemonSets } from './kinds/daemonSet.ts';
import { deployments } from './kinds/deployment.ts';
import { endpointSlices } from './kinds/endpointSlice.ts';
import { events } from './kinds/event.ts';
import { jobs } from './kinds/job.ts';
import type { Kind } from './kinds/kind.ts';
import { namespaces } from './kinds/namespace.ts';
import { nodes } from './kinds/node.ts';
import { pods } from './kinds/pod.ts';
import { replicaSets } from './kinds/replicaSet.ts';
import { services } from './kinds/service.ts';
import { statefulSets } from './kinds/statefulSet.ts';

/** In the order in which discovery lists them. */
export const SCHEME: readonly Kind[] = [
  configMaps,
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
];

const byKind = new Map(SCHEME.map(kind => [`${kind.apiVersion} ${kind.kind}`, kind]));
const byResource = new Map(SCHEME.map(kind => [`${kind.apiVersion} ${kind.resource}`, kind]));

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
