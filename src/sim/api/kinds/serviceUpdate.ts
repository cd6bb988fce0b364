// What the server keeps, takes over or drops of a Service that changes, so that an update need not repeat what was
// allocated, and a change of type need not clear what no longer applies.
//
// Read:    kubernetes pkg/registry/core/service/strategy.go (`dropTypeDependentFields`), storage/storage.go
//          (`normalizeClusterIPs`, `patchAllocatedValues`).

import type { Draft } from '../draft.ts';
import { equalJson } from '../json.ts';
import type { Service, ServicePortSpec, ServiceSpec } from './service.ts';

type Spec = Draft<ServiceSpec>;

/** A client may write `clusterIP` alone. */
export function normalizeClusterIps(spec: Spec): Spec {
  const { clusterIP = '', clusterIPs = [] } = spec;
  return clusterIP !== '' && clusterIPs.length === 0 ? { ...spec, clusterIPs: [clusterIP] } : spec;
}

export function updateService(service: Draft<Service>, old: Service): Draft<Service> {
  const spec = service.spec ?? {};
  return { ...service, spec: withAllocated(withoutForeign(withSyncedIps(spec, old.spec), old.spec), old.spec) };
}

/** Whoever changes `clusterIP` alone means the first of `clusterIPs` too. */
function withSyncedIps(spec: Spec, old: ServiceSpec): Spec {
  const { clusterIP = '', clusterIPs = [] } = spec;
  if (clusterIP === (old.clusterIP ?? '')) return spec;
  if (!equalJson(clusterIPs, old.clusterIPs ?? [])) return spec;
  if (clusterIP === '') return without(spec, 'clusterIPs');
  return { ...spec, clusterIPs: [clusterIP, ...clusterIPs.slice(1)] };
}

/** Fields that the new type does not have, unless the client has just set them (then it is told so). */
function withoutForeign(spec: Spec, old: ServiceSpec): Spec {
  let result = spec;
  if (needsClusterIp(old) && !needsClusterIp(spec) && (spec.clusterIP ?? '') === (old.clusterIP ?? '')) {
    result = without(result, 'clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy');
  }
  if (needsNodePort(old) && !needsNodePort(spec) && sameNodePorts(spec.ports ?? [], old.ports ?? [])) {
    const ports = (spec.ports ?? []).map(port => without(port, 'nodePort'));
    if (spec.ports !== undefined) result = { ...result, ports };
  }
  if (needsHealthCheck(old) && !needsHealthCheck(spec) && spec.healthCheckNodePort === old.healthCheckNodePort)
    result = without(result, 'healthCheckNodePort');
  const isBalancer = spec.type === 'LoadBalancer';
  if (old.type === 'LoadBalancer' && !isBalancer) {
    if (spec.allocateLoadBalancerNodePorts === old.allocateLoadBalancerNodePorts)
      result = without(result, 'allocateLoadBalancerNodePorts');
    if (spec.loadBalancerClass === old.loadBalancerClass) result = without(result, 'loadBalancerClass');
  }
  if (
    isExternallyAccessible(old) &&
    !isExternallyAccessible(spec) &&
    spec.externalTrafficPolicy === old.externalTrafficPolicy
  )
    result = without(result, 'externalTrafficPolicy');
  return result;
}

/** What was allocated stays, although the client's manifest does not name it. */
function withAllocated(spec: Spec, old: ServiceSpec): Spec {
  let result = spec;
  if (needsClusterIp(old) && needsClusterIp(spec)) {
    if ((result.clusterIP ?? '') === '' && old.clusterIP !== undefined)
      result = { ...result, clusterIP: old.clusterIP };
    if ((result.clusterIPs ?? []).length === 0 && result.clusterIP === old.clusterIP && old.clusterIPs !== undefined)
      result = { ...result, clusterIPs: old.clusterIPs };
    // The families follow the address, which cannot change.
    if (old.ipFamilies !== undefined && result.ipFamilies === undefined)
      result = { ...result, ipFamilies: old.ipFamilies };
    if (old.ipFamilyPolicy !== undefined && result.ipFamilyPolicy === undefined)
      result = { ...result, ipFamilyPolicy: old.ipFamilyPolicy };
  }
  if (needsNodePort(old) && needsNodePort(spec)) result = { ...result, ports: withNodePorts(result, old) };
  if (needsHealthCheck(old) && needsHealthCheck(spec) && !result.healthCheckNodePort && old.healthCheckNodePort)
    result = { ...result, healthCheckNodePort: old.healthCheckNodePort };
  return result;
}

function withNodePorts(spec: Spec, old: ServiceSpec): readonly Draft<ServicePortSpec>[] {
  const taken = new Set((spec.ports ?? []).map(port => port?.nodePort));
  return (spec.ports ?? []).map(port => {
    if (port.nodePort) return port;
    const before = old.ports?.find(other => other.port === port.port && other.protocol === port.protocol);
    return before?.nodePort === undefined || taken.has(before.nodePort) ? port : { ...port, nodePort: before.nodePort };
  });
}

function sameNodePorts(ports: readonly Draft<ServicePortSpec>[], old: readonly ServicePortSpec[]): boolean {
  const before = new Set(old.map(port => port.nodePort ?? 0));
  return ports.every(port => before.has(port?.nodePort ?? 0));
}

export function needsClusterIp(spec: Spec): boolean {
  return spec.type !== 'ExternalName';
}

export function needsNodePort(spec: Spec): boolean {
  return spec.type === 'NodePort' || (spec.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts !== false);
}

export function needsHealthCheck(spec: Spec): boolean {
  return spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local';
}

export function isExternallyAccessible(spec: Spec): boolean {
  return (
    spec.type === 'NodePort' ||
    spec.type === 'LoadBalancer' ||
    (spec.type === 'ClusterIP' && (spec.externalIPs ?? []).length > 0)
  );
}

function without<T extends object, Key extends keyof T>(object: T, ...keys: readonly Key[]): Omit<T, Key> & T {
  const copy = { ...object };
  for (const key of keys) delete copy[key];
  return copy;
}
