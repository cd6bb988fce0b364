// DNS messages: one question, its answer, and how many bytes they take.
//
// Models:  one question a message; names written out in full while the answer fits, compressed when it does not.
//          What does not fit into 512 bytes is left out of a datagram, which says so; over TCP the whole answer goes.
// Omits:   EDNS.
// Read:    RFC 1035, section 4; RFC 7766; github.com/miekg/dns, msg_truncate.go; the sizes agree with CoreDNS's log lines (52 bytes asked, 145 answered NXDOMAIN).

import type { AppMessage, DnsRecord, Payload } from '../net/packet.ts';
import { DNS_LENGTH_BYTES } from '../net/size.ts';

export type DnsQuery = Extract<AppMessage, { kind: 'dns-query' }>;
export type DnsReply = Extract<AppMessage, { kind: 'dns-answer' }>;

/** What a server says to a question, before it is a message. */
export interface DnsAnswer {
  readonly rcode: 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED';
  readonly records: readonly DnsRecord[];
  /** Whether the server is responsible for the name itself (the AA bit). */
  readonly from: 'authority' | 'elsewhere';
}

/** What carries a question. Over TCP a message has its length before it. */
export type DnsTransport = 'udp' | 'tcp';

export const DNS_PORT = 53;
/** What comes before a message. */
export const LENGTH_BEFORE: Readonly<Record<DnsTransport, number>> = { udp: 0, tcp: DNS_LENGTH_BYTES };
/** RFC 1035, sections 4.2.1 and 4.2.2. */
const LARGEST: Readonly<Record<DnsTransport, number>> = { udp: 512, tcp: 65_535 };
const HEADER = 12;
/** Type and class of the question. */
const QUESTION_TAIL = 4;
/** Type, class, TTL and length of a record. */
const RECORD_FIXED = 10;
/** A pointer to a name that was written before. */
const POINTER = 2;
/** The SOA record that CoreDNS adds when there is no answer. */
const NOTHING_FOUND = 93;

/** Bytes of a name on the wire: a length before each label, a zero at the end. */
function nameBytes(name: string): number {
  const plain = name.replace(/\.$/, '');
  return plain === '' ? 1 : plain.length + 2;
}

export function queryBytes({ name }: Pick<DnsQuery, 'name'>): number {
  return HEADER + nameBytes(name) + QUESTION_TAIL;
}

/** A question to a server as a program puts it to its kernel. Over TCP the program closes once it has the answer. */
export function asksServer(query: DnsQuery, transport: DnsTransport) {
  return {
    protocol: transport,
    port: DNS_PORT,
    message: query,
    requestBytes: queryBytes(query) + LENGTH_BEFORE[transport],
    ...(transport === 'tcp' && { afterAnswer: 'closes' as const }),
  };
}

function dataBytes({ type, data }: DnsRecord): number {
  if (type === 'A') return 4;
  return type === 'SRV' ? 6 + nameBytes(data.split(' ')[3] ?? '') : nameBytes(data);
}

/** The answer as it travels. A server leaves a TCP connection open for the next question. */
export function replyTo(
  query: DnsQuery,
  answer: DnsAnswer,
  transport: DnsTransport,
): Payload & { readonly message: DnsReply; readonly afterwards?: 'waits' } {
  const payload = (bytes: number, records: readonly DnsRecord[]) => ({
    bytes: bytes + LENGTH_BEFORE[transport],
    message: message(records),
    ...(transport === 'tcp' && { afterwards: 'waits' as const }),
  });
  const message = (records: readonly DnsRecord[]): DnsReply => ({
    kind: 'dns-answer',
    id: query.id,
    name: query.name,
    type: query.type,
    rcode: answer.rcode,
    records,
    authoritative: answer.from === 'authority',
    truncated: records.length < answer.records.length,
  });
  const asked = queryBytes(query);
  if (answer.records.length === 0) return payload(asked + NOTHING_FOUND, []);
  const sum = (records: readonly DnsRecord[], nameOf: (record: DnsRecord) => number): number =>
    records.reduce((bytes, record) => bytes + nameOf(record) + RECORD_FIXED + dataBytes(record), asked);
  const full = sum(answer.records, record => nameBytes(record.name));
  if (full <= LARGEST[transport]) return payload(full, answer.records);
  let records = answer.records;
  while (sum(records, () => POINTER) > LARGEST[transport]) records = records.slice(0, -1);
  const compressed = sum(records, () => POINTER);
  return payload(compressed, records);
}
