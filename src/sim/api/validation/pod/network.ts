// What a Pod's programs find in their resolv.conf, hosts and hostname.
//
// Read:    kubernetes pkg/apis/core/validation/validation.go, `validatePodDNSConfig`, `ValidateHostAliases`,
//          `validatePodHostName`, `validatePodHostNetworkDeps`.

import type { Draft } from '../../draft.ts';
import { eachInvalid, type FieldError, forbidden, invalid, required, tooLong } from '../../fieldError.ts';
import { child, type FieldPath } from '../../fieldPath.ts';
import { asJson } from '../../json.ts';
import type { PodDNSConfig, PodSpec } from '../../kinds/podSpec.ts';
import { dnsSubdomain, searchDomain, validateIp } from '../formats.ts';

/** What the resolvers of common C libraries take. Source: `MaxDNSNameservers` and its like. */
const MAX_NAMESERVERS = 3;
const MAX_SEARCHES = 32;
const MAX_SEARCH_CHARACTERS = 2048;

export function validateDnsConfig(
  config: Draft<PodDNSConfig> | undefined,
  policy: string,
  place: FieldPath,
): FieldError[] {
  if (policy === 'None') {
    if (config === undefined) return [required(place, 'must provide `dnsConfig` when `dnsPolicy` is None')];
    if ((config.nameservers ?? []).length === 0) {
      const detail = 'must provide at least one DNS nameserver when `dnsPolicy` is None';
      return [required(child(place, 'nameservers'), detail)];
    }
  }
  const { nameservers = [], searches = [], options = [] } = config ?? {};
  const at = child(place, 'searches');
  const tooMany = (field: FieldPath, list: readonly string[], what: string) =>
    invalid(field, asJson(list), `must not have more than ${what}`);
  return [
    ...(nameservers.length > MAX_NAMESERVERS
      ? [tooMany(child(place, 'nameservers'), nameservers, `${MAX_NAMESERVERS} nameservers`)]
      : []),
    ...nameservers.flatMap((address, i) => validateIp(child(place, 'nameservers', i), address)),
    ...(searches.length > MAX_SEARCHES ? [tooMany(at, searches, `${MAX_SEARCHES} search paths`)] : []),
    ...(searches.join(' ').length > MAX_SEARCH_CHARACTERS
      ? [tooMany(at, searches, `${MAX_SEARCH_CHARACTERS} characters (including spaces) in the search list`)]
      : []),
    ...searches.flatMap((search, i) => {
      const name = search.replace(/\.$/, '');
      // A single dot stands for the root: no search list at all.
      return search === '.' ? [] : eachInvalid(child(at, i), name, searchDomain(name));
    }),
    ...options.flatMap((option, i) =>
      (option.name ?? '') === '' ? [required(child(place, 'options', i), 'must not be empty')] : [],
    ),
  ];
}

type Aliases = readonly Draft<{ readonly ip: string; readonly hostnames?: readonly string[] }>[];

export function validateHostAliases(aliases: Aliases, place: FieldPath): FieldError[] {
  return aliases.flatMap(({ ip = '', hostnames = [] }, i) => [
    ...validateIp(child(place, i, 'ip'), ip),
    ...hostnames.flatMap((name, j) => eachInvalid(child(place, i, 'hostnames', j), name, dnsSubdomain(name))),
  ]);
}

/** Linux keeps 64 characters. */
const MAX_HOSTNAME = 64;

export function validateHostname(spec: Draft<PodSpec>, place: FieldPath): FieldError[] {
  const { hostnameOverride: name } = spec;
  if (name === undefined) return [];
  const at = child(place, 'hostnameOverride');
  return [
    ...(spec.setHostnameAsFQDN === true ? [forbidden(at, 'may not be specified when setHostnameAsFQDN is true')] : []),
    ...(spec.hostNetwork === true ? [forbidden(at, 'may not be specified when hostNetwork is true')] : []),
    ...(name.length > MAX_HOSTNAME ? [tooLong(at, MAX_HOSTNAME)] : []),
    ...eachInvalid(at, name, dnsSubdomain(name)),
  ];
}

/** On the node's own network a port of a container is the node's. Templates may leave that to the Pods. */
export function validateNodePorts(spec: Draft<PodSpec>, owner: 'pod' | 'template', place: FieldPath): FieldError[] {
  if (spec.hostNetwork !== true) return [];
  return (spec.containers ?? []).flatMap(({ ports = [] }, i) =>
    ports.flatMap(({ hostPort = 0, containerPort = 0 }, j) =>
      hostPort === containerPort || (hostPort === 0 && owner === 'template')
        ? []
        : [
            invalid(
              child(place, 'containers', i, 'ports', j, 'hostPort'),
              hostPort,
              'must match `containerPort` when `hostNetwork` is true',
            ),
          ],
    ),
  );
}
