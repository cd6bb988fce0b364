// Annotations of Pods that mean something to the server.
//
// Models:  pod-deletion-cost, mirror Pods, the deprecated annotations of tolerations, seccomp and AppArmor.
// Read:    kubernetes pkg/apis/core/validation/validation.go, `ValidatePodSpecificAnnotations`,
//          `ValidatePodSpecificAnnotationUpdates`, `validateSeccompAnnotationsAndFields`.

import type { Draft } from '../../draft.ts';
import { type FieldError, forbidden, invalid } from '../../fieldError.ts';
import { child, entry, type FieldPath } from '../../fieldPath.ts';
import { isJsonObject } from '../../json.ts';
import type { PodSpec, Toleration, TypedProfile } from '../../kinds/podSpec.ts';
import { validateLocalPath } from './paths.ts';
import { validateTolerations } from './scheduling.ts';
import { validateStaticPod } from './spec.ts';

const MIRROR = 'kubernetes.io/config.mirror';
const TOLERATIONS = 'scheduler.alpha.kubernetes.io/tolerations';
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
  if (mirror !== undefined) errors.push(...validateStaticPod(spec));
  if (annotations[TOLERATIONS]) errors.push(...validateWritten(annotations[TOLERATIONS], place));
  const cost = annotations[DELETION_COST];
  if (cost !== undefined && !isInt32(cost))
    errors.push(invalid(entry(place, DELETION_COST), cost, 'must be a 32bit integer'));
  for (const [key, value = ''] of Object.entries(annotations)) {
    if (key === SECCOMP_POD || key.startsWith(SECCOMP_CONTAINER))
      errors.push(...validateProfile(child(place, key), value));
    else if (key.startsWith(APP_ARMOR)) errors.push(...validateAppArmor(entry(place, key), key, value, spec));
  }
  return errors;
}

/** Tolerations as they were written before they had a field. */
function validateWritten(text: string, place: FieldPath): FieldError[] {
  const at = child(place, TOLERATIONS);
  try {
    const list: unknown = JSON.parse(text);
    const tolerations = Array.isArray(list) ? list.filter(isJsonObject) : [];
    return validateTolerations(tolerations as readonly Draft<Toleration>[], at);
  } catch (error) {
    if (error instanceof SyntaxError) return [invalid(place, TOLERATIONS, 'invalid character in JSON')];
    throw error;
  }
}

/** The older annotations may say the same as the fields, or nothing. */
export function validateProfilesMatch(annotations: Annotations, spec: Draft<PodSpec>, place: FieldPath): FieldError[] {
  const { securityContext } = spec;
  const seccomp = (key: string, profile: Profile, at: FieldPath) =>
    validateMatch(annotations[key], profile, 'seccomp', child(at, 'securityContext', 'seccompProfile'));
  const errors = seccomp(SECCOMP_POD, securityContext?.seccompProfile, place);
  for (const list of ['initContainers', 'containers', 'ephemeralContainers'] as const)
    for (const [i, { name = '', securityContext: own }] of (spec[list] ?? []).entries()) {
      const at = child(place, list, i);
      errors.push(...seccomp(`${SECCOMP_CONTAINER}${name}`, own?.seccompProfile, at));
      if (spec.os?.name === 'windows') continue;
      const profile = own?.appArmorProfile ?? securityContext?.appArmorProfile;
      const where = child(at, 'securityContext', 'appArmorProfile');
      errors.push(...validateMatch(annotations[`${APP_ARMOR}${name}`], profile, 'apparmor', where));
    }
  return errors;
}

type Profile = Draft<TypedProfile> | undefined;

function validateMatch(
  annotation: string | undefined,
  profile: Profile,
  what: 'seccomp' | 'apparmor',
  place: FieldPath,
): FieldError[] {
  if (annotation === undefined || profile === undefined) return [];
  const type = forbidden(child(place, 'type'), `${what} type in annotation and field must match`);
  switch (profile.type) {
    case 'Unconfined':
      return annotation === 'unconfined' ? [] : [type];
    case 'RuntimeDefault':
      return annotation === 'runtime/default' || (what === 'seccomp' && annotation === 'docker/default') ? [] : [type];
    case 'Localhost':
      if (!annotation.startsWith(LOCALHOST)) return [type];
      return annotation.slice(LOCALHOST.length) === profile.localhostProfile
        ? []
        : [forbidden(child(place, 'localhostProfile'), `${what} profile in annotation and field must match`)];
    default:
      return [];
  }
}

/** What is said with some annotations when a Pod is made is final. */
export function validateAnnotationsUpdate(place: FieldPath, annotations: Annotations, old: Annotations): FieldError[] {
  const words = (key: string) =>
    key.startsWith(APP_ARMOR) ? 'AppArmor annotations' : key === MIRROR ? 'mirror pod annotation' : undefined;
  const about = (key: string, doing: string) => {
    const what = words(key);
    return what === undefined ? [] : [forbidden(entry(place, key), `may not ${doing} ${what}`)];
  };
  return [
    ...Object.keys(old).flatMap(key => (annotations[key] === old[key] ? [] : about(key, 'remove or update'))),
    ...Object.keys(annotations).flatMap(key => (old[key] === undefined ? about(key, 'add') : [])),
  ];
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
  const containers = [...(spec.initContainers ?? []), ...(spec.containers ?? []), ...(spec.ephemeralContainers ?? [])];
  const errors = containers.some(container => container.name === name)
    ? []
    : [invalid(place, name, 'container not found')];
  const isKnown = ['', 'runtime/default', 'unconfined'].includes(value) || value.startsWith(LOCALHOST);
  return isKnown
    ? errors
    : [...errors, invalid(place, value, `invalid AppArmor profile name: ${JSON.stringify(value)}`)];
}
