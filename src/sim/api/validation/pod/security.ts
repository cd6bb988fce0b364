// Security contexts: users and groups, profiles of seccomp and AppArmor, sysctls.
//
// Omits:   SELinux options: they are stored without a check, as the API server does.
// Read:    kubernetes pkg/apis/core/validation/validation.go, `ValidateSecurityContext`, `validatePodSpecSecurityContext`,
//          `validateSeccompProfileField`, `ValidateAppArmorProfileField`; component-helpers node/util/sysctl.

import type { Draft } from '../../draft.ts';
import {
  duplicate,
  eachInvalid,
  type FieldError,
  forbidden,
  invalid,
  notSupported,
  required,
  tooLong,
} from '../../fieldError.ts';
import { child, type FieldPath } from '../../fieldPath.ts';
import { asJson } from '../../json.ts';
import type { PodSpec, SecurityContext, TypedProfile } from '../../kinds/podSpec.ts';
import { inRange } from '../formats.ts';
import { validateLocalPath } from './paths.ts';
import { validateWindowsOptions } from './windows.ts';

/** Source: apimachinery, `maxUserID`. */
const MAX_ID = 2 ** 31 - 1;
const PROFILE_TYPES = ['Localhost', 'RuntimeDefault', 'Unconfined'] as const;
/** Source: `maxLocalhostProfileLength`: PATH_MAX. */
const MAX_PROFILE_LENGTH = 4095;

function validateId(place: FieldPath, id: number | undefined): FieldError[] {
  return id === undefined ? [] : eachInvalid(place, id, inRange(id, 0, MAX_ID));
}

function oneOf(value: string | undefined, supported: readonly string[], place: FieldPath): FieldError[] {
  return value === undefined || supported.includes(value) ? [] : [notSupported(place, value, supported)];
}

export function validateContainerSecurity(
  context: Draft<SecurityContext> | undefined,
  spec: Draft<PodSpec>,
  place: FieldPath,
): FieldError[] {
  if (context === undefined) return [];
  const { procMount } = context;
  const at = child(place, 'procMount');
  return [
    ...validateId(child(place, 'runAsUser'), context.runAsUser),
    ...validateId(child(place, 'runAsGroup'), context.runAsGroup),
    ...oneOf(procMount, ['Default', 'Unmasked'], at),
    ...(procMount === 'Unmasked' && spec.hostUsers !== false
      ? [invalid(at, procMount, '`hostUsers` must be false to use `Unmasked`')]
      : []),
    ...validateSeccomp(context.seccompProfile, child(place, 'seccompProfile')),
    ...validateEscalation(context, place),
    ...validateWindowsOptions(context.windowsOptions, child(place, 'windowsOptions')),
    ...validateAppArmor(context.appArmorProfile, child(place, 'appArmorProfile')),
  ];
}

/** A process that may do everything cannot be kept from getting more rights. */
function validateEscalation(context: Draft<SecurityContext>, place: FieldPath): FieldError[] {
  if (context.allowPrivilegeEscalation !== false) return [];
  const wrong = (what: string) =>
    invalid(place, asJson(context), `cannot set \`allowPrivilegeEscalation\` to false and ${what}`);
  const added = context.capabilities?.add ?? [];
  return [
    ...(context.privileged === true ? [wrong('`privileged` to true')] : []),
    ...added.flatMap(name => (name === 'CAP_SYS_ADMIN' ? [wrong('`capabilities.Add` CAP_SYS_ADMIN')] : [])),
  ];
}

export function validatePodSecurity(spec: Draft<PodSpec>, place: FieldPath): FieldError[] {
  const context = spec.securityContext;
  if (context === undefined) return [];
  return [
    ...validateId(child(place, 'fsGroup'), context.fsGroup),
    ...validateId(child(place, 'runAsUser'), context.runAsUser),
    ...validateId(child(place, 'runAsGroup'), context.runAsGroup),
    ...(context.supplementalGroups ?? []).flatMap((group, i) =>
      validateId(child(place, 'supplementalGroups', i), group),
    ),
    ...(spec.shareProcessNamespace === true && spec.hostPID === true
      ? [
          invalid(
            child(place, 'shareProcessNamespace'),
            true,
            'ShareProcessNamespace and HostPID cannot both be enabled',
          ),
        ]
      : []),
    ...validateSysctls(spec, child(place, 'sysctls')),
    ...oneOf(context.fsGroupChangePolicy, ['Always', 'OnRootMismatch'], child(place, 'fsGroupChangePolicy')),
    ...validateSeccomp(context.seccompProfile, child(place, 'seccompProfile')),
    ...validateWindowsOptions(context.windowsOptions, child(place, 'windowsOptions')),
    ...validateAppArmor(context.appArmorProfile, child(place, 'appArmorProfile')),
    ...oneOf(context.supplementalGroupsPolicy, ['Merge', 'Strict'], child(place, 'supplementalGroupsPolicy')),
    // `MountOption` needs a feature that is off in v1.34.
    ...oneOf(context.seLinuxChangePolicy, ['Recursive'], child(place, 'seLinuxChangePolicy')),
  ];
}

const SYSCTL = '([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const SYSCTL_PATTERN = new RegExp(`^${SYSCTL}$`);
const SYSCTL_LENGTH = 253;

function validateSysctls(spec: Draft<PodSpec>, place: FieldPath): FieldError[] {
  const seen = new Set<string>();
  return (spec.securityContext?.sysctls ?? []).flatMap(({ name = '' }, i) => {
    const at = child(place, i, 'name');
    const errors: FieldError[] = [];
    if (name === '') errors.push(required(at));
    else if (name.length > SYSCTL_LENGTH || !SYSCTL_PATTERN.test(name))
      errors.push(invalid(at, name, `must have at most ${SYSCTL_LENGTH} characters and match regex ^${SYSCTL}$`));
    else if (seen.has(name)) errors.push(duplicate(at, name));
    seen.add(name);
    const dotted = name.replaceAll('/', '.');
    if (spec.hostNetwork === true && dotted.startsWith('net.'))
      errors.push(invalid(at, name, "may not be specified when 'hostNetwork' is true"));
    if (spec.hostIPC === true && /^(kernel\.sem$|kernel\.shm|kernel\.msg|fs\.mqueue\.)/.test(dotted))
      errors.push(invalid(at, name, "may not be specified when 'hostIPC' is true"));
    return errors;
  });
}

type Profile = Draft<TypedProfile> | undefined;

function validateSeccomp(profile: Profile, place: FieldPath): FieldError[] {
  if (profile === undefined) return [];
  const { type = '', localhostProfile } = profile;
  const errors: FieldError[] = [];
  if (type === '') errors.push(required(child(place, 'type'), 'type is required when seccompProfile is set'));
  else errors.push(...oneOf(type, PROFILE_TYPES, child(place, 'type')));
  const at = child(place, 'localhostProfile');
  if (type === 'Localhost') {
    if (localhostProfile === undefined) errors.push(required(at, 'must be set when seccomp type is Localhost'));
    else errors.push(...validateLocalPath(at, localhostProfile));
  } else if (localhostProfile !== undefined)
    errors.push(invalid(at, asJson(profile), 'can only be set when seccomp type is Localhost'));
  return errors;
}

function validateAppArmor(profile: Profile, place: FieldPath): FieldError[] {
  if (profile === undefined) return [];
  const { type = '', localhostProfile } = profile;
  if (type === '') return [required(child(place, 'type'), 'type is required when appArmorProfile is set')];
  const unknown = oneOf(type, PROFILE_TYPES, child(place, 'type'));
  if (unknown.length > 0) return unknown;
  const at = child(place, 'localhostProfile');
  if (type !== 'Localhost')
    return localhostProfile === undefined
      ? []
      : [invalid(at, localhostProfile, 'can only be set when AppArmor type is Localhost')];
  const missing = required(at, 'must be set when AppArmor type is Localhost');
  if (localhostProfile === undefined) return [missing];
  const errors: FieldError[] = [];
  if (localhostProfile.trim() !== localhostProfile)
    errors.push(invalid(at, localhostProfile, 'must not be padded with whitespace'));
  else if (localhostProfile === '') errors.push(missing);
  return localhostProfile.length > MAX_PROFILE_LENGTH ? [...errors, tooLong(at, MAX_PROFILE_LENGTH)] : errors;
}

/** A Pod with users of its own cannot share the node's other namespaces. */
export function validateOwnUsers(spec: Draft<PodSpec>, place: FieldPath): FieldError[] {
  if (spec.hostUsers !== false) return [];
  const detail = 'when `hostUsers` is false';
  const lists = ['initContainers', 'containers', 'ephemeralContainers'] as const;
  return [
    ...(spec.hostNetwork === true ? [forbidden(child(place, 'hostNetwork'), detail)] : []),
    ...(spec.hostPID === true ? [forbidden(child(place, 'HostPID'), detail)] : []),
    ...(spec.hostIPC === true ? [forbidden(child(place, 'HostIPC'), detail)] : []),
    ...lists.flatMap(list =>
      (spec[list] ?? []).flatMap(({ volumeDevices = [] }, i) =>
        volumeDevices.length > 0 ? [forbidden(child(place, list, i, 'volumeDevices'), detail)] : [],
      ),
    ),
  ];
}
