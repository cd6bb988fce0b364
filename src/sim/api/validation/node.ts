// Nodes: taints, the range of their Pods, and what may change.
//
// Read:    kubernetes pkg/apis/core/validation/validation.go, `ValidateNode`, `ValidateNodeUpdate`.

import type { Draft } from '../draft.ts';
import { duplicate, type FieldError, forbidden, invalid } from '../fieldError.ts';
import { child, path, printedAs } from '../fieldPath.ts';
import { asJson } from '../json.ts';
import type { Node } from '../kinds/node.ts';
import { labelValue, validateCidr } from './formats.ts';
import { validateLabelName } from './objectMeta.ts';
import { validateEffect } from './pod/scheduling.ts';

const SPEC = path('spec');

export function validateNode(node: Draft<Node>): FieldError[] {
  const { podCIDR, podCIDRs = [] } = node.spec ?? {};
  const errors = validateTaints(node);
  for (const [i, range] of podCIDRs.entries()) errors.push(...validateCidr(child(SPEC, 'podCIDRs', i), range));
  if (podCIDRs.length === 0 && podCIDR !== undefined && podCIDR !== '')
    errors.push(...validateCidr(child(SPEC, 'podCIDR'), podCIDR));
  return errors;
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
    const text = `${address?.type} ${address?.address}`;
    if (addresses.has(text)) errors.push(duplicate(path('status', 'addresses', i), asJson(address)));
    addresses.add(text);
  }
  if (old.spec.podCIDR && old.spec.podCIDR !== node.spec?.podCIDR) {
    const detail = 'node updates may not change podCIDR except from "" to valid';
    errors.push(forbidden(child(SPEC, 'podCIDRs'), detail));
  }
  if (old.spec.providerID && old.spec.providerID !== node.spec?.providerID) {
    const detail = 'node updates may not change providerID except from "" to valid';
    errors.push(forbidden(child(SPEC, 'providerID'), detail));
  }
  return errors;
}
