// The headers of a captured packet that comparisons ask for.
//
// Read:    RFC 791, RFC 768, RFC 792, RFC 9293, RFC 7348.

/** An IPv4 packet as it was on an interface. */
export interface Packet {
  readonly src: string;
  readonly dst: string;
  readonly ttl: number;
  readonly df: boolean;
  readonly fragment: 'whole' | 'first' | 'later';
  /** Of the whole packet, in bytes, by its header. */
  readonly length: number;
  readonly body: Body;
}

export type Body =
  | {
      readonly kind: 'tcp';
      readonly srcPort: number;
      readonly dstPort: number;
      readonly seq: number;
      readonly ack: number;
      readonly flags: TcpFlags;
      readonly payloadBytes: number;
    }
  | {
      readonly kind: 'udp';
      readonly srcPort: number;
      readonly dstPort: number;
      readonly payload: Buffer;
      readonly vxlan?: { readonly vni: number; readonly inner: Packet };
    }
  | { readonly kind: 'echo'; readonly type: 0 | 8; readonly payload: Buffer }
  /** An ICMP error, with what it quotes. */
  | { readonly kind: 'error'; readonly type: number; readonly code: number; readonly quoted: Packet }
  /** A later fragment, another protocol, or cut off. */
  | { readonly kind: 'other' };

export interface TcpFlags {
  readonly syn: boolean;
  readonly ack: boolean;
  readonly rst: boolean;
}

const UDP_HEADER = 8;
const VXLAN_HEADER = 8;
const ETHERNET_HEADER = 14;
const ICMP_HEADER = 8;
const OTHER: Body = { kind: 'other' };

export function readPacket(bytes: Buffer, vxlanPorts: ReadonlySet<number>): Packet | undefined {
  if (bytes.length < 20 || bytes.readUInt8(0) >> 4 !== 4) return undefined;
  const headerBytes = (bytes.readUInt8(0) & 15) * 4;
  const fragment = bytes.readUInt16BE(6);
  const isLater = (fragment & 0x1fff) !== 0;
  const length = bytes.readUInt16BE(2);
  const rest = bytes.subarray(headerBytes, length);
  return {
    src: addressAt(bytes, 12),
    dst: addressAt(bytes, 16),
    ttl: bytes.readUInt8(8),
    df: (fragment & 0x4000) !== 0,
    fragment: isLater ? 'later' : (fragment & 0x2000) === 0 ? 'whole' : 'first',
    length,
    body: isLater ? OTHER : readBody(bytes.readUInt8(9), rest, length - headerBytes, vxlanPorts),
  };
}

function addressAt(bytes: Buffer, at: number): string {
  return [...bytes.subarray(at, at + 4)].join('.');
}

function readBody(protocol: number, rest: Buffer, fullBytes: number, vxlanPorts: ReadonlySet<number>): Body {
  switch (protocol) {
    case 6:
      return readTcp(rest, fullBytes);
    case 17:
      return readUdp(rest, vxlanPorts);
    case 1:
      return readIcmp(rest, vxlanPorts);
    default:
      return OTHER;
  }
}

/** An ICMP error may quote the first eight bytes only: ports and sequence number. */
function readTcp(rest: Buffer, fullBytes: number): Body {
  if (rest.length < 8) return OTHER;
  const isWhole = rest.length >= 20;
  const flags = isWhole ? rest.readUInt8(13) : 0;
  return {
    kind: 'tcp',
    srcPort: rest.readUInt16BE(0),
    dstPort: rest.readUInt16BE(2),
    seq: rest.readUInt32BE(4),
    ack: isWhole ? rest.readUInt32BE(8) : 0,
    flags: { syn: (flags & 2) !== 0, ack: (flags & 16) !== 0, rst: (flags & 4) !== 0 },
    payloadBytes: isWhole ? fullBytes - (rest.readUInt8(12) >> 4) * 4 : 0,
  };
}

function readUdp(rest: Buffer, vxlanPorts: ReadonlySet<number>): Body {
  if (rest.length < UDP_HEADER) return OTHER;
  const dstPort = rest.readUInt16BE(2);
  const payload = rest.subarray(UDP_HEADER);
  const udp = { kind: 'udp', srcPort: rest.readUInt16BE(0), dstPort, payload } as const;
  if (!vxlanPorts.has(dstPort) || payload.length < VXLAN_HEADER + ETHERNET_HEADER) return udp;
  // An ARP message inside is no IP packet.
  const inner = readPacket(payload.subarray(VXLAN_HEADER + ETHERNET_HEADER), vxlanPorts);
  return inner === undefined ? udp : { ...udp, vxlan: { vni: payload.readUInt32BE(4) >>> 8, inner } };
}

function readIcmp(rest: Buffer, vxlanPorts: ReadonlySet<number>): Body {
  if (rest.length < ICMP_HEADER) return OTHER;
  const type = rest.readUInt8(0);
  const payload = rest.subarray(ICMP_HEADER);
  if (type === 0 || type === 8) return { kind: 'echo', type, payload };
  if (type !== 3 && type !== 11 && type !== 12) return OTHER;
  const quoted = readPacket(payload, vxlanPorts);
  return quoted === undefined ? OTHER : { kind: 'error', type, code: rest.readUInt8(1), quoted };
}

/** The packet that a flow is about: inside a tunnel the inner one. */
export function innermost(packet: Packet): Packet {
  return packet.body.kind === 'udp' && packet.body.vxlan !== undefined ? packet.body.vxlan.inner : packet;
}
