// Errors that a kernel sends back: ICMP messages and resets made by rules.
//
// Models:  who is told, from which address, with which type and code; no error about an error.
// Omits:   rate limits.
// Read:    kernel net/ipv4/icmp.c, `__icmp_send`; net/ipv4/netfilter/nf_reject_ipv4.c; RFC 1122, section 3.2.2.

import type { NetDevice } from '../linux/netDevice.ts';
import type { RejectWith } from '../linux/netfilter/types.ts';
import { isMulticast, LIMITED_BROADCAST } from '../net/address.ts';
import { flowOf, reverse } from '../net/flow.ts';
import { isGroup } from '../net/mac.ts';
import { bareFrame, type Frame, type IcmpError, type IpPacket, isIcmpError, NO_PAYLOAD } from '../net/packet.ts';
import { routeOutput, sendLocal } from './send.ts';
import { ipOf, type Skb } from './skb.ts';
import type { StepDetail } from './trace.ts';
import type { Walk } from './walk.ts';

/** Type and code of an error, without the packet that it quotes. */
export type ErrorKind = Pick<IcmpError, 'type' | 'code' | 'mtu'>;

/** Tells the sender of a packet what became of it. A sender in this very namespace is told over the loopback. */
export function sendError(walk: Walk, skb: Skb, kind: ErrorKind): void {
  const packet = ipOf(skb);
  if (!deservesAnError(skb, packet)) return;
  const { view } = skb;
  const local = view.derived.localAddresses.has(packet.dst) ? packet.dst : undefined;
  const way = routeOutput(view, packet.src, local);
  if (way.kind === 'refused') return;
  const error: IpPacket = {
    kind: 'ip',
    src: way.source,
    dst: packet.src,
    ttl: view.derived.sysctl.defaultTtl,
    df: false,
    id: walk.nextId(view, 'ip-id', 1),
    fragment: undefined,
    body: {
      kind: 'icmp',
      type: kind.type,
      code: kind.code,
      ...(kind.mtu !== undefined && { mtu: kind.mtu }),
      quoted: packet,
    },
  };
  const label = errorName(kind);
  const sent = sendLocal(walk, view, error, way, {
    role: 'icmp-error',
    label: `ICMP ${label}`,
    cause: skb,
    from: { kind: 'generated', what: label },
  });
  attachTracking(sent, skb);
}

/**
 * An error belongs to the flow of the packet that it is about, even if that flow is not written down yet.
 * Source: kernel net/ipv4/icmp.c, `icmp_glue_bits`; nf_conntrack_core.c, `nf_conntrack_attach`.
 */
function attachTracking(error: Skb, about: Skb): void {
  const tracking = about.tracking;
  if (tracking?.entry === undefined) return;
  error.tracking = {
    state: 'RELATED',
    direction: tracking.direction === 'original' ? 'reply' : 'original',
    entry: tracking.entry,
    confirmed: true,
    destinationDecided: true,
    sourceDecided: true,
  };
}

/** No error about an error, a broadcast, a later fragment. Source: RFC 1122, section 3.2.2. */
function deservesAnError(skb: Skb, packet: IpPacket): boolean {
  if (isIcmpError(packet.body)) return false;
  if (isMulticast(packet.dst) || packet.dst === LIMITED_BROADCAST) return false;
  if (packet.fragment !== undefined && packet.fragment.offset > 0) return false;
  const destination = skb.frame.ethernet?.dst;
  return skb.fromHere || destination === undefined || !isGroup(destination);
}

/** The name that tcpdump and ping give the error. */
export function errorName(kind: ErrorKind): string {
  if (kind.type === 'time-exceeded') return 'time exceeded in-transit';
  if (kind.type === 'redirect') return 'redirect';
  if (kind.type === 'parameter-problem') return 'parameter problem';
  switch (kind.code) {
    case 0:
      return 'net unreachable';
    case 1:
      return 'host unreachable';
    case 2:
      return 'protocol unreachable';
    case 3:
      return 'port unreachable';
    case 4:
      return `fragmentation needed (mtu ${kind.mtu ?? 0})`;
    case 9:
      return 'net prohibited';
    case 10:
      return 'host prohibited';
    case 13:
      return 'admin prohibited';
    default:
      return `unreachable, code ${kind.code}`;
  }
}

const REJECT_CODE: Readonly<Record<Exclude<RejectWith, 'tcp-reset'>, number>> = {
  'icmp-net-unreachable': 0,
  'icmp-host-unreachable': 1,
  'icmp-proto-unreachable': 2,
  'icmp-port-unreachable': 3,
  'icmp-net-prohibited': 9,
  'icmp-host-prohibited': 10,
  'icmp-admin-prohibited': 13,
};

/** A REJECT rule: the packet ends here and its sender is told. */
export function reject(walk: Walk, skb: Skb, kind: RejectWith): void {
  const packet = ipOf(skb);
  if (kind === 'tcp-reset') sendReset(walk, skb, packet, 'rule');
  else sendError(walk, skb, { type: 'destination-unreachable', code: REJECT_CODE[kind] });
  skb.trace.end(walk.elapsedUs, 'REJECTED', 'NETFILTER_DROP');
}

/**
 * A segment that refuses a connection, in the name of the packet's destination.
 * @param by the kernel's TCP, or a rule: its answer to a frame of a bridge goes straight back out of the port
 */
export function sendReset(walk: Walk, skb: Skb, packet: IpPacket, by: 'socket' | 'rule'): void {
  const segment = packet.body;
  if (segment.kind !== 'tcp' || segment.flags === 'RST' || segment.flags === 'RST-ACK') return;
  const { view } = skb;
  const way = routeOutput(view, packet.src, packet.dst);
  if (way.kind === 'refused') return;
  const answersAck = segment.flags !== 'SYN';
  const reset: IpPacket = {
    kind: 'ip',
    src: packet.dst,
    dst: packet.src,
    ttl: view.derived.sysctl.defaultTtl,
    df: true,
    id: 0,
    fragment: undefined,
    body: {
      kind: 'tcp',
      srcPort: segment.dstPort,
      dstPort: segment.srcPort,
      flags: answersAck ? 'RST' : 'RST-ACK',
      seq: answersAck ? segment.ack : 0,
      ack: answersAck ? 0 : segment.seq + 1,
      payload: NO_PAYLOAD,
    },
  };
  const journey = {
    role: 'reset',
    label: answersAck ? 'RST' : 'RST-ACK',
    cause: skb,
    from: { kind: 'socket-send', purpose: 'refuses the connection', flow: reverse(flowOf(packet)) },
  } as const;
  if (by === 'rule' && skb.bridged !== undefined && skb.frame.ethernet !== undefined)
    sendBack(walk, skb, skb.bridged.inPort, reset, journey);
  else {
    const sent = sendLocal(walk, view, reset, way, journey);
    // Of the same flow, even one that is not written down: it is translated back. Source: kernel `nf_ct_attach`.
    if (by === 'rule') attachTracking(sent, skb);
  }
}

/** No hook sees it, so nothing is translated back. Source: kernel net/ipv4/netfilter/nf_reject_ipv4.c, `nf_send_reset`. */
function sendBack(
  walk: Walk,
  { view, frame }: Skb,
  port: NetDevice,
  reset: IpPacket,
  journey: { readonly role: 'reset'; readonly label: string; readonly cause: Skb; readonly from: StepDetail },
): void {
  const { ethernet } = frame;
  const answer: Frame =
    ethernet === undefined ? bareFrame(reset) : { ethernet: { src: ethernet.dst, dst: ethernet.src }, payload: reset };
  const skb = walk.originate(view, answer, journey.role, journey.label, journey.cause);
  skb.trace.step(view, 'socketSend', 'SENT', journey.from, answer, answer);
  skb.outDevice = port;
  walk.enqueue(skb, 'linkTransmit');
}
