// Requests and limits of containers.
//
// Read:    kubernetes pkg/apis/core/validation/validation.go, `ValidateContainerResourceRequirements`.

import type { Draft } from '../draft.ts';
import { eachInvalid, type FieldError, invalid, required } from '../fieldError.ts';
import { child, entry, type FieldPath } from '../fieldPath.ts';
import type { ResourceRequirements } from '../kinds/podSpec.ts';
import { quantityValue } from '../quantity.ts';
import { qualifiedName } from './formats.ts';

const CONTAINER_RESOURCES: ReadonlySet<string> = new Set(['cpu', 'memory', 'ephemeral-storage']);

/** Names without a domain that other objects (quotas, nodes) have. */
const STANDARD_RESOURCES: ReadonlySet<string> = new Set([
  ...CONTAINER_RESOURCES,
  'requests.cpu',
  'requests.memory',
  'limits.cpu',
  'limits.memory',
  'pods',
  'services',
  'storage',
]);

export function validateResources(resources: Draft<ResourceRequirements>, place: FieldPath): FieldError[] {
  const errors: FieldError[] = [];
  const { limits = {}, requests = {} } = resources;
  for (const [name, quantity = ''] of Object.entries(limits)) {
    const at = entry(child(place, 'limits'), name);
    errors.push(...validateResourceName(name, at), ...validateQuantity(name, quantity, at));
  }
  for (const [name, quantity = ''] of Object.entries(requests)) {
    const at = entry(child(place, 'requests'), name);
    errors.push(...validateResourceName(name, at), ...validateQuantity(name, quantity, at));
    const limit = limits[name];
    if (limit === undefined) {
      if (isExtended(name))
        errors.push(required(child(place, 'limits'), 'Limit must be set for non overcommitable resources'));
      continue;
    }
    const asked = quantityValue(quantity);
    const allowed = quantityValue(limit);
    if (isExtended(name)) {
      if (asked !== allowed)
        errors.push(invalid(child(place, 'requests'), quantity, `must be equal to ${name} limit of ${limit}`));
    } else if (asked > allowed) {
      errors.push(
        invalid(child(place, 'requests'), quantity, `must be less than or equal to ${name} limit of ${limit}`),
      );
    }
  }
  return errors;
}

function validateResourceName(name: string, place: FieldPath): FieldError[] {
  const malformed = eachInvalid(place, name, qualifiedName(name));
  if (malformed.length > 0) return malformed;
  if (!name.includes('/')) {
    if (name.startsWith('hugepages-') || CONTAINER_RESOURCES.has(name)) return [];
    const errors = STANDARD_RESOURCES.has(name)
      ? []
      : [invalid(place, name, 'must be a standard resource type or fully qualified')];
    return [...errors, invalid(place, name, 'must be a standard resource for containers')];
  }
  return isNative(name) || isExtended(name)
    ? []
    : [invalid(place, name, "doesn't follow extended resource name standard")];
}

/** Resources of Kubernetes itself. */
function isNative(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/');
}

/** Resources of device plugins: whole, and never more asked for than the limit. */
function isExtended(name: string): boolean {
  return !isNative(name) && !name.startsWith('requests.');
}

function validateQuantity(name: string, quantity: string, place: FieldPath): FieldError[] {
  const value = quantityValue(quantity);
  const errors = value < 0 ? [invalid(place, quantity, 'must be greater than or equal to 0')] : [];
  if (isExtended(name) && !Number.isInteger(value)) errors.push(invalid(place, quantity, 'must be an integer'));
  return errors;
}
