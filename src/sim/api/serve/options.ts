// What the query of a request says about how it is done.
//
// Read:    k8s.io/apimachinery pkg/apis/meta/v1/types.go (`CreateOptions`, `PatchOptions`), .../validation/validation.go.

import { failure, type Result, success } from '../../runtime/errors.ts';
import { invalidObject } from '../apiError.ts';
import type { ApiError } from '../client.ts';
import { type FieldError, forbidden, invalid, notSupported, required, tooLong } from '../fieldError.ts';
import { path } from '../fieldPath.ts';
import type { ApiRequest } from '../request.ts';
import type { WriteOptions } from '../world.ts';
import { APPLY_PATCH, contentType } from './body.ts';
import type { FieldValidation } from './decodeBody.ts';

export const META_GROUP = 'meta.k8s.io';

export interface WriteQuery extends WriteOptions {
  readonly validation: FieldValidation;
}

/** dryRun, fieldValidation and fieldManager; the actor is the user agent. */
export function readWriteQuery(
  request: ApiRequest,
  kind: 'CreateOptions' | 'UpdateOptions' | 'PatchOptions' | 'DeleteOptions',
): Result<WriteQuery, ApiError> {
  const { dryRun = '', fieldValidation = '', fieldManager = '', force } = request.query ?? {};
  const actor = (request.headers?.['user-agent'] ?? 'unknown').split('/')[0] || 'unknown';
  const isApply = kind === 'PatchOptions' && contentType(request) === APPLY_PATCH;
  const validation = FIELD_VALIDATIONS.find(known => known === (fieldValidation || 'Warn'));
  const errors = [
    ...(isApply && fieldManager === '' ? [required(path('fieldManager'), 'is required for apply patch')] : []),
    ...(kind === 'PatchOptions' && !isApply && force !== undefined
      ? [forbidden(path('force'), 'may not be specified for non-apply patch')]
      : []),
    ...checkManager(fieldManager),
    ...(dryRun !== '' && dryRun !== 'All' ? [notSupported(path('dryRun'), [dryRun], ['All'])] : []),
    ...(validation === undefined
      ? [notSupported(path('fieldValidation'), fieldValidation, ['', 'Ignore', 'Strict', 'Warn'])]
      : []),
  ];
  if (errors.length > 0 || validation === undefined) return failure(invalidObject(kind, META_GROUP, '', errors));
  return success({
    actor,
    mode: dryRun === 'All' ? 'dry-run' : 'store',
    validation,
    ...(fieldManager !== '' && { manager: fieldManager }),
  });
}

const FIELD_VALIDATIONS = ['Strict', 'Warn', 'Ignore'] as const;
/** Characters. Source: metav1 validation, `FieldManagerMaxLength`. */
const MANAGER_LENGTH = 128;

function checkManager(manager: string): readonly FieldError[] {
  const errors = manager.length > MANAGER_LENGTH ? [tooLong(path('fieldManager'), MANAGER_LENGTH)] : [];
  for (const [i, character] of [...manager].entries()) {
    if (/[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(character)) continue;
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    errors.push(invalid(path('fieldManager'), manager, `invalid character U+${code} (at position ${i})`));
  }
  return errors;
}
