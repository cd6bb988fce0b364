// A packet as nested layers: where each begins and ends, and what its header says.
//
// The bytes are those that a capture of the packet has (tests/sim/view/layers.test.ts compares). Of a train of segments
// the first one is shown, which is what one link sees at a time.

import { errorName } from '../datapath/icmp.ts';
import { messageName } from '../datapath/label.ts';
import type { AppMessage, ArpMessage, Datagram, Frame, IcmpMessage, IpPacket, Segment } from '../net/packet.ts';
import { isIcmpError } from '../net/packet.ts';
import {
  ARP_BYTES,
  ETHERNET_HEADER_BYTES,
  frameBytes,
  ICMP_HEADER_BYTES,
  IPV4_HEADER_BYTES,
  ipBytes,
  tcpHeaderBytes,
  UDP_HEADER_BYTES,
  VXLAN_HEADER_BYTES,
} from '../net/size.ts';
import type { LayerField, LayerName, LayerView } from './exchange.ts';

/** The layers of a frame from the outside to the inside. */
export function layersOf(frame: Frame): readonly LayerView[] {
  const layers: LayerView[] = [];
  const put: Put = (layer, at, header, end, fields, inside = 'plain') => {
    // Of a packet that an error quotes, the end may be missing.
    if (at < end) layers.push({ layer, at, header: Math.min(header, end - at), end, inside, fields });
  };
  frameLayers(frame, 0, put);
  return layers;
}

type Put = (
  layer: LayerName,
  at: number,
  header: number,
  end: number,
  fields: readonly LayerField[],
  inside?: LayerView['inside'],
) => void;

const shown = (field: string, value: string | number): LayerField => ({ field, value: String(value), main: true });
const folded = (field: string, value: string | number): LayerField => ({ field, value: String(value), main: false });

function frameLayers({ ethernet, payload }: Frame, at: number, put: Put): void {
  if (ethernet !== undefined)
    put('Ethernet', at, ETHERNET_HEADER_BYTES, at + frameBytes({ ethernet, payload }), [
      shown('source', ethernet.src),
      shown('destination', ethernet.dst),
      folded('type', payload.kind === 'arp' ? '0x0806 (ARP)' : '0x0800 (IPv4)'),
    ]);
  const within = at + (ethernet === undefined ? 0 : ETHERNET_HEADER_BYTES);
  if (payload.kind === 'arp') put('ARP', within, ARP_BYTES, within + ARP_BYTES, arpFields(payload));
  else packetLayers(payload, within, within + ipBytes(payload), put);
}

function arpFields({ operation, senderIp, senderMac, targetIp, targetMac }: ArpMessage): readonly LayerField[] {
  return [
    shown('operation', operation),
    shown('sender', `${senderIp} is ${senderMac}`),
    shown('target', operation === 'request' ? `who has ${targetIp}?` : `${targetIp} is ${targetMac}`),
  ];
}

const PROTOCOLS: Readonly<Record<IpPacket['body']['kind'], string>> = {
  tcp: '6 (TCP)',
  udp: '17 (UDP)',
  icmp: '1 (ICMP)',
  ipip: '4 (IP in IP)',
};

/** @param end where what is there of the packet ends: an error may quote only a part */
function packetLayers(packet: IpPacket, at: number, end: number, put: Put): void {
  const { body, fragment } = packet;
  const tunnelled = body.kind === 'ipip' ? [shown('inside', `${body.inner.src} to ${body.inner.dst}`)] : [];
  const fields = [
    shown('source', packet.src),
    shown('destination', packet.dst),
    shown('TTL', packet.ttl),
    folded('length', `${ipBytes(packet)} bytes`),
    folded("don't fragment", packet.df ? 'yes' : 'no'),
    folded('identification', packet.id),
    folded('protocol', PROTOCOLS[body.kind]),
    ...tunnelled,
  ];
  put('IP', at, IPV4_HEADER_BYTES, end, fields, body.kind === 'ipip' ? 'packet' : 'plain');
  const within = at + IPV4_HEADER_BYTES;
  // A later fragment has no header of what it is a part of.
  if (fragment !== undefined && fragment.offset > 0) put('data', within, end - within, end, []);
  else bodyLayers(body, within, end, put);
}

function bodyLayers(body: IpPacket['body'], at: number, end: number, put: Put): void {
  switch (body.kind) {
    case 'tcp':
      segmentLayers(body, at, end, put);
      break;
    case 'udp':
      datagramLayers(body, at, end, put);
      break;
    case 'icmp':
      icmpLayers(body, at, end, put);
      break;
    case 'ipip':
      packetLayers(body.inner, at, end, put);
      break;
  }
}

function segmentLayers(segment: Segment, at: number, end: number, put: Put): void {
  const { flags, payload } = segment;
  const header = tcpHeaderBytes(segment);
  put('TCP', at, header, end, [
    shown('source port', segment.srcPort),
    shown('destination port', segment.dstPort),
    shown('flags', flags),
    folded('sequence', segment.seq),
    ...(flags === 'SYN' ? [] : [folded('acknowledgement', segment.ack)]),
    ...(segment.mss === undefined ? [] : [folded('largest segment', `${segment.mss} bytes`)]),
    ...(payload.bytes === 0 ? [] : [folded('data', `${payload.bytes} bytes`)]),
  ]);
  contentLayer(payload.message, at + header, end, put);
}

function datagramLayers({ srcPort, dstPort, payload, vxlan }: Datagram, at: number, end: number, put: Put): void {
  const ports = [shown('source port', srcPort), shown('destination port', dstPort)];
  const within = at + UDP_HEADER_BYTES;
  if (vxlan === undefined) {
    put('UDP', at, UDP_HEADER_BYTES, end, [...ports, folded('data', `${payload.bytes} bytes`)]);
    contentLayer(payload.message, within, end, put);
    return;
  }
  put('UDP', at, UDP_HEADER_BYTES, end, ports);
  put('VXLAN', within, VXLAN_HEADER_BYTES, end, [shown('VNI', vxlan.vni)], 'packet');
  frameLayers(vxlan.frame, within + VXLAN_HEADER_BYTES, put);
}

function icmpLayers(body: IcmpMessage, at: number, end: number, put: Put): void {
  const within = at + ICMP_HEADER_BYTES;
  if (isIcmpError(body)) {
    const fields = [shown('error', errorName(body)), shown('about', `${body.quoted.src} to ${body.quoted.dst}`)];
    put('ICMP', at, ICMP_HEADER_BYTES, end, fields, 'packet');
    packetLayers(body.quoted, within, end, put);
    return;
  }
  const fields = [shown('type', body.type), folded('identifier', body.id), folded('sequence', body.seq)];
  put('ICMP', at, ICMP_HEADER_BYTES, end, fields);
  contentLayer(body.payload.message, within, end, put);
}

function contentLayer(message: AppMessage | undefined, at: number, end: number, put: Put): void {
  if (message === undefined) {
    if (end > at) put('data', at, end - at, end, []);
    return;
  }
  const layer = message.kind.startsWith('dns') ? 'DNS' : 'HTTP';
  put(layer, at, end - at, end, [shown('message', messageName(message)), ...dnsFields(message)]);
}

function dnsFields(message: AppMessage): readonly LayerField[] {
  if (message.kind !== 'dns-query' && message.kind !== 'dns-answer') return [];
  const asked = [folded('identifier', message.id), folded('question', `${message.name} ${message.type}`)];
  if (message.kind === 'dns-query') return asked;
  return [
    ...asked,
    folded('status', message.rcode),
    folded('authoritative', message.authoritative ? 'yes' : 'no'),
    ...(message.truncated ? [folded('truncated', 'yes')] : []),
    ...message.records.map(({ name, ttl, type, data }, i) =>
      folded(`answer ${i + 1}`, `${name} ${ttl} ${type} ${data}`),
    ),
  ];
}
