// Packets as the bytes that a wire carries, with all lengths and checksums.
//
// Models:  Ethernet II, ARP, IPv4 with fragments, TCP with the options that Linux sends, UDP, VXLAN, ICMP with quoted
//          packets, IP-in-IP. Windows, window scale and timestamps are those that Linux would send.
// Omits:   the Ethernet frame check sequence (captures have none), IPv6.
// Read:    RFC 894, 826, 791, 9293, 7323, 768, 7348, 792, 2003.

import { toNumber } from '../net/address.ts';
import type { Mac } from '../net/mac.ts';
import { icmpTypeNumber, PROTOCOL_NUMBERS, typeOfService } from '../net/numbers.ts';
import {
  type ArpMessage,
  type Datagram,
  type Frame,
  type IcmpMessage,
  type IpPacket,
  isIcmpError,
  type Segment,
  type TcpFlags,
} from '../net/packet.ts';
import { ICMP_HEADER_BYTES, IPV4_HEADER_BYTES, ipBytes, tcpHeaderBytes, UDP_HEADER_BYTES } from '../net/size.ts';
import { type Bytes, bytes, checksum, concat, u16, u32 } from './bytes.ts';
import { contentOf } from './content.ts';

/** What a TCP sender says of itself in every segment. */
export interface Sender {
  /** How many bytes it takes before it must acknowledge. */
  readonly window: number;
  /** The timestamp option (RFC 7323, section 3): milliseconds of its clock, and what it saw last of the other's. */
  readonly stamp: number;
  readonly echoed: number;
}

const ETHERTYPE = { ip: 0x0800, arp: 0x0806 } as const;

/** The frame; a packet without an Ethernet header begins with its IP header. */
export function frameOnWire({ ethernet, payload }: Frame, sender: Sender): Bytes {
  const carried = payload.kind === 'arp' ? arpOnWire(payload) : ipOnWire(payload, sender);
  if (ethernet === undefined) return carried;
  return concat([macBytes(ethernet.dst), macBytes(ethernet.src), u16(ETHERTYPE[payload.kind]), carried]);
}

function macBytes(address: Mac): Bytes {
  return bytes(...address.split(':').map(pair => Number(`0x${pair}`)));
}

function arpOnWire({ operation, senderMac, senderIp, targetMac, targetIp }: ArpMessage): Bytes {
  return concat([
    u16(1, ETHERTYPE.ip),
    bytes(6, 4),
    u16(operation === 'request' ? 1 : 2),
    macBytes(senderMac),
    u32(toNumber(senderIp)),
    macBytes(targetMac),
    u32(toNumber(targetIp)),
  ]);
}

const DONT_FRAGMENT = 0x4000;
const MORE_FRAGMENTS = 0x2000;

function ipOnWire(packet: IpPacket, sender: Sender): Bytes {
  const { fragment } = packet;
  const whole = bodyOnWire(packet, sender);
  const body = fragment === undefined ? whole : whole.slice(fragment.offset, fragment.offset + fragment.bytes);
  const place =
    (packet.df ? DONT_FRAGMENT : 0) | (fragment?.more === true ? MORE_FRAGMENTS : 0) | ((fragment?.offset ?? 0) / 8);
  const head = (sum: number): Bytes =>
    concat([
      bytes(0x45, typeOfService(packet)),
      u16(IPV4_HEADER_BYTES + body.length, packet.id, place),
      bytes(packet.ttl, PROTOCOL_NUMBERS[packet.body.kind]),
      u16(sum),
      u32(toNumber(packet.src), toNumber(packet.dst)),
    ]);
  return concat([head(checksum([head(0)])), body]);
}

function bodyOnWire(packet: IpPacket, sender: Sender): Bytes {
  const { body } = packet;
  switch (body.kind) {
    case 'tcp':
      return withChecksum(packet, sum => segmentOnWire(body, sender, sum));
    case 'udp':
      return datagramOnWire(packet, body, sender);
    case 'icmp':
      return icmpOnWire(body, sender);
    case 'ipip':
      return ipOnWire(body.inner, sender);
  }
}

/** The checksum of TCP and UDP covers the addresses too (RFC 9293, section 3.1: the pseudo-header). */
function withChecksum({ src, dst, body }: IpPacket, build: (sum: number) => Bytes): Bytes {
  const plain = build(0);
  const pseudo = concat([u32(toNumber(src), toNumber(dst)), u16(PROTOCOL_NUMBERS[body.kind], plain.length)]);
  const sum = checksum([pseudo, plain]);
  // In UDP 0 says that there is none: a sum of 0 is written as all ones (RFC 768).
  return build(sum === 0 && body.kind === 'udp' ? 0xffff : sum);
}

const FIN = 1;
const SYN = 2;
const RST = 4;
const PSH = 8;
const ACK = 16;
const FLAG_BITS: Readonly<Record<TcpFlags, number>> = {
  SYN,
  'SYN-ACK': SYN | ACK,
  ACK,
  'PSH-ACK': PSH | ACK,
  'FIN-ACK': FIN | ACK,
  RST,
  'RST-ACK': RST | ACK,
};
/** Power of two by which later windows are counted (RFC 7323, section 2): what Linux draws from its default buffers. */
export const WINDOW_SCALE = 10;
const DEFAULT_MSS = 1460;

function segmentOnWire(segment: Segment, sender: Sender, sum: number): Bytes {
  const { flags } = segment;
  const isReset = flags === 'RST' || flags === 'RST-ACK';
  const isSyn = flags === 'SYN' || flags === 'SYN-ACK';
  const { window } = sender;
  const shown = isReset ? 0 : isSyn ? window : Math.ceil(window / 2 ** WINDOW_SCALE);
  const stamped = concat([bytes(8, 10), u32(sender.stamp, sender.echoed)]);
  const options = isReset
    ? bytes()
    : isSyn
      ? concat([bytes(2, 4), u16(segment.mss ?? DEFAULT_MSS), bytes(4, 2), stamped, bytes(1, 3, 3, WINDOW_SCALE)])
      : concat([bytes(1, 1), stamped]);
  return concat([
    u16(segment.srcPort, segment.dstPort),
    u32(segment.seq, segment.ack),
    bytes((tcpHeaderBytes(segment) / 4) << 4, FLAG_BITS[flags]),
    u16(shown, sum, 0),
    options,
    contentOf(segment.payload, 'tcp'),
  ]);
}

/** The flags byte of a VXLAN header: the network identifier is valid (RFC 7348, section 5). */
const VNI_VALID = 0x08;

function datagramOnWire(packet: IpPacket, { srcPort, dstPort, payload, vxlan }: Datagram, sender: Sender): Bytes {
  const carried =
    vxlan === undefined
      ? contentOf(payload, 'other')
      : concat([bytes(VNI_VALID, 0, 0, 0), u32(vxlan.vni << 8), frameOnWire(vxlan.frame, sender)]);
  const datagram = (sum: number): Bytes =>
    concat([u16(srcPort, dstPort, UDP_HEADER_BYTES + carried.length, sum), carried]);
  // Linux sends VXLAN over IPv4 without a checksum (ip-link(8), noudpcsum).
  return vxlan === undefined ? withChecksum(packet, datagram) : datagram(0);
}

/** What an error quotes at most: with its own headers it fits into 576 bytes (RFC 1812, section 4.3.2.3). */
const QUOTED_BYTES = 576 - IPV4_HEADER_BYTES - ICMP_HEADER_BYTES;

function icmpOnWire(body: IcmpMessage, sender: Sender): Bytes {
  if (!isIcmpError(body)) {
    const type = body.type === 'echo-request' ? 8 : 0;
    return icmpMessage(type, 0, u16(body.id, body.seq), contentOf(body.payload, 'other'));
  }
  const quoted = ipOnWire(body.quoted, sender).slice(0, Math.min(ipBytes(body.quoted), QUOTED_BYTES));
  return icmpMessage(icmpTypeNumber(body), body.code, u16(0, body.mtu ?? 0), quoted);
}

function icmpMessage(type: number, code: number, rest: Bytes, data: Bytes): Bytes {
  const message = (sum: number): Bytes => concat([bytes(type, code), u16(sum), rest, data]);
  return message(checksum([message(0)]));
}
