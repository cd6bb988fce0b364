// What programs say to each other, as the bytes that stand in their packets.
//
// Models:  HTTP/1.1 text (RFC 9112), DNS messages (RFC 1035, section 4) as long as dns/message.ts counts them.
// Omits:   what was counted but has no words: it is zeros.

import { type Ip, toNumber } from '../net/address.ts';
import type { AppMessage, DnsRecord, Payload } from '../net/packet.ts';
import { DNS_LENGTH_BYTES } from '../net/size.ts';
import { utf8 } from '../runtime/utf8.ts';
import { statusLine } from '../workload/httpStatus.ts';
import { type Bytes, bytes, concat, u16, u32 } from './bytes.ts';

/** Exactly as many bytes as the payload counts: its message cut to them, or followed by zeros. */
export function contentOf(payload: Payload | Piece, transport: 'tcp' | 'other'): Bytes {
  if ('content' in payload) return payload.content;
  const { bytes: length, message } = payload;
  const content = new Uint8Array(length);
  if (message === undefined) return content;
  const isFramed = transport === 'tcp' && (message.kind === 'dns-query' || message.kind === 'dns-answer');
  const before = isFramed ? DNS_LENGTH_BYTES : 0;
  if (isFramed) content.set(u16(length - before));
  content.set(messageBytes(message, length - before).subarray(0, length - before), before);
  return content;
}

/** Some of a payload's bytes, as one segment of a train carries them. */
export interface Piece extends Payload {
  readonly content: Bytes;
}

function messageBytes(message: AppMessage, length: number): Bytes {
  switch (message.kind) {
    case 'http-request':
      return utf8(httpHead(`${message.method} ${message.path} HTTP/1.1`, message.headers));
    case 'http-response': {
      const head = httpHead(statusLine(message.status), message.headers);
      return utf8(head + message.body);
    }
    case 'dns-query':
      return concat([u16(message.id, RECURSION_DESIRED, 1, 0, 0, 0), question(message)]);
    case 'dns-answer':
      return dnsAnswer(message, length);
    case 'text':
      return utf8(message.text);
  }
}

function httpHead(first: string, headers: Readonly<Record<string, string>>): string {
  return [first, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n');
}

const RECURSION_DESIRED = 0x0100;
const RESPONSE = 0x8000;
const AUTHORITATIVE = 0x0400;
const TRUNCATED = 0x0200;
const RECURSION_AVAILABLE = 0x0080;
const RCODES: Readonly<Record<string, number>> = { NOERROR: 0, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 };
/** RFC 1035, section 3.2.2; AAAA: RFC 3596; SRV: RFC 2782. */
const TYPES: Readonly<Record<string, number>> = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
  ANY: 255,
};
const CLASS_IN = 1;
/** A pointer to byte 12, where the name in question stands (RFC 1035, section 4.1.4). */
const POINTER_TO_QUESTION = u16(0xc00c);

const typeNumber = (type: string): number => TYPES[type] ?? 0;

function question({ name, type }: { readonly name: string; readonly type: string }): Bytes {
  return concat([nameBytes(name), u16(typeNumber(type), CLASS_IN)]);
}

function dnsAnswer(message: Extract<AppMessage, { kind: 'dns-answer' }>, length: number): Bytes {
  const { records } = message;
  const flags =
    RESPONSE |
    (message.authoritative ? AUTHORITATIVE : 0) |
    (message.truncated ? TRUNCATED : 0) |
    RECURSION_DESIRED |
    // CoreDNS asks others for names that are not its own, and for those alone.
    (message.authoritative ? 0 : RECURSION_AVAILABLE) |
    (RCODES[message.rcode] ?? 0);
  const asked = question(message);
  const found = records.length > 0;
  const head = u16(message.id, flags, 1, records.length, found ? 0 : 1, 0);
  if (!found) return concat([head, asked, NOTHING_FOUND]);
  const written = concat([head, asked, ...records.map(record => recordBytes(record, nameBytes(record.name)))]);
  // An answer that does not fit with its names in full has pointers instead (dns/message.ts).
  if (written.length <= length) return written;
  return concat([head, asked, ...records.map(record => recordBytes(record, POINTER_TO_QUESTION))]);
}

function recordBytes(record: DnsRecord, name: Bytes): Bytes {
  const data = recordData(record);
  return concat([name, u16(typeNumber(record.type), CLASS_IN), u32(record.ttl), u16(data.length), data]);
}

function recordData({ type, data }: DnsRecord): Bytes {
  if (type === 'A') return u32(toNumber(data as Ip));
  if (type !== 'SRV') return nameBytes(data);
  const [priority = '0', weight = '0', port = '0', target = '.'] = data.split(' ');
  return concat([u16(Number(priority), Number(weight), Number(port)), nameBytes(target)]);
}

/** A length before each label, a zero at the end (RFC 1035, section 3.1). */
function nameBytes(name: string): Bytes {
  const labels = name.replace(/\.$/, '').split('.').filter(Boolean).map(utf8);
  return concat([...labels.flatMap(label => [bytes(label.length), label]), bytes(0)]);
}

/** The SOA record that CoreDNS's kubernetes plugin adds to an answer without records. Its serial number is a time: 0. */
const NOTHING_FOUND = (() => {
  const zone = nameBytes('cluster.local');
  const data = concat([
    nameBytes('ns.dns.cluster.local'),
    nameBytes('hostmaster.cluster.local'),
    u32(0, 7200, 1800, 86_400, 30),
  ]);
  return concat([zone, u16(typeNumber('SOA'), CLASS_IN), u32(30), u16(data.length), data]);
})();
