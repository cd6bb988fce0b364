// Label selectors: keys, values and operators.
//
// Read:    k8s.io/apimachinery pkg/apis/meta/v1/validation/validation.go.

import type { Draft } from '../draft.ts';
import { eachInvalid, type FieldError, forbidden, invalid, required } from '../fieldError.ts';
import { child, type FieldPath } from '../fieldPath.ts';
import type { LabelSelector } from '../objects.ts';
import { labelValue } from './formats.ts';
import { validateLabelName, validateLabels } from './objectMeta.ts';

export function validateSelector(selector: Draft<LabelSelector>, place: FieldPath): FieldError[] {
  const errors = validateLabels(child(place, 'matchLabels'), selector.matchLabels);
  for (const [i, expression] of (selector.matchExpressions ?? []).entries()) {
    const at = child(place, 'matchExpressions', i);
    const { key = '', operator, values = [] } = expression;
    if (operator === 'In' || operator === 'NotIn') {
      if (values.length === 0)
        errors.push(required(child(at, 'values'), "must be specified when `operator` is 'In' or 'NotIn'"));
    } else if (operator === 'Exists' || operator === 'DoesNotExist') {
      if (values.length > 0)
        errors.push(
          forbidden(child(at, 'values'), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"),
        );
    } else errors.push(invalid(child(at, 'operator'), operator ?? '', 'not a valid selector operator'));
    errors.push(...validateLabelName(child(at, 'key'), key));
    for (const [j, value] of values.entries())
      errors.push(...eachInvalid(child(at, 'values', j), value, labelValue(value)));
  }
  return errors;
}
