// The resolver's configuration of a Pod, and the names that it tries.
//
// Read:    kubernetes pkg/kubelet/network/dns/dns.go; resolv.conf(5).

import { CLUSTER_DOMAIN } from './zone.ts';

export interface ResolvConf {
  readonly nameservers: readonly string[];
  readonly search: readonly string[];
  readonly ndots: number;
}

/** What the kubelet gives a Pod with dnsPolicy ClusterFirst. */
export function podResolvConf(namespace: string, dnsServiceIP: string): ResolvConf {
  return {
    nameservers: [dnsServiceIP],
    search: [`${namespace}.svc.${CLUSTER_DOMAIN}`, `svc.${CLUSTER_DOMAIN}`, CLUSTER_DOMAIN],
    ndots: 5,
  };
}

/** `/etc/resolv.conf`. */
export function formatResolvConf(conf: ResolvConf): string {
  const search = conf.search.length === 0 ? [] : [`search ${conf.search.join(' ')}`];
  return [
    ...search,
    ...conf.nameservers.map(server => `nameserver ${server}`),
    ...(conf.ndots === 1 ? [] : [`options ndots:${conf.ndots}`]),
    '',
  ].join('\n');
}

/** The full names to ask for, in order: a name with enough dots is tried as it is first. */
export function candidates(conf: ResolvConf, name: string): readonly string[] {
  if (name.endsWith('.')) return [name.slice(0, -1)];
  const searched = conf.search.map(domain => `${name}.${domain}`);
  const dots = name.split('.').length - 1;
  return dots >= conf.ndots ? [name, ...searched] : [...searched, name];
}
