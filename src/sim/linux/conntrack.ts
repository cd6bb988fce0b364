// Connection tracking: remembers both directions of a flow, so that replies can be un-NATed.
//
// Models:  nf_conntrack: tuples of both directions, NEW/ESTABLISHED/RELATED/INVALID, confirmation when the packet
//          leaves, TCP states, timeouts, NAT bindings, ICMP errors that belong to a flow.
// Omits:   helpers and expectations (FTP, SIP), zones, hash-table limits, TCP window checks.
// Read:    conntrack(8); kernel net/netfilter/nf_conntrack_core.c, nf_conntrack_proto_tcp.c, nf_nat_core.c.

import type { Ip } from '../net/address.ts';
import { type FlowKey, sameFlow } from '../net/flow.ts';
import { type IpPacket, isIcmpError, type Protocol, type TcpFlags } from '../net/packet.ts';
import type { VirtualMs } from '../runtime/clock.ts';
import type { CowMap } from '../runtime/cowMap.ts';

/** What the state match sees. Source: iptables-extensions(8), conntrack. */
export type CtState =
  /** The first packet of a flow. */
  | 'NEW'
  /** The flow has been seen in both directions. */
  | 'ESTABLISHED'
  /** An ICMP error about a flow that is known. */
  | 'RELATED'
  /** It belongs to no flow that could have begun here. */
  | 'INVALID'
  /** Tracking was switched off for it. */
  | 'UNTRACKED';

export type CtDirection = 'original' | 'reply';

/** TCP states of an entry, as `conntrack -L` prints them. */
export type CtTcpState =
  | 'SYN_SENT'
  /** Both sides sent a SYN. */
  | 'SYN_SENT2'
  | 'SYN_RECV'
  | 'ESTABLISHED'
  | 'FIN_WAIT'
  | 'CLOSE_WAIT'
  | 'LAST_ACK'
  | 'TIME_WAIT'
  | 'CLOSE';

/** One tracked flow. Entries are values: a change is a new entry. */
export interface CtEntry {
  readonly id: number;
  /** As the first packet came in. */
  readonly original: FlowKey;
  /** As replies come in: the inverse of what the first packet looked like when it left. */
  readonly reply: FlowKey;
  readonly tcpState: CtTcpState | undefined;
  readonly seenReply: boolean;
  /** Traffic in both directions beyond the first answer: not dropped early when the table is full. */
  readonly assured: boolean;
  /** The destination of the original direction was decided (and changed, when the flows differ). */
  readonly dnat: boolean;
  readonly snat: boolean;
  readonly mark: number;
  /** The interface whose address MASQUERADE gave it: by another one its packets must not leave. */
  readonly masqueradedBy?: string | undefined;
  readonly expiresAt: VirtualMs;
}

/**
 * The table: entries by a number that a flow and its answers have in common. It is nearly unique, so that a bucket has
 * one entry or two, and no key has to be spelled out for each packet.
 */
export type CtTable = CowMap<number, readonly CtEntry[]>;

/**
 * The bucket of a flow and of its answers: a small integer of the two ports (for ICMP the identifier, twice) and of the
 * ends of the two addresses, where those of one cluster differ.
 */
export function bucketOf({ src, srcPort, dst, dstPort }: FlowKey): number {
  const ports = srcPort < dstPort ? (dstPort << 16) ^ srcPort : (srcPort << 16) ^ dstPort;
  return (ports ^ ((endOf(src) + endOf(dst)) << 12)) & 0x3fff_ffff;
}

/** The last three characters of an address, mixed. */
function endOf(address: Ip): number {
  const last = address.length - 1;
  return address.charCodeAt(last) + 11 * address.charCodeAt(last - 1) + 121 * address.charCodeAt(last - 2);
}

/** The entry that a flow belongs to, in either direction. */
export function findEntry(buckets: CtBuckets, flow: FlowKey): CtEntry | undefined {
  const bucket = buckets.get(bucketOf(flow));
  if (bucket === undefined) return undefined;
  for (const entry of bucket) if (sameFlow(entry.original, flow) || sameFlow(entry.reply, flow)) return entry;
  return undefined;
}

/** Writes an entry under both of its flows, in the place of an older state of it. */
export function putEntry(buckets: CtBuckets, entry: CtEntry): void {
  const first = bucketOf(entry.original);
  const second = bucketOf(entry.reply);
  buckets.set(first, withEntry(buckets.get(first), entry));
  if (second !== first) buckets.set(second, withEntry(buckets.get(second), entry));
}

/** Takes an entry out of the table, like `conntrack -D`. */
export function removeEntry(buckets: CtBuckets, entry: CtEntry): void {
  for (const key of new Set([bucketOf(entry.original), bucketOf(entry.reply)])) {
    const left = (buckets.get(key) ?? []).filter(other => other.id !== entry.id);
    if (left.length === 0) buckets.delete(key);
    else buckets.set(key, left);
  }
}

/** A table, or a fork of one. */
export interface CtBuckets {
  get(key: number): readonly CtEntry[] | undefined;
  set(key: number, bucket: readonly CtEntry[]): void;
  delete(key: number): void;
}

function withEntry(bucket: readonly CtEntry[] | undefined, entry: CtEntry): readonly CtEntry[] {
  if (bucket === undefined || (bucket.length === 1 && bucket[0]?.id === entry.id)) return [entry];
  return [...bucket.filter(other => other.id !== entry.id), entry];
}

/** Every entry once, in the order in which the flows began. */
export function allEntries(buckets: Iterable<readonly CtEntry[]>): readonly CtEntry[] {
  const entries = new Map<number, CtEntry>();
  for (const bucket of buckets) for (const entry of bucket) entries.set(entry.id, entry);
  return [...entries.values()].sort((a, b) => a.id - b.id);
}

/** Seconds for which an entry is kept. Source: kernel nf_conntrack_proto_tcp.c, `tcp_timeouts`. */
function tcpTimeoutS(state: CtTcpState): number {
  switch (state) {
    case 'ESTABLISHED':
      return 432_000;
    case 'SYN_RECV':
    case 'CLOSE_WAIT':
      return 60;
    case 'LAST_ACK':
      return 30;
    case 'CLOSE':
      return 10;
    default:
      return 120;
  }
}
/** Source: kernel nf_conntrack_proto_udp.c, `udp_timeouts`. */
const UDP_TIMEOUT_S = 30;
const UDP_STREAM_TIMEOUT_S = 120;
/** Source: kernel nf_conntrack_proto_icmp.c. */
const ICMP_TIMEOUT_S = 30;
/** Source: kernel nf_conntrack_proto_generic.c. */
const GENERIC_TIMEOUT_S = 600;

export function timeoutMs(protocol: Protocol, tcpState: CtTcpState | undefined, assured: boolean): VirtualMs {
  switch (protocol) {
    case 'tcp':
      return tcpTimeoutS(tcpState ?? 'SYN_SENT') * 1000;
    case 'udp':
      return (assured ? UDP_STREAM_TIMEOUT_S : UDP_TIMEOUT_S) * 1000;
    case 'icmp':
      return ICMP_TIMEOUT_S * 1000;
    default:
      return GENERIC_TIMEOUT_S * 1000;
  }
}

/** The tuple by which a packet is looked up; undefined for what tracking leaves alone. */
export function trackedFlow(packet: IpPacket): FlowKey | undefined {
  const body = packet.body;
  switch (body.kind) {
    case 'tcp':
    case 'udp':
      return { protocol: body.kind, src: packet.src, srcPort: body.srcPort, dst: packet.dst, dstPort: body.dstPort };
    case 'icmp':
      if (isIcmpError(body)) return undefined;
      return { protocol: 'icmp', src: packet.src, srcPort: body.id, dst: packet.dst, dstPort: body.id };
    case 'ipip':
      return { protocol: 'ipip', src: packet.src, srcPort: 0, dst: packet.dst, dstPort: 0 };
  }
}

/** What a segment does to the state of its flow: a new state, nothing, or "it cannot belong to this flow". */
export type TcpTransition = CtTcpState | 'ignored' | 'invalid';

const STATES = [
  'NONE',
  'SYN_SENT',
  'SYN_RECV',
  'ESTABLISHED',
  'FIN_WAIT',
  'CLOSE_WAIT',
  'LAST_ACK',
  'TIME_WAIT',
  'CLOSE',
  'SYN_SENT2',
] as const;

/**
 * The state machine as a table: a row for the kind of segment, a column for the state that it meets (in the order of
 * STATES), two letters for what follows: IV invalid, IG ignored.
 * Source: kernel nf_conntrack_proto_tcp.c, `tcp_conntracks`.
 */
const TRANSITIONS = {
  original: {
    syn: 'SS SS IG IG IG IG IG SS SS S2',
    synack: 'IV IV SR IV IV IV IV IV IV SR',
    fin: 'IV IV FW FW LA LA LA TW CL IV',
    ack: 'ES IV ES ES CW CW TW TW CL IV',
    rst: 'IV CL CL CL CL CL CL CL CL CL',
  },
  reply: {
    syn: 'IV S2 IV IV IV IV IV SS IV S2',
    synack: 'IV SR IG IG IG IG IG IG IG SR',
    fin: 'IV IV FW FW LA LA LA TW CL IV',
    ack: 'IV IG SR ES CW CW TW TW CL IG',
    rst: 'IV CL CL CL CL CL CL CL CL CL',
  },
} as const;

const CODES: Readonly<Record<string, TcpTransition>> = {
  SS: 'SYN_SENT',
  S2: 'SYN_SENT2',
  SR: 'SYN_RECV',
  ES: 'ESTABLISHED',
  FW: 'FIN_WAIT',
  CW: 'CLOSE_WAIT',
  LA: 'LAST_ACK',
  TW: 'TIME_WAIT',
  CL: 'CLOSE',
  IG: 'ignored',
  IV: 'invalid',
};

type SegmentKind = keyof (typeof TRANSITIONS)['original'];
type StateRow = Readonly<Record<(typeof STATES)[number], TcpTransition>>;

/** The table spelled out once. */
const transitions: Readonly<Record<CtDirection, Readonly<Record<SegmentKind, StateRow>>>> = {
  original: spellOut(TRANSITIONS.original),
  reply: spellOut(TRANSITIONS.reply),
};

function spellOut(rows: Readonly<Record<SegmentKind, string>>): Readonly<Record<SegmentKind, StateRow>> {
  const row = (kind: SegmentKind): StateRow => {
    const codes = rows[kind].split(' ');
    const of = (i: number): TcpTransition => CODES[codes[i] ?? 'IV'] ?? 'invalid';
    const [NONE, SYN_SENT, SYN_RECV, ESTABLISHED, FIN_WAIT] = [of(0), of(1), of(2), of(3), of(4)];
    const [CLOSE_WAIT, LAST_ACK, TIME_WAIT, CLOSE, SYN_SENT2] = [of(5), of(6), of(7), of(8), of(9)];
    return { NONE, SYN_SENT, SYN_RECV, ESTABLISHED, FIN_WAIT, CLOSE_WAIT, LAST_ACK, TIME_WAIT, CLOSE, SYN_SENT2 };
  };
  return { syn: row('syn'), synack: row('synack'), fin: row('fin'), ack: row('ack'), rst: row('rst') };
}

function rowOf(rows: Readonly<Record<SegmentKind, StateRow>>, flags: TcpFlags): StateRow {
  switch (flags) {
    case 'SYN':
      return rows.syn;
    case 'SYN-ACK':
      return rows.synack;
    case 'FIN-ACK':
      return rows.fin;
    case 'RST':
    case 'RST-ACK':
      return rows.rst;
    default:
      return rows.ack;
  }
}

/** What a segment does to a flow in this state; `undefined` is a flow that is not known yet. */
export function tcpTransition(state: CtTcpState | undefined, direction: CtDirection, flags: TcpFlags): TcpTransition {
  const rows = direction === 'original' ? transitions.original : transitions.reply;
  return cellOf(rowOf(rows, flags), state);
}

/** `row[state]`, in a form that costs nothing: every segment asks at every host. */
function cellOf(row: StateRow, state: CtTcpState | undefined): TcpTransition {
  switch (state) {
    case undefined:
      return row.NONE;
    case 'SYN_SENT':
      return row.SYN_SENT;
    case 'SYN_RECV':
      return row.SYN_RECV;
    case 'ESTABLISHED':
      return row.ESTABLISHED;
    case 'FIN_WAIT':
      return row.FIN_WAIT;
    case 'CLOSE_WAIT':
      return row.CLOSE_WAIT;
    case 'LAST_ACK':
      return row.LAST_ACK;
    case 'TIME_WAIT':
      return row.TIME_WAIT;
    case 'CLOSE':
      return row.CLOSE;
    case 'SYN_SENT2':
      return row.SYN_SENT2;
  }
}

/** Whether a packet may begin an entry. Source: `tcp_new` (loose, so that an ACK may), `icmp_new`. */
export function mayBegin(packet: IpPacket): boolean {
  const body = packet.body;
  if (body.kind === 'tcp') return tcpTransition(undefined, 'original', body.flags) !== 'invalid';
  if (body.kind === 'icmp') return body.type === 'echo-request';
  return true;
}

/** How long is left, in whole seconds, as the third column of `conntrack -L`. */
export function secondsLeft(entry: CtEntry, now: VirtualMs): number {
  return Math.max(0, Math.floor((entry.expiresAt - now) / 1000));
}
