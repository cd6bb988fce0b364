// Discovery: which groups, versions and resources there are.
//
// Omits:   aggregated discovery: clients that ask for it get the older form and understand it.
// Read:    kubernetes.io/docs/concepts/overview/kubernetes-api, "Discovery API".

import type { Kind } from '../kinds/kind.ts';
import type { Json } from '../request.ts';
import { groupOf, SCHEME, versionOf } from '../scheme.ts';

const ANY_CLIENT = [{ clientCIDR: '0.0.0.0/0', serverAddress: '127.0.0.1:6443' }];

export function apiVersions(): Json {
  return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: ANY_CLIENT };
}

export function apiGroups(): Json {
  const names = [...new Set(SCHEME.map(kind => groupOf(kind.apiVersion)))].filter(group => group !== '').sort();
  return { kind: 'APIGroupList', apiVersion: 'v1', groups: names.map(groupEntry) };
}

export function apiGroup(group: string): Json {
  return { kind: 'APIGroup', apiVersion: 'v1', ...groupEntry(group) };
}

function groupEntry(group: string): { readonly [key: string]: Json } {
  const apiVersions = SCHEME.map(kind => kind.apiVersion).filter(apiVersion => groupOf(apiVersion) === group);
  const versions = [...new Set(apiVersions)].map(groupVersion => ({ groupVersion, version: versionOf(groupVersion) }));
  return { name: group, versions, preferredVersion: versions[0] ?? {} };
}

export function apiResources(apiVersion: string): Json {
  const kinds = SCHEME.filter(kind => kind.apiVersion === apiVersion);
  const resources = kinds.flatMap(kind => [
    resourceEntry(kind),
    ...kind.subresources.map(name => subEntry(kind, name)),
  ]);
  resources.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: apiVersion, resources };
}

function resourceEntry(kind: Kind) {
  const verbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
  return {
    name: kind.resource,
    singularName: kind.singular,
    namespaced: kind.namespaced,
    kind: kind.kind,
    // Namespaces go one by one: there is no way to delete all of them.
    verbs: kind.kind === 'Namespace' ? verbs.filter(verb => verb !== 'deletecollection') : verbs,
    ...(kind.shortNames.length > 0 && { shortNames: kind.shortNames }),
    ...(kind.categories.length > 0 && { categories: kind.categories }),
  };
}

function subEntry(kind: Kind, name: Kind['subresources'][number]) {
  const entry = { name: `${kind.resource}/${name}`, singularName: '', namespaced: kind.namespaced };
  switch (name) {
    case 'scale':
      return { ...entry, group: 'autoscaling', version: 'v1', kind: 'Scale', verbs: ['get', 'patch', 'update'] };
    case 'binding':
      return { ...entry, kind: 'Binding', verbs: ['create'] };
    case 'finalize':
      return { ...entry, kind: kind.kind, verbs: ['update'] };
    case 'status':
      return { ...entry, kind: kind.kind, verbs: ['get', 'patch', 'update'] };
  }
}

/** What `kubectl version` asks. */
export function serverVersion(): Json {
  return {
    major: '1',
    minor: '34',
    gitVersion: 'v1.34.0',
    gitCommit: '',
    gitTreeState: '',
    buildDate: '2025-08-27T10:17:56Z',
    goVersion: 'go1.24.6',
    compiler: 'gc',
    platform: 'linux/amd64',
  };
}
