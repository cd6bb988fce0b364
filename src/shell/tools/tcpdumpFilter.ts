// The filters of tcpdump that lessons use: `host 10.244.1.2 and tcp port 80`, `icmp or arp`, `not port 22`.
//
// Models:  flags of TCP and types of ICMP by their offsets' names: `tcp[tcpflags] & (tcp-syn|tcp-fin) != 0`.
// Omits:   everything else of pcap-filter(7): other offsets, VLANs.
// Read:    pcap-filter(7).

import {
  type Frame,
  type IpPacket,
  icmpTypeNumber,
  ipBytes,
  isIcmpError,
  isIp,
  type Prefix,
  parsePrefix,
  prefixContains,
  type Segment,
} from '../../sim/index.ts';
import { servicePort } from './services.ts';

export type FrameTest = (frame: Frame) => boolean;

export type ReadFrameFilter =
  | { readonly kind: 'test'; readonly test: FrameTest }
  | { readonly kind: 'refused'; readonly message: string };

class FilterError extends Error {}
const SYNTAX = "can't parse filter expression: syntax error";

export function readFrameFilter(words: readonly string[]): ReadFrameFilter {
  const text = words.join(' ').replaceAll('\\(', '(').replaceAll('\\)', ')');
  const tokens = text.match(/(?:tcp|icmp)\[\w+\]|!=|==|>=|<=|[()!&|=<>]{1}|[^\s()!&|=<>[\]]+|[[\]]/g) ?? [];
  if (tokens.length === 0) return { kind: 'test', test: () => true };
  try {
    return { kind: 'test', test: new Reader(tokens).whole() };
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    return { kind: 'refused', message: error.message };
  }
}

type Side = 'src' | 'dst' | 'either';
const PROTOCOLS = ['tcp', 'udp', 'icmp', 'arp', 'ip'] as const;
type ProtocolWord = (typeof PROTOCOLS)[number];
const KINDS = ['host', 'net', 'port', 'portrange'] as const;
type Kind = (typeof KINDS)[number];

class Reader {
  readonly #tokens: readonly string[];
  #at = 0;
  #unknown: string | undefined;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  whole(): FrameTest {
    const test = this.#either();
    if (this.#at < this.#tokens.length) throw new FilterError(SYNTAX);
    // Names are looked up once the whole is understood.
    if (this.#unknown !== undefined)
      throw new FilterError(`unknown host '${this.#unknown}' (this lab's tcpdump takes addresses)`);
    return test;
  }

  #take(...words: readonly string[]): boolean {
    const found = words.includes(this.#tokens[this.#at] ?? '');
    if (found) this.#at++;
    return found;
  }

  /** A word, or its sign twice. */
  #takeBoth(word: string, sign: string): boolean {
    if (this.#take(word)) return true;
    if (this.#tokens[this.#at] !== sign || this.#tokens[this.#at + 1] !== sign) return false;
    this.#at += 2;
    return true;
  }

  #oneOf<T extends string>(known: readonly T[]): T | undefined {
    const found = known.find(word => word === this.#tokens[this.#at]);
    if (found !== undefined) this.#at++;
    return found;
  }

  /** `and` and `or` are of one rank, from left to right. */
  #either(): FrameTest {
    let left = this.#one();
    for (;;) {
      if (this.#takeBoth('and', '&')) {
        const [a, b] = [left, this.#one()];
        left = frame => a(frame) && b(frame);
      } else if (this.#takeBoth('or', '|')) {
        const [a, b] = [left, this.#one()];
        left = frame => a(frame) || b(frame);
      } else return left;
    }
  }

  #one(): FrameTest {
    if (this.#take('not', '!')) {
      const test = this.#one();
      return frame => !test(frame);
    }
    if (this.#take('(')) {
      const test = this.#either();
      if (!this.#take(')')) throw new FilterError(SYNTAX);
      return test;
    }
    const field = /^(tcp|icmp)\[(\w+)\]$/.exec(this.#tokens[this.#at] ?? '');
    if (field !== null) {
      this.#at++;
      return this.#comparison(field[1] ?? '', field[2] ?? '');
    }
    if (this.#take('ether')) return this.#ether();
    for (const word of ['less', 'greater'] as const)
      if (this.#take(word)) {
        const bytes = this.#number();
        return frame => (word === 'less' ? frameBytes(frame) <= bytes : frameBytes(frame) >= bytes);
      }
    const protocol = this.#oneOf(PROTOCOLS);
    const side: Side = this.#oneOf(['src', 'dst'] as const) ?? 'either';
    const kind = this.#oneOf(KINDS);
    if (kind === undefined && side === 'either') {
      if (protocol !== undefined) return frame => isOf(frame, protocol);
      if (isName(this.#tokens[this.#at] ?? '')) throw new FilterError(SYNTAX);
      // An address alone is a host.
      return this.#value('host', 'either', undefined);
    }
    return this.#value(kind ?? 'host', side, protocol);
  }

  #number(): number {
    const text = this.#tokens[this.#at++] ?? '';
    const number = CONSTANTS[text] ?? (/^(0x[0-9a-f]+|\d+)$/i.test(text) ? Number(text) : undefined);
    if (number === undefined) throw new FilterError(SYNTAX);
    return number;
  }

  /** `tcp-syn|tcp-ack`, in parentheses or alone. */
  #mask(): number {
    const isGroup = this.#take('(');
    let mask = this.#number();
    while (isGroup && this.#take('|')) mask |= this.#number();
    if (isGroup && !this.#take(')')) throw new FilterError(SYNTAX);
    return mask;
  }

  /** Behind `tcp[tcpflags]` or `icmp[icmptype]`. */
  #comparison(protocol: string, field: string): FrameTest {
    const read = FIELDS[`${protocol} ${field}`];
    if (read === undefined)
      throw new FilterError(`this lab's tcpdump knows tcp[tcpflags] and icmp[icmptype], not ${protocol}[${field}]`);
    const mask = this.#take('&') ? this.#mask() : 0xff;
    const relation = this.#oneOf(RELATIONS);
    if (relation === undefined) throw new FilterError(SYNTAX);
    const wanted = this.#mask();
    return frame => {
      const value = read(frame);
      return value !== undefined && compares(value & mask, relation, wanted);
    };
  }

  #ether(): FrameTest {
    const side: Side = this.#oneOf(['src', 'dst'] as const) ?? 'either';
    this.#take('host');
    const text = this.#tokens[this.#at++]?.toLowerCase();
    if (text === undefined || !/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(text)) throw new FilterError(SYNTAX);
    return ({ ethernet }) => (side !== 'dst' && ethernet?.src === text) || (side !== 'src' && ethernet?.dst === text);
  }

  #value(kind: Kind, side: Side, protocol: ProtocolWord | undefined): FrameTest {
    const text = this.#tokens[this.#at++];
    if (text === undefined) throw new FilterError(SYNTAX);
    if (kind === 'host' && isName(text)) {
      this.#unknown = text;
      return () => false;
    }
    const test = kind === 'host' || kind === 'net' ? addressTest(kind, side, text) : portTest(kind, side, text);
    return frame => (protocol === undefined || isOf(frame, protocol)) && test(frame);
  }
}

const CONSTANTS: Readonly<Record<string, number>> = {
  'tcp-fin': 1,
  'tcp-syn': 2,
  'tcp-rst': 4,
  'tcp-push': 8,
  'tcp-ack': 16,
  'icmp-echoreply': 0,
  'icmp-unreach': 3,
  'icmp-echo': 8,
  'icmp-timxceed': 11,
};

const TCP_FLAGS: Readonly<Record<Segment['flags'], number>> = {
  SYN: 2,
  'SYN-ACK': 18,
  ACK: 16,
  'PSH-ACK': 24,
  'FIN-ACK': 17,
  RST: 4,
  'RST-ACK': 20,
};

const tcpFlags = ({ payload }: Frame): number | undefined =>
  payload.kind === 'ip' && payload.body.kind === 'tcp' ? TCP_FLAGS[payload.body.flags] : undefined;
function icmpType({ payload }: Frame): number | undefined {
  if (payload.kind !== 'ip' || payload.body.kind !== 'icmp') return undefined;
  const { body } = payload;
  return isIcmpError(body) ? icmpTypeNumber(body) : body.type === 'echo-request' ? 8 : 0;
}

const FIELDS: Readonly<Record<string, (frame: Frame) => number | undefined>> = {
  'tcp tcpflags': tcpFlags,
  'tcp 13': tcpFlags,
  'icmp icmptype': icmpType,
  'icmp 0': icmpType,
};

const RELATIONS = ['!=', '==', '=', '>', '<', '>=', '<='] as const;

function compares(value: number, relation: (typeof RELATIONS)[number], wanted: number): boolean {
  switch (relation) {
    case '!=':
      return value !== wanted;
    case '=':
    case '==':
      return value === wanted;
    case '>':
      return value > wanted;
    case '<':
      return value < wanted;
    case '>=':
      return value >= wanted;
    case '<=':
      return value <= wanted;
  }
}

const frameBytes = ({ payload }: Frame): number => 14 + (payload.kind === 'arp' ? 28 : ipBytes(payload));

function isOf({ payload }: Frame, protocol: ProtocolWord): boolean {
  if (protocol === 'arp' || protocol === 'ip') return payload.kind === protocol;
  return payload.kind === 'ip' && payload.body.kind === protocol;
}

function addressTest(kind: 'host' | 'net', side: Side, text: string): FrameTest {
  const [address = '', length] = text.split('/');
  const octets = address.split('.');
  // A part of an address is the network that begins so.
  if (kind === 'net' && length === undefined && /^\d+(\.\d+){0,2}$/.test(address))
    return addressTest(kind, side, `${[...octets, '0', '0', '0'].slice(0, 4).join('.')}/${octets.length * 8}`);
  if (!isIp(address) || (kind === 'host' && text.includes('/'))) throw new FilterError(SYNTAX);
  let range: Prefix;
  try {
    range = parsePrefix(text);
  } catch {
    throw new FilterError(SYNTAX);
  }
  return ({ payload }) => {
    const [src, dst] = payload.kind === 'arp' ? [payload.senderIp, payload.targetIp] : [payload.src, payload.dst];
    return (side !== 'dst' && prefixContains(range, src)) || (side !== 'src' && prefixContains(range, dst));
  };
}

const isName = (text: string): boolean => /^[a-z][\w.-]*$/i.test(text);

function portTest(kind: 'port' | 'portrange', side: Side, text: string): FrameTest {
  const [firstText = '', lastText = firstText] = kind === 'port' ? [text] : text.split('-');
  const number = (word: string): number => (/^\d+$/.test(word) ? Number(word) : (servicePort(word) ?? Number.NaN));
  const [first, last] = [number(firstText), number(lastText)];
  const large = [first, last].find(port => port > 65_535);
  if (large !== undefined) throw new FilterError(`illegal port number ${large} > 65535`);
  if (!(first >= 0 && last >= first)) throw new FilterError(`unknown port '${text}'`);
  const isWithin = (port: number): boolean => port >= first && port <= last;
  return ({ payload }) => {
    const ports = payload.kind === 'ip' ? portsOf(payload) : undefined;
    if (ports === undefined) return false;
    return (side !== 'dst' && isWithin(ports.src)) || (side !== 'src' && isWithin(ports.dst));
  };
}

function portsOf({ body, fragment }: IpPacket): { readonly src: number; readonly dst: number } | undefined {
  if (body.kind !== 'tcp' && body.kind !== 'udp') return undefined;
  return (fragment?.offset ?? 0) > 0 ? undefined : { src: body.srcPort, dst: body.dstPort };
}
