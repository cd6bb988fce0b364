// The spec of a Pod or of a template of Pods.
//
// Models:  the fields that the lab has a use for, in the order in which the API server checks them.
// Omits:   sources of volumes beyond "exactly one", Pod affinity, ephemeral containers, resource claims, Windows; such fields
//          are stored as they are.
// Read:    kubernetes pkg/apis/core/validation/validation.go, `ValidatePodSpec`.

import type { Draft } from '../draft.ts';
import { duplicate, eachInvalid, type FieldError, forbidden, invalid, notSupported, required } from '../fieldError.ts';
import { child, type FieldPath } from '../fieldPath.ts';
import { asJson } from '../json.ts';
import type { PodDNSConfig, PodSpec, Volume } from '../kinds/podSpec.ts';
import { validateContainers, validateInitContainers } from './container.ts';
import { dnsLabel, dnsSubdomain, inRange, validateIp } from './formats.ts';
import { validateLabels } from './objectMeta.ts';
import { validateAffinity, validateGates, validateSpread, validateTolerations } from './scheduling.ts';
import { validatePodSecurity } from './security.ts';

const DNS_POLICIES = ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'] as const;
const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'] as const;
/** Source: `MaxDNSNameservers`, `MaxDNSSearchPaths`: what the resolvers of common C libraries take. */
const MAX_NAMESERVERS = 3;
const MAX_SEARCHES = 32;

export function validatePodSpec(spec: Draft<PodSpec>, place: FieldPath): FieldError[] {
  const { containers = [], initContainers = [] } = spec;
  const volumeErrors = validateVolumes(spec.volumes ?? [], child(place, 'volumes'));
  const volumes = new Set((spec.volumes ?? []).map(volume => volume?.name ?? ''));
  const context = { volumes, isHostNetwork: spec.hostNetwork === true };
  return [
    ...volumeErrors,
    ...validateContainers(containers, context, child(place, 'containers')),
    ...validateInitContainers(initContainers, containers, context, child(place, 'initContainers')),
    ...oneOf(spec.restartPolicy, RESTART_POLICIES, child(place, 'restartPolicy')),
    ...oneOf(spec.dnsPolicy, DNS_POLICIES, child(place, 'dnsPolicy')),
    ...validateLabels(child(place, 'nodeSelector'), spec.nodeSelector),
    ...validatePodSecurity(spec.securityContext, child(place, 'securityContext')),
    ...(spec.imagePullSecrets ?? []).flatMap((secret, i) =>
      (secret?.name ?? '') === '' ? [required(child(place, 'imagePullSecrets', i, 'name'))] : [],
    ),
    ...validateAffinity(spec.affinity, child(place, 'affinity')),
    ...validateDnsConfig(spec.dnsConfig, spec.dnsPolicy ?? '', child(place, 'dnsConfig')),
    ...validateGates(
      (spec.readinessGates ?? []).map(gate => gate?.conditionType),
      child(place, 'readinessGates'),
      'conditionType',
    ),
    ...validateGates(
      (spec.schedulingGates ?? []).map(gate => gate?.name),
      child(place, 'schedulingGates'),
      'name',
    ),
    ...validateSpread(spec.topologySpreadConstraints ?? [], child(place, 'topologySpreadConstraints')),
    ...named(spec.serviceAccountName, dnsSubdomain, child(place, 'serviceAccountName')),
    ...named(spec.nodeName, dnsSubdomain, child(place, 'nodeName')),
    ...deadline(spec.activeDeadlineSeconds, child(place, 'activeDeadlineSeconds')),
    ...named(spec.hostname, dnsLabel, child(place, 'hostname')),
    ...named(spec.subdomain, dnsLabel, child(place, 'subdomain')),
    ...validateTolerations(spec.tolerations ?? [], child(place, 'tolerations')),
    ...validateHostAliases(spec.hostAliases ?? [], child(place, 'hostAliases')),
    ...named(spec.priorityClassName, dnsSubdomain, child(place, 'priorityClassName')),
  ];
}

function oneOf(value: string | undefined, supported: readonly string[], place: FieldPath): FieldError[] {
  if (value === undefined || value === '') return [required(place)];
  return supported.includes(value) ? [] : [notSupported(place, value, supported)];
}

function named(name: string | undefined, rule: (name: string) => readonly string[], place: FieldPath): FieldError[] {
  return name === undefined || name === '' ? [] : eachInvalid(place, name, rule(name));
}

function deadline(seconds: number | undefined, place: FieldPath): FieldError[] {
  return seconds === undefined ? [] : eachInvalid(place, seconds, inRange(seconds, 1, 2 ** 31 - 1));
}

type Volumes = readonly Draft<Volume>[];

function validateVolumes(volumes: Volumes, place: FieldPath): FieldError[] {
  const names = new Set<string>();
  return volumes.flatMap((volume, i) => {
    const at = child(place, i);
    const { name = '', ...sources } = volume ?? {};
    const errors: FieldError[] = [];
    const [first, ...others] = Object.keys(sources);
    if (first === undefined) errors.push(required(at, 'must specify a volume type'));
    for (const other of others) errors.push(forbidden(child(at, other), 'may not specify more than 1 volume type'));
    if (name === '') errors.push(required(child(at, 'name')));
    else errors.push(...eachInvalid(child(at, 'name'), name, dnsLabel(name)));
    if (names.has(name)) errors.push(duplicate(child(at, 'name'), name));
    names.add(name);
    return errors;
  });
}

function validateDnsConfig(config: Draft<PodDNSConfig> | undefined, policy: string, place: FieldPath): FieldError[] {
  const errors: FieldError[] = [];
  if (policy === 'None') {
    if (config === undefined) return [required(place, 'must provide `dnsConfig` when `dnsPolicy` is None')];
    if ((config.nameservers ?? []).length === 0) {
      const detail = 'must provide at least one DNS nameserver when `dnsPolicy` is None';
      return [required(child(place, 'nameservers'), detail)];
    }
  }
  const { nameservers = [], searches = [], options = [] } = config ?? {};
  if (nameservers.length > MAX_NAMESERVERS) {
    const detail = `must not have more than ${MAX_NAMESERVERS} nameservers`;
    errors.push(invalid(child(place, 'nameservers'), asJson(nameservers), detail));
  }
  for (const [i, address] of nameservers.entries()) errors.push(...validateIp(child(place, 'nameservers', i), address));
  if (searches.length > MAX_SEARCHES) {
    const detail = `must not have more than ${MAX_SEARCHES} search paths`;
    errors.push(invalid(child(place, 'searches'), asJson(searches), detail));
  }
  for (const [i, search] of searches.entries()) {
    const name = search.replace(/\.$/, '');
    // A single dot stands for the root: no search list at all.
    if (search !== '.') errors.push(...eachInvalid(child(place, 'searches', i), search, dnsSubdomain(name)));
  }
  for (const [i, option] of options.entries())
    if ((option?.name ?? '') === '') errors.push(required(child(place, 'options', i), 'must not be empty'));
  return errors;
}

function validateHostAliases(
  aliases: readonly Draft<{ readonly ip: string; readonly hostnames?: readonly string[] }>[],
  place: FieldPath,
): FieldError[] {
  return aliases.flatMap((alias, i) => [
    ...validateIp(child(place, i, 'ip'), alias?.ip ?? ''),
    ...(alias?.hostnames ?? []).flatMap(name => eachInvalid(child(place, i, 'hostnames'), name, dnsSubdomain(name))),
  ]);
}
