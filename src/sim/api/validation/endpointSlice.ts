// EndpointSlices: addresses of one family, and ports.
//
// Read:    kubernetes pkg/apis/discovery/validation/validation.go.

import { familyOf, ip, isIp } from '../../net/address.ts';
import type { Draft } from '../draft.ts';
import { duplicate, eachInvalid, type FieldError, invalid, notSupported, required, tooMany } from '../fieldError.ts';
import { child, type FieldPath, path } from '../fieldPath.ts';
import type { Endpoint, EndpointPort, EndpointSlice } from '../kinds/endpointSlice.ts';
import { dnsLabel, dnsSubdomain, PROTOCOLS, portNumber, qualifiedName, validateNonSpecialIp } from './formats.ts';
import { immutable } from './objectMeta.ts';

const ADDRESS_TYPES = ['FQDN', 'IPv4', 'IPv6'] as const;
/** Source: discovery validation, `maxEndpoints`, `maxAddresses`, `maxPorts`. */
const MAX_ENDPOINTS = 1000;
const MAX_ADDRESSES = 100;
const MAX_PORTS = 20_000;

export function validateEndpointSlice(slice: Draft<EndpointSlice>): FieldError[] {
  return [
    ...validateAddressType(slice.addressType ?? ''),
    ...validateEndpoints(slice.endpoints ?? [], slice.addressType ?? '', path('endpoints')),
    ...validatePorts(slice.ports ?? [], path('ports')),
  ];
}

export function validateEndpointSliceUpdate(slice: Draft<EndpointSlice>, old: EndpointSlice): FieldError[] {
  return immutable(path('addressType'), slice.addressType, old.addressType);
}

function validateAddressType(addressType: string): FieldError[] {
  if (addressType === '') return [required(path('addressType'))];
  return ADDRESS_TYPES.some(known => known === addressType)
    ? []
    : [notSupported(path('addressType'), addressType, ADDRESS_TYPES)];
}

function validateEndpoints(endpoints: readonly Draft<Endpoint>[], addressType: string, place: FieldPath): FieldError[] {
  if (endpoints.length > MAX_ENDPOINTS) return [tooMany(place, endpoints.length, MAX_ENDPOINTS)];
  return endpoints.flatMap((endpoint, i) => {
    const at = child(place, i);
    const { addresses = [], hostname = '', nodeName = '' } = endpoint;
    const errors: FieldError[] = [];
    if (addresses.length === 0) errors.push(required(child(at, 'addresses'), 'must contain at least 1 address'));
    else if (addresses.length > MAX_ADDRESSES)
      errors.push(tooMany(child(at, 'addresses'), addresses.length, MAX_ADDRESSES));
    for (const [j, address] of addresses.entries())
      errors.push(...validateAddress(address, addressType, child(at, 'addresses', j)));
    if (nodeName !== '') errors.push(...eachInvalid(child(at, 'nodeName'), nodeName, dnsSubdomain(nodeName)));
    if (hostname !== '') errors.push(...eachInvalid(child(at, 'hostname'), hostname, dnsLabel(hostname)));
    return errors;
  });
}

function validateAddress(address: string, addressType: string, place: FieldPath): FieldError[] {
  if (addressType === 'FQDN') return eachInvalid(place, address, dnsSubdomain(address.replace(/\.$/, '')));
  if (addressType !== 'IPv4' && addressType !== 'IPv6') return [];
  if (!isIp(address) || familyOf(ip(address)) !== addressType)
    return [invalid(place, address, addressType === 'IPv4' ? 'must be an IPv4 address' : 'must be an IPv6 address')];
  return validateNonSpecialIp(place, address);
}

function validatePorts(ports: readonly Draft<EndpointPort>[], place: FieldPath): FieldError[] {
  if (ports.length > MAX_PORTS) return [tooMany(place, ports.length, MAX_PORTS)];
  const names = new Set<string>();
  return ports.flatMap((port, i) => {
    const at = child(place, i);
    const { name = '', protocol = '', port: number, appProtocol } = port;
    const errors: FieldError[] = [];
    if (name !== '') errors.push(...eachInvalid(child(at, 'name'), name, dnsLabel(name)));
    if (names.has(name)) errors.push(duplicate(child(at, 'name'), name));
    names.add(name);
    if (protocol === '') errors.push(required(child(at, 'protocol')));
    else if (!PROTOCOLS.some(known => known === protocol))
      errors.push(notSupported(child(at, 'protocol'), protocol, PROTOCOLS));
    if (number !== undefined) errors.push(...eachInvalid(child(at, 'port'), number, portNumber(number)));
    if (appProtocol !== undefined)
      errors.push(...eachInvalid(child(at, 'appProtocol'), appProtocol, qualifiedName(appProtocol)));
    return errors;
  });
}
