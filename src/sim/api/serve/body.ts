// The body of a request: from text to a value of the right structure.
//
// Omits:   protobuf and CBOR bodies.
// Read:    k8s.io/apiserver pkg/endpoints/handlers/create.go, rest.go (`transformDecodeError`), fieldvalidation.

import { parseDocument } from 'yaml';
import { failure, type Result, success } from '../../runtime/errors.ts';
import { badRequest, requestTooLarge, unsupportedMediaType } from '../apiError.ts';
import type { ApiError } from '../client.ts';
import { type DecodeProblem, decode, decodeMessage } from '../decode.ts';
import { field, isJsonArray, isJsonObject, type JsonObject } from '../json.ts';
import type { ApiRequest, Json } from '../request.ts';
import { findKind, versionOf } from '../scheme.ts';
import { definitionOf } from '../structure.ts';

/** Bytes. Source: kube-apiserver, `MaxRequestBodyBytes`. */
const MAX_BODY = 3 * 1024 * 1024;
/** Go's decoder gives up at ten thousand; nothing of Kubernetes is a tenth as deep. */
const MAX_DEPTH = 1000;

export const APPLY_PATCH = 'application/apply-patch+yaml';
/** Media types of bodies that are YAML; JSON is YAML too. */
const YAML_TYPES: readonly string[] = ['application/yaml', APPLY_PATCH];

/** What is done about fields that do not exist. */
export type FieldValidation = 'Strict' | 'Warn' | 'Ignore';

/** A decoded body, and what the client should know about it. */
export interface DecodedBody {
  readonly object: JsonObject;
  readonly warnings: readonly string[];
}

/** The body as JSON, whatever its structure. An absent body is `undefined`. */
export function readBody(request: ApiRequest): Result<Json | undefined, ApiError> {
  const { body } = request;
  if (typeof body !== 'string') return body !== undefined && isTooDeep(body) ? failure(tooDeep()) : success(body);
  if (body.length > MAX_BODY) return failure(requestTooLarge(MAX_BODY));
  if (body.trim() === '') return success(undefined);
  const value = YAML_TYPES.includes(contentType(request)) ? readYaml(body) : readJson(body);
  return value.ok && isTooDeep(value.value) ? failure(tooDeep()) : value;
}

function readJson(body: string): Result<Json, ApiError> {
  try {
    return success(JSON.parse(body));
  } catch (error) {
    if (error instanceof SyntaxError) return failure(badRequest(jsonComplaint(body)));
    throw error;
  }
}

function readYaml(body: string): Result<Json, ApiError> {
  const refuse = (why: string) =>
    failure(badRequest(`error decoding patch: error converting YAML to JSON: yaml: ${why}`));
  const document = parseDocument(body);
  const [problem] = document.errors;
  if (problem !== undefined) return refuse(`line ${problem.linePos?.[0].line ?? 1}: ${problem.code}`);
  try {
    // Through JSON, so that nothing is left that JSON does not have.
    return success(JSON.parse(JSON.stringify(document.toJS({ maxAliasCount: 100 }) ?? null)));
  } catch (error) {
    if (error instanceof ReferenceError || error instanceof TypeError)
      return refuse('document contains excessive aliasing');
    throw error;
  }
}

/** The media type of the body without its parameters; JSON when nothing is said. */
export function contentType(request: ApiRequest): string {
  return (request.headers?.['content-type'] ?? 'application/json').split(';')[0]?.trim().toLowerCase() ?? '';
}

export function checkJsonContent(request: ApiRequest): ApiError | undefined {
  const accepted = ['application/json', 'application/yaml'];
  return accepted.includes(contentType(request)) ? undefined : unsupportedMediaType(accepted);
}

function tooDeep(): ApiError {
  return badRequest('exceeded max depth');
}

/** Looks level by level, so that no depth can exhaust the stack. */
function isTooDeep(value: Json): boolean {
  let level: readonly Json[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return true;
    level = level.flatMap(item =>
      isJsonArray(item)
        ? item.filter(isNested)
        : isJsonObject(item)
          ? Object.values(item).flatMap(member => (member !== undefined && isNested(member) ? [member] : []))
          : [],
    );
  }
  return false;
}

function isNested(value: Json): boolean {
  return typeof value === 'object' && value !== null;
}

/** Simplified: Go names the character that it stumbled over; here only the first of the text is looked at. */
function jsonComplaint(text: string): string {
  const first = text.trim()[0] ?? '';
  return '{["-0123456789tfn'.includes(first)
    ? "couldn't get version/kind; json parse error: unexpected end of JSON input"
    : `couldn't get version/kind; json parse error: invalid character '${first}' looking for beginning of value`;
}

/** Which kind a body has to be of. */
export interface ExpectedKind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** Decodes the body of a create or an update: an object of this kind and no other. */
export function decodeBody(
  body: Json | undefined,
  expected: ExpectedKind,
  validation: FieldValidation,
): Result<DecodedBody, ApiError> {
  if (!isJsonObject(body)) {
    const what = body === undefined ? 'unexpected end of JSON input' : notAnObject(body);
    const shown = body === undefined ? '<empty>' : JSON.stringify(body);
    const message = `the object provided is unrecognized (must be of type ${expected.kind}): couldn't get version/kind; json parse error: ${what} (${shown})`;
    return failure(badRequest(message));
  }
  const identity = checkIdentity(body, expected);
  if (identity !== undefined) return failure(identity);
  return decodeFields(body, expected, validation);
}

function decodeFields(
  body: JsonObject,
  expected: ExpectedKind,
  validation: FieldValidation,
): Result<DecodedBody, ApiError> {
  const definition = definitionOf(expected.apiVersion, expected.kind);
  if (definition === undefined) return success({ object: body, warnings: [] });
  const { value, problems } = decode(definition, body);
  const unknown = problems.filter(problem => problem.kind === 'unknown-field');
  const isFatal = unknown.length < problems.length || (validation === 'Strict' && unknown.length > 0);
  if (isFatal) {
    const version = versionOf(expected.apiVersion);
    return failure(badRequest(decodeMessage({ version, kind: expected.kind }, expected.kind, problems)));
  }
  const object = isJsonObject(value) ? value : {};
  return success({ object, warnings: validation === 'Warn' ? warningsOf(unknown) : [] });
}

export function warningsOf(problems: readonly DecodeProblem[]): readonly string[] {
  return problems.map(problem => problem.message);
}

function notAnObject(value: Json): string {
  const kind =
    value === null ? 'null' : isJsonArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  return `json: cannot unmarshal ${kind} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`;
}

/** The body may leave out what it is; it may not be something else. */
function checkIdentity(body: JsonObject, expected: ExpectedKind): ApiError | undefined {
  for (const name of ['apiVersion', 'kind'] as const) {
    const value = field(body, name);
    if (value === undefined || value === null || typeof value === 'string') continue;
    const what = typeof value === 'boolean' ? 'bool' : typeof value;
    const why = `couldn't get version/kind; json parse error: json: cannot unmarshal ${what} into Go struct field .${name} of type string`;
    return badRequest(`the object provided is unrecognized (must be of type ${expected.kind}): ${why}`);
  }
  const apiVersion = body.apiVersion || expected.apiVersion;
  const kind = body.kind || expected.kind;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  if (kind !== expected.kind) {
    const version = versionOf(apiVersion);
    const why =
      findKind(apiVersion, kind) === undefined
        ? `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)} in scheme "k8s.io/apimachinery/pkg/runtime/scheme.go:110"`
        : `converting (${version}.${kind}) to (core.${expected.kind}): unknown conversion`;
    return badRequest(`${kind} in version ${JSON.stringify(version)} cannot be handled as a ${expected.kind}: ${why}`);
  }
  if (apiVersion !== expected.apiVersion)
    return badRequest(
      `the API version in the data (${apiVersion}) does not match the expected API version (${expected.apiVersion})`,
    );
  return undefined;
}
