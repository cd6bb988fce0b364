// From HTTP to a request of the API server.

import type { IncomingMessage } from 'node:http';
import type { ApiRequest } from '../../sim/index.ts';

/** Bytes. Source: kube-apiserver, `MaxRequestBodyBytes`. */
export const MAX_BODY = 3 * 1024 * 1024;

export type HttpBody =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'too-large' }
  /** The client went away before it had said everything. */
  | { readonly kind: 'broken' };

/** The whole body. What is too large is read to its end and forgotten: then the client listens to the answer. */
export async function readHttpBody(message: IncomingMessage): Promise<HttpBody> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of message) {
      length += part.length;
      if (length <= MAX_BODY) parts.push(part);
      else parts.length = 0;
    }
  } catch {
    return { kind: 'broken' };
  }
  return length > MAX_BODY ? { kind: 'too-large' } : { kind: 'text', text: Buffer.concat(parts).toString('utf8') };
}

/** `undefined`: a method that the API does not have. */
export function apiRequest(message: IncomingMessage, text: string): ApiRequest | undefined {
  const method = METHODS.find(known => known === message.method);
  if (method === undefined) return undefined;
  const { path, query } = target(message);
  return {
    method,
    path,
    query: Object.fromEntries([...query].reverse()),
    headers: Object.fromEntries(
      Object.entries(message.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    ),
    ...(text !== '' && { body: text }),
  };
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** The path as it came, still encoded, and the query. */
export function target({ url = '/' }: IncomingMessage): { readonly path: string; readonly query: URLSearchParams } {
  const at = url.indexOf('?');
  return at < 0
    ? { path: url, query: new URLSearchParams() }
    : { path: url.slice(0, at), query: new URLSearchParams(url.slice(at + 1)) };
}
