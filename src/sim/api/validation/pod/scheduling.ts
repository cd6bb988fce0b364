// When and where a Pod may run: tolerations, spread, gates.
//
// Read:    kubernetes pkg/apis/core/validation/validation.go, `ValidateTolerations`, `validateTopologySpreadConstraints`,
//          `validateSchedulingGates`, `validateReadinessGates`.

import type { Draft } from '../../draft.ts';
import { duplicate, type FieldError, invalid, notSupported, required } from '../../fieldError.ts';
import { child, type FieldPath } from '../../fieldPath.ts';
import type { Toleration, TopologySpreadConstraint } from '../../kinds/podSpec.ts';
import { labelValue } from '../formats.ts';
import { validateSelector } from '../labelSelector.ts';
import { validateLabelName } from '../objectMeta.ts';
import { validateLabelKeys } from './affinity.ts';

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] as const;

export function validateTolerations(tolerations: readonly Draft<Toleration>[], place: FieldPath): FieldError[] {
  return tolerations.flatMap((toleration, i) => validateToleration(toleration, child(place, i)));
}

function validateToleration(toleration: Draft<Toleration>, place: FieldPath): FieldError[] {
  const { key = '', operator = '', value = '', effect = '', tolerationSeconds } = toleration;
  const at = child(place, 'operator');
  const errors: FieldError[] = [];
  if (key !== '') errors.push(...validateLabelName(child(place, 'key'), key));
  else if (operator !== 'Exists') {
    const detail = 'operator must be Exists when `key` is empty, which means "match all values and all keys"';
    errors.push(invalid(at, operator, detail));
  }
  if (tolerationSeconds !== undefined && effect !== 'NoExecute')
    errors.push(invalid(child(place, 'effect'), effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"));
  if (operator === 'Equal' || operator === '') {
    const complaints = labelValue(value);
    if (complaints.length > 0) errors.push(invalid(at, value, complaints.join(';')));
  } else if (operator === 'Exists') {
    if (value !== '') errors.push(invalid(at, value, "value must be empty when `operator` is 'Exists'"));
  } else errors.push(notSupported(at, operator, ['Equal', 'Exists']));
  if (effect !== '') errors.push(...validateEffect(effect, child(place, 'effect')));
  return errors;
}

/** Of taints and tolerations. */
export function validateEffect(effect: string, place: FieldPath): FieldError[] {
  if (effect === '') return [required(place)];
  return EFFECTS.some(known => known === effect) ? [] : [notSupported(place, effect, EFFECTS)];
}

const ACTIONS = ['DoNotSchedule', 'ScheduleAnyway'] as const;
const INCLUSIONS = ['Honor', 'Ignore'] as const;
const POSITIVE = 'must be greater than 0';

export function validateSpread(
  constraints: readonly Draft<TopologySpreadConstraint>[],
  place: FieldPath,
): FieldError[] {
  return constraints.flatMap((constraint, i) => {
    const at = child(place, i);
    const { maxSkew = 0, topologyKey = '', whenUnsatisfiable: action = '', labelSelector, minDomains } = constraint;
    const errors: FieldError[] = [];
    if (maxSkew <= 0) errors.push(invalid(child(at, 'maxSkew'), maxSkew, POSITIVE));
    if (topologyKey === '') errors.push(required(child(at, 'topologyKey'), 'can not be empty'));
    if (!ACTIONS.some(known => known === action))
      errors.push(notSupported(child(at, 'whenUnsatisfiable'), action, ACTIONS));
    const isRepeated = constraints
      .slice(i + 1)
      .some(other => (other.topologyKey ?? '') === topologyKey && (other.whenUnsatisfiable ?? '') === action);
    if (isRepeated)
      errors.push(duplicate(child(at, '{topologyKey, whenUnsatisfiable}'), `{${topologyKey}, ${action}}`));
    if (minDomains !== undefined) {
      const domains = child(at, 'minDomains');
      if (minDomains <= 0) errors.push(invalid(domains, minDomains, POSITIVE));
      if (action !== 'DoNotSchedule') {
        const detail = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${action}`;
        errors.push(invalid(domains, minDomains, detail));
      }
    }
    for (const field of ['nodeAffinityPolicy', 'nodeTaintsPolicy'] as const) {
      const policy = constraint[field];
      if (policy !== undefined && !INCLUSIONS.some(known => known === policy))
        errors.push(notSupported(child(at, field), policy, INCLUSIONS));
    }
    errors.push(...validateLabelKeys(constraint.matchLabelKeys, [], labelSelector, at));
    if (labelSelector !== undefined) errors.push(...validateSelector(labelSelector, child(at, 'labelSelector')));
    return errors;
  });
}

/** A Pod waits as long as it has gates. */
export function validateGates(gates: readonly Draft<{ readonly name: string }>[], place: FieldPath): FieldError[] {
  const seen = new Set<string>();
  return gates.flatMap(({ name = '' }, i) => {
    const at = child(place, i);
    const errors = validateLabelName(at, name);
    if (seen.has(name)) errors.push(duplicate(at, name));
    seen.add(name);
    return errors;
  });
}
