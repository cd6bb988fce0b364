// The addresses of a Service and their families: `clusterIP`, `clusterIPs`, `ipFamilies`, `ipFamilyPolicy`.
//
// Read:    kubernetes pkg/apis/core/validation/validation.go, `ValidateServiceClusterIPsRelatedFields`,
//          `validateUpgradeDowngradeClusterIPs`, `validateUpgradeDowngradeIPFamilies`.

import { familyOf, ip } from '../../net/address.ts';
import type { Draft } from '../draft.ts';
import { duplicate, type FieldError, invalid, notSupported, required } from '../fieldError.ts';
import { child, path } from '../fieldPath.ts';
import { asJson } from '../json.ts';
import { isHeadless, type Service, type ServiceSpec } from '../kinds/service.ts';
import type { Json } from '../request.ts';
import { validateIp } from './formats.ts';

const SPEC = path('spec');
const ADDRESSES = child(SPEC, 'clusterIPs');
const FAMILIES = child(SPEC, 'ipFamilies');
const SUPPORTED_FAMILIES = ['IPv4', 'IPv6'] as const;
const SUPPORTED_POLICIES = ['PreferDualStack', 'RequireDualStack', 'SingleStack'] as const;
const ONCE_SET = 'may not change once set';

type Spec = Draft<ServiceSpec>;

/** A Go list that was never set prints as null. */
function shown(list: Spec['clusterIPs']): Json {
  return list === undefined ? null : asJson(list);
}

export function validateClusterIps(service: Draft<Service>): FieldError[] {
  const spec = service.spec ?? {};
  if (spec.type === 'ExternalName') return [];
  const { clusterIP = '', clusterIPs = [] } = spec;
  const errors: FieldError[] = [];
  if (clusterIP !== '') {
    if (clusterIPs.length === 0) errors.push(required(ADDRESSES));
    else if (clusterIPs[0] !== clusterIP)
      errors.push(invalid(ADDRESSES, shown(clusterIPs), 'first value must match `clusterIP`'));
  } else if (clusterIPs.length > 0)
    errors.push(invalid(ADDRESSES, shown(clusterIPs), 'must be empty when `clusterIP` is not specified'));
  errors.push(...validateFamilies(spec));
  let isReadable = true;
  for (const [i, address] of clusterIPs.entries()) {
    if (i === 0 && address === 'None') {
      if (clusterIPs.length > 1) {
        isReadable = false;
        errors.push(invalid(ADDRESSES, shown(clusterIPs), "'None' must be the first and only value"));
      }
      continue;
    }
    const malformed = validateIp(child(ADDRESSES, i), address);
    if (malformed.length > 0) isReadable = false;
    errors.push(...malformed);
  }
  if (clusterIPs.length > 2) errors.push(invalid(ADDRESSES, shown(clusterIPs), 'may only hold up to 2 values'));
  // Families of addresses that are none would only add confusion.
  return isReadable ? [...errors, ...validateAddressFamilies(service)] : errors;
}

function validateFamilies(spec: Spec): FieldError[] {
  const errors: FieldError[] = [];
  const seen = new Set<string>();
  for (const [i, family] of (spec.ipFamilies ?? []).entries()) {
    const at = child(FAMILIES, i);
    if (!SUPPORTED_FAMILIES.some(known => known === family)) errors.push(notSupported(at, family, SUPPORTED_FAMILIES));
    if (seen.has(family)) errors.push(duplicate(at, family));
    seen.add(family);
  }
  const policy = spec.ipFamilyPolicy;
  if (policy !== undefined && !SUPPORTED_POLICIES.some(known => known === policy))
    errors.push(notSupported(child(SPEC, 'ipFamilyPolicy'), policy, SUPPORTED_POLICIES));
  return errors;
}

function validateAddressFamilies(service: Draft<Service>): FieldError[] {
  const { clusterIPs = [], ipFamilies = [] } = service.spec ?? {};
  const errors: FieldError[] = [];
  const families = clusterIPs.flatMap(address =>
    address === undefined || address === 'None' ? [] : [familyOf(ip(address))],
  );
  if (clusterIPs.length > 1 && new Set(families).size < 2)
    errors.push(invalid(ADDRESSES, shown(clusterIPs), 'may specify no more than one IP for each IP family'));
  if (isHeadless(service)) return errors;
  for (const [i, address] of clusterIPs.entries()) {
    const family = ipFamilies[i];
    if ((family === 'IPv4' || family === 'IPv6') && families[i] !== family) {
      const detail = `expected an ${family} value as indicated by \`ipFamilies[${i}]\``;
      errors.push(invalid(child(ADDRESSES, i), address, detail));
    }
  }
  return errors;
}

export function validateClusterIpsUpdate(service: Draft<Service>, old: Service): FieldError[] {
  const spec = service.spec ?? {};
  if (spec.type === 'ExternalName' || old.spec.type === 'ExternalName') return [];
  const [isNow, was] = [isHeadless(service), isHeadless(old)];
  if (isNow && was) return [];
  return [...validateAddressesUpdate(spec, old.spec), ...(isNow === was ? validateFamiliesUpdate(spec, old.spec) : [])];
}

function validateAddressesUpdate(spec: Spec, old: ServiceSpec): FieldError[] {
  const [addresses, before] = [spec.clusterIPs ?? [], old.clusterIPs ?? []];
  const changed = (i: number) => invalid(child(ADDRESSES, i), shown(spec.clusterIPs), ONCE_SET);
  if (addresses.length === before.length)
    return before.flatMap((address, i) => (address === addresses[i] ? [] : [changed(i)]));
  const errors: FieldError[] = [];
  if (addresses.length === 0)
    errors.push(invalid(child(ADDRESSES, 0), shown(spec.clusterIPs), 'primary clusterIP can not be unset'));
  else if (before.length > 0 && addresses[0] !== before[0]) errors.push(changed(0));
  if (addresses.length === 1 && before.length > 1 && spec.ipFamilyPolicy !== 'SingleStack') {
    const detail = "must be set to 'SingleStack' when releasing the secondary clusterIP";
    errors.push(invalid(child(SPEC, 'ipFamilyPolicy'), spec.ipFamilyPolicy ?? null, detail));
  }
  return errors;
}

function validateFamiliesUpdate(spec: Spec, old: ServiceSpec): FieldError[] {
  const [families, before] = [spec.ipFamilies ?? [], old.ipFamilies ?? []];
  const at = child(FAMILIES, 0);
  if (families.length === before.length) {
    return before.flatMap((family, i) => (family === families[i] ? [] : [invalid(at, shown(families), ONCE_SET)]));
  }
  const errors: FieldError[] = [];
  if (families.length < before.length && (spec.clusterIPs ?? []).length === 0)
    errors.push(invalid(at, shown(families), 'primary ipFamily can not be unset'));
  if (families.length > 0 && before.length > 0 && families[0] !== before[0])
    errors.push(invalid(at, shown(spec.clusterIPs), ONCE_SET));
  if (families.length === 1 && before.length > 1 && spec.ipFamilyPolicy !== 'SingleStack') {
    const detail = "must be set to 'SingleStack' when releasing the secondary ipFamily";
    errors.push(invalid(child(SPEC, 'ipFamilyPolicy'), spec.ipFamilyPolicy ?? null, detail));
  }
  return errors;
}
