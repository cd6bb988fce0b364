// The filters of tcpdump that lessons use: `host 10.244.1.2 and tcp port 80`, `icmp or arp`, `not port 22`.
//
// Omits:   everything else of pcap-filter(7): offsets, VLANs, `ether host`, `less` and `greater`.
// Read:    pcap-filter(7).

import { type Frame, type IpPacket, isIp, type Prefix, parsePrefix, prefixContains } from '../../sim/index.ts';
import { servicePort } from './services.ts';

export type FrameTest = (frame: Frame) => boolean;

export type ReadFrameFilter =
  | { readonly kind: 'test'; readonly test: FrameTest }
  | { readonly kind: 'refused'; readonly message: string };

class FilterError extends Error {}
const SYNTAX = "can't parse filter expression: syntax error";

export function readFrameFilter(words: readonly string[]): ReadFrameFilter {
  const tokens = words.join(' ').match(/[()!]|&&|\|\||[^\s()!&|]+/g) ?? [];
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

  #oneOf<T extends string>(known: readonly T[]): T | undefined {
    const found = known.find(word => word === this.#tokens[this.#at]);
    if (found !== undefined) this.#at++;
    return found;
  }

  /** `and` and `or` are of one rank, from left to right. */
  #either(): FrameTest {
    let left = this.#one();
    for (;;) {
      if (this.#take('and', '&&')) {
        const [a, b] = [left, this.#one()];
        left = frame => a(frame) && b(frame);
      } else if (this.#take('or', '||')) {
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
    const protocol = this.#oneOf(PROTOCOLS);
    const side: Side = this.#oneOf(['src', 'dst'] as const) ?? 'either';
    const kind = this.#oneOf(KINDS);
    if (kind === undefined && side === 'either') {
      if (protocol !== undefined) return frame => isOf(frame, protocol);
      // An address alone is a host.
      return this.#value('host', 'either', undefined);
    }
    return this.#value(kind ?? 'host', side, protocol);
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

function isOf({ payload }: Frame, protocol: ProtocolWord): boolean {
  if (protocol === 'arp' || protocol === 'ip') return payload.kind === protocol;
  return payload.kind === 'ip' && payload.body.kind === protocol;
}

function addressTest(kind: 'host' | 'net', side: Side, text: string): FrameTest {
  if (!isIp(text.split('/')[0] ?? '') || (kind === 'host' && text.includes('/'))) throw new FilterError(SYNTAX);
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
