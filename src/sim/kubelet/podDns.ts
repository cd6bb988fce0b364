// The resolver's configuration of a Pod, from its dnsPolicy and dnsConfig and from the node's own file.
//
// Read:    kubernetes pkg/kubelet/network/dns/dns.go, `GetPodDNS`.

import type { PodDNSConfig, PodSpec } from '../api/kinds/podSpec.ts';
import type { ResolvConf } from '../dns/resolvConf.ts';

/** What the kubelet is told of the cluster's DNS (clusterDNS and clusterDomain of its configuration). */
export interface ClusterDns {
  readonly servers: readonly string[];
  readonly domain: string;
}

/** A Pod as far as its DNS goes. */
export interface DnsPod {
  readonly metadata: { readonly namespace?: string };
  readonly spec: Pick<PodSpec, 'dnsPolicy' | 'dnsConfig' | 'hostNetwork'>;
}

const CLUSTER_OPTIONS = ['ndots:5'];
/** Source: kubernetes pkg/apis/core/validation, `MaxDNSNameservers`, `MaxDNSSearchPaths`, `MaxDNSSearchListChars`. */
const MOST = { servers: 3, searches: 32, searchCharacters: 2048 } as const;

export interface PodDns {
  readonly conf: ResolvConf;
  /** What was left out, in the words of the event DNSConfigForming. */
  readonly omitted: readonly string[];
}

/** @param node the node's own configuration, the base of the policy Default */
export function podDns(pod: DnsPod, node: ResolvConf, cluster: ClusterDns): PodDns {
  const base = baseOf(pod, node, cluster);
  return withinLimits(pod.spec.dnsConfig === undefined ? base : merged(base, pod.spec.dnsConfig));
}

function baseOf(pod: DnsPod, node: ResolvConf, cluster: ClusterDns): ResolvConf {
  const { dnsPolicy, hostNetwork } = pod.spec;
  if (dnsPolicy === 'None') return { nameservers: [], search: [], options: [] };
  // On the host's network, ClusterFirst means Default; the other policy has to be asked for by name.
  if (dnsPolicy === 'Default' || (dnsPolicy === 'ClusterFirst' && hostNetwork === true)) return node;
  const { domain, servers } = cluster;
  const namespace = pod.metadata.namespace ?? 'default';
  return {
    nameservers: servers,
    search: unique([`${namespace}.svc.${domain}`, `svc.${domain}`, domain, ...node.search]),
    options: CLUSTER_OPTIONS,
  };
}

/** What the Pod adds; an option that is there already is replaced. */
function merged(base: ResolvConf, added: PodDNSConfig): ResolvConf {
  const options = new Map(base.options.map(option => [option.split(':')[0] ?? option, option]));
  for (const { name = '', value } of added.options ?? [])
    options.set(name, value === undefined || value === '' ? name : `${name}:${value}`);
  return {
    nameservers: unique([...base.nameservers, ...(added.nameservers ?? [])]),
    search: unique([...base.search, ...(added.searches ?? [])]),
    options: [...options.values()],
  };
}

function withinLimits(conf: ResolvConf): PodDns {
  const nameservers = conf.nameservers.slice(0, MOST.servers);
  const search = conf.search.slice(0, MOST.searches);
  while (search.join(' ').length > MOST.searchCharacters) search.pop();
  const omitted = [
    ...(nameservers.length === conf.nameservers.length
      ? []
      : [
          `Nameserver limits were exceeded, some nameservers have been omitted, the applied nameserver line is: ${nameservers.join(' ')}`,
        ]),
    ...(search.length === conf.search.length
      ? []
      : [
          `Search Line limits were exceeded, some search paths have been omitted, the applied search line is: ${search.join(' ')}`,
        ]),
  ];
  return { conf: { ...conf, nameservers, search }, omitted };
}

const unique = (words: readonly string[]): readonly string[] => [...new Set(words)];
