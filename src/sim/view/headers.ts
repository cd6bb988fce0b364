// Header fields of a packet before and after something happened to it, side by side.

import { errorName } from '../datapath/icmp.ts';
import { messageName } from '../datapath/label.ts';
import type { AppMessage, ArpMessage, Frame, IpPacket } from '../net/packet.ts';
import { isIcmpError } from '../net/packet.ts';
import { ipBytes } from '../net/size.ts';
import type { HeaderRow } from './exchange.ts';

type Layer = HeaderRow['layer'];

/** One field of one packet. */
interface Field {
  readonly layer: Layer;
  readonly field: string;
  readonly value: string;
  readonly main: boolean;
}

/** Rows from the link layer up. A field that only one of the two has is absent in the other. */
export function headerRows(before: Frame, after: Frame): readonly HeaderRow[] {
  const old = new Map(fieldsOf(before).map(field => [`${field.layer} ${field.field}`, field]));
  const now = new Map(fieldsOf(after).map(field => [`${field.layer} ${field.field}`, field]));
  const keys = [...new Set([...now.keys(), ...old.keys()])].sort((a, b) => rank(a, old, now) - rank(b, old, now));
  return keys.flatMap(key => {
    const a = old.get(key);
    const b = now.get(key);
    const field = b ?? a;
    if (field === undefined) return [];
    const changed = a?.value !== b?.value;
    const note = noteFor(field, a?.value, b?.value, changed);
    return [
      {
        layer: field.layer,
        field: field.field,
        ...(a !== undefined && { before: a.value }),
        ...(b !== undefined && { after: b.value }),
        changed,
        ...(note !== undefined && { note }),
        main: field.main,
      },
    ];
  });
}

const LAYERS: readonly Layer[] = ['Ethernet', 'ARP', 'IP', 'TCP', 'UDP', 'ICMP', 'VXLAN', 'HTTP', 'DNS'];

function rank(key: string, old: ReadonlyMap<string, Field>, now: ReadonlyMap<string, Field>): number {
  const field = now.get(key) ?? old.get(key);
  return field === undefined ? 0 : LAYERS.indexOf(field.layer);
}

function noteFor(
  field: Field,
  before: string | undefined,
  after: string | undefined,
  changed: boolean,
): string | undefined {
  if (!changed)
    return field.field === 'source' || field.field === 'destination'
      ? field.layer === 'IP'
        ? 'no NAT'
        : undefined
      : undefined;
  if (before === undefined || after === undefined) return undefined;
  if (field.field === 'TTL') return 'routed once';
  if (field.layer === 'IP' && (field.field === 'source' || field.field === 'destination')) return 'NAT';
  if ((field.layer === 'TCP' || field.layer === 'UDP') && field.field.endsWith('port')) return 'NAT';
  return undefined;
}

function fieldsOf(frame: Frame): readonly Field[] {
  const fields: Field[] = [];
  const add = (layer: Layer, field: string, value: string | number, main: boolean): void => {
    fields.push({ layer, field, value: String(value), main });
  };
  if (frame.ethernet !== undefined) {
    add('Ethernet', 'source', frame.ethernet.src, true);
    add('Ethernet', 'destination', frame.ethernet.dst, true);
    add('Ethernet', 'type', frame.payload.kind === 'arp' ? '0x0806 (ARP)' : '0x0800 (IPv4)', false);
  }
  if (frame.payload.kind === 'arp') arpFields(frame.payload, add);
  else ipFields(frame.payload, add);
  return fields;
}

type Add = (layer: Layer, field: string, value: string | number, main: boolean) => void;

function arpFields(message: ArpMessage, add: Add): void {
  add('ARP', 'operation', message.operation, true);
  add('ARP', 'sender', `${message.senderIp} is ${message.senderMac}`, true);
  add(
    'ARP',
    'target',
    message.operation === 'request' ? `who has ${message.targetIp}?` : `${message.targetIp} is ${message.targetMac}`,
    true,
  );
}

function ipFields(packet: IpPacket, add: Add): void {
  const { body } = packet;
  add('IP', 'source', packet.src, true);
  add('IP', 'destination', packet.dst, true);
  add('IP', 'TTL', packet.ttl, true);
  add('IP', 'length', `${ipBytes(packet)} bytes`, false);
  add('IP', "don't fragment", packet.df ? 'yes' : 'no', false);
  add('IP', 'identification', packet.id, false);
  switch (body.kind) {
    case 'tcp':
      add('IP', 'protocol', '6 (TCP)', false);
      add('TCP', 'source port', body.srcPort, true);
      add('TCP', 'destination port', body.dstPort, true);
      add('TCP', 'flags', body.flags, true);
      add('TCP', 'sequence', body.seq, false);
      if (body.flags !== 'SYN') add('TCP', 'acknowledgement', body.ack, false);
      if (body.mss !== undefined) add('TCP', 'largest segment', `${body.mss} bytes`, false);
      if (body.payload.bytes > 0) add('TCP', 'data', `${body.payload.bytes} bytes`, false);
      break;
    case 'udp':
      add('IP', 'protocol', '17 (UDP)', false);
      add('UDP', 'source port', body.srcPort, true);
      add('UDP', 'destination port', body.dstPort, true);
      if (body.vxlan !== undefined) add('VXLAN', 'VNI', body.vxlan.vni, true);
      else add('UDP', 'data', `${body.payload.bytes} bytes`, false);
      break;
    case 'icmp':
      add('IP', 'protocol', '1 (ICMP)', false);
      if (isIcmpError(body)) {
        add('ICMP', 'error', errorName(body), true);
        add('ICMP', 'about', `${body.quoted.src} to ${body.quoted.dst}`, true);
      } else {
        add('ICMP', 'type', body.type, true);
        add('ICMP', 'identifier', body.id, false);
        add('ICMP', 'sequence', body.seq, false);
      }
      break;
    case 'ipip':
      add('IP', 'protocol', '4 (IP in IP)', false);
      add('IP', 'inside', `${body.inner.src} to ${body.inner.dst}`, true);
      break;
  }
  const message = body.kind === 'tcp' || body.kind === 'udp' ? body.payload.message : undefined;
  if (message !== undefined) {
    const layer = message.kind.startsWith('dns') ? 'DNS' : 'HTTP';
    add(layer, 'message', messageName(message), true);
    if (message.kind === 'dns-query' || message.kind === 'dns-answer') dnsFields(message, add);
  }
}

function dnsFields(message: Extract<AppMessage, { kind: 'dns-query' | 'dns-answer' }>, add: Add): void {
  add('DNS', 'identifier', message.id, false);
  add('DNS', 'question', `${message.name} ${message.type}`, false);
  if (message.kind === 'dns-query') return;
  add('DNS', 'status', message.rcode, false);
  add('DNS', 'authoritative', message.authoritative ? 'yes' : 'no', false);
  for (const [i, { name, ttl, type, data }] of message.records.entries())
    add('DNS', `answer ${i + 1}`, `${name} ${ttl} ${type} ${data}`, false);
}
