// Services: ports, types, addresses, policies, and what may not change once it is set.
//
// Read:    kubernetes pkg/apis/core/validation/validation.go, `ValidateService`, `ValidateServiceUpdate`.

import { isIp } from '../../net/address.ts';
import type { Draft } from '../draft.ts';
import { duplicate, eachInvalid, type FieldError, forbidden, invalid, notSupported, required } from '../fieldError.ts';
import { child, entry, type FieldPath, path, printedAs } from '../fieldPath.ts';
import { isHeadless, type Service, type ServicePortSpec, type ServiceSpec } from '../kinds/service.ts';
import { isExternallyAccessible, needsHealthCheck } from '../kinds/serviceUpdate.ts';
import {
  dnsLabel,
  dnsSubdomain,
  PROTOCOLS,
  portNumber,
  qualifiedName,
  validateCidr,
  validateIp,
  validateNonSpecialIp,
} from './formats.ts';
import { validateLabels } from './objectMeta.ts';
import { validatePort } from './pod/probe.ts';
import { validateClusterIps, validateClusterIpsUpdate } from './serviceAddresses.ts';

const SPEC = path('spec');
const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'] as const;
const AFFINITIES = ['ClientIP', 'None'] as const;
const POLICIES = ['Cluster', 'Local'] as const;
/** Since v1.34 there are more than `PreferClose`. */
const DISTRIBUTIONS = ['PreferClose', 'PreferSameZone', 'PreferSameNode'] as const;
/** Seconds. Source: core, `MaxClientIPServiceAffinitySeconds`. */
const MAX_AFFINITY_S = 86_400;
const SOURCE_RANGES_ANNOTATION = 'service.beta.kubernetes.io/load-balancer-source-ranges';
const BALANCER_ONLY = "may only be used when `type` is 'LoadBalancer'";

type Ports = readonly Draft<ServicePortSpec>[];
type Spec = Draft<ServiceSpec>;

export function validateService(service: Draft<Service>): FieldError[] {
  const spec = service.spec ?? {};
  const { type = '', ports = [] } = spec;
  return [
    ...validateTopology(service.metadata?.annotations ?? {}),
    ...(ports.length === 0 && !isHeadless(service) && type !== 'ExternalName' ? [required(child(SPEC, 'ports'))] : []),
    ...validateByType(service),
    ...validatePorts(ports, child(SPEC, 'ports')),
    ...validateLabels(child(SPEC, 'selector'), spec.selector),
    ...validateAffinity(spec),
    ...validateClusterIps(service),
    ...(spec.externalIPs ?? []).flatMap((address, i) => validateExternalIp(address, child(SPEC, 'externalIPs', i))),
    ...(type === ''
      ? [required(child(SPEC, 'type'))]
      : TYPES.some(known => known === type)
        ? []
        : [notSupported(child(SPEC, 'type'), type, TYPES)]),
    ...(type === 'ClusterIP' ? withoutNodePorts(ports) : []),
    ...validateUniquePorts(ports),
    ...validateSourceRanges(service),
    ...validateBalancerFields(spec),
    ...validateExternalPolicy(spec),
    ...validateInternalPolicy(spec),
    ...(spec.trafficDistribution === undefined || DISTRIBUTIONS.some(known => known === spec.trafficDistribution)
      ? []
      : [notSupported(child(SPEC, 'trafficDistribution'), spec.trafficDistribution, DISTRIBUTIONS)]),
  ];
}

const TOPOLOGY_HINTS = 'service.kubernetes.io/topology-aware-hints';
const TOPOLOGY_MODE = 'service.kubernetes.io/topology-mode';

/** The older annotation may say the same, or nothing. */
function validateTopology(annotations: Draft<Readonly<Record<string, string>>>): FieldError[] {
  const { [TOPOLOGY_HINTS]: hints, [TOPOLOGY_MODE]: mode } = annotations;
  if (hints === undefined || mode === undefined || hints === mode) return [];
  const detail = `must match annotations[${TOPOLOGY_HINTS}] when both are specified`;
  return [invalid(entry(path('metadata', 'annotations'), TOPOLOGY_MODE), mode, detail)];
}

/** What a load balancer says of its addresses. */
export function validateServiceStatus(service: Draft<Service>): FieldError[] {
  const ingress = service.status?.loadBalancer?.ingress ?? [];
  if (ingress.length > 0 && service.spec?.type !== 'LoadBalancer')
    return [
      forbidden(path('status', 'loadBalancer', 'ingress'), "may only be used when `spec.type` is 'LoadBalancer'"),
    ];
  return ingress.flatMap(({ ip: address = '', hostname = '', ipMode }, i) => {
    const at = path('status', 'loadBalancer', 'ingress', i);
    const errors = address === '' ? [] : validateIp(child(at, 'ip'), address);
    const mode = child(at, 'ipMode');
    if (ipMode === undefined) {
      if (address !== '') errors.push(required(mode, 'must be specified when `ip` is set'));
    } else if (address === '') errors.push(forbidden(mode, 'may not be specified when `ip` is not set'));
    else if (!IP_MODES.some(known => known === ipMode)) errors.push(notSupported(mode, ipMode, IP_MODES));
    if (hostname === '') return errors;
    const name = child(at, 'hostname');
    errors.push(...eachInvalid(name, hostname, dnsSubdomain(hostname)));
    return isIp(hostname) ? [...errors, invalid(name, hostname, 'must be a DNS name, not an IP address')] : errors;
  });
}

const IP_MODES = ['Proxy', 'VIP'] as const;

export function validateServiceUpdate(service: Draft<Service>, old: Service): FieldError[] {
  const spec = service.spec ?? {};
  const errors = validateClusterIpsUpdate(service, old);
  if (spec.type === 'LoadBalancer' && old.spec.type === 'LoadBalancer') {
    if (spec.loadBalancerClass !== old.spec.loadBalancerClass) {
      const at = child(SPEC, 'loadBalancerClass');
      errors.push(invalid(at, spec.loadBalancerClass ?? null, 'may not change once set'));
    }
  }
  // The class is checked twice, by the update's own rule and by the rule for all Services; so are its errors.
  errors.push(...validateBalancerClass(spec));
  if (needsHealthCheck(spec) && needsHealthCheck(old.spec) && spec.healthCheckNodePort !== old.spec.healthCheckNodePort)
    errors.push(forbidden(child(SPEC, 'healthCheckNodePort'), 'field is immutable'));
  return errors;
}

function validateByType(service: Draft<Service>): FieldError[] {
  const spec = service.spec ?? {};
  switch (spec.type) {
    case 'LoadBalancer':
    case 'NodePort':
      return isHeadless(service)
        ? [invalid(child(SPEC, 'clusterIPs', 0), 'None', `may not be set to 'None' for ${spec.type} services`)]
        : [];
    case 'ExternalName': {
      const errors: FieldError[] = [];
      const detail = 'may not be set for ExternalName services';
      if ((spec.clusterIPs ?? []).length > 0) errors.push(forbidden(child(SPEC, 'clusterIPs'), detail));
      if ((spec.ipFamilies ?? []).length > 0) errors.push(forbidden(child(SPEC, 'ipFamilies'), detail));
      if (spec.ipFamilyPolicy !== undefined) errors.push(forbidden(child(SPEC, 'ipFamilyPolicy'), detail));
      const name = (spec.externalName ?? '').replace(/\.$/, '');
      if (name === '') errors.push(required(child(SPEC, 'externalName')));
      else errors.push(...eachInvalid(child(SPEC, 'externalName'), name, dnsSubdomain(name)));
      return errors;
    }
    default:
      return [];
  }
}

function validatePorts(ports: Ports, place: FieldPath): FieldError[] {
  const names = new Set<string>();
  return ports.flatMap((port, i) => {
    const at = child(place, i);
    const { name = '', protocol = '', appProtocol } = port;
    const errors: FieldError[] = [];
    if (name === '') {
      if (ports.length > 1) errors.push(required(child(at, 'name')));
    } else {
      errors.push(...eachInvalid(child(at, 'name'), name, dnsLabel(name)));
      if (names.has(name)) errors.push(duplicate(child(at, 'name'), name));
      names.add(name);
    }
    errors.push(...eachInvalid(child(at, 'port'), port.port ?? 0, portNumber(port.port ?? 0)));
    if (protocol === '') errors.push(required(child(at, 'protocol')));
    else if (!PROTOCOLS.some(known => known === protocol))
      errors.push(notSupported(child(at, 'protocol'), protocol, PROTOCOLS));
    errors.push(...validatePort(port.targetPort, child(at, 'targetPort')));
    if (appProtocol !== undefined)
      errors.push(...eachInvalid(child(at, 'appProtocol'), appProtocol, qualifiedName(appProtocol)));
    return errors;
  });
}

function validateAffinity(spec: Spec): FieldError[] {
  const { sessionAffinity = '', sessionAffinityConfig: config } = spec;
  const at = child(SPEC, 'sessionAffinityConfig');
  const detail = 'when session affinity type is ClientIP';
  if (sessionAffinity === '') return [required(child(SPEC, 'sessionAffinity'))];
  if (sessionAffinity === 'None')
    return config === undefined ? [] : [forbidden(at, 'must not be set when session affinity is None')];
  if (sessionAffinity !== 'ClientIP')
    return [notSupported(child(SPEC, 'sessionAffinity'), sessionAffinity, AFFINITIES)];
  if (config === undefined) return [required(at, detail)];
  if (config.clientIP === undefined) return [required(child(at, 'clientIP'), detail)];
  const seconds = config.clientIP.timeoutSeconds;
  if (seconds === undefined) return [required(child(at, 'clientIP', 'timeoutSeconds'), detail)];
  return seconds > 0 && seconds <= MAX_AFFINITY_S
    ? []
    : [
        invalid(
          child(at, 'clientIP', 'timeoutSeconds'),
          seconds,
          `must be greater than 0 and less than ${MAX_AFFINITY_S}`,
        ),
      ];
}

function validateExternalIp(address: string, place: FieldPath): FieldError[] {
  const malformed = validateIp(place, address);
  return malformed.length > 0 ? malformed : validateNonSpecialIp(place, address);
}

function withoutNodePorts(ports: Ports): FieldError[] {
  return ports.flatMap((port, i) =>
    port?.nodePort
      ? [forbidden(child(SPEC, 'ports', i, 'nodePort'), "may not be used when `type` is 'ClusterIP'")]
      : [],
  );
}

/** Each node port, and each port, once a protocol. */
function validateUniquePorts(ports: Ports): FieldError[] {
  const errors: FieldError[] = [];
  const nodePorts = new Set<string>();
  for (const [i, port] of ports.entries()) {
    if (!port?.nodePort) continue;
    const key = `${port.protocol} ${port.nodePort}`;
    if (nodePorts.has(key)) errors.push(duplicate(child(SPEC, 'ports', i, 'nodePort'), port.nodePort));
    nodePorts.add(key);
  }
  const seen = new Set<string>();
  for (const [i, port] of ports.entries()) {
    const { protocol = '', port: number = 0 } = port ?? {};
    const key = `${protocol} ${number}`;
    if (seen.has(key)) errors.push(duplicate(child(SPEC, 'ports', i), printedPort(protocol, number)));
    seen.add(key);
  }
  return errors;
}

/** The internal type has no JSON names: Go prints its own, and all of its fields. */
function printedPort(protocol: string, port: number) {
  return { Name: '', Protocol: protocol, AppProtocol: null, Port: port, TargetPort: 0, NodePort: 0 };
}

function validateSourceRanges(service: Draft<Service>): FieldError[] {
  const spec = service.spec ?? {};
  const ranges = spec.loadBalancerSourceRanges ?? [];
  const annotation = service.metadata?.annotations?.[SOURCE_RANGES_ANNOTATION];
  const isBalancer = spec.type === 'LoadBalancer';
  if (ranges.length > 0) {
    // Upstream prints this one with a capital letter.
    const at = printedAs('spec.LoadBalancerSourceRanges', child(SPEC, 'loadBalancerSourceRanges'));
    return [
      ...(isBalancer ? [] : [forbidden(at, BALANCER_ONLY)]),
      ...ranges.flatMap((range, i) => validateCidr(child(at, i), range.trim())),
    ];
  }
  if (annotation === undefined) return [];
  const at = entry(path('metadata', 'annotations'), SOURCE_RANGES_ANNOTATION);
  const listed = annotation.trim() === '' ? [] : annotation.split(',');
  return [
    ...(isBalancer ? [] : [forbidden(at, BALANCER_ONLY)]),
    ...listed.flatMap(range => validateCidr(at, range.trim())),
  ];
}

function validateBalancerFields(spec: Spec): FieldError[] {
  const errors: FieldError[] = [];
  const at = child(SPEC, 'allocateLoadBalancerNodePorts');
  if (spec.allocateLoadBalancerNodePorts !== undefined && spec.type !== 'LoadBalancer')
    errors.push(forbidden(at, BALANCER_ONLY));
  // Upstream prints this path without `spec`.
  if (spec.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts === undefined)
    errors.push(required(printedAs('allocateLoadBalancerNodePorts', at)));
  return [...errors, ...validateBalancerClass(spec)];
}

function validateBalancerClass(spec: Spec): FieldError[] {
  const name = spec.loadBalancerClass;
  const at = child(SPEC, 'loadBalancerClass');
  if (name === undefined) return [];
  return spec.type === 'LoadBalancer' ? eachInvalid(at, name, qualifiedName(name)) : [forbidden(at, BALANCER_ONLY)];
}

function validateExternalPolicy(spec: Spec): FieldError[] {
  const errors: FieldError[] = [];
  const { externalTrafficPolicy = '', healthCheckNodePort = 0 } = spec;
  const at = child(SPEC, 'externalTrafficPolicy');
  if (!isExternallyAccessible(spec)) {
    if (externalTrafficPolicy !== '')
      errors.push(invalid(at, externalTrafficPolicy, 'may only be set for externally-accessible services'));
  } else if (externalTrafficPolicy === '') errors.push(required(at));
  else if (!POLICIES.some(known => known === externalTrafficPolicy))
    errors.push(notSupported(at, externalTrafficPolicy, POLICIES));
  const health = child(SPEC, 'healthCheckNodePort');
  if (!needsHealthCheck(spec)) {
    if (healthCheckNodePort !== 0) {
      const detail = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
      errors.push(invalid(health, healthCheckNodePort, detail));
    }
  } else if (healthCheckNodePort === 0) errors.push(required(health));
  else errors.push(...eachInvalid(health, healthCheckNodePort, portNumber(healthCheckNodePort)));
  return errors;
}

function validateInternalPolicy(spec: Spec): FieldError[] {
  const at = child(SPEC, 'internalTrafficPolicy');
  const policy = spec.internalTrafficPolicy;
  if (policy === undefined) return spec.type === 'ExternalName' || spec.type === undefined ? [] : [required(at)];
  return POLICIES.some(known => known === policy) ? [] : [notSupported(at, policy, POLICIES)];
}
