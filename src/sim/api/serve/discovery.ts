// Discovery: which groups, versions and resources there are, one by one or all in one document.
//
// Omits:   storage version hashes.
// Read:    kubernetes.io/docs/concepts/overview/kubernetes-api, "Discovery API"; k8s.io/api apidiscovery/v2.

import type { ApiRequest, Json } from '../request.ts';
import { groupOf, versionOf } from '../scheme.ts';
import type { ServedKind } from './served.ts';

/** All that the server serves. */
type Served = readonly ServedKind[];

const ANY_CLIENT = [{ clientCIDR: '0.0.0.0/0', serverAddress: '127.0.0.1:6443' }];

/** Groups in the server's order; those that clients define follow. Source: kubernetes pkg/controlplane, group priorities. */
const GROUP_ORDER: readonly string[] = [
  '',
  'apps',
  'events.k8s.io',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'networking.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'storage.k8s.io',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'scheduling.k8s.io',
  'coordination.k8s.io',
  'node.k8s.io',
  'discovery.k8s.io',
];

/** The form of the whole discovery in one document, as a client asks for it. */
const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/** Does the client ask for all resources at once, before anything else that the server has? */
export function wantsAggregated(request: ApiRequest): boolean {
  for (const part of (request.headers?.accept ?? '').split(',')) {
    const [type, ...parameters] = part.split(';').map(text => text.trim());
    if (type !== 'application/json') continue;
    if (parameters.includes('as=APIGroupDiscoveryList') && parameters.includes('v=v2')) return true;
    if (!parameters.some(parameter => parameter.startsWith('as='))) return false;
  }
  return false;
}

export const AGGREGATED_HEADERS = { 'content-type': AGGREGATED, vary: 'Accept' } as const;

/** @param part `/api` has the core group, `/apis` all others */
export function aggregatedDiscovery(part: 'core' | 'groups', served: Served): Json {
  const groups = groupNames(served).filter(group => (group === '') === (part === 'core'));
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items: groups.map(group => ({
      metadata: { ...(group !== '' && { name: group }), creationTimestamp: null },
      versions: versionsOf(group, served).map(apiVersion => ({
        version: versionOf(apiVersion),
        resources: kindsOf(apiVersion, served).map(aggregatedEntry),
        freshness: 'Current',
      })),
    })),
  };
}

export function apiVersions(): Json {
  return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: ANY_CLIENT };
}

export function apiGroups(served: Served): Json {
  const names = groupNames(served).filter(group => group !== '');
  return { kind: 'APIGroupList', apiVersion: 'v1', groups: names.map(name => groupEntry(name, served)) };
}

export function apiGroup(group: string, served: Served): Json {
  return { kind: 'APIGroup', apiVersion: 'v1', ...groupEntry(group, served) };
}

function groupNames(served: Served): readonly string[] {
  const names = [...new Set(served.map(kind => groupOf(kind.apiVersion)))].sort();
  const rank = (group: string) => (GROUP_ORDER.includes(group) ? GROUP_ORDER.indexOf(group) : GROUP_ORDER.length);
  return names.sort((a, b) => rank(a) - rank(b));
}

/** The versions of a group, the preferred one first. */
function versionsOf(group: string, served: Served): readonly string[] {
  return [...new Set(served.map(kind => kind.apiVersion))].filter(apiVersion => groupOf(apiVersion) === group);
}

function groupEntry(group: string, served: Served): { readonly [key: string]: Json } {
  const versions = versionsOf(group, served).map(groupVersion => ({ groupVersion, version: versionOf(groupVersion) }));
  return { name: group, versions, preferredVersion: versions[0] ?? {} };
}

function kindsOf(apiVersion: string, served: Served): readonly ServedKind[] {
  const kinds = served.filter(kind => kind.apiVersion === apiVersion);
  return kinds.sort((a, b) => (a.resource < b.resource ? -1 : 1));
}

export function apiResources(apiVersion: string, served: Served): Json {
  const resources = kindsOf(apiVersion, served).flatMap(kind => [
    {
      name: kind.resource,
      singularName: kind.singular,
      namespaced: kind.namespaced,
      kind: kind.kind,
      verbs: kind.verbs,
      ...namesOf(kind),
    },
    ...kind.subresources.map(name => {
      const { group, version, kind: kindName, verbs } = subresourceOf(kind, name);
      return {
        name: `${kind.resource}/${name}`,
        singularName: '',
        namespaced: kind.namespaced,
        ...(`${group}/${version}` !== `${groupOf(apiVersion)}/${versionOf(apiVersion)}` && { group, version }),
        kind: kindName,
        verbs,
      };
    }),
  ]);
  resources.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: apiVersion, resources };
}

function aggregatedEntry(kind: ServedKind): Json {
  const { apiVersion, subresources } = kind;
  return {
    resource: kind.resource,
    responseKind: { group: groupOf(apiVersion), version: versionOf(apiVersion), kind: kind.kind },
    scope: kind.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: kind.singular,
    verbs: kind.verbs,
    ...namesOf(kind),
    ...(subresources.length > 0 && {
      subresources: [...subresources].sort().map(name => {
        const { verbs, ...responseKind } = subresourceOf(kind, name);
        return { subresource: name, responseKind, verbs };
      }),
    }),
  };
}

function namesOf({ shortNames, categories }: ServedKind) {
  return { ...(shortNames.length > 0 && { shortNames }), ...(categories.length > 0 && { categories }) };
}

interface SubresourceEntry {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly verbs: readonly string[];
}

function subresourceOf({ apiVersion, kind }: ServedKind, name: ServedKind['subresources'][number]): SubresourceEntry {
  const own = { group: groupOf(apiVersion), version: versionOf(apiVersion), kind };
  switch (name) {
    case 'scale':
      return { group: 'autoscaling', version: 'v1', kind: 'Scale', verbs: ['get', 'patch', 'update'] };
    case 'binding':
      return { ...own, kind: 'Binding', verbs: ['create'] };
    case 'eviction':
      return { group: 'policy', version: 'v1', kind: 'Eviction', verbs: ['create'] };
    case 'exec':
      return { ...own, kind: 'PodExecOptions', verbs: ['create', 'get'] };
    case 'attach':
      return { ...own, kind: 'PodAttachOptions', verbs: ['create', 'get'] };
    case 'portforward':
      return { ...own, kind: 'PodPortForwardOptions', verbs: ['create', 'get'] };
    case 'log':
      return { ...own, verbs: ['get'] };
    case 'finalize':
      return { ...own, verbs: ['update'] };
    case 'status':
      return { ...own, verbs: ['get', 'patch', 'update'] };
  }
}
