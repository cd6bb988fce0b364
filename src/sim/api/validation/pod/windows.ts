// What Pods for Windows nodes may have, and what they may not.
//
// Read:    kubernetes pkg/apis/core/validation/validation.go, `validateOS`, `validateLinux`, `validateWindows`,
//          `validateWindowsSecurityContextOptions`, `validateWindowsHostProcessPod`.

import type { Draft } from '../../draft.ts';
import { eachInvalid, type FieldError, forbidden, invalid, notSupported, required } from '../../fieldError.ts';
import { child, type FieldPath } from '../../fieldPath.ts';
import type { Container, PodSpec, WindowsOptions } from '../../kinds/podSpec.ts';
import { byteLength, dnsSubdomain } from '../formats.ts';

const MAX_CREDENTIALS_KIB = 64;
const MAX_DOMAIN = 256;
const MAX_USER = 104;
const NETBIOS = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/;
const LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?';
const DNS_DOMAIN = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`);

export function validateWindowsOptions(options: Draft<WindowsOptions> | undefined, place: FieldPath): FieldError[] {
  const { gmsaCredentialSpecName: name, gmsaCredentialSpec: credentials, runAsUserName: user } = options ?? {};
  const errors: FieldError[] = [];
  if (name !== undefined) errors.push(...eachInvalid(child(place, 'gmsaCredentialSpecName'), name, dnsSubdomain(name)));
  const at = child(place, 'gmsaCredentialSpec');
  if (credentials === '') errors.push(invalid(at, '', 'gmsaCredentialSpec cannot be an empty string'));
  else if (credentials !== undefined && byteLength(credentials) > MAX_CREDENTIALS_KIB * 1024)
    errors.push(invalid(at, credentials, `gmsaCredentialSpec size must be under ${MAX_CREDENTIALS_KIB} KiB`));
  if (user !== undefined)
    errors.push(
      ...eachInvalid(
        child(place, 'runAsUserName'),
        user,
        userComplaints(user).map(what => `runAsUserName${what}`),
      ),
    );
  return errors;
}

function userComplaints(text: string): readonly string[] {
  if (text === '') return [' cannot be an empty string'];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  if (/[\u0000-\u001f\u007f]/.test(text)) return [' cannot contain control characters'];
  const parts = text.split('\\');
  if (parts.length > 2) return [' cannot contain more than one backslash'];
  const [user = '', domain] = parts.length === 1 ? [parts[0]] : [parts[1], parts[0]];
  const complaints: string[] = [];
  if (domain !== undefined) {
    if (domain.length >= MAX_DOMAIN) complaints.push(`'s Domain length must be under ${MAX_DOMAIN} characters`);
    if (!NETBIOS.test(domain) && !DNS_DOMAIN.test(domain))
      complaints.push("'s Domain doesn't match the NetBios nor the DNS format");
  }
  if (user === '') complaints.push("'s User cannot be empty");
  else if (user.length > MAX_USER) complaints.push(`'s User length must not be longer than ${MAX_USER} characters`);
  if (/^[. ]+$/.test(user)) complaints.push("'s User cannot contain only periods or spaces");
  if (/["/\\:;|=,+*?<>@[\]]/.test(user))
    complaints.push('\'s User cannot contain the following characters: "/\\:;|=,+*?<>@[]');
  return complaints;
}

type EachContainer = (container: Draft<Container>, place: FieldPath) => readonly FieldError[];

function visit(spec: Draft<PodSpec>, place: FieldPath, each: EachContainer): readonly FieldError[] {
  return (['initContainers', 'containers', 'ephemeralContainers'] as const).flatMap(list =>
    (spec[list] ?? []).flatMap((container, i) => each(container, child(place, list, i))),
  );
}

/** Processes of the node itself: all containers of a Pod, or none. */
export function validateHostProcess(spec: Draft<PodSpec>, place: FieldPath): FieldError[] {
  const ofPod = spec.securityContext?.windowsOptions?.hostProcess;
  let [all, some] = [0, 0];
  const errors = [
    ...visit(spec, place, (container, at) => {
      const own = container.securityContext?.windowsOptions?.hostProcess;
      all++;
      if (own ?? ofPod) some++;
      if (ofPod === undefined || own === undefined || ofPod === own) return [];
      const detail = `pod hostProcess value must be identical if both are specified, was ${ofPod}`;
      return [invalid(child(at, 'securityContext', 'windowsOptions', 'hostProcess'), own, detail)];
    }),
  ];
  if (some === 0) return errors;
  if (some !== all) {
    const detail = 'If pod contains any hostProcess containers then all containers must be HostProcess containers';
    errors.push(invalid(place, '', detail));
  }
  if (spec.hostNetwork !== true) {
    const detail = 'hostNetwork must be true if pod contains any hostProcess containers';
    errors.push(invalid(child(place, 'hostNetwork'), false, detail));
  }
  return errors;
}

export function validateOs(spec: Draft<PodSpec>, place: FieldPath): readonly FieldError[] {
  switch (spec.os?.name) {
    case undefined:
      return spec.os === undefined ? [] : [required(child(place, 'os', 'name'))];
    case '':
      return [required(child(place, 'os', 'name'))];
    case 'linux':
      return validateLinux(spec, place);
    case 'windows':
      return validateWindows(spec, place);
    default:
      return [notSupported(child(place, 'os'), spec.os?.name, ['linux', 'windows'])];
  }
}

function validateLinux(spec: Draft<PodSpec>, place: FieldPath): readonly FieldError[] {
  const detail = 'windows options cannot be set for a linux pod';
  const at = (holder: FieldPath) => child(holder, 'securityContext', 'windowsOptions');
  return [
    ...(spec.securityContext?.windowsOptions === undefined ? [] : [forbidden(at(place), detail)]),
    ...visit(spec, place, (container, holder) =>
      container.securityContext?.windowsOptions === undefined ? [] : [forbidden(at(holder), detail)],
    ),
  ];
}

const NOT_OF_PODS = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'fsGroup',
  'fsGroupChangePolicy',
  'sysctls',
  'runAsUser',
  'runAsGroup',
  'supplementalGroups',
  'supplementalGroupsPolicy',
  'seLinuxChangePolicy',
] as const;
const NOT_OF_SPECS = ['hostUsers', 'hostPID', 'hostIPC', 'shareProcessNamespace'] as const;
const NOT_OF_CONTAINERS = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'capabilities',
  'readOnlyRootFilesystem',
  'privileged',
  'allowPrivilegeEscalation',
  'procMount',
  'runAsUser',
  'runAsGroup',
] as const;

function validateWindows(spec: Draft<PodSpec>, place: FieldPath): readonly FieldError[] {
  const detail = 'cannot be set for a windows pod';
  const { securityContext = {} } = spec;
  const isSet = (value: unknown) => value !== undefined && !(Array.isArray(value) && value.length === 0);
  const isOn = (name: (typeof NOT_OF_SPECS)[number]) =>
    name === 'hostPID' || name === 'hostIPC' ? spec[name] === true : spec[name] !== undefined;
  return [
    ...NOT_OF_PODS.filter(name => isSet(securityContext[name])).map(name =>
      forbidden(child(place, 'securityContext', name), detail),
    ),
    ...NOT_OF_SPECS.filter(isOn).map(name => forbidden(child(place, name), detail)),
    ...visit(spec, place, (container, at) =>
      NOT_OF_CONTAINERS.filter(name => container.securityContext?.[name] !== undefined).map(name =>
        forbidden(child(at, 'securityContext', name), detail),
      ),
    ),
  ];
}
