// Bodies that are objects: of the kind that is expected, with the fields that it has.
//
// Read:    k8s.io/apiserver pkg/endpoints/handlers/create.go, rest.go (`transformDecodeError`); k8s.io/apimachinery
//          pkg/runtime/serializer/json/json.go, meta.go.

import { failure, type Result, success } from '../../runtime/errors.ts';
import { utf8 } from '../../runtime/utf8.ts';
import { badRequest } from '../apiError.ts';
import type { ApiError } from '../client.ts';
import { type Decoded, type DecodeProblem, decode, decodeMessage, type RepeatedField } from '../decode.ts';
import { field, isJsonArray, isJsonObject, type JsonObject } from '../json.ts';
import type { ApiRequest, Json } from '../request.ts';
import { findKind, groupOf, versionOf } from '../scheme.ts';
import { definitionOf } from '../structure.ts';
import { type Body, checkObjectType, readBody } from './body.ts';

/** What is done about fields that do not exist, or stand twice. */
export type FieldValidation = 'Strict' | 'Warn' | 'Ignore';

/** Which kind a body has to be of. */
export interface ExpectedKind {
  readonly apiVersion: string;
  readonly kind: string;
  /** Other versions that mean the same. */
  readonly aliases?: readonly string[];
  /** How an object of this kind is read, if the server's schema does not have it. */
  decode?(value: Json): Decoded;
}

/** A decoded body, and what the client should know about it. */
export interface DecodedBody {
  readonly object: JsonObject;
  readonly warnings: readonly string[];
}

function malformed(body: Exclude<Body, { readonly kind: 'value' }>): string {
  return body.kind === 'malformed-json' ? parseError(body.why) : body.why;
}

/** Reads the body of a create or an update: an object of this kind and no other. */
export function readObject(
  request: ApiRequest,
  expected: ExpectedKind,
  validation: FieldValidation,
): Result<DecodedBody, ApiError> {
  const mistyped = checkObjectType(request);
  if (mistyped !== undefined) return failure(mistyped);
  const body = readBody(request);
  if (!body.ok) return body;
  const unrecognized = (why: string) =>
    failure(
      badRequest(
        `the object provided is unrecognized (must be of type ${expected.kind}): ${why} (${summary(request)})`,
      ),
    );
  if (body.value.kind !== 'value') return unrecognized(malformed(body.value));
  const { value, duplicates } = body.value;
  if (value === undefined) return unrecognized(parseError('unexpected end of JSON input'));
  // Go makes an empty object of it.
  const object = value === null ? {} : value;
  if (!isJsonObject(object)) return unrecognized(parseError(notAnObject(object)));
  const unnamed = typeMetaProblem(object);
  if (unnamed !== undefined) return unrecognized(parseError(unnamed));
  const misplaced = checkIdentity(object, expected);
  if (misplaced !== undefined) return failure(misplaced);
  return decodeFields(object, expected, duplicates, validation);
}

function parseError(why: string): string {
  return `couldn't get version/kind; json parse error: ${why}`;
}

/** Characters of a body that are shown, or bytes that are shown in hexadecimal. */
const SUMMARY_LENGTH = 30;

function summary({ body }: ApiRequest): string {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  if (text === '') return '<empty>';
  const bytes = text.startsWith('{') ? [] : utf8(text.slice(0, SUMMARY_LENGTH + 1));
  const shown = text.startsWith('{')
    ? text.slice(0, SUMMARY_LENGTH)
    : [...bytes]
        .slice(0, SUMMARY_LENGTH)
        .map(byte => byte.toString(16).padStart(2, '0'))
        .join('');
  return text.length > SUMMARY_LENGTH || bytes.length > SUMMARY_LENGTH ? `${shown} ...` : shown;
}

function decodeFields(
  body: JsonObject,
  expected: ExpectedKind,
  duplicates: readonly string[],
  validation: FieldValidation,
): Result<DecodedBody, ApiError> {
  const definition = definitionOf(expected.apiVersion, expected.kind);
  const decoded = definition === undefined ? expected.decode?.(body) : decode(definition, body);
  if (decoded === undefined) return success({ object: body, warnings: [] });
  const problems = [...decoded.problems, ...duplicates.map(repeatedField)];
  if (problems.some(({ kind }) => kind === 'wrong-type') || (validation === 'Strict' && problems.length > 0)) {
    const version = versionOf(expected.apiVersion);
    return failure(badRequest(decodeMessage({ version, kind: expected.kind }, expected.kind, problems)));
  }
  const object = isJsonObject(decoded.value) ? decoded.value : {};
  return success({ object, warnings: validation === 'Warn' ? warningsOf(problems) : [] });
}

/** The parser has found a field twice. */
export function repeatedField(text: string): RepeatedField {
  return { kind: 'repeated-field', message: `duplicate field ${JSON.stringify(text)}` };
}

export function warningsOf(problems: readonly (DecodeProblem | RepeatedField)[]): readonly string[] {
  return problems.map(problem => problem.message);
}

function notAnObject(value: Json): string {
  const kind = isJsonArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  return `json: cannot unmarshal ${kind} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`;
}

function typeMetaProblem(body: JsonObject): string | undefined {
  for (const name of ['apiVersion', 'kind'] as const) {
    const value = field(body, name);
    if (value === undefined || value === null || typeof value === 'string') continue;
    const what = isJsonArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
    return `json: cannot unmarshal ${what} into Go struct field .${name} of type string`;
  }
  return undefined;
}

/** The body may leave out what it is; it may not be something else. */
function checkIdentity(body: JsonObject, expected: ExpectedKind): ApiError | undefined {
  const apiVersion = body.apiVersion || expected.apiVersion;
  const kind = body.kind || expected.kind;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  const isAlias = expected.aliases?.includes(apiVersion) ?? false;
  if (kind === expected.kind && (apiVersion === expected.apiVersion || isAlias)) return undefined;
  const version = versionOf(apiVersion);
  const refuse = (why: string) =>
    badRequest(`${kind} in version ${JSON.stringify(version)} cannot be handled as a ${expected.kind}: ${why}`);
  if (findKind(apiVersion, kind) === undefined)
    return refuse(
      `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)} in scheme "${SCHEME_NAME}"`,
    );
  if (kind !== expected.kind)
    return refuse(
      `converting (${version}.${kind}) to (${internalPackage(expected)}.${expected.kind}): unknown conversion`,
    );
  return badRequest(
    `the API version in the data (${apiVersion}) does not match the expected API version (${expected.apiVersion})`,
  );
}

/** How the API server's binary calls its types: by the line where they are put together. */
const SCHEME_NAME = 'pkg/api/legacyscheme/scheme.go:30';

/** The Go package of a kind as the server has it inside: `core.Pod`, `apps.Deployment`. */
function internalPackage({ apiVersion, kind }: ExpectedKind): string {
  if (kind === 'DeleteOptions') return 'v1';
  return groupOf(apiVersion).split('.')[0] || 'core';
}
