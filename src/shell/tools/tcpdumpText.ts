// Packets as tcpdump 4.99.3 prints them.
//
// Simplified: windows, window scaling and timestamps are those that Linux would send: packets of the lab do not carry them.
// Omits:   checksums (-v), names of hosts and ports.
// Read:    tcpdump print-tcp.c, print-icmp.c, print-arp.c, print-domain.c, print-otv.c.

import {
  type AppMessage,
  type ArpMessage,
  type IcmpMessage,
  type IpPacket,
  icmpTypeNumber,
  ipBytes,
  isIcmpError,
  LENGTH_BEFORE,
  PROTOCOL_NUMBERS,
  type Segment,
  type Sender,
  type Sighting,
  statusLine,
  typeOfService,
  WINDOW_SCALE,
} from '../../sim/index.ts';

export interface PacketFormat {
  /** `-e`: the link-layer header; of `-i any` it has no destination, and the interface's index. */
  readonly link: 'hidden' | 'shown' | 'cooked';
  /** `-v`: the IP header; `-q`: less of what is above it. */
  readonly detail: 'plain' | 'verbose' | 'quiet';
  /** `-S`: sequence numbers as they are. */
  readonly numbers: 'relative' | 'absolute';
}

/** First sequence numbers that were seen of each connection, by its two ends: later ones are shown relative to them. */
export type Conversations = Map<string, { readonly low: number; readonly high: number }>;

export const newConversations = (): Conversations => new Map();

/** A packet at an interface, and what the sender of its segment says of itself. */
export interface Caught extends Sighting {
  /** Of the interface. */
  readonly index: number;
  readonly sender: Sender | undefined;
}

const HEADER_BYTES = 14;
/** Of a cooked capture. Source: print-sll.c. */
const COOKED_BYTES = 20;

export function packetText(sighting: Caught, format: PacketFormat, seen: Conversations): string {
  const { frame } = sighting;
  const { ethernet, payload } = frame;
  const isArp = payload.kind === 'arp';
  const bytes = (format.link === 'cooked' ? COOKED_BYTES : HEADER_BYTES) + (isArp ? 28 : ipBytes(payload));
  const body = isArp ? arpText(payload, format) : ipText(payload, sighting, format, seen);
  if (format.link === 'hidden') return `${isArp ? 'ARP, ' : 'IP '}${body}`;
  const type = isArp ? 'ARP (0x0806)' : 'IPv4 (0x0800)';
  if (format.link === 'cooked')
    return `ifindex ${sighting.index} ${ethernet?.src ?? ''} ethertype ${type}, length ${bytes}: ${body}`;
  return `${ethernet?.src ?? ''} > ${ethernet?.dst ?? ''}, ethertype ${type}, length ${bytes}: ${body}`;
}

function arpText({ operation, senderIp, senderMac, targetIp }: ArpMessage, { detail }: PacketFormat): string {
  const kinds = detail === 'verbose' ? 'Ethernet (len 6), IPv4 (len 4), ' : '';
  return operation === 'request'
    ? `${kinds}Request who-has ${targetIp} tell ${senderIp}, length 28`
    : `${kinds}Reply ${senderIp} is-at ${senderMac}, length 28`;
}

/** Routing errors are urgent. Source: kernel net/ipv4/icmp.c, `icmp_send`. */
function ipText(packet: IpPacket, sighting: Caught, format: PacketFormat, seen: Conversations): string {
  const { fragment, body } = packet;
  const offset = fragment?.offset ?? 0;
  const flags = fragment?.more === true ? '+' : packet.df ? 'DF' : 'none';
  const head =
    format.detail === 'verbose'
      ? `(tos 0x${typeOfService(packet).toString(16)}, ttl ${packet.ttl}, id ${packet.id}, offset ${offset}, flags [${flags}], proto ${body.kind.toUpperCase()} (${PROTOCOL_NUMBERS[body.kind]}), length ${ipBytes(packet)})\n    `
      : '';
  if (offset > 0) return `${head}${packet.src} > ${packet.dst}: ip-proto-${PROTOCOL_NUMBERS[body.kind]}`;
  switch (body.kind) {
    case 'tcp':
      return `${head}${packet.src}.${body.srcPort} > ${packet.dst}.${body.dstPort}: ${tcpText(packet, body, sighting, format, seen)}`;
    case 'udp': {
      const ends = `${packet.src}.${body.srcPort} > ${packet.dst}.${body.dstPort}: `;
      if (body.vxlan !== undefined) {
        const inner = packetText({ ...sighting, frame: body.vxlan.frame }, format, seen);
        const tunnel =
          body.dstPort === 4789
            ? `VXLAN, flags [I] (0x08), vni ${body.vxlan.vni}`
            : `OTV, flags [I] (0x08), overlay 0, instance ${body.vxlan.vni}`;
        return `${head}${ends}${tunnel}\n${inner}`;
      }
      const dns = format.detail === 'quiet' ? undefined : dnsText(body.payload.message, body.payload.bytes, format);
      return `${head}${ends}${dns ?? `UDP, length ${body.payload.bytes}`}`;
    }
    case 'icmp':
      return `${head}${packet.src} > ${packet.dst}: ICMP ${icmpText(body, fragment?.bytes)}${quotedText(body, sighting, format, seen)}`;
    case 'ipip':
      return `${head}${packet.src} > ${packet.dst}: IP ${ipText(body.inner, sighting, { ...format, detail: 'plain' }, seen)}`;
  }
}

/** -v shows what an error is about. */
function quotedText(body: IcmpMessage, sighting: Caught, format: PacketFormat, seen: Conversations): string {
  if (format.detail !== 'verbose' || !isIcmpError(body)) return '';
  return `\n\tIP ${ipText(body.quoted, sighting, { ...format, link: 'hidden' }, seen)}`;
}

const FLAGS: Readonly<Record<Segment['flags'], string>> = {
  SYN: 'S',
  'SYN-ACK': 'S.',
  ACK: '.',
  'PSH-ACK': 'P.',
  'FIN-ACK': 'F.',
  RST: 'R',
  'RST-ACK': 'R.',
};

function tcpText(
  packet: IpPacket,
  segment: Segment,
  sighting: Caught,
  format: PacketFormat,
  seen: Conversations,
): string {
  const { flags, payload, mss } = segment;
  if (format.detail === 'quiet') return `tcp ${payload.bytes}`;
  const hasAck = flags !== 'SYN' && flags !== 'RST';
  const isReset = flags === 'RST' || flags === 'RST-ACK';
  const isSyn = flags === 'SYN' || flags === 'SYN-ACK';
  const { seq, ack } = hasAck && format.numbers === 'relative' ? relative(packet, segment, seen) : segment;
  const showsSeq = payload.bytes > 0 || isSyn || isReset || flags === 'FIN-ACK';
  const words = [
    `Flags [${FLAGS[flags]}]`,
    ...(showsSeq ? [`seq ${seq}${payload.bytes > 0 ? `:${seq + payload.bytes}` : ''}`] : []),
    ...(hasAck ? [`ack ${ack}`] : []),
    ...(isReset ? ['win 0'] : optionWords(sighting.sender, isSyn ? (mss ?? 1460) : undefined)),
    `length ${payload.bytes}`,
  ];
  if (payload.bytes === 0) return words.join(', ');
  const dns = dnsText(payload.message, payload.bytes - LENGTH_BEFORE.tcp, format);
  return `${words.join(', ')}${dns === undefined ? httpText(payload, format) : ` ${dns}`}`;
}

/** Numbers since the first segment with an ACK that was seen between these two ends. Source: print-tcp.c. */
function relative(
  packet: IpPacket,
  { seq, ack, srcPort, dstPort, flags }: Segment,
  seen: Conversations,
): { readonly seq: number; readonly ack: number } {
  const [source, destination] = [`${packet.src}:${srcPort}`, `${packet.dst}:${dstPort}`];
  const isLow = source < destination;
  const key = isLow ? `${source} ${destination}` : `${destination} ${source}`;
  const start = seen.get(key);
  if (start === undefined || flags === 'SYN-ACK') {
    seen.set(key, isLow ? { low: seq, high: ack - 1 } : { low: ack - 1, high: seq });
    return { seq, ack };
  }
  return isLow
    ? { seq: (seq - start.low) >>> 0, ack: (ack - start.high) >>> 0 }
    : { seq: (seq - start.high) >>> 0, ack: (ack - start.low) >>> 0 };
}

function optionWords(sender: Sender | undefined, mss: number | undefined): readonly string[] {
  const { window = 0, stamp = 0, echoed = 0 } = sender ?? {};
  const times = `TS val ${stamp} ecr ${echoed}`;
  return mss === undefined
    ? [`win ${Math.ceil(window / 2 ** WINDOW_SCALE)}`, `options [nop,nop,${times}]`]
    : [`win ${window}`, `options [mss ${mss},sackOK,${times},nop,wscale ${WINDOW_SCALE}]`];
}

function httpText({ message, bytes }: Segment['payload'], { detail }: PacketFormat): string {
  if (message?.kind !== 'http-request' && message?.kind !== 'http-response') return '';
  const isRequest = message.kind === 'http-request';
  const first = isRequest ? `${message.method} ${message.path} HTTP/1.1` : statusLine(message.status);
  if (detail !== 'verbose') return `: HTTP: ${first}`;
  const headers = Object.entries(message.headers).map(([name, value]) => `${name}: ${value}`);
  const body = isRequest || message.body === '' ? [] : message.body.replace(/\n$/, '').split('\n');
  return `: HTTP, length: ${bytes}${[first, ...headers, '', ...body].map(line => `\n\t${line}`).join('')}`;
}

const RCODES: Readonly<Record<string, string>> = { NXDOMAIN: ' NXDomain', SERVFAIL: ' ServFail', REFUSED: ' Refused' };

function dnsText(message: AppMessage | undefined, bytes: number, { detail }: PacketFormat): string | undefined {
  if (message?.kind === 'dns-query') return `${message.id}+ ${message.type}? ${absolute(message.name)} (${bytes})`;
  if (message?.kind !== 'dns-answer') return undefined;
  const flags = `${message.authoritative ? '*-' : ''}${message.truncated ? '|' : ''}`;
  const authority = message.records.length === 0 ? 1 : 0;
  const owner = (name: string): string => (detail === 'verbose' ? ` ${absolute(name)}` : '');
  const records = message.records.map(({ name, type, data }) => `${owner(name)} ${type} ${data}`).join(',');
  return `${message.id}${RCODES[message.rcode] ?? ''}${flags} ${message.records.length}/${authority}/0${records} (${bytes})`;
}

const absolute = (name: string): string => (name.endsWith('.') ? name : `${name}.`);

/** What an error quotes at most: it fits into 576 bytes. Source: RFC 1812, section 4.3.2.3. */
const QUOTED_BYTES = 548;

/** @param fragment how many bytes of it are in this packet, where it is a part */
function icmpText(body: IcmpMessage, fragment: number | undefined): string {
  if (!isIcmpError(body)) {
    const what = body.type === 'echo-request' ? 'request' : 'reply';
    return `echo ${what}, id ${body.id}, seq ${body.seq}, length ${fragment ?? 8 + body.payload.bytes}`;
  }
  const { quoted } = body;
  return `${errorText(body.type, body.code, body.mtu, quoted)}, length ${8 + Math.min(QUOTED_BYTES, ipBytes(quoted))}`;
}

function errorText(
  type: Parameters<typeof icmpTypeNumber>[0]['type'],
  code: number,
  mtu: number | undefined,
  quoted: IpPacket,
): string {
  const { dst, body } = quoted;
  if (type === 'time-exceeded') return code === 0 ? 'time exceeded in-transit' : 'ip reassembly time exceeded';
  if (type !== 'destination-unreachable') return `type-#${icmpTypeNumber({ type })}`;
  switch (code) {
    case 0:
      return `net ${dst} unreachable`;
    case 1:
      return `host ${dst} unreachable`;
    case 2:
      return `${dst} protocol ${PROTOCOL_NUMBERS[body.kind]} unreachable`;
    case 3:
      return body.kind === 'tcp' || body.kind === 'udp'
        ? `${dst} ${body.kind} port ${body.dstPort} unreachable`
        : `${dst} protocol port unreachable`;
    case 4:
      return `${dst} unreachable - need to frag (mtu ${mtu ?? 0})`;
    case 9:
      return `net ${dst} unreachable - admin prohibited`;
    case 10:
      return `host ${dst} unreachable - admin prohibited`;
    case 13:
      return `host ${dst} unreachable - admin prohibited filter`;
    default:
      return `${dst} unreachable - #${code}`;
  }
}
