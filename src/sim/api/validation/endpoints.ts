// Endpoints: addresses and ports.
//
// Read:    kubernetes pkg/apis/core/validation/validation.go, `validateEndpointSubsets`, `validateEndpointAddress`.

import { isIp } from '../../net/address.ts';
import type { Draft } from '../draft.ts';
import { eachInvalid, type FieldError, invalid, notSupported, required } from '../fieldError.ts';
import { child, entry, type FieldPath, path, printedAs } from '../fieldPath.ts';
import type { Endpoints, EndpointsAddress, EndpointsPort } from '../kinds/endpoints.ts';
import {
  dnsLabel,
  dnsSubdomain,
  PROTOCOLS,
  portNumber,
  qualifiedName,
  validateIp,
  validateNonSpecialIp,
} from './formats.ts';

const TRIGGER_TIME = 'endpoints.kubernetes.io/last-change-trigger-time';
const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

export function validateEndpoints(object: Draft<Endpoints>): FieldError[] {
  const errors: FieldError[] = [];
  const trigger = object.metadata?.annotations?.[TRIGGER_TIME];
  if (trigger !== undefined && !RFC3339.test(trigger)) {
    // Upstream prints this path without `metadata`.
    const at = printedAs(`annotations[${TRIGGER_TIME}]`, entry(path('metadata', 'annotations'), TRIGGER_TIME));
    const layout = JSON.stringify('2006-01-02T15:04:05Z07:00');
    const text = JSON.stringify(trigger);
    errors.push(invalid(at, trigger, `parsing time ${text} as ${layout}: cannot parse ${text} as "2006"`));
  }
  for (const [i, { addresses = [], notReadyAddresses = [], ports = [] }] of (object.subsets ?? []).entries()) {
    const place = path('subsets', i);
    if (addresses.length + notReadyAddresses.length === 0)
      errors.push(required(place, 'must specify `addresses` or `notReadyAddresses`'));
    errors.push(
      ...addresses.flatMap((address, j) => validateAddress(address, child(place, 'addresses', j))),
      ...notReadyAddresses.flatMap((address, j) => validateAddress(address, child(place, 'notReadyAddresses', j))),
      ...ports.flatMap((port, j) => validatePort(port, ports.length > 1, child(place, 'ports', j))),
    );
  }
  return errors;
}

function validateAddress(
  { ip = '', hostname = '', nodeName }: Draft<EndpointsAddress>,
  place: FieldPath,
): FieldError[] {
  const at = child(place, 'ip');
  const errors = validateIp(at, ip);
  if (hostname !== '') errors.push(...eachInvalid(child(place, 'hostname'), hostname, dnsLabel(hostname)));
  if (nodeName !== undefined) errors.push(...eachInvalid(child(place, 'nodeName'), nodeName, dnsSubdomain(nodeName)));
  return [...errors, ...(isIp(ip) ? validateNonSpecialIp(at, ip) : [])];
}

function validatePort(port: Draft<EndpointsPort>, needsName: boolean, place: FieldPath): FieldError[] {
  const { name = '', port: number = 0, protocol = '', appProtocol } = port;
  const errors: FieldError[] = [];
  if (name !== '') errors.push(...eachInvalid(child(place, 'name'), name, dnsLabel(name)));
  else if (needsName) errors.push(required(child(place, 'name')));
  errors.push(...eachInvalid(child(place, 'port'), number, portNumber(number)));
  if (protocol === '') errors.push(required(child(place, 'protocol')));
  else if (!PROTOCOLS.some(known => known === protocol))
    errors.push(notSupported(child(place, 'protocol'), protocol, PROTOCOLS));
  if (appProtocol !== undefined)
    errors.push(...eachInvalid(child(place, 'appProtocol'), appProtocol, qualifiedName(appProtocol)));
  return errors;
}
