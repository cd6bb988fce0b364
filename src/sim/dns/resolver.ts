// A program's resolver: from a host name to addresses, in the order in which the C library tries.
//
// Models:  `hosts: files dns`; the ndots rule and the search list; servers in order, a timeout for each, all of it repeated;
//          what ends the search and what lets it go on; an answer that was cut is asked for again over TCP.
// Omits:   AAAA questions (real programs ask for both families at once), rotation, caches.
// Read:    glibc resolv/res_query.c `__res_context_search`, resolv/res_send.c; getaddrinfo(3).

import { type Ip, ip, isIp } from '../net/address.ts';
import type { VirtualMs } from '../runtime/clock.ts';
import { hash32 } from '../runtime/hash.ts';
import { findHost } from './hosts.ts';
import type { DnsQuery, DnsReply, DnsTransport } from './message.ts';
import { candidates, type ResolvConf, settingsOf } from './resolvConf.ts';

/** What came of one question to one server. */
export type QueryOutcome =
  | { readonly kind: 'answered'; readonly reply: DnsReply }
  /** `connecting`: over TCP, before the connection stood. */
  | { readonly kind: 'timeout'; readonly while?: 'connecting' }
  /** Nobody there: ICMP said so. */
  | { readonly kind: 'refused' }
  /** No packet left: the system call failed. */
  | { readonly kind: 'unsent'; readonly call: 'connect' | 'send'; readonly errno: string };

/** The machine or container that resolves. */
export interface ResolverHost {
  /** The text of `/etc/hosts`. */
  readonly hosts: string;
  readonly conf: ResolvConf;
  now(): VirtualMs;
  /** Sends one question and waits; time passes. */
  ask(server: Ip, query: DnsQuery, timeoutMs: VirtualMs, transport: DnsTransport): QueryOutcome;
}

export type HostResolution =
  | { readonly kind: 'found'; readonly name: string; readonly addresses: readonly Ip[] }
  /** EAI_NONAME: there is no such name. */
  | { readonly kind: 'no-name' }
  /** EAI_NODATA: the name exists and has no address. */
  | { readonly kind: 'no-data' }
  /** EAI_AGAIN: no server gave an answer. */
  | { readonly kind: 'try-again' }
  /** The program's own time limit came first. */
  | { readonly kind: 'interrupted'; readonly afterMs: VirtualMs };

/** Whether a question can carry the name. Source: RFC 1035, section 2.3.4. */
export function fitsQuestion(name: string): boolean {
  return name.length <= 254 && name.split('.').every(label => label.length <= 63);
}

/** @param limitMs how long the program lets it take */
export function resolveHost(name: string, host: ResolverHost, limitMs = Number.POSITIVE_INFINITY): HostResolution {
  if (isIp(name)) return { kind: 'found', name, addresses: [ip(name)] };
  const line = findHost(host.hosts, name);
  if (line !== undefined && isIp(line.address))
    return { kind: 'found', name: line.names[0] ?? name, addresses: [ip(line.address)] };
  if (!/^[^.\s]+(\.[^.\s]+)*\.?$/.test(name) || !fitsQuestion(name)) return { kind: 'no-name' };
  return searchNames(name, host, host.now() + limitMs, limitMs);
}

/** How a question about one full name ended, in the words of `h_errno`. */
type NameOutcome =
  | { readonly kind: 'found'; readonly name: string; readonly addresses: readonly Ip[] }
  | { readonly kind: 'HOST_NOT_FOUND' | 'NO_DATA' }
  | { readonly kind: 'TRY_AGAIN'; readonly because: 'timeout' | 'refused' | 'servfail' }
  | { readonly kind: 'out-of-time' };

function searchNames(name: string, host: ResolverHost, deadline: VirtualMs, limitMs: VirtualMs): HostResolution {
  const names = candidates(host.conf, name);
  let first: NameOutcome | undefined;
  let last: NameOutcome | undefined;
  const seen = new Set<string>();
  let isSearching = true;
  for (const candidate of names) {
    if (candidate.kind === 'searched' && !isSearching) continue;
    const outcome = askAll(candidate.name, 'A', host, deadline);
    if (outcome.kind === 'found') return outcome;
    if (outcome.kind === 'out-of-time') return { kind: 'interrupted', afterMs: limitMs };
    last = outcome;
    if (candidate.kind === 'as-is') {
      first ??= candidate === names[0] ? outcome : undefined;
      continue;
    }
    seen.add(outcome.kind === 'TRY_AGAIN' ? outcome.because : outcome.kind);
    // Nobody to ask at all: give up. Silence ends the search list; the name itself is still tried.
    if (outcome.kind === 'TRY_AGAIN' && outcome.because === 'refused') return { kind: 'try-again' };
    if (outcome.kind === 'TRY_AGAIN' && outcome.because === 'timeout') isSearching = false;
  }
  if (first !== undefined) return endOf(first);
  if (seen.has('NO_DATA')) return { kind: 'no-data' };
  if (seen.has('servfail')) return { kind: 'try-again' };
  return last === undefined ? { kind: 'no-name' } : endOf(last);
}

function endOf({ kind }: NameOutcome): HostResolution {
  if (kind === 'TRY_AGAIN') return { kind: 'try-again' };
  return { kind: kind === 'NO_DATA' ? 'no-data' : 'no-name' };
}

/** Asks every server for one full name, as often as the configuration says. */
function askAll(name: string, type: string, host: ResolverHost, deadline: VirtualMs): NameOutcome {
  const reply = askServers(name, type, host, deadline);
  if (reply.kind !== 'answered') return reply;
  const { rcode, records } = reply.reply;
  if (rcode === 'NXDOMAIN') return { kind: 'HOST_NOT_FOUND' };
  const addresses = records.filter(record => record.type === 'A' && isIp(record.data));
  const [one] = addresses;
  if (one === undefined) return { kind: 'NO_DATA' };
  return { kind: 'found', name: one.name.replace(/\.$/, ''), addresses: addresses.map(record => ip(record.data)) };
}

/** The first usable answer of the configured servers to one question about a full name. */
export function askServers(
  name: string,
  type: string,
  host: ResolverHost,
  deadline: VirtualMs = Number.POSITIVE_INFINITY,
):
  | Extract<QueryOutcome, { kind: 'answered' }>
  | Extract<NameOutcome, { kind: 'TRY_AGAIN' }>
  | { readonly kind: 'out-of-time' } {
  const { servers, timeoutS, attempts } = settingsOf(host.conf);
  let transport: DnsTransport = 'udp';
  let because: 'timeout' | 'refused' | 'servfail' = 'refused';
  for (let attempt = 0; attempt < attempts; attempt++) {
    for (const [i, server] of servers.entries()) {
      let left = deadline - host.now();
      if (left <= 0) return { kind: 'out-of-time' };
      // Later servers are given longer in all. Source: res_send.c, `get_timeout`.
      let patienceMs = (i === 0 ? timeoutS : Math.max(1, Math.floor((timeoutS << i) / servers.length))) * 1000;
      const query = dnsQuery(name, type, host.now(), attempt * servers.length + i);
      let outcome = transport === 'udp' ? host.ask(ip(server), query, Math.min(left, patienceMs), 'udp') : undefined;
      if (outcome === undefined || (outcome.kind === 'answered' && outcome.reply.truncated)) {
        // From here on over TCP, and every server once. Source: res_send.c, `v_circuit`.
        transport = 'tcp';
        attempt = attempts;
        left = deadline - host.now();
        patienceMs = TCP_PATIENCE_MS;
        outcome = host.ask(ip(server), query, Math.min(left, patienceMs), 'tcp');
      }
      if (outcome.kind === 'answered') {
        if (outcome.reply.rcode === 'NOERROR' || outcome.reply.rcode === 'NXDOMAIN') return outcome;
        because = 'servfail';
      } else if (outcome.kind === 'timeout') {
        if (left <= patienceMs) return { kind: 'out-of-time' };
        because = 'timeout';
      }
    }
  }
  return { kind: 'TRY_AGAIN', because };
}

/**
 * Over TCP the resolver waits for as long as its kernel tries to connect, and for ever after that; the lab for so long.
 * Source: res_send.c, `send_vc`.
 */
const TCP_PATIENCE_MS = 300_000;

/** A question with an identifier of its own. */
export function dnsQuery(name: string, type: string, now: VirtualMs, attempt: number): DnsQuery {
  return { kind: 'dns-query', id: hash32('dns', name, type, Math.round(now * 1000), attempt) & 0xffff, name, type };
}
