// Puts one manifest into the API server as it stands: what a lab starts from. (kubectl's own `apply` is in the shell.)

import { field, isJsonObject } from './api/json.ts';
import type { ApiRequest, Json } from './api/request.ts';
import type { ApiServer } from './api/server.ts';

export type Applied = { readonly kind: 'applied' } | { readonly kind: 'refused'; readonly message: string };

export interface ApplyOptions {
  /** What becomes of fields that do not exist: refused, or left out with a warning. */
  readonly validation?: 'Strict' | 'Warn';
  /** What becomes of an object that is there already: refused, or it gets the fields of the manifest. */
  readonly existing?: 'refused' | 'merged';
}

/** Server-side apply, whoever wrote the fields before. */
const SERVER_SIDE = { fieldManager: 'lab', force: 'true' } as const;

export function applyManifest(
  api: ApiServer,
  value: Json,
  { validation = 'Strict', existing = 'refused' }: ApplyOptions = {},
): Applied {
  const collection = collectionPath(api, value);
  if (collection.kind === 'unknown') return { kind: 'refused', message: collection.message };
  const write = (method: 'POST' | 'PATCH', path: string, type: string, query: ApiRequest['query'] = {}) =>
    api.request({
      method,
      path,
      query: { fieldValidation: validation, ...query },
      headers: { 'content-type': type, 'user-agent': 'lab' },
      body: value,
    });
  const created = write('POST', collection.path, 'application/json');
  const response =
    created.status === 409 && existing === 'merged' && collection.name !== undefined
      ? write('PATCH', `${collection.path}/${collection.name}`, 'application/apply-patch+yaml', SERVER_SIDE)
      : created;
  if (response.status < 300) return { kind: 'applied' };
  const { body } = response;
  const message =
    typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : `status ${response.status}`;
  return { kind: 'refused', message };
}

type Collection =
  | { readonly kind: 'known'; readonly path: string; readonly name: string | undefined }
  | { readonly kind: 'unknown'; readonly message: string };

/** Where an object is created: `/apis/apps/v1/namespaces/default/deployments`. */
function collectionPath(api: ApiServer, value: Json): Collection {
  const text = (holder: Json | undefined, key: string): string | undefined => {
    const found = member(holder, key);
    return typeof found === 'string' ? found : undefined;
  };
  const [apiVersion, kindName] = [text(value, 'apiVersion'), text(value, 'kind')];
  if (apiVersion === undefined || kindName === undefined)
    return { kind: 'unknown', message: 'apiVersion and kind were expected' };
  const kind = api.kindOf(apiVersion, kindName);
  if (kind === undefined)
    return { kind: 'unknown', message: `no matches for kind "${kindName}" in version "${apiVersion}"` };
  const metadata = member(value, 'metadata');
  const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const scope = kind.namespaced ? `/namespaces/${text(metadata, 'namespace') ?? 'default'}` : '';
  return { kind: 'known', path: `${base}${scope}/${kind.resource}`, name: text(metadata, 'name') };
}

/** What tells two manifests of the same object: equal texts for equal kinds and names. */
export function manifestName(value: Json): string {
  const metadata = member(value, 'metadata');
  const names = [member(value, 'apiVersion'), member(value, 'kind'), member(metadata, 'namespace') ?? 'default'];
  return JSON.stringify([...names, member(metadata, 'name')]);
}

function member(holder: Json | undefined, key: string): Json | undefined {
  return isJsonObject(holder) ? field(holder, key) : undefined;
}
