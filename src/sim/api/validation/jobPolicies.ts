// The policies of a Job: which failures count, when it has succeeded, when a Pod is replaced.
//
// Read:    kubernetes pkg/apis/batch/validation/validation.go, `validatePodFailurePolicy`, `validateSuccessPolicy`.

import type { Draft } from '../draft.ts';
import { duplicate, type FieldError, invalid, notSupported, required, tooMany } from '../fieldError.ts';
import { child, type FieldPath } from '../fieldPath.ts';
import { asJson } from '../json.ts';
import type { JobSpec, PodFailurePolicyRule, SuccessPolicyRule } from '../kinds/job.ts';
import { qualifiedName } from './formats.ts';
import { nonNegative } from './objectMeta.ts';

const ACTIONS = ['Count', 'FailIndex', 'FailJob', 'Ignore'] as const;
const OPERATORS = ['In', 'NotIn'] as const;
const STATUSES = ['False', 'True', 'Unknown'] as const;
/** Source: batch validation, `maxPodFailurePolicyRules`, `maxPodFailurePolicyOnPodConditionsPatterns`. */
const MAX_RULES = 20;
/** Source: batch validation, `maxPodFailurePolicyOnExitCodesValues`. */
const MAX_EXIT_CODES = 255;

/** Go prints a list of quoted words without commas. */
function validValues(values: readonly string[]): string {
  return `valid values: [${values.map(value => JSON.stringify(value)).join(' ')}]`;
}

function oneOf(value: string, supported: readonly string[], place: FieldPath): FieldError[] {
  if (value === '') return [required(place, validValues(supported))];
  return supported.includes(value) ? [] : [notSupported(place, value, supported)];
}

export function validateFailurePolicy(spec: Draft<JobSpec>, place: FieldPath): FieldError[] {
  const rules = spec.podFailurePolicy?.rules ?? [];
  const at = child(place, 'rules');
  const errors = rules.length > MAX_RULES ? [tooMany(at, rules.length, MAX_RULES)] : [];
  return [...errors, ...rules.flatMap((rule, i) => validateFailureRule(rule, spec, child(at, i)))];
}

function validateFailureRule(rule: Draft<PodFailurePolicyRule>, spec: Draft<JobSpec>, place: FieldPath): FieldError[] {
  const { action = '', onExitCodes, onPodConditions = [] } = rule;
  const errors: FieldError[] = [];
  if (action !== 'FailIndex') errors.push(...oneOf(action, ACTIONS, child(place, 'action')));
  else if (spec.backoffLimitPerIndex === undefined)
    errors.push(invalid(child(place, 'action'), action, 'requires the backoffLimitPerIndex to be set'));
  if (onExitCodes !== undefined) errors.push(...validateExitCodes(onExitCodes, spec, child(place, 'onExitCodes')));
  errors.push(...validateConditions(onPodConditions, child(place, 'onPodConditions')));
  const hasConditions = onPodConditions.length > 0;
  if ((onExitCodes !== undefined) === hasConditions) {
    const detail = hasConditions
      ? 'specifying both OnExitCodes and OnPodConditions is not supported'
      : 'specifying one of OnExitCodes and OnPodConditions is required';
    errors.push({ type: 'FieldValueInvalid', path: place, detail });
  }
  return errors;
}

function validateExitCodes(
  { operator = '', containerName, values = [] }: Draft<NonNullable<PodFailurePolicyRule['onExitCodes']>>,
  { template }: Draft<JobSpec>,
  place: FieldPath,
): FieldError[] {
  const errors = oneOf(operator, OPERATORS, child(place, 'operator'));
  const containers = [...(template?.spec?.containers ?? []), ...(template?.spec?.initContainers ?? [])];
  if (containerName !== undefined && !containers.some(container => container.name === containerName)) {
    const detail = 'must be one of the container or initContainer names in the pod template';
    errors.push(invalid(child(place, 'containerName'), containerName, detail));
  }
  const at = child(place, 'values');
  if (values.length === 0) errors.push(invalid(at, null, 'at least one value is required'));
  else if (values.length > MAX_EXIT_CODES) errors.push(tooMany(at, values.length, MAX_EXIT_CODES));
  const seen = new Set<number>();
  for (const [i, value] of values.entries()) {
    if (operator === 'In' && value === 0)
      errors.push(invalid(child(at, i), value, 'must not be 0 for the In operator'));
    if (seen.has(value)) errors.push(duplicate(child(at, i), value));
    seen.add(value);
  }
  const isOrdered = values.every((value, i) => (values[i - 1] ?? value) <= value);
  return isOrdered ? errors : [...errors, invalid(at, asJson(values), 'must be ordered')];
}

function validateConditions(
  patterns: Draft<NonNullable<PodFailurePolicyRule['onPodConditions']>>,
  place: FieldPath,
): FieldError[] {
  const errors = patterns.length > MAX_RULES ? [tooMany(place, patterns.length, MAX_RULES)] : [];
  return [
    ...errors,
    ...patterns.flatMap(({ type = '', status = '' }, i) => [
      ...qualifiedName(type).map(detail => invalid(child(place, i, 'type'), type, detail)),
      ...oneOf(status, STATUSES, child(place, i, 'status')),
    ]),
  ];
}

export function validateReplacementPolicy(spec: Draft<JobSpec>, place: FieldPath): FieldError[] {
  const policy = spec.podReplacementPolicy;
  if (policy === undefined) return [];
  const supported = spec.podFailurePolicy === undefined ? ['Failed', 'TerminatingOrFailed'] : ['Failed'];
  return supported.includes(policy) ? [] : [notSupported(place, policy, supported)];
}

export function validateSuccessPolicy(spec: Draft<JobSpec>, place: FieldPath): FieldError[] {
  const { successPolicy, completionMode } = spec;
  if (successPolicy === undefined) return [];
  if (completionMode !== 'Indexed') return [invalid(place, asJson(successPolicy), 'requires indexed completion mode')];
  const rules = successPolicy.rules ?? [];
  const at = child(place, 'rules');
  if (rules.length === 0)
    return [required(at, 'at least one rules must be specified when the successPolicy is specified')];
  const errors = rules.length > MAX_RULES ? [tooMany(at, rules.length, MAX_RULES)] : [];
  return [...errors, ...rules.flatMap((rule, i) => validateSuccessRule(rule, spec.completions ?? 0, child(at, i)))];
}

function validateSuccessRule(rule: Draft<SuccessPolicyRule>, completions: number, place: FieldPath): FieldError[] {
  const { succeededCount, succeededIndexes } = rule;
  const errors: FieldError[] = [];
  if (succeededCount === undefined && succeededIndexes === undefined)
    errors.push(required(place, 'at least one of succeededCount or succeededIndexes must be specified'));
  const read = succeededIndexes === undefined ? undefined : readIndexes(succeededIndexes, completions);
  if (succeededIndexes !== undefined && read?.complaint !== undefined) {
    const detail = `error parsing succeededIndexes: ${read.complaint}`;
    errors.push(invalid(child(place, 'succeededIndexes'), succeededIndexes, detail));
  }
  if (succeededCount === undefined) return errors;
  const at = child(place, 'succeededCount');
  errors.push(...nonNegative(at, succeededCount));
  const tooHigh = (limit: number, what: string) =>
    errors.push(invalid(at, succeededCount, `must be less than or equal to ${limit} (the number of ${what})`));
  if (succeededCount > completions) tooHigh(completions, 'specified completions');
  if (read !== undefined && succeededCount > read.total)
    tooHigh(read.total, 'indexes in the specified succeededIndexes field');
  return errors;
}

/** `0-2,4`: how many there are, or what is wrong. */
function readIndexes(text: string, completions: number): { readonly total: number; readonly complaint?: string } {
  if (text === '') return { total: 0 };
  let total = 0;
  let previous = -1;
  for (const part of text.split(',')) {
    const match = /^(\d+)(?:-(\d+))?$/.exec(part);
    if (match === null)
      return { total: 0, complaint: `cannot convert string to integer for index: ${JSON.stringify(part)}` };
    const first = Number(match[1]);
    const last = Number(match[2] ?? match[1]);
    for (const index of [first, last])
      if (index >= completions) return { total: 0, complaint: `too large index: ${JSON.stringify(String(index))}` };
    if (first <= previous)
      return { total: 0, complaint: `non-increasing order, previous: ${previous}, current: ${first}` };
    if (match[2] !== undefined && last <= first)
      return { total: 0, complaint: `non-increasing order, previous: ${first}, current: ${last}` };
    total += last - first + 1;
    previous = last;
  }
  return { total };
}
