// Where the kinds that checks can name live in the API. One line a kind.

import { parsed, type Schema } from '../schema.ts';

/** A kind of object and where the API has it. */
export interface ResourceKind {
  readonly kind: string;
  /** `/api/v1`, `/apis/apps/v1` */
  readonly root: string;
  readonly plural: string;
  readonly namespaced: boolean;
}

const KINDS: readonly ResourceKind[] = [
  { kind: 'ConfigMap', root: '/api/v1', plural: 'configmaps', namespaced: true },
  { kind: 'DaemonSet', root: '/apis/apps/v1', plural: 'daemonsets', namespaced: true },
  { kind: 'Deployment', root: '/apis/apps/v1', plural: 'deployments', namespaced: true },
  { kind: 'EndpointSlice', root: '/apis/discovery.k8s.io/v1', plural: 'endpointslices', namespaced: true },
  { kind: 'Namespace', root: '/api/v1', plural: 'namespaces', namespaced: false },
  { kind: 'NetworkPolicy', root: '/apis/networking.k8s.io/v1', plural: 'networkpolicies', namespaced: true },
  { kind: 'Node', root: '/api/v1', plural: 'nodes', namespaced: false },
  { kind: 'Pod', root: '/api/v1', plural: 'pods', namespaced: true },
  { kind: 'ReplicaSet', root: '/apis/apps/v1', plural: 'replicasets', namespaced: true },
  { kind: 'Service', root: '/api/v1', plural: 'services', namespaced: true },
  { kind: 'StatefulSet', root: '/apis/apps/v1', plural: 'statefulsets', namespaced: true },
];

/** The kind of an object, by its name in manifests: `Pod`. */
export function resourceKind(): Schema<ResourceKind> {
  const names = KINDS.map(entry => entry.kind);
  return {
    ...parsed(`one of ${names.join(', ')}`, written => KINDS.find(entry => entry.kind === written)),
    json: { enum: names },
  };
}

/** The path of one object, or without a name of all: `/api/v1/namespaces/default/pods/web`. */
export function resourcePath(kind: ResourceKind, namespace: string, name: string | undefined): string {
  const scope = kind.namespaced ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  const one = name === undefined ? '' : `/${encodeURIComponent(name)}`;
  return `${kind.root}${scope}/${kind.plural}${one}`;
}
