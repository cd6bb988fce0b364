// The cluster's DNS zone: which names Services and Pods have, and what they stand for.
//
// Models:  A of ClusterIP and headless Services, of single endpoints and of Pods by address (`pods insecure`); SRV of named
//          ports; CNAME of ExternalName Services; PTR; NXDOMAIN, and empty answers where the name exists; everything else
//          goes to the resolver of the LAN.
// Omits:   TXT, NS and SOA questions, additional records, IPv6.
// Read:    kubernetes/dns docs/specification.md; coredns plugin/kubernetes: parse.go, kubernetes.go `findServices` and
//          `findPods`, reverse.go; the Corefile of kubeadm.

import type { ApiClient } from '../api/client.ts';
import { type EndpointSlice, endpointSlices, SERVICE_NAME_LABEL } from '../api/kinds/endpointSlice.ts';
import { namespaces } from '../api/kinds/namespace.ts';
import { isHeadless, type Service, services } from '../api/kinds/service.ts';
import { isIp } from '../net/address.ts';
import type { DnsRecord } from '../net/packet.ts';
import type { DnsAnswer } from './message.ts';
import { addressOfReverse, answerUpstream, type Upstream } from './upstream.ts';

export const CLUSTER_DOMAIN = 'cluster.local';
/** Seconds. Source: the ttl of CoreDNS's kubernetes plugin (and the cache's) in kubeadm's Corefile. */
const TTL_S = 30;
/** Aliases that CoreDNS follows one after the other. Source: coredns plugin/backend_lookup.go. */
const MAX_ALIASES = 7;

/** What the zone is made of. */
export interface ZoneSource {
  hasNamespace(name: string): boolean;
  service(namespace: string, name: string): Service | undefined;
  services(): readonly Service[];
  slicesOf(service: Service): readonly EndpointSlice[];
  slices(): readonly EndpointSlice[];
}

/** The zone of a cluster, read at each question, as CoreDNS's watches would have it. */
export function clusterZone(api: ApiClient): ZoneSource {
  return {
    hasNamespace: name => api.get(namespaces, { name }) !== undefined,
    service: (namespace, name) => api.get(services, { namespace, name }),
    services: () => api.list(services),
    slicesOf: service =>
      api.list(endpointSlices, {
        ...(service.metadata.namespace !== undefined && { namespace: service.metadata.namespace }),
        selector: { matchLabels: { [SERVICE_NAME_LABEL]: service.metadata.name } },
      }),
    slices: () => api.list(endpointSlices),
  };
}

/** One thing that a name stands for. */
interface Found {
  /** The name of exactly this thing: a Service, or one endpoint of it. */
  readonly owner: string;
  readonly address: string;
  readonly port: number;
}

type Lookup =
  /** The name exists; nothing found means that it has no address. */
  | { readonly kind: 'exists'; readonly found: readonly Found[] }
  | { readonly kind: 'alias'; readonly target: string }
  | { readonly kind: 'no-such-name' };

const NO_SUCH_NAME: Lookup = { kind: 'no-such-name' };
const EMPTY: Lookup = { kind: 'exists', found: [] };

/** CoreDNS's answer to one question about a full name (with or without the final dot). */
export function answerCluster(zone: ZoneSource, upstream: Upstream, name: string, type: string): DnsAnswer {
  return answerFollowing(zone, upstream, name.toLowerCase().replace(/\.$/, ''), type, 0);
}

function answerFollowing(zone: ZoneSource, upstream: Upstream, name: string, type: string, depth: number): DnsAnswer {
  const authority = (records: readonly DnsRecord[]): DnsAnswer => ({ rcode: 'NOERROR', records, from: 'authority' });
  const address = addressOfReverse(name);
  if (address !== undefined) {
    const owners = type === 'PTR' ? ownersOf(zone, address) : [];
    if (owners.length > 0) return authority(owners.map(owner => record(name, 'PTR', `${owner}.`)));
    return answerUpstream(upstream, name, type, TTL_S);
  }
  if (name !== CLUSTER_DOMAIN && !name.endsWith(`.${CLUSTER_DOMAIN}`))
    return answerUpstream(upstream, name, type, TTL_S);
  const lookup = lookUp(zone, name);
  switch (lookup.kind) {
    case 'no-such-name':
      return { rcode: 'NXDOMAIN', records: [], from: 'authority' };
    case 'alias': {
      const alias = record(name, 'CNAME', `${lookup.target}.`);
      if (type === 'CNAME' || depth >= MAX_ALIASES) return authority([alias]);
      const target = answerFollowing(zone, upstream, lookup.target.toLowerCase(), type, depth + 1);
      return authority([alias, ...target.records]);
    }
    case 'exists':
      return authority(recordsOf(name, type, lookup.found));
  }
}

function record(name: string, type: string, data: string): DnsRecord {
  return { name: `${name}.`, ttl: TTL_S, type, data };
}

function recordsOf(name: string, type: string, found: readonly Found[]): readonly DnsRecord[] {
  if (type === 'A') return [...new Set(found.map(each => each.address))].map(data => record(name, 'A', data));
  if (type !== 'SRV') return [];
  const ends = [...new Set(found.filter(each => each.port > 0).map(each => `${each.port} ${each.owner}.`))];
  const weight = Math.floor(100 / Math.max(1, ends.length));
  return ends.map(end => record(name, 'SRV', `0 ${weight} ${end}`));
}

/** The part of a question that names a port: `_http._tcp`. */
interface PortQuestion {
  readonly port: string;
  readonly protocol: string;
}

function lookUp(zone: ZoneSource, name: string): Lookup {
  if (name === CLUSTER_DOMAIN) return EMPTY;
  // service.namespace.svc, endpoint.service.namespace.svc, _port._protocol.service.namespace.svc, and the same with pod.
  const labels = name
    .slice(0, -(CLUSTER_DOMAIN.length + 1))
    .split('.')
    .reverse();
  const [kind, namespace, object, ...rest] = labels;
  if (kind !== 'svc' && kind !== 'pod') return NO_SUCH_NAME;
  if (namespace === undefined) return EMPTY;
  if (!zone.hasNamespace(namespace) || rest.length > 2) return NO_SUCH_NAME;
  if (object === undefined) return EMPTY;
  if (kind === 'pod') return podLookup(name, object);
  const service = zone.service(namespace, object);
  if (service === undefined) return NO_SUCH_NAME;
  const [first, second] = rest;
  if (first !== undefined && second === undefined) return serviceLookup(zone, service, undefined, first);
  const wanted =
    first === undefined || second === undefined
      ? undefined
      : { protocol: first.replace(/^_/, ''), port: second.replace(/^_/, '') };
  return serviceLookup(zone, service, wanted, undefined);
}

/** `10-244-1-2.default.pod.cluster.local`: any address, whether there is such a Pod or not. */
function podLookup(name: string, label: string): Lookup {
  const address = label.replaceAll('-', '.');
  return isIp(address) ? { kind: 'exists', found: [{ owner: name, address, port: 0 }] } : NO_SUCH_NAME;
}

function serviceName(service: Service): string {
  return `${service.metadata.name}.${service.metadata.namespace}.svc.${CLUSTER_DOMAIN}`;
}

function serviceLookup(
  zone: ZoneSource,
  service: Service,
  wanted: PortQuestion | undefined,
  endpoint: string | undefined,
): Lookup {
  const { spec } = service;
  if (spec.type === 'ExternalName') {
    if (wanted !== undefined || endpoint !== undefined || spec.externalName === undefined) return NO_SUCH_NAME;
    // An address is no name that an alias could lead to. Source: kubernetes.go, `findServices`, `HostType`.
    if (isIp(spec.externalName)) return NO_SUCH_NAME;
    return { kind: 'alias', target: spec.externalName.replace(/\.$/, '') };
  }
  const found =
    isHeadless(service) || endpoint !== undefined
      ? endpointsOf(zone, service, wanted, endpoint)
      : (spec.ports ?? [])
          .filter(port => isWanted(wanted, port.name, port.protocol))
          .map(port => ({ owner: serviceName(service), address: spec.clusterIP ?? '', port: port.port }));
  return found.length === 0 ? NO_SUCH_NAME : { kind: 'exists', found };
}

function isWanted(wanted: PortQuestion | undefined, port: string | undefined, protocol: string | undefined): boolean {
  if (wanted === undefined) return true;
  return wanted.port === (port ?? '').toLowerCase() && wanted.protocol === (protocol ?? 'TCP').toLowerCase();
}

function endpointsOf(
  zone: ZoneSource,
  service: Service,
  wanted: PortQuestion | undefined,
  endpoint: string | undefined,
): readonly Found[] {
  return zone.slicesOf(service).flatMap(slice =>
    (slice.endpoints ?? [])
      .filter(each => each.conditions?.ready !== false)
      .flatMap(each =>
        each.addresses.flatMap(address => {
          const hostname = each.hostname ?? address.replaceAll('.', '-');
          if (endpoint !== undefined && endpoint !== hostname) return [];
          // A slice without ports still has addresses.
          const ports = (slice.ports ?? []).length === 0 ? [{}] : (slice.ports ?? []);
          return ports
            .filter(port => isWanted(wanted, port.name, port.protocol))
            .map(port => ({ owner: `${hostname}.${serviceName(service)}`, address, port: port.port ?? 0 }));
        }),
      ),
  );
}

/** The names of an address: of the Service that has it, else of the endpoints that were given a host name. */
function ownersOf(zone: ZoneSource, address: string): readonly string[] {
  const service = zone.services().find(other => other.spec.clusterIP === address);
  if (service !== undefined) return [serviceName(service)];
  return zone.slices().flatMap(slice => {
    const name = slice.metadata.labels?.[SERVICE_NAME_LABEL];
    return (slice.endpoints ?? []).flatMap(each =>
      name !== undefined && each.hostname !== undefined && each.addresses.includes(address)
        ? [`${each.hostname}.${name}.${slice.metadata.namespace}.svc.${CLUSTER_DOMAIN}`]
        : [],
    );
  });
}
