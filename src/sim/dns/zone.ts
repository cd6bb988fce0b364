// The cluster's DNS zone: which names Services have, and what they stand for.
//
// Models:  A records of ClusterIP and headless Services, of named endpoints; SRV of named ports; NXDOMAIN and empty answers.
// Omits:   PTR, Pod records by address, ExternalName.
// Read:    kubernetes/dns docs/specification.md; coredns plugin/kubernetes.

import type { EndpointSlice } from '../api/kinds/endpointSlice.ts';
import type { Service } from '../api/kinds/service.ts';
import type { DnsRecord } from '../net/packet.ts';

export const CLUSTER_DOMAIN = 'cluster.local';
/** Seconds. Source: the ttl of CoreDNS's kubernetes plugin in kubeadm's Corefile. */
const TTL_S = 30;

export interface DnsAnswer {
  readonly rcode: 'NOERROR' | 'NXDOMAIN' | 'REFUSED';
  readonly records: readonly DnsRecord[];
}

/** What the zone is made of. */
export interface ZoneSource {
  services(): readonly Service[];
  endpointSlices(): readonly EndpointSlice[];
}

const SERVICE_NAME_LABEL = 'kubernetes.io/service-name';
const NOTHING: DnsAnswer = { rcode: 'NXDOMAIN', records: [] };

/** Answers one question about a full name (with or without the final dot). */
export function answer(zone: ZoneSource, name: string, type: string): DnsAnswer {
  const full = name.toLowerCase().replace(/\.$/, '');
  if (full !== CLUSTER_DOMAIN && !full.endsWith(`.${CLUSTER_DOMAIN}`)) return { rcode: 'NXDOMAIN', records: [] };
  const labels = full.slice(0, -(CLUSTER_DOMAIN.length + 1)).split('.');
  if (labels[labels.length - 1] !== 'svc') return NOTHING;
  const path = labels.slice(0, -1);
  const [namespace, service, ...prefix] = path.reverse();
  if (namespace === undefined || service === undefined) return NOTHING;
  const found = zone
    .services()
    .find(other => other.metadata.namespace === namespace && other.metadata.name === service);
  if (found === undefined) return NOTHING;
  if (prefix.length === 0) return serviceAnswer(zone, found, full, type);
  if (prefix.length === 1) return endpointAnswer(zone, found, prefix[0] ?? '', full, type);
  return NOTHING;
}

function record(name: string, type: string, data: string): DnsRecord {
  return { name: `${name}.`, ttl: TTL_S, type, data };
}

function serviceAnswer(zone: ZoneSource, service: Service, name: string, type: string): DnsAnswer {
  if (type !== 'A') return { rcode: 'NOERROR', records: [] };
  const clusterIP = service.spec.clusterIP;
  if (clusterIP !== undefined && clusterIP !== 'None')
    return { rcode: 'NOERROR', records: [record(name, 'A', clusterIP)] };
  const records = readyEndpoints(zone, service).map(endpoint => record(name, 'A', endpoint.address));
  return records.length === 0 ? NOTHING : { rcode: 'NOERROR', records };
}

/** One endpoint of a headless Service, by its host name. */
function endpointAnswer(zone: ZoneSource, service: Service, hostname: string, name: string, type: string): DnsAnswer {
  const found = readyEndpoints(zone, service).filter(endpoint => endpoint.hostname === hostname);
  if (found.length === 0) return NOTHING;
  return { rcode: 'NOERROR', records: type === 'A' ? found.map(endpoint => record(name, 'A', endpoint.address)) : [] };
}

function readyEndpoints(
  zone: ZoneSource,
  service: Service,
): readonly { readonly address: string; readonly hostname: string | undefined }[] {
  return zone
    .endpointSlices()
    .filter(
      slice =>
        slice.metadata.namespace === service.metadata.namespace &&
        slice.metadata.labels?.[SERVICE_NAME_LABEL] === service.metadata.name,
    )
    .flatMap(slice => slice.endpoints ?? [])
    .filter(endpoint => endpoint.conditions?.ready !== false || service.spec.publishNotReadyAddresses === true)
    .flatMap(endpoint => endpoint.addresses.map(address => ({ address, hostname: endpoint.hostname })));
}
