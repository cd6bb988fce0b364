// How many bytes a packet has on the wire.
//
// Models:  IPv4 header 20, TCP 20 plus the options that Linux sends by default, UDP 8, ICMP 8, VXLAN 8, Ethernet 14.
// Read:    RFC 791, RFC 9293, RFC 7323 (timestamps), RFC 792, RFC 7348.

import { type Frame, type IpPacket, isIcmpError, type Segment } from './packet.ts';

export const ETHERNET_HEADER_BYTES = 14;
export const IPV4_HEADER_BYTES = 20;
/** Over TCP a DNS message has its length before it (RFC 1035, section 4.2.2). */
export const DNS_LENGTH_BYTES = 2;
export const UDP_HEADER_BYTES = 8;
export const ICMP_HEADER_BYTES = 8;
export const VXLAN_HEADER_BYTES = 8;
export const ARP_BYTES = 28;

/** Linux quotes up to 576 bytes in all in an ICMP error (net/ipv4/icmp.c, `icmp_send`). */
const ICMP_ERROR_MAX_BYTES = 576;

/**
 * A TCP header with the options that Linux sends: MSS, SACK, timestamps and window scale on SYN (40),
 * timestamps on the rest (32), none on a reset (20).
 */
export function tcpHeaderBytes(segment: Segment): number {
  if (segment.flags === 'SYN' || segment.flags === 'SYN-ACK') return 40;
  return segment.flags === 'RST' || segment.flags === 'RST-ACK' ? 20 : 32;
}

/** Length of the IP packet: the "total length" field of its header. */
export function ipBytes(packet: IpPacket): number {
  if (packet.fragment !== undefined) return IPV4_HEADER_BYTES + packet.fragment.bytes;
  return IPV4_HEADER_BYTES + bodyBytes(packet);
}

/** Length of what follows the IP header of the whole datagram. */
export function bodyBytes(packet: IpPacket): number {
  const body = packet.body;
  switch (body.kind) {
    case 'tcp':
      return tcpHeaderBytes(body) + Math.min(body.payload.bytes, body.payload.segmentBytes ?? body.payload.bytes);
    case 'udp':
      if (body.vxlan !== undefined) return UDP_HEADER_BYTES + VXLAN_HEADER_BYTES + frameBytes(body.vxlan.frame);
      return UDP_HEADER_BYTES + body.payload.bytes;
    case 'ipip':
      return ipBytes(body.inner);
    case 'icmp':
      if (!isIcmpError(body)) return ICMP_HEADER_BYTES + body.payload.bytes;
      return Math.min(ICMP_HEADER_BYTES + ipBytes(body.quoted), ICMP_ERROR_MAX_BYTES - IPV4_HEADER_BYTES);
  }
}

/** Length of the frame, without the frame check sequence. */
export function frameBytes(frame: Frame): number {
  return ETHERNET_HEADER_BYTES + (frame.payload.kind === 'arp' ? ARP_BYTES : ipBytes(frame.payload));
}
