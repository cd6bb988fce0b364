// From HTTP to a request of the API server.

import type { IncomingMessage } from 'node:http';
import type { ApiRequest } from '../../sim/index.ts';
import { PROTOBUF, readProtobuf } from './protobuf.ts';

/** Bytes. Source: kube-apiserver, `MaxRequestBodyBytes`. */
export const MAX_BODY = 3 * 1024 * 1024;

export type HttpBody =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
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
  return length > MAX_BODY ? { kind: 'too-large' } : { kind: 'bytes', bytes: Buffer.concat(parts) };
}

export type ReadRequest =
  | { readonly kind: 'request'; readonly request: ApiRequest }
  /** In words of the API server's Status. */
  | { readonly kind: 'refused'; readonly code: number; readonly reason: string; readonly message: string };

export function apiRequest(message: IncomingMessage, bytes: Buffer): ReadRequest {
  const method = METHODS.find(known => known === message.method);
  if (method === undefined)
    return {
      kind: 'refused',
      code: 405,
      reason: 'MethodNotAllowed',
      message: 'the server does not allow this method on the requested resource',
    };
  const { path, query } = target(message);
  const request = { method, path, query: Object.fromEntries([...query].reverse()) };
  const headers = Object.fromEntries(
    Object.entries(message.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
  if (bytes.length === 0) return { kind: 'request', request: { ...request, headers } };
  if (headers['content-type']?.split(';')[0]?.trim() !== PROTOBUF)
    return { kind: 'request', request: { ...request, headers, body: bytes.toString('utf8') } };
  const read = readProtobuf(bytes);
  return read.kind === 'unreadable'
    ? { kind: 'refused', code: 400, reason: 'BadRequest', message: read.message }
    : {
        kind: 'request',
        request: { ...request, headers: { ...headers, 'content-type': 'application/json' }, body: read.object },
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
