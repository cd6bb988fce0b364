// What kube-proxy works from: every port of every Service with the endpoints behind it.
//
// Models:  which Services have rules at all, readiness and termination of endpoints, traffic policies, hints.
// Omits:   IPv6.
// Read:    kubernetes pkg/proxy/serviceport.go, endpoint.go, topology.go (`CategorizeEndpoints`).

import type { EndpointSlice } from '../api/kinds/endpointSlice.ts';
import type { Service } from '../api/kinds/service.ts';
import { type Ip, ip, isIp, type Prefix, prefix } from '../net/address.ts';

export interface ProxyEndpoint {
  readonly address: Ip;
  readonly port: number;
  readonly nodeName: string | undefined;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  /** The zones and nodes that it is meant for; none: for all. */
  readonly forZones: readonly string[];
  readonly forNodes: readonly string[];
}

/** One port of one Service. */
export interface ServicePort {
  /** `default/web:http`, or `default/web` for a port without a name. */
  readonly name: string;
  readonly protocol: 'tcp' | 'udp';
  readonly clusterIP: Ip;
  readonly port: number;
  readonly nodePort: number | undefined;
  readonly externalIPs: readonly Ip[];
  readonly loadBalancerIPs: readonly Ip[];
  readonly sourceRanges: readonly Prefix[];
  readonly internalPolicyLocal: boolean;
  readonly externalPolicyLocal: boolean;
  readonly healthCheckNodePort: number | undefined;
  /** For how many seconds a client keeps its endpoint; absent without session affinity. */
  readonly affinityS: number | undefined;
  readonly endpoints: readonly ProxyEndpoint[];
}

const SERVICE_NAME_LABEL = 'kubernetes.io/service-name';

/** Ports in the order of their names. Headless and ExternalName Services have none. */
export function servicePorts(services: readonly Service[], slices: readonly EndpointSlice[]): readonly ServicePort[] {
  const byService = new Map<string, EndpointSlice[]>();
  for (const slice of slices) {
    const owner = slice.metadata.labels?.[SERVICE_NAME_LABEL];
    if (owner === undefined || slice.addressType !== 'IPv4') continue;
    const key = `${slice.metadata.namespace}/${owner}`;
    const same = byService.get(key);
    if (same === undefined) byService.set(key, [slice]);
    else same.push(slice);
  }
  const ports = services.flatMap(service => {
    const key = `${service.metadata.namespace}/${service.metadata.name}`;
    return portsOf(service, key, byService.get(key) ?? []);
  });
  return ports.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.protocol < b.protocol ? -1 : 1));
}

function portsOf(service: Service, key: string, slices: readonly EndpointSlice[]): readonly ServicePort[] {
  const { spec } = service;
  const clusterIP = spec.clusterIP;
  if (spec.type === 'ExternalName' || clusterIP === undefined || !isIp(clusterIP)) return [];
  return (spec.ports ?? []).flatMap((port): readonly ServicePort[] => {
    const protocol = port.protocol === 'UDP' ? 'udp' : port.protocol === 'SCTP' ? undefined : 'tcp';
    if (protocol === undefined) return [];
    return [
      {
        name: port.name === undefined || port.name === '' ? key : `${key}:${port.name}`,
        protocol,
        clusterIP: ip(clusterIP),
        port: port.port,
        nodePort: port.nodePort,
        externalIPs: (spec.externalIPs ?? []).map(ip),
        // Who comes by a load balancer of the mode Proxy does not come to its address.
        loadBalancerIPs: (service.status?.loadBalancer?.ingress ?? []).flatMap(entry =>
          entry.ip === undefined || entry.ipMode === 'Proxy' ? [] : [ip(entry.ip)],
        ),
        sourceRanges: (spec.loadBalancerSourceRanges ?? []).map(prefix),
        internalPolicyLocal: spec.internalTrafficPolicy === 'Local',
        externalPolicyLocal: spec.externalTrafficPolicy === 'Local',
        healthCheckNodePort: spec.healthCheckNodePort,
        affinityS:
          spec.sessionAffinity === 'ClientIP' ? spec.sessionAffinityConfig?.clientIP?.timeoutSeconds : undefined,
        endpoints: endpointsOf(slices, port.name ?? ''),
      },
    ];
  });
}

/** Endpoints of the port with this name, in the order of their addresses. */
function endpointsOf(slices: readonly EndpointSlice[], portName: string): readonly ProxyEndpoint[] {
  const found = new Map<string, ProxyEndpoint>();
  for (const slice of slices) {
    const port = slice.ports?.find(other => (other.name ?? '') === portName)?.port;
    if (port === undefined) continue;
    for (const endpoint of slice.endpoints ?? []) {
      const address = endpoint.addresses[0];
      if (address === undefined) continue;
      const ready = endpoint.conditions?.ready ?? true;
      const terminating = endpoint.conditions?.terminating ?? false;
      const serving = endpoint.conditions?.serving ?? ready;
      found.set(`${address}:${port}`, {
        address: ip(address),
        port,
        nodeName: endpoint.nodeName,
        ready,
        serving,
        terminating,
        forZones: endpoint.hints?.forZones?.map(({ name }) => name) ?? [],
        forNodes: endpoint.hints?.forNodes?.map(({ name }) => name) ?? [],
      });
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, endpoint]) => endpoint);
}

/** Reachable from outside the cluster at all: by a node port, an external or a load balancer address. */
export function isExternallyAccessible(port: ServicePort): boolean {
  return port.nodePort !== undefined || port.externalIPs.length > 0 || port.loadBalancerIPs.length > 0;
}

/** The endpoints that each policy may use, seen from one node. */
export interface EndpointChoice {
  readonly cluster: readonly ProxyEndpoint[];
  readonly local: readonly ProxyEndpoint[];
  /** Those that have a chain on this node. */
  readonly reachable: readonly ProxyEndpoint[];
  /** Some endpoint is usable somewhere: the Service is not rejected as empty. */
  readonly hasAny: boolean;
}

/** The node that rules are for, and its zone. */
export interface ProxyNode {
  readonly name: string;
  readonly zone: string | undefined;
}

/**
 * Ready endpoints, where they are hinted those of the node or its zone; if none is ready, terminating ones that still
 * serve. Source: topology.go, `CategorizeEndpoints`.
 */
export function chooseEndpoints(port: ServicePort, node: ProxyNode): EndpointChoice {
  const usesCluster = !port.internalPolicyLocal || isExternallyAccessible(port);
  const usesLocal = port.internalPolicyLocal || (port.externalPolicyLocal && isExternallyAccessible(port));
  const here = port.endpoints.filter(endpoint => endpoint.nodeName === node.name);
  const cluster = usesCluster ? usable(near(port.endpoints, node)) : [];
  const local = usesLocal ? usable(here) : [];
  const reachable = usesCluster ? [...new Set([...cluster, ...local])] : local;
  return { cluster, local, reachable, hasAny: usable(port.endpoints).length > 0 };
}

/** All, or those that are meant for the node, or for its zone. Source: topology.go, `topologyModeFromHints`. */
function near(endpoints: readonly ProxyEndpoint[], { name, zone }: ProxyNode): readonly ProxyEndpoint[] {
  const ready = endpoints.filter(endpoint => endpoint.ready);
  const meantFor = (wanted: string | undefined, hints: 'forNodes' | 'forZones'): readonly ProxyEndpoint[] =>
    wanted === undefined || ready.some(endpoint => endpoint[hints].length === 0)
      ? []
      : ready.filter(endpoint => endpoint[hints].includes(wanted));
  const [own, zonal] = [meantFor(name, 'forNodes'), meantFor(zone, 'forZones')];
  return own.length > 0 ? own : zonal.length > 0 ? zonal : endpoints;
}

/** The same endpoints serve every node. */
export function servesAllAlike({ internalPolicyLocal, externalPolicyLocal, endpoints }: ServicePort): boolean {
  const isHinted = endpoints.some(({ forZones, forNodes }) => forZones.length + forNodes.length > 0);
  return !internalPolicyLocal && !externalPolicyLocal && !isHinted;
}

function usable(endpoints: readonly ProxyEndpoint[]): readonly ProxyEndpoint[] {
  const ready = endpoints.filter(endpoint => endpoint.ready);
  return ready.length > 0 ? ready : endpoints.filter(endpoint => endpoint.serving && endpoint.terminating);
}
