// Nodes: taints, the range of their Pods, and what may change.
//
// Read:    kubernetes pkg/apis/core/validation/validation.go, `ValidateNode`, `ValidateNodeUpdate`.

import type { Draft } from '../draft.ts';
import { duplicate, type FieldError, forbidden, invalid, required } from '../fieldError.ts';
import { child, path, printedAs } from '../fieldPath.ts';
import { asJson } from '../json.ts';
import type { Node } from '../kinds/node.ts';
import { listAt, objectAt, peek } from '../peek.ts';
import { labelValue, validateCidr } from './formats.ts';
import { validateLabelName } from './objectMeta.ts';
import { validateQuantity } from './pod/resources.ts';
import { validateEffect } from './pod/scheduling.ts';

const SPEC = path('spec');

export function validateNode(node: Draft<Node>): FieldError[] {
  const annotations = node.metadata?.annotations ?? {};
  return [
    ...validateAvoidance(annotations[AVOID_PODS] ?? ''),
    ...validateTaints(node),
    ...validateAmounts(node),
    ...validateRanges(rangesOf(node)),
  ];
}

/** The older field has the first of the ranges. */
function rangesOf(node: Draft<Node>): readonly string[] {
  const { podCIDR = '', podCIDRs = [] } = node.spec ?? {};
  return podCIDR === '' || podCIDR === podCIDRs[0] ? podCIDRs : [podCIDR];
}

/** One of each family at most. */
function validateRanges(ranges: readonly string[]): FieldError[] {
  const at = child(SPEC, 'podCIDRs');
  const errors = ranges.flatMap((range, i) => validateCidr(child(at, i), range));
  if (ranges.length < 2) return errors;
  const families = new Set(ranges.map(range => range.includes(':')));
  return families.size === 2 && ranges.length === 2
    ? errors
    : [...errors, invalid(at, asJson(ranges), 'may specify no more than one CIDR for each IP family')];
}

function validateAmounts({ status = {} }: Draft<Node>): FieldError[] {
  return (['capacity', 'allocatable'] as const).flatMap(field =>
    Object.entries(status[field] ?? {}).flatMap(([name, quantity = '']) =>
      validateQuantity(name, quantity, path('status', field, name)),
    ),
  );
}

const AVOID_PODS = 'scheduler.alpha.kubernetes.io/preferAvoidPods';

/** Pods of which controllers are not wanted, as JSON. The paths are upstream's. */
function validateAvoidance(text: string): FieldError[] {
  const place = path('metadata', 'annotations');
  if (text === '') return [];
  try {
    return listAt(JSON.parse(text), 'preferAvoidPods').flatMap((avoided, i) => {
      const at = child(place, AVOID_PODS, i, 'PodSignature');
      if (objectAt(avoided, 'podSignature', 'podController') === undefined) return [required(at)];
      const controller = peek(avoided, 'podSignature', 'podController', 'controller') ?? false;
      if (controller === true) return [];
      return [invalid(child(at, 'PodController', 'Controller'), controller, 'must point to a controller')];
    });
  } catch (error) {
    if (error instanceof SyntaxError) return [invalid(child(place, 'AvoidPods'), AVOID_PODS, 'invalid JSON')];
    throw error;
  }
}

/** Upstream prints these paths as if taints were metadata. */
function validateTaints(node: Draft<Node>): FieldError[] {
  const seen = new Set<string>();
  return (node.spec?.taints ?? []).flatMap((taint, i) => {
    const at = printedAs(`metadata.taints[${i}]`, child(SPEC, 'taints', i));
    const { key = '', value = '', effect = '' } = taint;
    const errors = validateLabelName(child(at, 'key'), key);
    const complaints = labelValue(value);
    if (complaints.length > 0) errors.push(invalid(child(at, 'value'), value, complaints.join(';')));
    errors.push(...validateEffect(effect, child(at, 'effect')));
    if (seen.has(`${key} ${effect}`))
      errors.push(duplicate(at, asJson(taint), 'taints must be unique by key and effect pair'));
    seen.add(`${key} ${effect}`);
    return errors;
  });
}

export function validateNodeUpdate(node: Draft<Node>, old: Node): FieldError[] {
  const errors: FieldError[] = [];
  const addresses = new Set<string>();
  for (const [i, address] of (node.status?.addresses ?? []).entries()) {
    const text = `${address.type} ${address.address}`;
    if (addresses.has(text)) errors.push(duplicate(path('status', 'addresses', i), asJson(address)));
    addresses.add(text);
  }
  const [ranges, before] = [rangesOf(node), rangesOf(old)];
  if (before.length > 0 && (before.length !== ranges.length || before.some((range, i) => range !== ranges[i]))) {
    const detail = 'node updates may not change podCIDR except from "" to valid';
    errors.push(forbidden(child(SPEC, 'podCIDRs'), detail));
  }
  if (old.spec.providerID && old.spec.providerID !== node.spec?.providerID) {
    const detail = 'node updates may not change providerID except from "" to valid';
    errors.push(forbidden(child(SPEC, 'providerID'), detail));
  }
  return errors;
}
