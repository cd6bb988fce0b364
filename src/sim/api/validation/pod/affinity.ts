// Which nodes a Pod wants, and which other Pods near it.
//
// Read:    kubernetes pkg/apis/core/validation/validation.go, `validateAffinity`, `ValidateNodeSelectorTerm`,
//          `validatePodAffinityTerm`, `ValidateMatchLabelKeysAndMismatchLabelKeys`.

import type { Draft } from '../../draft.ts';
import { eachInvalid, type FieldError, forbidden, invalid, required } from '../../fieldError.ts';
import { child, type FieldPath } from '../../fieldPath.ts';
import type {
  Affinity,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PodAffinity,
  PodAffinityTerm,
} from '../../kinds/podSpec.ts';
import type { LabelSelector } from '../../objects.ts';
import { dnsLabel, dnsSubdomain, labelValue } from '../formats.ts';
import { validateSelector } from '../labelSelector.ts';
import { validateLabelName } from '../objectMeta.ts';

const NEEDED = 'requiredDuringSchedulingIgnoredDuringExecution';
const WANTED = 'preferredDuringSchedulingIgnoredDuringExecution';

export function validateAffinity(affinity: Draft<Affinity> | undefined, place: FieldPath): FieldError[] {
  const { nodeAffinity, podAffinity, podAntiAffinity } = affinity ?? {};
  const at = child(place, 'nodeAffinity');
  const needed = nodeAffinity?.[NEEDED];
  return [
    ...(needed === undefined ? [] : validateNodeSelector(needed.nodeSelectorTerms ?? [], child(at, NEEDED))),
    ...(nodeAffinity?.[WANTED] ?? []).flatMap(({ weight = 0, preference = {} }, i) => [
      ...validateWeight(weight, child(at, WANTED, i, 'weight')),
      ...validateTerm(preference, 'any value', child(at, WANTED, i, 'preference')),
    ]),
    ...validatePodAffinity(podAffinity, child(place, 'podAffinity')),
    ...validatePodAffinity(podAntiAffinity, child(place, 'podAntiAffinity')),
  ];
}

/** At least one term. */
export function validateNodeSelector(terms: readonly Draft<NodeSelectorTerm>[], place: FieldPath): FieldError[] {
  const at = child(place, 'nodeSelectorTerms');
  if (terms.length === 0) return [required(at, 'must have at least one node selector term')];
  return terms.flatMap((term, i) => validateTerm(term, 'label values', child(at, i)));
}

function validateWeight(weight: number, place: FieldPath): FieldError[] {
  return weight <= 0 || weight > 100 ? [invalid(place, weight, 'must be in the range 1-100')] : [];
}

/** Preferences may name values that no label can have. */
type Values = 'label values' | 'any value';

function validateTerm(term: Draft<NodeSelectorTerm>, values: Values, place: FieldPath): FieldError[] {
  return [
    ...(term.matchExpressions ?? []).flatMap((requirement, i) =>
      validateRequirement(requirement, values, child(place, 'matchExpressions', i)),
    ),
    ...(term.matchFields ?? []).flatMap((requirement, i) =>
      validateFieldRequirement(requirement, child(place, 'matchFields', i)),
    ),
  ];
}

function validateRequirement(
  { key = '', operator = '', values = [] }: Draft<NodeSelectorRequirement>,
  allowed: Values,
  place: FieldPath,
): FieldError[] {
  const at = child(place, 'values');
  return [
    ...validateOperator(operator, values.length, place),
    ...validateLabelName(child(place, 'key'), key),
    ...(allowed === 'any value'
      ? []
      : values.flatMap((value, i) => eachInvalid(child(at, i), value, labelValue(value)))),
  ];
}

function validateOperator(operator: string, count: number, place: FieldPath): FieldError[] {
  const at = child(place, 'values');
  switch (operator) {
    case 'In':
    case 'NotIn':
      return count > 0 ? [] : [required(at, "must be specified when `operator` is 'In' or 'NotIn'")];
    case 'Exists':
    case 'DoesNotExist':
      return count === 0 ? [] : [forbidden(at, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")];
    case 'Gt':
    case 'Lt':
      return count === 1 ? [] : [required(at, "must be specified single value when `operator` is 'Lt' or 'Gt'")];
    default:
      return [invalid(child(place, 'operator'), operator, 'not a valid selector operator')];
  }
}

/** The name of the node is the only field that can be asked for. */
function validateFieldRequirement(
  { key = '', operator = '', values = [] }: Draft<NodeSelectorRequirement>,
  place: FieldPath,
): FieldError[] {
  const errors: FieldError[] = [];
  if (operator !== 'In' && operator !== 'NotIn')
    errors.push(invalid(child(place, 'operator'), operator, 'not a valid selector operator'));
  else if (values.length !== 1) {
    const detail = "must be only one value when `operator` is 'In' or 'NotIn' for node field selector";
    errors.push(required(child(place, 'values'), detail));
  }
  if (key !== 'metadata.name') return [...errors, invalid(child(place, 'key'), key, 'not a valid field selector key')];
  return [
    ...errors,
    ...values.flatMap((value, i) => eachInvalid(child(place, 'values', i), value, dnsSubdomain(value))),
  ];
}

function validatePodAffinity(affinity: Draft<PodAffinity> | undefined, place: FieldPath): FieldError[] {
  return [
    ...(affinity?.[NEEDED] ?? []).flatMap((term, i) => validatePodTerm(term, child(place, NEEDED, i))),
    ...(affinity?.[WANTED] ?? []).flatMap(({ weight = 0, podAffinityTerm = {} }, i) => [
      ...validateWeight(weight, child(place, WANTED, i, 'weight')),
      ...validatePodTerm(podAffinityTerm, child(place, WANTED, i, 'podAffinityTerm')),
    ]),
  ];
}

function validatePodTerm(term: Draft<PodAffinityTerm>, place: FieldPath): FieldError[] {
  const { labelSelector, namespaceSelector, namespaces = [], topologyKey = '' } = term;
  const at = child(place, 'topologyKey');
  return [
    ...(labelSelector === undefined ? [] : validateSelector(labelSelector, child(place, 'labelSelector'))),
    ...(namespaceSelector === undefined ? [] : validateSelector(namespaceSelector, child(place, 'namespaceSelector'))),
    ...namespaces.flatMap(name => eachInvalid(child(place, 'namespace'), name, dnsLabel(name))),
    ...validateLabelKeys(term.matchLabelKeys, term.mismatchLabelKeys, labelSelector, place),
    ...(topologyKey === '' ? [required(at, 'can not be empty')] : []),
    ...validateLabelName(at, topologyKey),
  ];
}

type Keys = readonly string[] | undefined;

/** Keys whose values are taken from the Pod itself: by now the selector of a Pod has them too, but once. */
export function validateLabelKeys(
  match: Keys = [],
  mismatch: Keys = [],
  selector: Draft<LabelSelector> | undefined,
  place: FieldPath,
): FieldError[] {
  const named = (keys: readonly string[], field: string) => {
    if (keys.length === 0) return [];
    const at = child(place, field);
    if (selector === undefined) return [forbidden(at, 'must not be specified when labelSelector is not set')];
    return keys.flatMap((key, i) => validateLabelName(child(at, i), key));
  };
  const errors = [...named(match, 'matchLabelKeys'), ...named(mismatch, 'mismatchLabelKeys')];
  const selected = new Set(Object.keys(selector?.matchLabels ?? {}));
  for (const { key = '' } of selector?.matchExpressions ?? []) {
    const i = match.lastIndexOf(key);
    if (i >= 0 && selected.has(key))
      errors.push(invalid(child(place, i), key, 'exists in both matchLabelKeys and labelSelector'));
    selected.add(key);
  }
  for (const [i, key] of match.entries())
    if (mismatch.includes(key)) {
      const detail = 'exists in both matchLabelKeys and mismatchLabelKeys';
      errors.push(invalid(child(place, 'matchLabelKeys', i), key, detail));
    }
  return errors;
}
