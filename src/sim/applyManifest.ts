// Puts one manifest into the API server as it stands: what a lab starts from. (kubectl's own `apply` is in the shell.)

import type { ApiServer } from './api/server.ts';
import type { Json } from './api/request.ts';

export type Applied = { readonly kind: 'applied' } | { readonly kind: 'refused'; readonly message: string };

export function applyManifest(api: ApiServer, value: Json): Applied {
  const target = api.pathFor(value);
  if (target.kind === 'unknown') return { kind: 'refused', message: target.message };
  const response = api.request({
    method: 'POST',
    path: target.collection,
    query: { fieldValidation: 'Strict' },
    headers: { 'content-type': 'application/json' },
    body: value,
  });
  if (response.status < 300) return { kind: 'applied' };
  const { body } = response;
  const message =
    typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : `status ${response.status}`;
  return { kind: 'refused', message };
}
