// What is wrong with a field, in the API server's words.
//
// Read:    k8s.io/apimachinery pkg/util/validation/field/errors.go.

import type { FieldPath } from './fieldPath.ts';
import type { Json } from './request.ts';

/**
 * - `FieldValueRequired`: nothing is there.
 * - `FieldValueInvalid`: malformed or out of bounds.
 * - `FieldValueNotFound`: names something that is not there.
 * - `FieldValueNotSupported`: none of the values that exist.
 * - `FieldValueDuplicate`: must be unique and is not.
 * - `FieldValueForbidden`: not allowed under these conditions.
 * - `FieldValueTooLong`: more characters or bytes than allowed.
 * - `FieldValueTooShort`: fewer characters than allowed.
 * - `FieldValueTooMany`: more items than allowed.
 * - `FieldValueTooFew`: fewer items than allowed.
 * - `FieldValueTypeInvalid`: not of the field's type.
 * - `InternalError`: the server could not tell.
 */
export type FieldErrorType =
  | 'FieldValueRequired'
  | 'FieldValueInvalid'
  | 'FieldValueNotFound'
  | 'FieldValueNotSupported'
  | 'FieldValueDuplicate'
  | 'FieldValueForbidden'
  | 'FieldValueTooLong'
  | 'FieldValueTooShort'
  | 'FieldValueTooMany'
  | 'FieldValueTooFew'
  | 'FieldValueTypeInvalid'
  | 'InternalError';

const TYPE_TEXT: Readonly<Record<FieldErrorType, string>> = {
  FieldValueRequired: 'Required value',
  FieldValueInvalid: 'Invalid value',
  FieldValueNotFound: 'Not found',
  FieldValueNotSupported: 'Unsupported value',
  FieldValueDuplicate: 'Duplicate value',
  FieldValueForbidden: 'Forbidden',
  FieldValueTooLong: 'Too long',
  FieldValueTooShort: 'Too short',
  FieldValueTooMany: 'Too many',
  FieldValueTooFew: 'Too few',
  FieldValueTypeInvalid: 'Invalid value',
  InternalError: 'Internal error',
};

/** Types whose message leaves the value out. */
const WITHOUT_VALUE: ReadonlySet<FieldErrorType> = new Set([
  'FieldValueRequired',
  'FieldValueForbidden',
  'FieldValueTooLong',
  'FieldValueTooShort',
  'InternalError',
]);

/** `Required value`: how a type of error begins its message. */
export function typeText(type: FieldErrorType): string {
  return TYPE_TEXT[type];
}

export interface FieldError {
  readonly type: FieldErrorType;
  readonly path: FieldPath;
  /** What stands there. Absent where the message does not show it. */
  readonly badValue?: Json;
  readonly detail: string;
}

export function required(path: FieldPath, detail = ''): FieldError {
  return { type: 'FieldValueRequired', path, detail };
}

export function invalid(path: FieldPath, badValue: Json | undefined, detail: string): FieldError {
  return { type: 'FieldValueInvalid', path, badValue: badValue ?? null, detail };
}

/** What the value names does not exist. */
export function fieldNotFound(path: FieldPath, badValue: Json): FieldError {
  return { type: 'FieldValueNotFound', path, badValue, detail: '' };
}

/** One error a message: several rules may be broken at once. */
export function eachInvalid(path: FieldPath, badValue: Json | undefined, details: readonly string[]): FieldError[] {
  return details.map(detail => invalid(path, badValue, detail));
}

/** `supported` in the order in which they are printed: the API server sorts them. */
export function notSupported(path: FieldPath, badValue: Json | undefined, supported: readonly string[]): FieldError {
  const detail =
    supported.length === 0 ? '' : `supported values: ${supported.map(value => JSON.stringify(value)).join(', ')}`;
  return { type: 'FieldValueNotSupported', path, badValue: badValue ?? null, detail };
}

export function duplicate(path: FieldPath, badValue: Json, detail = ''): FieldError {
  return { type: 'FieldValueDuplicate', path, badValue, detail };
}

export function forbidden(path: FieldPath, detail: string): FieldError {
  return { type: 'FieldValueForbidden', path, detail };
}

/** @param limit bytes */
export function tooLong(path: FieldPath, limit: number): FieldError {
  return {
    type: 'FieldValueTooLong',
    path,
    detail: `may not be more than ${limit} ${limit === 1 ? 'byte' : 'bytes'}`,
  };
}

export function tooMany(path: FieldPath, actual: number, limit: number): FieldError {
  return {
    type: 'FieldValueTooMany',
    path,
    badValue: actual,
    detail: `must have at most ${limit} ${limit === 1 ? 'item' : 'items'}`,
  };
}

/** `spec.ports[0].port: Invalid value: 70000: must be between 1 and 65535, inclusive` */
export function formatFieldError(error: FieldError): string {
  return `${error.path.text}: ${fieldErrorBody(error)}`;
}

/** The message without the path, as in `details.causes[].message`. */
export function fieldErrorBody(error: FieldError): string {
  const showsValue = !WITHOUT_VALUE.has(error.type) && error.badValue !== undefined;
  const head = showsValue ? `${TYPE_TEXT[error.type]}: ${goValue(error.badValue ?? null)}` : TYPE_TEXT[error.type];
  return error.detail === '' ? head : `${head}: ${error.detail}`;
}

/** A value as Go's encoding/json prints it, `<`, `>`, `&` escaped; text is only quoted. Maps come in with sorted keys. */
function goValue(value: Json): string {
  if (typeof value === 'string') return JSON.stringify(value);
  return JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026');
}

/** Several as one text: one as it is, more in brackets, each once. Source: apimachinery util/errors, `Aggregate`. */
export function joinFieldErrors(errors: readonly FieldError[]): string {
  const texts = [...new Set(errors.map(formatFieldError))];
  return texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`;
}
