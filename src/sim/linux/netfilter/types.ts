// The words of netfilter: hooks, tables, chains, rules, matches, targets.
//
//   local process                                                   local process
//        ^                                                               |
//      INPUT                                                          routing
//        |                                                             OUTPUT
//   PREROUTING --> routing --> FORWARD --> ---------------- --> POSTROUTING -->
//
// Read:    iptables(8), iptables-extensions(8); kernel net/ipv4/netfilter/ip_tables.c.

import type { Ip, Prefix } from '../../net/address.ts';
import type { Mac } from '../../net/mac.ts';
import type { Protocol } from '../../net/packet.ts';
import type { CtDirection, CtState } from '../conntrack.ts';

/** A point of the packet's way where tables are asked. */
export type Hook = 'PREROUTING' | 'INPUT' | 'FORWARD' | 'OUTPUT' | 'POSTROUTING';

/** Tables, in the order in which one hook asks them (mangle's OUTPUT and the conntrack lookup lie between raw and nat). */
export type TableName = 'raw' | 'mangle' | 'nat' | 'filter';

export const TABLE_NAMES: readonly TableName[] = ['raw', 'mangle', 'nat', 'filter'];

/** The base chains that each table has. Source: iptables(8), TABLES. */
export const BASE_CHAINS: Readonly<Record<TableName, readonly Hook[]>> = {
  raw: ['PREROUTING', 'OUTPUT'],
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
};

/** An inclusive range of ports; one port is a range of one. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** What `--ctstate` may name: the state of the packet, or how its flow was translated. */
export type CtStateName = CtState | 'DNAT' | 'SNAT';

/** Kinds of address that `-m addrtype` knows. */
export type AddressType = 'LOCAL' | 'UNICAST' | 'BROADCAST' | 'MULTICAST' | 'BLACKHOLE' | 'UNREACHABLE' | 'PROHIBIT';

/** One condition of a rule; all of them must hold. `negated` is the `!` before it. */
export type Match =
  /** `-s`: the source address lies in the prefix. */
  | { readonly kind: 'source'; readonly prefix: Prefix; readonly negated: boolean }
  /** `-d`: the destination address lies in the prefix. */
  | { readonly kind: 'destination'; readonly prefix: Prefix; readonly negated: boolean }
  /** `-i`: the interface that it came in by; a final `+` matches any rest. */
  | { readonly kind: 'in-interface'; readonly name: string; readonly negated: boolean }
  /** `-o`: the interface that it will leave by. */
  | { readonly kind: 'out-interface'; readonly name: string; readonly negated: boolean }
  /** `-p`. */
  | { readonly kind: 'protocol'; readonly protocol: Protocol; readonly negated: boolean }
  /** `-m comment`: always holds. */
  | { readonly kind: 'comment'; readonly text: string }
  /** `-m tcp` or `-m udp`, with the ports that it asks for. */
  | {
      readonly kind: 'ports';
      readonly protocol: 'tcp' | 'udp';
      readonly source?: PortRange & { readonly negated: boolean };
      readonly destination?: PortRange & { readonly negated: boolean };
    }
  /** `-m conntrack --ctstate`. */
  | { readonly kind: 'ctstate'; readonly states: readonly CtStateName[]; readonly negated: boolean }
  /** `-m conntrack --ctdir`. */
  | { readonly kind: 'ctdir'; readonly direction: CtDirection }
  /** `-m mark`: the mark, masked, equals the value. */
  | { readonly kind: 'mark'; readonly value: number; readonly mask: number; readonly negated: boolean }
  /** `-m addrtype`. */
  | {
      readonly kind: 'addrtype';
      readonly source?: { readonly type: AddressType; readonly negated: boolean };
      readonly destination?: { readonly type: AddressType; readonly negated: boolean };
    }
  /** `-m statistic --mode random`: holds with this probability, a multiple of 2^-31 as the kernel keeps it. */
  | { readonly kind: 'random'; readonly probability: number }
  /** `-m mac --mac-source`. */
  | { readonly kind: 'mac-source'; readonly mac: Mac; readonly negated: boolean }
  /** `-m icmp --icmp-type`: the type, and the code if one is asked for; 255 is any. */
  | { readonly kind: 'icmp-type'; readonly type: number; readonly code?: number; readonly negated: boolean }
  /** `-m multiport`: one of several ports or ranges. */
  | {
      readonly kind: 'multiport';
      readonly side: 'source' | 'destination' | 'either';
      readonly ranges: readonly PortRange[];
      readonly negated: boolean;
    }
  /** `-m iprange`: an address between two others. */
  | {
      readonly kind: 'iprange';
      readonly side: 'source' | 'destination';
      readonly first: Ip;
      readonly last: Ip;
      readonly negated: boolean;
    }
  /** `-m physdev`: the ports of the bridge that the frame crosses. */
  | {
      readonly kind: 'physdev';
      readonly in?: { readonly name: string; readonly negated: boolean };
      readonly out?: { readonly name: string; readonly negated: boolean };
      readonly isBridged?: { readonly negated: boolean };
      readonly isIn?: { readonly negated: boolean };
    }
  /** `-m connmark`: the mark of the connection, masked, equals the value. */
  | { readonly kind: 'connmark'; readonly value: number; readonly mask: number; readonly negated: boolean }
  /** `-m recent`: a list of addresses that were seen lately, asked and written by rules. */
  | RecentMatch
  /** `-m set --match-set`: the packet's addresses (and ports) are in a set of ipset(8). */
  | {
      readonly kind: 'set';
      readonly set: string;
      readonly sides: readonly ('src' | 'dst')[];
      readonly negated: boolean;
    };

/** Source: iptables-extensions(8), recent. */
export interface RecentMatch {
  readonly kind: 'recent';
  /**
   * - `set`: notes the address; always holds.
   * - `rcheck`: holds when the address was noted.
   * - `update`: like rcheck, and notes it anew.
   * - `remove`: like rcheck, and forgets it.
   */
  readonly action: 'set' | 'rcheck' | 'update' | 'remove';
  readonly list: string;
  /** Only when noted within so many seconds. */
  readonly seconds?: number;
  /** Entries older than `seconds` are forgotten. */
  readonly reap: boolean;
  readonly hitcount?: number;
  readonly mask: Ip;
  readonly side: 'source' | 'destination';
  readonly negated: boolean;
}

/** What a REJECT answers with. Source: iptables-extensions(8), REJECT. */
export type RejectWith =
  | 'icmp-port-unreachable'
  | 'icmp-host-unreachable'
  | 'icmp-net-unreachable'
  | 'icmp-proto-unreachable'
  | 'icmp-net-prohibited'
  | 'icmp-host-prohibited'
  | 'icmp-admin-prohibited'
  | 'tcp-reset';

/** What a rule does with a packet that it matches. */
export type Target =
  /** Ends the table: the packet goes on. */
  | { readonly kind: 'ACCEPT' }
  /** Ends the packet. */
  | { readonly kind: 'DROP' }
  /** Goes back to the calling chain; in a base chain to its policy. */
  | { readonly kind: 'RETURN' }
  /** `-j CHAIN`: comes back when the chain decides nothing. */
  | { readonly kind: 'jump'; readonly chain: string }
  /** `-g CHAIN`: does not come back here, but to where this chain was called from. */
  | { readonly kind: 'goto'; readonly chain: string }
  /** Ends the packet and answers its sender. */
  | { readonly kind: 'REJECT'; readonly with: RejectWith }
  /** Rewrites the destination; ends the nat table. */
  | { readonly kind: 'DNAT'; readonly address?: Ip; readonly port?: number; readonly text: string }
  /** Rewrites the source; ends the nat table. */
  | { readonly kind: 'SNAT'; readonly address: Ip; readonly port?: number; readonly text: string }
  /** Rewrites the source to the address of the outgoing interface; ends the nat table. */
  | { readonly kind: 'MASQUERADE'; readonly randomFully: boolean }
  /** Sets mark bits: `(mark & ~mask) ^ value`; goes on with the next rule. */
  | { readonly kind: 'MARK'; readonly value: number; readonly mask: number }
  /** Writes the mark of the connection, or takes the packet's mark from it; goes on. */
  | {
      readonly kind: 'CONNMARK';
      readonly action: 'set' | 'save' | 'restore';
      readonly value: number;
      readonly mask: number;
    }
  /** Rewrites the destination to the interface that it came in by, or to this host; ends the nat table. */
  | { readonly kind: 'REDIRECT'; readonly port?: number }
  /** Writes a line into the kernel's log, which nothing reads here; goes on. */
  | { readonly kind: 'LOG'; readonly prefix?: string }
  /** Switches tracking off for the packet (raw table); goes on. */
  | { readonly kind: 'NOTRACK' }
  /** No `-j`: the rule only counts. */
  | { readonly kind: 'none' };

export interface Rule {
  readonly matches: readonly Match[];
  readonly target: Target;
}

export interface Chain {
  readonly name: string;
  /** The verdict at the end of a base chain; a chain that users made has none and returns. */
  readonly policy?: 'ACCEPT' | 'DROP';
  readonly rules: readonly Rule[];
}

export interface Table {
  readonly name: TableName;
  /** By name; the base chains first, in the order of the hooks, then the others by name. */
  readonly chains: ReadonlyMap<string, Chain>;
}

/** All tables of one namespace. A value that many namespaces may share. */
export interface Ruleset {
  readonly tables: ReadonlyMap<TableName, Table>;
}

export const EMPTY_RULESET: Ruleset = { tables: new Map() };

/** Matches that ask connection tracking. */
const CT_MATCHES: ReadonlySet<Match['kind']> = new Set(['ctstate', 'ctdir', 'connmark']);

/** Connection tracking works only where a rule needs it. Source: kernel `nf_ct_netns_get`. */
export function needsConntrack(ruleset: Ruleset): boolean {
  for (const table of ruleset.tables.values()) {
    for (const chain of table.chains.values()) {
      if (table.name === 'nat' && chain.rules.length > 0) return true;
      for (const rule of chain.rules) {
        if (rule.matches.some(match => CT_MATCHES.has(match.kind))) return true;
      }
    }
  }
  return false;
}
