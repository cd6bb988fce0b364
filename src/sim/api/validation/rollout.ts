// How many Pods may be missing, or too many, while a workload is replaced: a count or a share.
//
// Read:    kubernetes pkg/apis/apps/validation/validation.go, `ValidatePositiveIntOrPercent`, `IsNotMoreThan100Percent`.

import { eachInvalid, type FieldError, invalid } from '../fieldError.ts';
import type { FieldPath } from '../fieldPath.ts';
import { percent } from './formats.ts';
import { nonNegative } from './objectMeta.ts';

/** `25%` as 25, 3 as 3; text that is no share as 0, which is what upstream makes of it. */
export function amountOf(value: number | string): number {
  return typeof value === 'number' ? value : percent(value).length === 0 ? Number.parseInt(value, 10) : 0;
}

export function validateCountOrShare(value: number | string, place: FieldPath): FieldError[] {
  return typeof value === 'number' ? nonNegative(place, value) : eachInvalid(place, value, percent(value));
}

export function validateNotAboveAll(value: number | string, place: FieldPath): FieldError[] {
  return typeof value === 'string' && amountOf(value) > 100
    ? [invalid(place, value, 'must not be greater than 100%')]
    : [];
}
