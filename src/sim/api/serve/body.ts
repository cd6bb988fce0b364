// The body of a request: from text to a JSON value.
//
// Omits:   CBOR; protobuf is read by who serves HTTP.
// Read:    k8s.io/apiserver pkg/endpoints/handlers/rest.go (`limitedReadBody`, `summarizeData`), negotiation.

import { readManifests } from '../../manifest/read.ts';
import { failure, type Result, success } from '../../runtime/errors.ts';
import { badRequest, requestTooLarge, unsupportedMediaType } from '../apiError.ts';
import type { ApiError } from '../client.ts';
import { MAX_DEPTH, parseGoJson, TOO_DEEP } from '../goJson.ts';
import { isJsonArray, isJsonObject } from '../json.ts';
import type { ApiRequest, Json } from '../request.ts';
import { byteLength } from '../validation/formats.ts';

/** Bytes. Source: kube-apiserver, `MaxRequestBodyBytes`. */
const MAX_BODY = 3 * 1024 * 1024;

export const APPLY_PATCH = 'application/apply-patch+yaml';
/** Media types of bodies that are YAML; JSON is YAML too. */
const YAML_TYPES: readonly string[] = ['application/yaml', APPLY_PATCH];
/** Media types of objects that are handed in. */
const OBJECT_TYPES: readonly string[] = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'];

/** What a request brings. */
export type Body =
  /** An absent body is `undefined`. */
  | { readonly kind: 'value'; readonly value: Json | undefined; readonly duplicates: readonly string[] }
  /** Text that is neither JSON nor YAML, as its content type says; why is said in Go's words. */
  | { readonly kind: 'malformed-json'; readonly why: string }
  | { readonly kind: 'malformed-yaml'; readonly why: string };

/** The body, whatever its structure. A body that is too large is refused. */
export function readBody(request: ApiRequest): Result<Body, ApiError> {
  const { body } = request;
  if (typeof body !== 'string') {
    const refused = body === undefined ? undefined : checkExtent(body);
    return refused === undefined ? success({ kind: 'value', value: body, duplicates: [] }) : failure(refused);
  }
  if (body.length > MAX_BODY || (body.length > MAX_BODY / 3 && byteLength(body) > MAX_BODY))
    return failure(requestTooLarge(`limit is ${MAX_BODY}`));
  if (body === '') return success({ kind: 'value', value: undefined, duplicates: [] });
  return success(YAML_TYPES.includes(contentType(request)) ? readYaml(body) : readJson(body));
}

function readJson(text: string): Body {
  const parsed = parseGoJson(text);
  return parsed.ok ? { kind: 'value', ...parsed.value } : { kind: 'malformed-json', why: parsed.error };
}

function readYaml(text: string): Body {
  // Most of it is JSON.
  const json = text.startsWith('{') ? readJson(text) : undefined;
  if (json?.kind === 'value') return json;
  const manifests = readManifests(text);
  if (manifests.kind === 'refused') return { kind: 'malformed-yaml', why: `yaml: ${manifests.reason}` };
  const [document] = manifests.documents;
  const problem = document?.problems[0];
  if (problem !== undefined)
    return { kind: 'malformed-yaml', why: `yaml: line ${problem.span.startLine}: ${problem.message}` };
  return { kind: 'value', value: document?.value ?? null, duplicates: [] };
}

/** The media type of the body without its parameters; JSON when nothing is said. */
export function contentType(request: ApiRequest): string {
  return (request.headers?.['content-type'] || 'application/json').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** Is the body of a type that objects are handed in as? */
export function checkObjectType(request: ApiRequest): ApiError | undefined {
  return OBJECT_TYPES.includes(contentType(request)) ? undefined : unsupportedMediaType(OBJECT_TYPES);
}

/** Looks at a parsed body level by level, so that no depth can exhaust the stack. */
function checkExtent(body: Json): ApiError | undefined {
  let level: readonly Json[] = [body];
  let size = 0;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return badRequest(TOO_DEEP);
    const next: Json[] = [];
    for (const item of level) {
      if (typeof item === 'string') size += item.length;
      else if (isJsonArray(item)) next.push(...item);
      else if (isJsonObject(item))
        for (const key in item) {
          const member = item[key];
          size += key.length + 4;
          if (member !== undefined) next.push(member);
        }
    }
    if (size > MAX_BODY) return requestTooLarge(`limit is ${MAX_BODY}`);
    level = next;
  }
  return undefined;
}
