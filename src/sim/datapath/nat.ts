// Rewriting addresses by the binding that connection tracking keeps.
//
// Models:  nf_nat_core.c: bindings are set up by the first packet of a flow and applied to every later one in both
//          directions; a source port that would clash is changed; ICMP errors are translated inside and outside.
// Omits:   port ranges, persistent mappings.
// Read:    kernel net/netfilter/nf_nat_core.c, nf_nat_proto.c, nf_nat_masquerade.c.

import { type CtEntry, findEntry } from '../linux/conntrack.ts';
import type { NetnsView } from '../linux/overlay.ts';
import type { Ip } from '../net/address.ts';
import { type FlowKey, reverse } from '../net/flow.ts';
import { type IpPacket, isIcmpError, withDestination, withPorts, withSource } from '../net/packet.ts';
import { type HashStart, hashFrom } from '../runtime/hash.ts';
import type { Skb } from './skb.ts';
import { ipOf, setIp } from './skb.ts';
import type { Translation } from './trace.ts';

/** Which side of a packet is rewritten: the destination in PREROUTING and OUTPUT, the source in POSTROUTING and INPUT. */
export type Side = 'source' | 'destination';

/**
 * Sends the flow's original direction to another address (`DNAT --to-destination`), or keeps it: a null binding. An echo
 * request whose answers would be those of another flow gets another identifier; a port stays.
 * Source: kernel net/netfilter/nf_nat_core.c, `nf_nat_l4proto_unique_tuple`.
 */
export function bindDestination(
  view: NetnsView,
  entry: CtEntry,
  address: Ip | undefined,
  port: number | undefined,
): CtEntry {
  const now = reverse(entry.reply);
  const asked: FlowKey = { ...now, dst: address ?? now.dst, dstPort: port ?? now.dstPort };
  const wanted = now.protocol === 'icmp' ? withFreeId(view, entry, asked) : asked;
  return {
    ...entry,
    reply: reverse(wanted),
    dnat: wanted.dst !== entry.original.dst || wanted.dstPort !== entry.original.dstPort,
  };
}

/** From 0 on: of a destination nothing is drawn. */
function withFreeId(view: NetnsView, entry: CtEntry, asked: FlowKey): FlowKey {
  const isTaken = (flow: FlowKey): boolean => {
    const other = findEntry(view.conntrack, reverse(flow));
    return other !== undefined && other.id !== entry.id;
  };
  if (!isTaken(asked)) return asked;
  for (let id = 0; id < 65536; id++) {
    const tried = { ...asked, srcPort: id, dstPort: id };
    if (!isTaken(tried)) return tried;
  }
  return asked;
}

/** What a source is to become; absent parts stay as they are. */
export interface NewSource {
  readonly address: Ip | undefined;
  readonly port: number | undefined;
  /** Any free port, drawn, rather than the old one. */
  readonly randomFully: boolean;
}

/**
 * Gives the flow's original direction another source (or keeps it: a null binding), with a port that no other flow
 * has towards the same destination. `chance` names what the drawn port depends on.
 */
export function bindSource(view: NetnsView, entry: CtEntry, source: NewSource, chance: { draw(): HashStart }): CtEntry {
  const now = reverse(entry.reply);
  const src = source.address ?? now.src;
  const isTaken = (port: number): boolean => {
    const reply: FlowKey = { protocol: now.protocol, src: now.dst, srcPort: now.dstPort, dst: src, dstPort: port };
    const other = findEntry(view.conntrack, reply);
    return other !== undefined && other.id !== entry.id;
  };
  let srcPort = source.port ?? now.srcPort;
  if (source.randomFully || isTaken(srcPort)) srcPort = freePort(isTaken, chance.draw());
  if (src === now.src && srcPort === now.srcPort) return entry;
  const dstPort = now.protocol === 'icmp' ? srcPort : now.dstPort;
  return {
    ...entry,
    reply: { protocol: now.protocol, src: now.dst, srcPort: dstPort, dst: src, dstPort: srcPort },
    snat: true,
  };
}

/** Ports 1024 to 65535 from a drawn place on. Source: kernel `nf_nat_l4proto_unique_tuple`. */
function freePort(isTaken: (port: number) => boolean, draw: HashStart): number {
  const span = 65536 - 1024;
  const start = hashFrom(draw, 'port') % span;
  for (let i = 0; i < span; i++) {
    const port = 1024 + ((start + i) % span);
    if (!isTaken(port)) return port;
  }
  return 1024 + start;
}

/**
 * Applies the flow's binding to one side of a packet, as its direction needs it: on the reply way the sides are
 * swapped. Returns what was rewritten.
 */
export function applyBinding(skb: Skb, side: Side): Translation | undefined {
  const tracking = skb.tracking;
  const entry = tracking?.entry;
  if (tracking === undefined || entry === undefined) return undefined;
  const bound = (side === 'destination') === (tracking.direction === 'original') ? entry.dnat : entry.snat;
  if (!bound) return undefined;
  const packet = ipOf(skb);
  const target = reverse(tracking.direction === 'original' ? entry.reply : entry.original);
  const kind = side === 'destination' ? 'dnat' : 'snat';
  if (isIcmpError(packet.body)) {
    const quoted = rewrite(packet.body.quoted, side === 'source' ? 'destination' : 'source', reverse(target));
    const inside: IpPacket = { ...packet, body: { ...packet.body, quoted } };
    const after = side === 'source' ? { ...inside, src: target.src } : { ...inside, dst: target.dst };
    setIp(skb, after);
    return {
      kind,
      from: { address: side === 'source' ? packet.src : packet.dst, port: 0 },
      to: { address: side === 'source' ? after.src : after.dst, port: 0 },
    };
  }
  const after = rewrite(packet, side, target);
  const from = endOf(packet, side);
  const to = endOf(after, side);
  if (from.address === to.address && from.port === to.port) return undefined;
  setIp(skb, after);
  return { kind, from, to };
}

function rewrite(packet: IpPacket, side: Side, target: FlowKey): IpPacket {
  const { body } = packet;
  const ports = portsOfBody(body);
  return side === 'destination'
    ? withDestination(
        packet,
        target.dst,
        withPorts(body, body.kind === 'icmp' ? target.dstPort : ports.source, target.dstPort),
      )
    : withSource(packet, target.src, withPorts(body, target.srcPort, ports.destination));
}

function endOf(packet: IpPacket, side: Side): { readonly address: Ip; readonly port: number } {
  const ports = portsOfBody(packet.body);
  return side === 'source'
    ? { address: packet.src, port: ports.source }
    : { address: packet.dst, port: ports.destination };
}

/** The ports that a translation sees; an echo message has its identifier on both sides. */
function portsOfBody(body: IpPacket['body']): { readonly source: number; readonly destination: number } {
  if (body.kind === 'tcp' || body.kind === 'udp') return { source: body.srcPort, destination: body.dstPort };
  return body.kind === 'icmp' && !isIcmpError(body) ? { source: body.id, destination: body.id } : NO_PORTS;
}

const NO_PORTS = { source: 0, destination: 0 } as const;
