// Annotations of Pods that mean something to the server.
//
// Models:  pod-deletion-cost, mirror Pods, the deprecated annotations of seccomp and AppArmor.
// Read:    kubernetes pkg/apis/core/validation/validation.go, `ValidatePodSpecificAnnotations`.

import type { Draft } from '../draft.ts';
import { type FieldError, invalid } from '../fieldError.ts';
import { entry, type FieldPath } from '../fieldPath.ts';
import type { PodSpec } from '../kinds/podSpec.ts';

const MIRROR = 'kubernetes.io/config.mirror';
const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';
const SECCOMP_POD = 'seccomp.security.alpha.kubernetes.io/pod';
const SECCOMP_CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/';
const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/';
const LOCALHOST = 'localhost/';

type Annotations = Draft<Readonly<Record<string, string>>>;

export function validatePodAnnotations(place: FieldPath, annotations: Annotations, spec: Draft<PodSpec>): FieldError[] {
  const errors: FieldError[] = [];
  const mirror = annotations[MIRROR];
  if (mirror !== undefined && (spec.nodeName ?? '') === '')
    errors.push(invalid(entry(place, MIRROR), mirror, 'must set spec.nodeName if mirror pod annotation is set'));
  for (const [key, value = ''] of Object.entries(annotations)) {
    if (key === SECCOMP_POD) errors.push(...validateProfile(entry(place, key), value));
    else if (key.startsWith(SECCOMP_CONTAINER)) {
      if (key === SECCOMP_CONTAINER) errors.push(invalid(place, key, 'name part must be non-empty'));
      errors.push(...validateProfile(entry(place, key), value));
    } else if (key.startsWith(APP_ARMOR)) errors.push(...validateAppArmor(entry(place, key), key, value, spec));
  }
  const cost = annotations[DELETION_COST];
  if (cost !== undefined && !isInt32(cost))
    errors.push(invalid(entry(place, DELETION_COST), cost, 'must be a 32bit integer'));
  return errors;
}

/** No plus sign, no leading zeros. */
function isInt32(text: string): boolean {
  return /^(0|-?[1-9]\d*)$/.test(text) && Number(text) >= -(2 ** 31) && Number(text) < 2 ** 31;
}

function validateProfile(place: FieldPath, value: string): FieldError[] {
  if (['runtime/default', 'docker/default', 'unconfined'].includes(value)) return [];
  if (!value.startsWith(LOCALHOST)) return [invalid(place, value, 'must be a valid seccomp profile')];
  return validateLocalPath(place, value.slice(LOCALHOST.length));
}

function validateAppArmor(place: FieldPath, key: string, value: string, spec: Draft<PodSpec>): FieldError[] {
  const name = key.slice(APP_ARMOR.length);
  const containers = [...(spec.initContainers ?? []), ...(spec.containers ?? [])];
  const errors = containers.some(container => container.name === name)
    ? []
    : [invalid(place, name, 'container not found')];
  const isKnown = ['', 'runtime/default', 'unconfined'].includes(value) || value.startsWith(LOCALHOST);
  return isKnown
    ? errors
    : [...errors, invalid(place, value, `invalid AppArmor profile name: ${JSON.stringify(value)}`)];
}

/** A path below a directory of the node: not absolute, and not climbing out of it. */
export function validateLocalPath(place: FieldPath, text: string): FieldError[] {
  if (text.startsWith('/')) return [invalid(place, text, 'must be a relative path')];
  return text.split('/').includes('..') ? [invalid(place, text, "must not contain '..'")] : [];
}
