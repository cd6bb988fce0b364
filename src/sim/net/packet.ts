// Values on the wire: Ethernet frames, ARP messages, IP packets and what they carry. Edits return copies.
//
// Models:  the header fields that decide a packet's way: addresses, ports, TTL, DF, fragments, TCP flags, ICMP types.
// Omits:   checksums, TCP windows and options other than MSS, IP options, VLAN tags.
// Read:    RFC 791, RFC 826, RFC 792, RFC 9293, RFC 768, RFC 7348.

import type { Ip } from './address.ts';
import type { Mac } from './mac.ts';

/** The link-layer header. */
export interface EthernetHeader {
  readonly src: Mac;
  readonly dst: Mac;
}

/** What a kernel holds or a wire carries. */
export interface Frame {
  /** Absent in a packet that its own host has made and whose neighbour is not resolved yet. */
  readonly ethernet?: EthernetHeader | undefined;
  readonly payload: ArpMessage | IpPacket;
}

/** RFC 826, for IPv4 over Ethernet. */
export interface ArpMessage {
  readonly kind: 'arp';
  readonly operation: 'request' | 'reply';
  readonly senderMac: Mac;
  readonly senderIp: Ip;
  readonly targetMac: Mac;
  readonly targetIp: Ip;
}

/** An IP packet. Sizes are in bytes. */
export interface IpPacket {
  readonly kind: 'ip';
  readonly src: Ip;
  readonly dst: Ip;
  readonly ttl: number;
  /** Don't fragment (RFC 791, section 3.1). */
  readonly df: boolean;
  readonly id: number;
  /** Present in a fragment: its place in the whole datagram and whether more follow. */
  readonly fragment?: Fragment | undefined;
  readonly body: Segment | Datagram | IcmpMessage | IpInIp;
}

/** Where a fragment belongs: in bytes from the beginning of the datagram's body. */
export interface Fragment {
  readonly offset: number;
  readonly more: boolean;
  readonly bytes: number;
}

/** What goes on top of TCP and UDP. `bytes` counts towards every MTU; `message` is for programs and for showing. */
export interface Payload {
  readonly bytes: number;
  /** Sent as a train of segments with at most so many bytes each: what one link sees at a time. */
  readonly segmentBytes?: number | undefined;
  readonly message?: AppMessage | undefined;
}

/** What programs say to each other. */
export type AppMessage =
  | {
      readonly kind: 'http-request';
      readonly method: string;
      readonly path: string;
      readonly headers: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'http-response';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | { readonly kind: 'dns-query'; readonly id: number; readonly name: string; readonly type: string }
  | {
      readonly kind: 'dns-answer';
      readonly id: number;
      readonly name: string;
      readonly type: string;
      readonly rcode: string;
      readonly records: readonly DnsRecord[];
      /** The AA bit: the server is responsible for the name itself. */
      readonly authoritative: boolean;
      /** The TC bit: records were left out, and the whole answer goes over TCP. */
      readonly truncated: boolean;
    }
  | { readonly kind: 'text'; readonly text: string };

export interface DnsRecord {
  readonly name: string;
  readonly ttl: number;
  readonly type: string;
  readonly data: string;
}

/** The flags that a segment carries, as a name: exactly the combinations that a connection uses. */
export type TcpFlags = 'SYN' | 'SYN-ACK' | 'ACK' | 'PSH-ACK' | 'FIN-ACK' | 'RST' | 'RST-ACK';

/** A TCP segment (RFC 9293). */
export interface Segment {
  readonly kind: 'tcp';
  readonly srcPort: number;
  readonly dstPort: number;
  readonly flags: TcpFlags;
  readonly seq: number;
  readonly ack: number;
  /** Maximum segment size, announced in SYN and SYN-ACK. */
  readonly mss?: number | undefined;
  readonly payload: Payload;
}

/** A UDP datagram (RFC 768). */
export interface Datagram {
  readonly kind: 'udp';
  readonly srcPort: number;
  readonly dstPort: number;
  readonly payload: Payload;
  /** A VXLAN header and the frame inside (RFC 7348). */
  readonly vxlan?: { readonly vni: number; readonly frame: Frame };
}

/** ICMP: echo, or an error that quotes the packet that caused it (RFC 792). */
export type IcmpMessage = IcmpEcho | IcmpError;

export interface IcmpEcho {
  readonly kind: 'icmp';
  readonly type: 'echo-request' | 'echo-reply';
  readonly id: number;
  readonly seq: number;
  readonly payload: Payload;
}

/** An error message. Type and code are the numbers of RFC 792 and RFC 1812. */
export interface IcmpError {
  readonly kind: 'icmp';
  readonly type: 'destination-unreachable' | 'time-exceeded' | 'redirect' | 'parameter-problem';
  readonly code: number;
  /** Next-hop MTU of "fragmentation needed" (RFC 1191). */
  readonly mtu?: number;
  /** The offending packet, as far as it is quoted. */
  readonly quoted: IpPacket;
}

/** A whole IP packet as the body of another (RFC 2003). */
export interface IpInIp {
  readonly kind: 'ipip';
  readonly inner: IpPacket;
}

export type Protocol = 'tcp' | 'udp' | 'icmp' | 'ipip';

export const NO_PAYLOAD: Payload = { bytes: 0, segmentBytes: undefined, message: undefined };

export function isIcmpError(body: IpPacket['body']): body is IcmpError {
  return body.kind === 'icmp' && body.type !== 'echo-request' && body.type !== 'echo-reply';
}

// Every step of a journey reads packets. Those that are made here name all their fields in one order, so that an engine
// sees one shape of object and reads a field without looking for it.

/** A packet without an Ethernet header: as its host made it. */
export function bareFrame(packet: IpPacket): Frame {
  return { ethernet: undefined, payload: packet };
}

export function withIp(frame: Frame, packet: IpPacket): Frame {
  return { ethernet: frame.ethernet, payload: packet };
}

export function withTtl(packet: IpPacket, ttl: number): IpPacket {
  const { src, dst, df, id, fragment, body } = packet;
  return { kind: 'ip', src, dst, ttl, df, id, fragment, body };
}

/** The packet with another source, and its ports (or its echo identifier) in `body`. */
export function withSource(packet: IpPacket, src: Ip, body: IpPacket['body']): IpPacket {
  const { dst, ttl, df, id, fragment } = packet;
  return { kind: 'ip', src, dst, ttl, df, id, fragment, body };
}

/** The packet with another destination, and its ports (or its echo identifier) in `body`. */
export function withDestination(packet: IpPacket, dst: Ip, body: IpPacket['body']): IpPacket {
  const { src, ttl, df, id, fragment } = packet;
  return { kind: 'ip', src, dst, ttl, df, id, fragment, body };
}

/** The body with other ports; of an echo message, with the identifier that stands for its source port. */
export function withPorts(body: IpPacket['body'], srcPort: number, dstPort: number): IpPacket['body'] {
  switch (body.kind) {
    case 'tcp': {
      const { flags, seq, ack, mss, payload } = body;
      return { kind: 'tcp', srcPort, dstPort, flags, seq, ack, mss, payload };
    }
    case 'udp':
      return { ...body, srcPort, dstPort };
    case 'icmp':
      return isIcmpError(body) ? body : { ...body, id: srcPort };
    case 'ipip':
      return body;
  }
}

/** The ports of a TCP or UDP packet; undefined for others and for fragments after the first. */
export function portsOf(packet: IpPacket): { readonly src: number; readonly dst: number } | undefined {
  const body = packet.body;
  if (body.kind !== 'tcp' && body.kind !== 'udp') return undefined;
  if (packet.fragment !== undefined && packet.fragment.offset > 0) return undefined;
  return { src: body.srcPort, dst: body.dstPort };
}
