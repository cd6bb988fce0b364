// The objects of a lab as somebody could have written them: without what the server, a controller or a node made of them.
//
// Read:    kubernetes/community contributors/devel/sig-architecture/api-conventions.md (metadata, status).

import { equalJson, isJsonObject, type Json, type JsonObject, type Lab, withoutDefaults } from '../../sim/index.ts';
import { at, listAt, textAt, withFilled, without } from './walk.ts';
import { withoutAdmission } from './withoutAdmission.ts';

/** Kinds that only programs write. */
const WRITTEN_BY_PROGRAMS = new Set(['Event', 'Lease', 'ControllerRevision']);

/** What the server or a node writes into the metadata. */
const SERVER_METADATA = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'managedFields',
  'selfLink',
  'ownerReferences',
];

/** Annotations of kubectl and of controllers. */
const TOOL_ANNOTATION =
  /^(kubectl\.kubernetes\.io\/last-applied-configuration|deployment\.kubernetes\.io\/|endpoints\.kubernetes\.io\/last-change|cni\.projectcalico\.org\/|k8s\.v1\.cni\.cncf\.io\/network-status|pv\.kubernetes\.io\/bind)/;

/** In which order `kubectl apply` gets along with them; kinds that are not named come last, before those of nobody's. */
const ORDER = [
  'Node',
  'Namespace',
  'CustomResourceDefinition',
  'PriorityClass',
  'StorageClass',
  'IngressClass',
  'GatewayClass',
  'ClusterRole',
  'ClusterRoleBinding',
  'ServiceAccount',
  'Role',
  'RoleBinding',
  'ResourceQuota',
  'LimitRange',
  'Secret',
  'ConfigMap',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Service',
  'Endpoints',
  'EndpointSlice',
  'NetworkPolicy',
  'Pod',
  'ReplicaSet',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
];

/** All objects of the API server, kind by kind. */
export function allObjects(lab: Lab): readonly JsonObject[] {
  return resourcesOf(lab).flatMap(({ path, apiVersion, kind }) =>
    objectsAt(read(lab, path), 'items').map(item => ({ ...item, apiVersion, kind })),
  );
}

interface Resource {
  /** Of all its objects in all namespaces. */
  readonly path: string;
  readonly apiVersion: string;
  readonly kind: string;
}

/** What can be listed, one version of each group: the preferred one. */
function resourcesOf(lab: Lab): readonly Resource[] {
  const versions = objectsAt(read(lab, '/apis'), 'groups').flatMap(group => {
    const preferred = textAt(group, 'preferredVersion', 'groupVersion');
    return preferred === '' ? [] : [{ path: `/apis/${preferred}`, apiVersion: preferred }];
  });
  return [{ path: '/api/v1', apiVersion: 'v1' }, ...versions].flatMap(({ path, apiVersion }) =>
    objectsAt(read(lab, path), 'resources').flatMap(resource => {
      const [name, kind] = [textAt(resource, 'name'), textAt(resource, 'kind')];
      const isListed = listAt(resource, 'verbs').includes('list') && !name.includes('/');
      return isListed ? [{ path: `${path}/${name}`, apiVersion, kind }] : [];
    }),
  );
}

/**
 * Those that somebody wrote, as they would be written: sorted as `kubectl apply` takes them, then by namespace and name.
 * @param base the same of a cluster that nobody has touched yet: what is in it just so is left out
 */
export function plainManifests(
  objects: readonly JsonObject[],
  base: readonly JsonObject[] = [],
): readonly JsonObject[] {
  const untouched = new Map(base.map(object => [identityOf(object), object]));
  const withSelector = new Set(
    objects.flatMap(object =>
      object.kind === 'Service' && at(object, 'spec', 'selector') !== undefined ? [nameOf(object)] : [],
    ),
  );
  return objects
    .filter(object => isWritten(object) && !(object.kind === 'Endpoints' && withSelector.has(nameOf(object))))
    .map(plainManifest)
    .filter(manifest => !equalJson(manifest, untouched.get(identityOf(manifest))))
    .sort(byOrder);
}

/** One object as it would be written. */
export function plainManifest(object: JsonObject): JsonObject {
  const { status: _, ...rest } = object;
  const metadata = isJsonObject(object.metadata) ? plainMetadata(object.metadata) : {};
  return withRequired(withoutDefaults(withoutAdmission({ ...rest, metadata })));
}

/** The schema of a NetworkPolicy requires a selector, though the server takes none for all Pods. */
function withRequired(object: JsonObject): JsonObject {
  const { kind, spec } = object;
  return kind === 'NetworkPolicy' && isJsonObject(spec) ? { ...object, spec: { podSelector: {}, ...spec } } : object;
}

/** `Service default/web` in its version's group. */
export function identityOf(object: JsonObject): string {
  return `${String(object.apiVersion)} ${String(object.kind)} ${nameOf(object)}`;
}

function nameOf(object: JsonObject): string {
  return `${textAt(object, 'metadata', 'namespace')}/${textAt(object, 'metadata', 'name')}`;
}

/** Somebody wrote it: no controller, and no node. */
export function isWritten(object: JsonObject): boolean {
  if (WRITTEN_BY_PROGRAMS.has(String(object.kind))) return false;
  if (at(object, 'metadata', 'deletionTimestamp') !== undefined) return false;
  const name = textAt(object, 'metadata', 'name');
  if (object.kind === 'ConfigMap' && name === 'kube-root-ca.crt') return false;
  if (object.kind === 'ServiceAccount' && name === 'default') return false;
  return !listAt(object, 'metadata', 'ownerReferences').some(owner => at(owner, 'controller') === true);
}

function plainMetadata(metadata: JsonObject): JsonObject {
  const plain = without(metadata, SERVER_METADATA);
  const { annotations } = plain;
  if (!isJsonObject(annotations)) return plain;
  const own = Object.entries(annotations).filter(([key]) => !TOOL_ANNOTATION.test(key));
  return withFilled(plain, 'annotations', Object.fromEntries(own));
}

function byOrder(a: JsonObject, b: JsonObject): number {
  return rank(a) - rank(b) || compare(identityOf(a), identityOf(b));
}

function rank(object: JsonObject): number {
  const place = ORDER.indexOf(String(object.kind));
  return place < 0 ? ORDER.length : place;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function read(lab: Lab, path: string): Json {
  return lab.request({ method: 'GET', path }).body ?? null;
}

const objectsAt = (value: Json, list: string): readonly JsonObject[] => listAt(value, list).filter(isJsonObject);
