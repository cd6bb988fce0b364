// The OpenAPI v2 document in protobuf, the only form in which kubectl reads it: when it meets a kind that the server does
// not know, such as the config of a saved lab. It is then told that there is none, and the rest of the file goes on.
//
// Models:  the document's version and title.
// Omits:   its paths and definitions: for what the server knows, kubectl reads the documents of version 3.
// Read:    github.com/google/gnostic-models openapiv2/OpenAPIv2.proto; kubectl's query parameter verifier.

import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { ApiRequest } from '../../sim/index.ts';

/** As clients ask for it, and as it is named in the answer, where `@` may not stand. */
const ASKED = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf';
const ANSWERED = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

export function isOpenApiBytes({ method, path, headers }: ApiRequest): boolean {
  return method === 'GET' && path === '/openapi/v2' && headers?.accept?.includes(ASKED) === true;
}

export function sendOpenApiBytes(response: ServerResponse, headers: OutgoingHttpHeaders): void {
  // Document: swagger = 1, info = 2. Info: title = 1.
  const bytes = Buffer.concat([field(1, Buffer.from('2.0')), field(2, field(1, Buffer.from('Kubernetes')))]);
  response.writeHead(200, { ...headers, 'content-type': ANSWERED, 'Content-Length': bytes.length }).end(bytes);
}

/** A field of text, or of a message; shorter than 128 bytes. */
function field(number: number, bytes: Buffer): Buffer {
  const DELIMITED = 2;
  return Buffer.concat([Buffer.from([(number << 3) | DELIMITED, bytes.length]), bytes]);
}
