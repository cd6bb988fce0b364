// Connection tracking: remembers both directions of a flow, so that replies can be un-NATed.
//
// Models:  nf_conntrack: tuples of both directions, NEW/ESTABLISHED/RELATED/INVALID, confirmation when the packet
//          leaves, TCP states, timeouts, NAT bindings, ICMP errors that belong to a flow.
// Omits:   helpers and expectations (FTP, SIP), zones, hash-table limits, TCP window checks.
// Read:    conntrack(8); kernel net/netfilter/nf_conntrack_core.c, nf_conntrack_proto_tcp.c, nf_nat_core.c.

import type { FlowKey } from '../net/flow.ts';
import { isIcmpError, type IpPacket, type TcpFlags } from '../net/packet.ts';
import type { VirtualMs } from '../runtime/clock.ts';

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
  readonly tcpState?: CtTcpState;
  readonly seenReply: boolean;
  /** Traffic in both directions beyond the first answer: not dropped early when the table is full. */
  readonly assured: boolean;
  /** The destination of the original direction was decided (and changed, when the flows differ). */
  readonly dnat: boolean;
  readonly snat: boolean;
  readonly mark: number;
  readonly expiresAt: VirtualMs;
}

/** ICMP echo carries its type in the tuple: a request and its reply differ. */
export function tupleKey(flow: FlowKey): string {
  return `${flow.protocol} ${flow.src}:${flow.srcPort}>${flow.dst}:${flow.dstPort}`;
}

/** Seconds for which an entry is kept. Source: kernel nf_conntrack_proto_tcp.c, `tcp_timeouts`. */
const TCP_TIMEOUT_S: Readonly<Record<CtTcpState, number>> = {
  SYN_SENT: 120,
  SYN_SENT2: 120,
  SYN_RECV: 60,
  ESTABLISHED: 432_000,
  FIN_WAIT: 120,
  CLOSE_WAIT: 60,
  LAST_ACK: 30,
  TIME_WAIT: 120,
  CLOSE: 10,
};
/** Source: kernel nf_conntrack_proto_udp.c, `udp_timeouts`. */
const UDP_TIMEOUT_S = 30;
const UDP_STREAM_TIMEOUT_S = 120;
/** Source: kernel nf_conntrack_proto_icmp.c. */
const ICMP_TIMEOUT_S = 30;
/** Source: kernel nf_conntrack_proto_generic.c. */
const GENERIC_TIMEOUT_S = 600;

export function timeoutMs(entry: Pick<CtEntry, 'original' | 'tcpState' | 'assured'>): VirtualMs {
  switch (entry.original.protocol) {
    case 'tcp':
      return TCP_TIMEOUT_S[entry.tcpState ?? 'SYN_SENT'] * 1000;
    case 'udp':
      return (entry.assured ? UDP_STREAM_TIMEOUT_S : UDP_TIMEOUT_S) * 1000;
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

/** The table spelled out once: `direction/segment/state` to what follows. */
const transitions: ReadonlyMap<string, TcpTransition> = new Map(
  Object.entries(TRANSITIONS).flatMap(([direction, rows]) =>
    Object.entries(rows).flatMap(([segment, row]) =>
      row
        .split(' ')
        .map((code, i): [string, TcpTransition] => [`${direction}/${segment}/${STATES[i]}`, CODES[code] ?? 'invalid']),
    ),
  ),
);

function segmentKind(flags: TcpFlags): 'syn' | 'synack' | 'fin' | 'ack' | 'rst' {
  switch (flags) {
    case 'SYN':
      return 'syn';
    case 'SYN-ACK':
      return 'synack';
    case 'FIN-ACK':
      return 'fin';
    case 'RST':
    case 'RST-ACK':
      return 'rst';
    default:
      return 'ack';
  }
}

/** What a segment does to a flow in this state; `undefined` is a flow that is not known yet. */
export function tcpTransition(state: CtTcpState | undefined, direction: CtDirection, flags: TcpFlags): TcpTransition {
  return transitions.get(`${direction}/${segmentKind(flags)}/${state ?? 'NONE'}`) ?? 'invalid';
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
