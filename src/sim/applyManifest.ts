// Puts one manifest into the API server as it stands: what a lab starts from. (kubectl's own `apply` is in the shell.)

import type { Json } from './api/request.ts';
import type { ApiServer } from './api/server.ts';

export type Applied = { readonly kind: 'applied' } | { readonly kind: 'refused'; readonly message: string };

/** @param validation what becomes of fields that do not exist: refused, or left out with a warning */
export function applyManifest(api: ApiServer, value: Json, validation: 'Strict' | 'Warn' = 'Strict'): Applied {
  const collection = collectionPath(api, value);
  if (collection.kind === 'unknown') return { kind: 'refused', message: collection.message };
  const response = api.request({
    method: 'POST',
    path: collection.path,
    query: { fieldValidation: validation },
    headers: { 'content-type': 'application/json', 'user-agent': 'lab' },
    body: value,
  });
  if (response.status < 300) return { kind: 'applied' };
  const { body } = response;
  const message =
    typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : `status ${response.status}`;
  return { kind: 'refused', message };
}

type Collection =
  | { readonly kind: 'known'; readonly path: string }
  | { readonly kind: 'unknown'; readonly message: string };

/** Where an object is created: `/apis/apps/v1/namespaces/default/deployments`. */
function collectionPath(api: ApiServer, value: Json): Collection {
  const text = (holder: Json | undefined, key: string): string | undefined => {
    const found =
      typeof holder === 'object' && holder !== null && !Array.isArray(holder)
        ? (holder as { readonly [key: string]: Json | undefined })[key]
        : undefined;
    return typeof found === 'string' ? found : undefined;
  };
  const [apiVersion, kindName] = [text(value, 'apiVersion'), text(value, 'kind')];
  if (apiVersion === undefined || kindName === undefined)
    return { kind: 'unknown', message: 'apiVersion and kind were expected' };
  const kind = api.kindOf(apiVersion, kindName);
  if (kind === undefined)
    return { kind: 'unknown', message: `no matches for kind "${kindName}" in version "${apiVersion}"` };
  const metadata = typeof value === 'object' && value !== null && 'metadata' in value ? value.metadata : undefined;
  const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const scope = kind.namespaced ? `/namespaces/${text(metadata, 'namespace') ?? 'default'}` : '';
  return { kind: 'known', path: `${base}${scope}/${kind.resource}` };
}
