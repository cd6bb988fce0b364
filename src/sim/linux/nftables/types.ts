// The words of nftables, as far as rules of agents such as kube-proxy use them.
//
// A table holds sets, maps and chains of its own. A base chain says at which hook and priority it is asked; what a rule
// does with a packet is said in the words that iptables' rules have too (netfilter/types.ts, `Target`).
//
// Models:  tables of the families ip and inet; chains of the types filter and nat; sets, maps and verdict maps with
//          intervals and concatenations; sets that rules write to (addresses, with a timeout).
// Omits:   other families (IPv4 only), chains of type route, flowtables, quotas, meters.
// Read:    nft(8); recordings of nft 1.0.6 on Linux 6.18 (tests/sim/linux/nftables).

import type { Hook, Target } from '../netfilter/types.ts';

export type NftFamily = 'ip' | 'inet';

export const NFT_FAMILIES: readonly NftFamily[] = ['ip', 'inet'];

/** Types of values. Source: nft(8), DATA TYPES. */
export type NftDatatype =
  | 'ipv4_addr'
  | 'inet_proto'
  | 'inet_service'
  | 'mark'
  | 'ifname'
  | 'ct_state'
  | 'ct_status'
  | 'ct_dir'
  | 'fib_addrtype'
  /** What `numgen` gives. */
  | 'integer';

/** What can be asked of a packet, spelled as nft prints it, and the type of the answer. */
export const FIELD_TYPES = {
  'ip saddr': 'ipv4_addr',
  'ip daddr': 'ipv4_addr',
  'ip protocol': 'inet_proto',
  'meta l4proto': 'inet_proto',
  'th sport': 'inet_service',
  'th dport': 'inet_service',
  'tcp sport': 'inet_service',
  'tcp dport': 'inet_service',
  'udp sport': 'inet_service',
  'udp dport': 'inet_service',
  'meta mark': 'mark',
  'ct mark': 'mark',
  iifname: 'ifname',
  oifname: 'ifname',
  'ct state': 'ct_state',
  'ct status': 'ct_status',
  'ct direction': 'ct_dir',
  'fib saddr type': 'fib_addrtype',
  'fib daddr type': 'fib_addrtype',
} as const satisfies Readonly<Record<string, NftDatatype>>;

export type NftField = keyof typeof FIELD_TYPES;

/** One value, or a range of them. Addresses, ports, protocols and marks are numbers; the others are their names. */
export type NftPart =
  | { readonly kind: 'value'; readonly value: number | string }
  | { readonly kind: 'range'; readonly first: number; readonly last: number }
  | { readonly kind: 'prefix'; readonly first: number; readonly length: number };

/** A member of a set, or an entry of a map. A concatenation has several parts. */
export interface NftElement {
  readonly parts: readonly NftPart[];
  readonly comment?: string;
  /** In a verdict map. */
  readonly verdict?: Target;
  /** In another map. */
  readonly data?: readonly NftPart[];
}

export type NftSetFlag = 'constant' | 'interval' | 'dynamic' | 'timeout';

export interface NftSet {
  /** Empty for the sets that stand in a rule. */
  readonly name: string;
  readonly types: readonly NftDatatype[];
  /** The fields that the key was declared by: `typeof ip daddr`. */
  readonly declaredBy?: readonly NftField[];
  /** What a map maps to; absent in a set. */
  readonly data?: 'verdict' | readonly NftDatatype[];
  readonly dataDeclaredBy?: readonly NftField[];
  readonly flags: readonly NftSetFlag[];
  readonly size?: number;
  /** Of an element that a rule writes, in seconds. */
  readonly timeoutSeconds?: number;
  readonly comment?: string;
  readonly elements: readonly NftElement[];
}

/** A set of the table, or one that stands in the rule. */
export type NftSetReference =
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'here'; readonly set: NftSet };

/** What a set or a map is asked for. */
export type NftKey =
  | { readonly kind: 'fields'; readonly fields: readonly NftField[] }
  /** A number from `offset` on, of `mod` many, drawn for each packet. */
  | { readonly kind: 'numgen'; readonly mod: number; readonly offset: number };

/** One part of a rule. They are taken in order: one that does not hold ends the rule, what others did before stays. */
export type NftStatement =
  /** `ip saddr != 10.0.0.0/8`. */
  | {
      readonly kind: 'compare';
      readonly field: NftField;
      readonly part: NftPart;
      readonly negated: boolean;
      /** Another statement brings it along, and nft does not print it. */
      readonly implied?: boolean;
    }
  /** `ct state established,related`: one of several. */
  | {
      readonly kind: 'one-of';
      readonly field: 'ct state' | 'ct status';
      readonly names: readonly string[];
      readonly negated: boolean;
    }
  /** `meta mark & 0x4000 == 0x4000`. */
  | {
      readonly kind: 'masked';
      readonly field: 'meta mark' | 'ct mark';
      readonly mask: number;
      readonly value: number;
      readonly negated: boolean;
    }
  /** `ip daddr . meta l4proto . th dport @services`. */
  | {
      readonly kind: 'lookup';
      readonly fields: readonly NftField[];
      readonly set: NftSetReference;
      readonly negated: boolean;
    }
  /** `vmap`: the map's verdict for the key; without an entry the rule ends. */
  | { readonly kind: 'vmap'; readonly key: NftKey; readonly map: NftSetReference }
  /** `meta mark set`: `(mark & mask) ^ xor`. */
  | { readonly kind: 'set-mark'; readonly mask: number; readonly xor: number }
  /** `update @set { ip saddr }`: the rule notes the address, for the set's timeout. */
  | {
      readonly kind: 'note';
      readonly action: 'add' | 'update';
      readonly set: string;
      readonly field: 'ip saddr' | 'ip daddr';
    }
  | { readonly kind: 'counter'; readonly packets: number; readonly bytes: number }
  | { readonly kind: 'named-counter'; readonly name: string }
  | { readonly kind: 'log'; readonly prefix?: string }
  | { readonly kind: 'notrack' }
  /** A verdict or a translation that is the same for every packet. */
  | {
      readonly kind: 'verdict';
      readonly target: Target;
      /** Of a reject in a table of the family inet: only IPv4 is answered, and its kind is said. */
      readonly answers?: 'ipv4';
    }
  /** `dnat to ... map`: a destination that a map gives: an address, or an address and a port. */
  | {
      readonly kind: 'dnat-map';
      readonly key: NftKey;
      readonly map: NftSetReference;
      /** Behind the map: `map { ... }:80`. */
      readonly port?: number;
      /** Whether the map gives the port too. */
      readonly gives: 'address' | 'address-and-port';
    };

export interface NftRule {
  readonly statements: readonly NftStatement[];
  readonly comment?: string;
}

/** Where and when a base chain is asked. */
export interface NftBase {
  readonly type: 'filter' | 'nat';
  readonly hook: Hook;
  /** Lower ones first. */
  readonly priority: number;
}

export interface NftChain {
  readonly name: string;
  readonly comment?: string;
  readonly base?: NftBase;
  /** Of a base chain. */
  readonly policy?: 'ACCEPT' | 'DROP';
  readonly rules: readonly NftRule[];
}

/** A counter with a name, that rules count in. The model counts nothing. */
export interface NftCounter {
  readonly name: string;
  readonly comment?: string;
}

export interface NftTable {
  readonly tool: 'nft';
  /** Family and name: `ip kube-proxy`. */
  readonly name: string;
  readonly family: NftFamily;
  readonly comment?: string;
  /** Sets and maps, in the order in which they were made. */
  readonly sets: ReadonlyMap<string, NftSet>;
  readonly counters: ReadonlyMap<string, NftCounter>;
  /** In the order in which they were made. */
  readonly chains: ReadonlyMap<string, NftChain>;
}

/** All nft tables of one namespace, in the order in which they were made. */
export type NftRuleset = readonly NftTable[];

export const NO_NFT_TABLES: NftRuleset = [];

/** The list in which a set that rules write to keeps its addresses (see `Mention` in netfilter/evaluate.ts). */
export function notesOf(table: NftTable, set: string): string {
  return `nft ${table.name} ${set}`;
}

/** The set that a reference means; every reference of a table that was read has one. */
export function setOf(table: NftTable, reference: NftSetReference): NftSet | undefined {
  return reference.kind === 'here' ? reference.set : table.sets.get(reference.name);
}
