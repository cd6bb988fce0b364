// DNS outside the cluster: the names of the hosts outside, as the resolver of the LAN knows them.
//
// Simplified: one server knows all names; delegation and caches are not shown.

import type { Ip } from '../net/address.ts';
import type { DnsAnswer } from './message.ts';

/** Names and addresses of the world outside. */
export type Upstream = readonly { readonly name: string; readonly address: Ip }[];

/** Seconds that an answer may be kept. */
const TTL_S = 300;

export function answerUpstream(hosts: Upstream, name: string, type: string, ttl = TTL_S): DnsAnswer {
  const full = name.toLowerCase().replace(/\.$/, '');
  const answer = (data: string): DnsAnswer => ({
    rcode: 'NOERROR',
    records: [{ name: `${full}.`, ttl, type, data }],
    from: 'elsewhere',
  });
  const address = addressOfReverse(full);
  if (address !== undefined) {
    const owner = hosts.find(host => host.address === address);
    if (owner !== undefined && type === 'PTR') return answer(`${owner.name}.`);
    return { rcode: 'NXDOMAIN', records: [], from: 'elsewhere' };
  }
  const found = hosts.find(host => host.name.toLowerCase() === full);
  if (found === undefined) return { rcode: 'NXDOMAIN', records: [], from: 'elsewhere' };
  return type === 'A' ? answer(found.address) : { rcode: 'NOERROR', records: [], from: 'elsewhere' };
}

/** `1.0.96.10.in-addr.arpa` stands for 10.96.0.1 (RFC 1035, section 3.5). */
export function addressOfReverse(name: string): string | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.in-addr\.arpa\.?$/i.exec(name);
  return match === null ? undefined : `${match[4]}.${match[3]}.${match[2]}.${match[1]}`;
}

export function reverseName(address: string): string {
  return `${address.split('.').reverse().join('.')}.in-addr.arpa`;
}
