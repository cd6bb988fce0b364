// The OpenAPI documents: one for all groups in version 2, one for each group and version in version 3.
//
// They are made when they are asked for. Omitted: descriptions, and the parameters that no client looks for.
// Read:    kubernetes.io/docs/concepts/overview/kubernetes-api, "OpenAPI V3"; kubectl explain, which reads the paths, and
//          kubectl's query parameter verifier, which looks for `fieldValidation` in PATCH.

import type { JsonObject } from '../json.ts';
import type { Kind, Subresource } from '../kinds/kind.ts';
import type { Json } from '../request.ts';
import { SCHEME } from '../scheme.ts';
import { SERVER_VERSION } from '../serve/serverVersion.ts';
import { schemaNames } from './names.ts';
import { type Dialect, groupVersionKind, kindName, referenceTo, schemasOf } from './schemas.ts';

const INFO = { title: 'Kubernetes', version: SERVER_VERSION.gitVersion } as const;

/** `api/v1` or `apis/apps/v1`: the path below the root. */
function rootOf(apiVersion: string): string {
  return apiVersion.includes('/') ? `apis/${apiVersion}` : `api/${apiVersion}`;
}

function apiVersions(): readonly string[] {
  return [...new Set(SCHEME.map(kind => kind.apiVersion))];
}

/** `/openapi/v3`: where the documents of the groups are. */
export function openApiIndex(): Json {
  const paths = apiVersions().map(apiVersion => {
    const root = rootOf(apiVersion);
    // Clients keep a document under its hash: another release of the lab has another one.
    return [root, { serverRelativeURL: `/openapi/v3/${root}?hash=${SERVER_VERSION.gitVersion}` }] as const;
  });
  return { paths: Object.fromEntries(paths) };
}

/** `/openapi/v3/apis/apps/v1` */
export function openApiV3(apiVersion: string): Json {
  const kinds = SCHEME.filter(kind => kind.apiVersion === apiVersion);
  const names = schemaNames();
  return {
    openapi: '3.0.0',
    info: INFO,
    paths: pathsOf(kinds, names, 'v3'),
    components: { schemas: schemasOf(kinds, names, 'v3') },
  };
}

/** `/openapi/v2` */
export function openApiV2(): Json {
  const names = schemaNames();
  return {
    swagger: '2.0',
    info: INFO,
    paths: pathsOf(SCHEME, names, 'v2'),
    definitions: schemasOf(SCHEME, names, 'v2'),
  };
}

function pathsOf(kinds: readonly Kind[], names: ReadonlyMap<string, string>, dialect: Dialect): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (const kind of kinds) {
    const root = `/${rootOf(kind.apiVersion)}`;
    const form = { kind, body: kindName(kind, names), dialect };
    const collection = `${root}${kind.namespaced ? '/namespaces/{namespace}' : ''}/${kind.resource}`;
    paths[collection] = operations(form, ['get', 'post', 'delete']);
    if (kind.namespaced) paths[`${root}/${kind.resource}`] = operations(form, ['get']);
    paths[`${collection}/{name}`] = operations(form, ['get', 'put', 'patch', 'delete']);
    for (const name of kind.subresources)
      paths[`${collection}/{name}/${name}`] = operations(form, METHODS[name] ?? ['get', 'put', 'patch']);
  }
  return paths;
}

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** The methods of subresources that do not have the usual three. */
const METHODS: { readonly [Name in Subresource]?: readonly Method[] } = {
  attach: ['get', 'post'],
  binding: ['post'],
  eviction: ['post'],
  exec: ['get', 'post'],
  finalize: ['put'],
  log: ['get'],
  portforward: ['get', 'post'],
};

interface Form {
  readonly kind: Kind;
  /** The name of the schema of what goes in and out. */
  readonly body: string;
  readonly dialect: Dialect;
}

function operations(form: Form, methods: readonly Method[]): JsonObject {
  return Object.fromEntries(methods.map(method => [method, operation(form, method)]));
}

const PARAMETERS: Readonly<Record<Method, readonly string[]>> = {
  get: ['fieldSelector', 'labelSelector', 'limit', 'continue', 'resourceVersion', 'resourceVersionMatch', 'watch'],
  post: ['dryRun', 'fieldManager', 'fieldValidation'],
  put: ['dryRun', 'fieldManager', 'fieldValidation'],
  patch: ['dryRun', 'fieldManager', 'fieldValidation', 'force'],
  delete: ['dryRun', 'gracePeriodSeconds', 'propagationPolicy'],
};

function operation({ kind, body, dialect }: Form, method: Method): JsonObject {
  const schema = referenceTo(body, dialect);
  const parameters = PARAMETERS[method].map(name =>
    dialect === 'v2'
      ? { name, in: 'query', type: 'string', uniqueItems: true }
      : { name, in: 'query', schema: { type: 'string', uniqueItems: true } },
  );
  const ok = dialect === 'v2' ? { schema } : { content: { 'application/json': { schema } } };
  return {
    parameters,
    responses: { '200': { description: 'OK', ...ok } },
    'x-kubernetes-action': method,
    'x-kubernetes-group-version-kind': groupVersionKind(kind.apiVersion, kind.kind),
  };
}
