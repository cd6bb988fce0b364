// Security contexts: users and groups, seccomp and AppArmor profiles.
//
// Omits:   capabilities, SELinux, Windows options: they are stored without a check.
// Read:    kubernetes pkg/apis/core/validation/validation.go, `ValidateSecurityContext`, `validateSeccompProfileField`,
//          `ValidateAppArmorProfileField`.

import type { Draft } from '../draft.ts';
import { eachInvalid, type FieldError, invalid, notSupported, required } from '../fieldError.ts';
import { child, type FieldPath } from '../fieldPath.ts';
import type { PodSecurityContext, SecurityContext, TypedProfile } from '../kinds/podSpec.ts';
import { inRange } from './formats.ts';
import { validateLocalPath } from './podAnnotations.ts';

/** Source: apimachinery, `maxUserID`. */
const MAX_ID = 2 ** 31 - 1;
const PROFILE_TYPES = ['Localhost', 'RuntimeDefault', 'Unconfined'] as const;
/** Source: `maxLocalhostAppArmorProfileLength`: PATH_MAX. */
const MAX_PROFILE_LENGTH = 4095;

function validateId(place: FieldPath, id: number | undefined): FieldError[] {
  return id === undefined ? [] : eachInvalid(place, id, inRange(id, 0, MAX_ID));
}

export function validateContainerSecurity(context: Draft<SecurityContext> | undefined, place: FieldPath): FieldError[] {
  if (context === undefined) return [];
  return [
    ...validateId(child(place, 'runAsUser'), context.runAsUser),
    ...validateId(child(place, 'runAsGroup'), context.runAsGroup),
    ...validateSeccomp(context.seccompProfile, child(place, 'seccompProfile')),
    ...validateAppArmor(context.appArmorProfile, child(place, 'appArmorProfile')),
  ];
}

export function validatePodSecurity(context: Draft<PodSecurityContext> | undefined, place: FieldPath): FieldError[] {
  if (context === undefined) return [];
  return [
    ...validateId(child(place, 'fsGroup'), context.fsGroup),
    ...validateId(child(place, 'runAsUser'), context.runAsUser),
    ...validateId(child(place, 'runAsGroup'), context.runAsGroup),
    ...(context.supplementalGroups ?? []).flatMap((group, i) =>
      validateId(child(place, 'supplementalGroups', i), group),
    ),
    ...validateSeccomp(context.seccompProfile, child(place, 'seccompProfile')),
    ...validateAppArmor(context.appArmorProfile, child(place, 'appArmorProfile')),
  ];
}

type Profile = Draft<TypedProfile> | undefined;

function validateSeccomp(profile: Profile, place: FieldPath): FieldError[] {
  if (profile === undefined) return [];
  const { type = '', localhostProfile } = profile;
  if (type === '') return [required(child(place, 'type'), 'type is required when seccompProfile is set')];
  if (!PROFILE_TYPES.some(known => known === type)) return [notSupported(child(place, 'type'), type, PROFILE_TYPES)];
  const at = child(place, 'localhostProfile');
  if (type === 'Localhost') {
    if (localhostProfile === undefined) return [required(at, 'must be set when seccomp type is Localhost')];
    return validateLocalPath(at, localhostProfile);
  }
  return localhostProfile === undefined
    ? []
    : [invalid(at, localhostProfile, 'can only be set when seccomp type is Localhost')];
}

function validateAppArmor(profile: Profile, place: FieldPath): FieldError[] {
  if (profile === undefined) return [];
  const { type = '', localhostProfile } = profile;
  if (type === '') return [required(child(place, 'type'), 'type is required when appArmorProfile is set')];
  if (!PROFILE_TYPES.some(known => known === type)) return [notSupported(child(place, 'type'), type, PROFILE_TYPES)];
  const at = child(place, 'localhostProfile');
  if (type !== 'Localhost') {
    return localhostProfile === undefined
      ? []
      : [invalid(at, localhostProfile, 'can only be set when AppArmor type is Localhost')];
  }
  const name = (localhostProfile ?? '').trim();
  if (name === '') return [required(at, 'must be set when AppArmor type is Localhost')];
  if (name !== localhostProfile) return [invalid(at, localhostProfile, 'must not be padded with whitespace')];
  return name.length > MAX_PROFILE_LENGTH
    ? [{ type: 'FieldValueTooLong', path: at, detail: `may not be more than ${MAX_PROFILE_LENGTH} bytes` }]
    : [];
}
