// NetworkPolicies: selectors, ports, ranges of addresses.
//
// Read:    kubernetes pkg/apis/networking/validation/validation.go, `ValidateNetworkPolicySpec`, `ValidateIPBlock`.

import { contains, ip, prefix } from '../../net/address.ts';
import type { Draft } from '../draft.ts';
import { eachInvalid, type FieldError, forbidden, invalid, notSupported, required } from '../fieldError.ts';
import { child, type FieldPath, path } from '../fieldPath.ts';
import { asJson } from '../json.ts';
import type { IpBlock, NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from '../kinds/networkPolicy.ts';
import { portName, portNumber, validateCidr } from './formats.ts';
import { validateSelector } from './labelSelector.ts';

const PROTOCOLS = ['TCP', 'UDP', 'SCTP'] as const;
const POLICY_TYPES = ['Ingress', 'Egress'] as const;

export function validateNetworkPolicy(policy: Draft<NetworkPolicy>): FieldError[] {
  const place = path('spec');
  const { podSelector = {}, ingress = [], egress = [], policyTypes = [] } = policy.spec ?? {};
  const errors = validateSelector(podSelector, child(place, 'podSelector'));
  for (const [i, { ports = [], from = [] }] of ingress.entries())
    errors.push(...validateRule(ports, from, child(place, 'ingress', i), 'from'));
  for (const [i, { ports = [], to = [] }] of egress.entries())
    errors.push(...validateRule(ports, to, child(place, 'egress', i), 'to'));
  const at = child(place, 'policyTypes');
  if (policyTypes.length > POLICY_TYPES.length)
    return [...errors, invalid(at, asJson(policyTypes), 'may not specify more than two policyTypes')];
  for (const [i, type] of policyTypes.entries())
    if (!POLICY_TYPES.some(known => known === type)) errors.push(notSupported(child(at, i), type, POLICY_TYPES));
  return errors;
}

function validateRule(
  ports: readonly Draft<NetworkPolicyPort>[],
  peers: readonly Draft<NetworkPolicyPeer>[],
  place: FieldPath,
  peerField: 'from' | 'to',
): FieldError[] {
  return [
    ...ports.flatMap((port, i) => validatePort(port, child(place, 'ports', i))),
    ...peers.flatMap((peer, i) => validatePeer(peer, child(place, peerField, i))),
  ];
}

function validatePort({ protocol, port, endPort }: Draft<NetworkPolicyPort>, place: FieldPath): FieldError[] {
  const errors: FieldError[] = [];
  const [at, end] = [child(place, 'port'), child(place, 'endPort')];
  if (protocol !== undefined && !PROTOCOLS.some(known => known === protocol))
    errors.push(notSupported(child(place, 'protocol'), protocol, PROTOCOLS));
  if (port === undefined) {
    if (endPort !== undefined) errors.push(invalid(end, endPort, 'may not be specified when `port` is not specified'));
  } else if (typeof port === 'string') {
    if (endPort !== undefined) errors.push(invalid(end, endPort, 'may not be specified when `port` is non-numeric'));
    errors.push(...eachInvalid(at, port, portName(port)));
  } else {
    errors.push(...eachInvalid(at, port, portNumber(port)));
    if (endPort === undefined) return errors;
    if (endPort < port) errors.push(invalid(end, port, 'must be greater than or equal to `port`'));
    errors.push(...eachInvalid(end, endPort, portNumber(endPort)));
  }
  return errors;
}

function validatePeer(peer: Draft<NetworkPolicyPeer>, place: FieldPath): FieldError[] {
  const { podSelector, namespaceSelector, ipBlock } = peer;
  const errors: FieldError[] = [];
  if (podSelector !== undefined) errors.push(...validateSelector(podSelector, child(place, 'podSelector')));
  if (namespaceSelector !== undefined)
    errors.push(...validateSelector(namespaceSelector, child(place, 'namespaceSelector')));
  if (ipBlock !== undefined) errors.push(...validateIpBlock(ipBlock, child(place, 'ipBlock')));
  const isPods = podSelector !== undefined || namespaceSelector !== undefined;
  if (!isPods && ipBlock === undefined) errors.push(required(place, 'must specify a peer'));
  if (isPods && ipBlock !== undefined) errors.push(forbidden(place, 'may not specify both ipBlock and another peer'));
  return errors;
}

function validateIpBlock({ cidr = '', except = [] }: Draft<IpBlock>, place: FieldPath): FieldError[] {
  if (cidr === '') return [required(child(place, 'cidr'))];
  const malformed = validateCidr(child(place, 'cidr'), cidr);
  if (malformed.length > 0) return malformed;
  return except.flatMap((text, i) => {
    const at = child(place, 'except', i);
    const wrong = validateCidr(at, text);
    return wrong.length > 0 || isStrictlyWithin(text, cidr)
      ? wrong
      : [invalid(at, text, 'must be a strict subset of `cidr`')];
  });
}

/** Both are well-formed. */
function isStrictlyWithin(inner: string, outer: string): boolean {
  const [innerAddress = '', innerLength] = inner.split('/');
  const [, outerLength] = outer.split('/');
  return Number(innerLength) > Number(outerLength) && contains(prefix(outer), ip(innerAddress));
}
