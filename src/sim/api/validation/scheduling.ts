// Where a Pod may run: node affinity, tolerations, spread, gates.
//
// Omits:   affinity between Pods.
// Read:    kubernetes pkg/apis/core/validation/validation.go, `validateAffinity`, `ValidateTolerations`,
//          `validateTopologySpreadConstraints`.

import type { Draft } from '../draft.ts';
import { duplicate, type FieldError, forbidden, invalid, notSupported, required } from '../fieldError.ts';
import { child, type FieldPath } from '../fieldPath.ts';
import { asJson } from '../json.ts';
import type {
  Affinity,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  Toleration,
  TopologySpreadConstraint,
} from '../kinds/podSpec.ts';
import { labelValue } from './formats.ts';
import { validateSelector } from './labelSelector.ts';
import { validateLabelName } from './objectMeta.ts';

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] as const;

export function validateAffinity(affinity: Draft<Affinity> | undefined, place: FieldPath): FieldError[] {
  const at = child(place, 'nodeAffinity');
  const errors: FieldError[] = [];
  const needed = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  if (needed !== undefined) {
    const terms = child(at, 'requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms');
    if ((needed.nodeSelectorTerms ?? []).length === 0)
      errors.push(required(terms, 'must have at least one node selector term'));
    for (const [i, term] of (needed.nodeSelectorTerms ?? []).entries())
      errors.push(...validateTerm(term ?? {}, child(terms, i)));
  }
  const wanted = affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  for (const [i, preferred] of wanted.entries()) {
    const item = child(at, 'preferredDuringSchedulingIgnoredDuringExecution', i);
    const weight = preferred.weight ?? 0;
    if (weight <= 0 || weight > 100) errors.push(invalid(child(item, 'weight'), weight, 'must be in the range 1-100'));
    errors.push(...validateTerm(preferred.preference ?? {}, child(item, 'preference')));
  }
  return errors;
}

function validateTerm(term: Draft<NodeSelectorTerm>, place: FieldPath): FieldError[] {
  return (term.matchExpressions ?? []).flatMap((requirement, i) =>
    validateRequirement(requirement ?? {}, child(place, 'matchExpressions', i)),
  );
}

function validateRequirement(requirement: Draft<NodeSelectorRequirement>, place: FieldPath): FieldError[] {
  const { key = '', operator = '', values = [] } = requirement;
  const errors: FieldError[] = [];
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0)
      errors.push(required(child(place, 'values'), "must be specified when `operator` is 'In' or 'NotIn'"));
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (values.length > 0)
      errors.push(
        forbidden(child(place, 'values'), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"),
      );
  } else if (operator === 'Gt' || operator === 'Lt') {
    if (values.length !== 1)
      errors.push(required(child(place, 'values'), "must be specified single value when `operator` is 'Lt' or 'Gt'"));
  } else errors.push(invalid(child(place, 'operator'), operator, 'not a valid selector operator'));
  return [...errors, ...validateLabelName(child(place, 'key'), key)];
}

export function validateTolerations(tolerations: readonly Draft<Toleration>[], place: FieldPath): FieldError[] {
  return tolerations.flatMap((toleration, i) => validateToleration(toleration ?? {}, child(place, i)));
}

function validateToleration(toleration: Draft<Toleration>, place: FieldPath): FieldError[] {
  const { key = '', operator = '', value = '', effect = '', tolerationSeconds } = toleration;
  const errors: FieldError[] = [];
  if (key !== '') errors.push(...validateLabelName(child(place, 'key'), key));
  else if (operator !== 'Exists') {
    const detail = 'operator must be Exists when `key` is empty, which means "match all values and all keys"';
    errors.push(invalid(child(place, 'operator'), operator, detail));
  }
  if (tolerationSeconds !== undefined && effect !== 'NoExecute')
    errors.push(invalid(child(place, 'effect'), effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"));
  if (operator === 'Equal' || operator === '') {
    const complaints = labelValue(value);
    if (complaints.length > 0) errors.push(invalid(child(place, 'operator'), value, complaints.join(';')));
  } else if (operator === 'Exists') {
    if (value !== '')
      errors.push(
        invalid(child(place, 'operator'), asJson(toleration), "value must be empty when `operator` is 'Exists'"),
      );
  } else errors.push(notSupported(child(place, 'operator'), operator, ['Equal', 'Exists']));
  if (effect !== '') errors.push(...validateEffect(effect, child(place, 'effect')));
  return errors;
}

/** Of taints and tolerations. */
export function validateEffect(effect: string, place: FieldPath): FieldError[] {
  if (effect === '') return [required(place)];
  return EFFECTS.some(known => known === effect) ? [] : [notSupported(place, effect, EFFECTS)];
}

export function validateSpread(
  constraints: readonly Draft<TopologySpreadConstraint>[],
  place: FieldPath,
): FieldError[] {
  const seen = new Set<string>();
  return constraints.flatMap((constraint, i) => {
    const at = child(place, i);
    const { maxSkew = 0, topologyKey = '', whenUnsatisfiable = '', labelSelector } = constraint;
    const errors: FieldError[] = [];
    if (maxSkew <= 0) errors.push(invalid(child(at, 'maxSkew'), maxSkew, 'must be greater than zero'));
    if (topologyKey === '') errors.push(required(child(at, 'topologyKey'), 'can not be empty'));
    if (whenUnsatisfiable !== 'DoNotSchedule' && whenUnsatisfiable !== 'ScheduleAnyway') {
      const supported = ['DoNotSchedule', 'ScheduleAnyway'];
      errors.push(notSupported(child(at, 'whenUnsatisfiable'), whenUnsatisfiable, supported));
    }
    const pair = `{${topologyKey}, ${whenUnsatisfiable}}`;
    if (seen.has(pair)) errors.push(duplicate(child(at, '{topologyKey, whenUnsatisfiable}'), pair));
    seen.add(pair);
    if (labelSelector !== undefined) errors.push(...validateSelector(labelSelector, child(at, 'labelSelector')));
    return errors;
  });
}

/** Names of scheduling gates and of the conditions behind readiness gates. */
export function validateGates(
  names: readonly (string | undefined)[],
  place: FieldPath,
  key: 'name' | 'conditionType',
): FieldError[] {
  return names.flatMap((name, i) => validateLabelName(child(place, i, key), name ?? ''));
}
