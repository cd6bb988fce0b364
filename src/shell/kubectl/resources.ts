// Which resources the server has, and which of them a learner means: `svc`, `deploy/web`, `pods,services`, `all`.
//
// Read:    k8s.io/cli-runtime pkg/resource/builder.go.

import { at, listAt, textAt } from './fields.ts';
import { type KubectlCall, KubectlError, mustGet } from './session.ts';

/** A resource as discovery describes it. */
export interface ApiResource {
  readonly apiVersion: string;
  /** `apps`; empty for the core group. */
  readonly group: string;
  readonly name: string;
  readonly singular: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly verbs: readonly string[];
}

/** `deployment.apps`: how messages name an object's kind. */
export function qualifiedKind(resource: ApiResource): string {
  const kind = resource.kind.toLowerCase();
  return resource.group === '' ? kind : `${kind}.${resource.group}`;
}

/** The path of a collection, or of one object in it. */
export function pathOf(resource: ApiResource, namespace: string | undefined, name?: string): string {
  const root = resource.group === '' ? `/api/${resource.apiVersion}` : `/apis/${resource.apiVersion}`;
  const scope = resource.namespaced && namespace !== undefined ? `/namespaces/${namespace}` : '';
  return `${root}${scope}/${resource.name}${name === undefined ? '' : `/${encodeURIComponent(name)}`}`;
}

/** Everything that the server has, the core group first. */
export async function discover(call: KubectlCall): Promise<readonly ApiResource[]> {
  const groups = await mustGet(call, '/apis');
  const versions = [
    { path: '/api/v1', apiVersion: 'v1', group: '' },
    ...listAt(groups, 'groups').map(group => {
      const apiVersion = textAt(group, 'preferredVersion', 'groupVersion');
      return { path: `/apis/${apiVersion}`, apiVersion, group: textAt(group, 'name') };
    }),
  ];
  const found: ApiResource[] = [];
  for (const { path, apiVersion, group } of versions) {
    const list = await mustGet(call, path);
    for (const entry of listAt(list, 'resources')) {
      const name = textAt(entry, 'name');
      if (name.includes('/')) continue;
      found.push({
        apiVersion,
        group,
        name,
        singular: textAt(entry, 'singularName'),
        kind: textAt(entry, 'kind'),
        namespaced: at(entry, 'namespaced') === true,
        shortNames: listAt(entry, 'shortNames').map(String),
        categories: listAt(entry, 'categories').map(String),
        verbs: listAt(entry, 'verbs').map(String),
      });
    }
  }
  return found;
}

/** The resource of a word: plural, singular, short name or kind, with or without its group. */
export function findResource(all: readonly ApiResource[], word: string): ApiResource | undefined {
  const [name = '', ...group] = word.toLowerCase().split('.');
  const isMeant = (resource: ApiResource): boolean =>
    resource.name === name ||
    resource.singular === name ||
    resource.kind.toLowerCase() === name ||
    resource.shortNames.includes(name);
  return all.find(
    resource =>
      isMeant(resource) &&
      (group.length === 0 || group.join('.') === resource.group || group.join('.') === `v1.${resource.group}`),
  );
}

/** What the words of a command choose. */
export interface Chosen {
  readonly resource: ApiResource;
  /** One object; absent: the whole collection. */
  readonly name?: string;
}

/**
 * Reads `pods web api`, `pods,svc`, `pod/web svc/web`, `all`.
 * @throws KubectlError when the words do not fit together, or the server has no such resource
 */
export async function chooseResources(call: KubectlCall, words: readonly string[]): Promise<readonly Chosen[]> {
  const all = await discover(call);
  const known = (word: string): ApiResource => {
    const resource = findResource(all, word);
    if (resource === undefined) throw new KubectlError(`error: the server doesn't have a resource type "${word}"`);
    return resource;
  };
  if (words.some(word => word.includes('/'))) {
    return words.map(word => {
      const parts = word.split('/');
      const [type = '', name = ''] = parts;
      if (!word.includes('/'))
        throw new KubectlError(
          `error: there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'`,
        );
      if (parts.length !== 2 || type === '' || name === '')
        throw new KubectlError(`error: arguments in resource/name form must have a single resource and name`);
      return { resource: known(type), name };
    });
  }
  const [types = '', ...names] = words;
  const resources = types
    .split(',')
    .filter(type => type !== '')
    .flatMap(type => {
      const members = all.filter(resource => resource.categories.includes(type));
      return members.length > 0 ? inOrderOfAll(members) : [known(type)];
    });
  if (names.length === 0) return resources.map(resource => ({ resource }));
  return resources.flatMap(resource => names.map(name => ({ resource, name })));
}

/** `kubectl get all` prints in this order. Source: the order in which discovery gives the group versions. */
function inOrderOfAll(resources: readonly ApiResource[]): readonly ApiResource[] {
  const order = ['pods', 'replicationcontrollers', 'services', 'daemonsets', 'deployments', 'replicasets'];
  const rank = (resource: ApiResource): number => {
    const found = order.indexOf(resource.name);
    return found < 0 ? order.length : found;
  };
  return [...resources].sort((a, b) => rank(a) - rank(b));
}
