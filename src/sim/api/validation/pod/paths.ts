// Paths of files that a Pod names.
//
// Read:    kubernetes pkg/apis/core/validation/validation.go, `validateLocalDescendingPath`, `ValidateLocalNonReservedPath`.

import { type FieldError, invalid } from '../../fieldError.ts';
import type { FieldPath } from '../../fieldPath.ts';

/** Never climbs: no element of the path is `..`. */
export function validateNoBacksteps(place: FieldPath, text: string): FieldError[] {
  return text.split('/').includes('..') ? [invalid(place, text, "must not contain '..'")] : [];
}

/** A path below a directory: not absolute, and not climbing out of it. */
export function validateLocalPath(place: FieldPath, text: string): FieldError[] {
  const errors = text.startsWith('/') ? [invalid(place, text, 'must be a relative path')] : [];
  return [...errors, ...validateNoBacksteps(place, text)];
}

/** A file in a volume that the kubelet writes: names that begin with two dots are its own. */
export function validateVolumeFile(place: FieldPath, text: string): FieldError[] {
  const errors = validateLocalPath(place, text);
  if (text.startsWith('..') && !text.startsWith('../')) errors.push(invalid(place, text, "must not start with '..'"));
  return errors;
}

/** Permissions of a file: at most 0777 in octal. */
export function validateMode(place: FieldPath, mode: number | undefined): FieldError[] {
  return mode === undefined || (mode >= 0 && mode <= 0o777)
    ? []
    : [invalid(place, mode, 'must be a number between 0 and 0777 (octal), both inclusive')];
}
