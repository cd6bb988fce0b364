// In which form a client wants its answer: the Accept header, and what the server makes of it.
//
// Omits:   protobuf and CBOR; version v1beta1 of Tables is answered as v1.
// Read:    kubernetes.io/docs/reference/using-api/api-concepts, "Receiving resources as Tables", "Metadata-only fetches";
//          k8s.io/apiserver pkg/endpoints/handlers/negotiation/negotiate.go.

import { stringify } from 'yaml';
import { failure, type Result, success } from '../../runtime/errors.ts';
import { badRequest, notAcceptable } from '../apiError.ts';
import type { ApiError } from '../client.ts';
import { formatFieldError, invalid } from '../fieldError.ts';
import { path } from '../fieldPath.ts';
import type { ApiRequest, ApiResponse } from '../request.ts';

/** How objects are to be shown. */
export type Shape =
  | { readonly kind: 'object' }
  /** Rows and columns; each row has its object, its metadata, or neither. */
  | { readonly kind: 'table'; readonly include: 'Object' | 'Metadata' | 'None' }
  | { readonly kind: 'metadata' };

/** The form of an answer. */
interface Form {
  readonly shape: Shape;
  readonly encoding: 'json' | 'yaml';
}

const MEDIA_TYPES: Readonly<Record<string, Form['encoding']>> = {
  'application/json': 'json',
  'application/yaml': 'yaml',
  'application/*': 'json',
  '*/*': 'json',
};
const INCLUDES = ['Object', 'Metadata', 'None'] as const;

/** What can be said before anybody looks at an object. */
export function checkAccept(request: ApiRequest): ApiError | undefined {
  const form = formOf(request);
  return form.ok ? undefined : form.error;
}

/** The form that the client wants; of a request that {@link checkAccept} has let through. */
export function shapeOf(request: ApiRequest): Shape {
  const form = formOf(request);
  return form.ok ? form.value.shape : { kind: 'object' };
}

/** The answer in the encoding that the client wants. */
export function encoded(request: ApiRequest, response: ApiResponse): ApiResponse {
  const form = formOf(request);
  if (!form.ok || form.value.encoding === 'json' || response.watch !== undefined) return response;
  const body = stringify(response.body, { sortMapEntries: true, indentSeq: false, lineWidth: 0 });
  return { ...response, headers: { ...response.headers, 'content-type': 'application/yaml' }, body };
}

function formOf(request: ApiRequest): Result<Form, ApiError> {
  const accept = request.headers?.accept ?? '';
  if (accept === '') return success({ shape: { kind: 'object' }, encoding: 'json' });
  for (const [type = '', ...parameters] of clausesOf(accept)) {
    const encoding = Object.hasOwn(MEDIA_TYPES, type) ? MEDIA_TYPES[type] : undefined;
    if (encoding === undefined) continue;
    const shape = shapeFrom(parameters, request);
    if (shape === 'unknown') continue;
    return shape.ok ? success({ shape: shape.value, encoding }) : shape;
  }
  return failure(notAcceptable(['application/json', 'application/yaml']));
}

/** The clauses, the most wanted first. */
function clausesOf(accept: string): readonly (readonly string[])[] {
  const clauses = accept.split(',').map(clause => clause.split(';').map(part => part.trim()));
  if (!accept.includes('q=')) return clauses;
  const weight = (clause: readonly string[]) => Number(clause.find(part => part.startsWith('q='))?.slice(2) ?? 1);
  return [...clauses].sort((a, b) => weight(b) - weight(a));
}

function shapeFrom(parameters: readonly string[], request: ApiRequest): Result<Shape, ApiError> | 'unknown' {
  const as = parameters.find(parameter => parameter.startsWith('as='))?.slice(3);
  if (as === undefined) return success({ kind: 'object' });
  if (!parameters.includes('g=meta.k8s.io')) return 'unknown';
  if (as === 'PartialObjectMetadata' || as === 'PartialObjectMetadataList') return success({ kind: 'metadata' });
  if (as !== 'Table') return 'unknown';
  const wanted = request.query?.includeObject || 'Metadata';
  const include = INCLUDES.find(known => known === wanted);
  if (include !== undefined) return success({ kind: 'table', include });
  const why = formatFieldError(
    invalid(path('includeObject'), wanted, "must be 'Metadata', 'Object', 'None', or empty"),
  );
  return failure(badRequest(`Unable to convert to Table as requested: ${why}`));
}
