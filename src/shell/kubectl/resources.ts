// Which resources the server has, and which of them a learner means: `svc`, `deploy/web`, `pods,services`, `all`.
//
// Read:    k8s.io/cli-runtime pkg/resource/builder.go.

import type { Json } from '../../sim/index.ts';
import { at, listAt, textAt } from './fields.ts';
import { requestTimeoutOf } from './requestTimeout.ts';
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
  requestTimeoutOf(call);
  const groups = await mustGet(call, '/apis');
  const versions = [
    { path: '/api/v1', apiVersion: 'v1', group: '' },
    ...listAt(groups, 'groups').flatMap(group =>
      versionsOf(group).map(apiVersion => ({ path: `/apis/${apiVersion}`, apiVersion, group: textAt(group, 'name') })),
    ),
  ];
  const found: ApiResource[] = [];
  const isKnown = (group: string, name: string) => found.some(other => other.name === name && other.group === group);
  for (const { path, apiVersion, group } of versions) {
    const list = await mustGet(call, path);
    for (const entry of listAt(list, 'resources')) {
      const name = textAt(entry, 'name');
      if (name.includes('/') || isKnown(group, name)) continue;
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

/** The versions of a group, the preferred one first: the others have what it does not have. */
function versionsOf(group: Json): readonly string[] {
  const preferred = textAt(group, 'preferredVersion', 'groupVersion');
  return [...new Set([preferred, ...listAt(group, 'versions').map(version => textAt(version, 'groupVersion'))])];
}

/**
 * The resource of a word: plural, singular, short name or kind, alone, with its group (`deploy.apps`), or with version and
 * group (`deployments.v1.apps`). Source: k8s.io/cli-runtime pkg/resource/builder.go, `mappingFor`.
 */
export function findResource(all: readonly ApiResource[], word: string): ApiResource | undefined {
  const [name = '', ...rest] = word.toLowerCase().split('.');
  const isNamed = (resource: ApiResource): boolean =>
    resource.name === name ||
    resource.singular === name ||
    resource.kind.toLowerCase() === name ||
    resource.shortNames.includes(name);
  const named = name === '' ? [] : all.filter(isNamed);
  if (rest.length === 0) return named[0];
  const [version = '', ...group] = rest;
  const full = named.find(
    resource => rest.length > 1 && resource.group === group.join('.') && resource.apiVersion.endsWith(version),
  );
  const wanted = rest.join('.');
  return (
    full ??
    named.find(resource => resource.group === wanted) ??
    (wanted === '' ? undefined : named.find(resource => resource.group.startsWith(wanted)))
  );
}

/** @throws KubectlError when the server has no such resource */
export function knownResource(all: readonly ApiResource[], word: string): ApiResource {
  const resource = findResource(all, word);
  if (resource !== undefined) return resource;
  throw new KubectlError(`error: the server doesn't have a resource type ${JSON.stringify(word.split('.')[0])}`);
}

/** What the words of a command choose. */
export interface Chosen {
  readonly resource: ApiResource;
  /** One object; absent: the whole collection. */
  readonly name?: string;
}

/** The words with their meaning: types, or single objects. */
export type ChosenWords =
  | { readonly kind: 'tuples'; readonly chosen: readonly Required<Chosen>[] }
  | { readonly kind: 'types'; readonly resources: readonly ApiResource[]; readonly names: readonly string[] };

/**
 * Reads `pods web api`, `pods,svc`, `pods,svc web`, `pod/web svc/web`, `all`.
 * @throws KubectlError when the words do not fit together, or the server has no such resource
 */
export async function readWords(call: KubectlCall, given: readonly string[]): Promise<ChosenWords> {
  const all = await discover(call);
  const words = eachTypeWithEachName(given);
  if (words.some(word => word.includes('/'))) {
    if (!words.every(word => word.includes('/')))
      throw new KubectlError(
        "error: there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'",
      );
    const pairs = words.map(word => {
      const [type = '', name = '', ...more] = word.split('/');
      if (more.length > 0)
        throw new KubectlError('error: arguments in resource/name form may not have more than one slash');
      if (type === '' || name === '' || type.includes(','))
        throw new KubectlError('error: arguments in resource/name form must have a single resource and name');
      return { type, name };
    });
    return { kind: 'tuples', chosen: pairs.map(({ type, name }) => ({ resource: knownResource(all, type), name })) };
  }
  const [types, ...names] = words;
  if (types === undefined) return { kind: 'types', resources: [], names: [] };
  const expanded = types.split(',').flatMap(type => {
    const members = all.filter(resource => resource.categories.includes(type));
    return members.length > 0
      ? inOrderOfAll(members).map(({ name, group }) => (group === '' ? name : `${name}.${group}`))
      : [type];
  });
  if (names.length > 0 && expanded.length > 1) throw new KubectlError('error: you must specify only one resource');
  if (names.includes('')) throw new KubectlError('error: resource name may not be empty');
  const resources = [...new Set(expanded.map(type => knownResource(all, type)))];
  return { kind: 'types', resources, names };
}

/** `pods,svc web` means `pods/web svc/web`. */
function eachTypeWithEachName(words: readonly string[]): readonly string[] {
  const [types = '', ...names] = words;
  const distinct = [...new Set(types.split(','))];
  return names.length === 0 || distinct.length < 2
    ? words
    : distinct.flatMap(type => names.map(name => `${type}/${name}`));
}

/** The same as a list. @throws KubectlError */
export async function chooseResources(call: KubectlCall, words: readonly string[]): Promise<readonly Chosen[]> {
  const read = await readWords(call, words);
  if (read.kind === 'tuples') return read.chosen;
  if (read.names.length === 0) return read.resources.map(resource => ({ resource }));
  return read.resources.flatMap(resource => read.names.map(name => ({ resource, name })));
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
