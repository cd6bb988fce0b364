// Values of nft's types: read from words, printed, put in order.
//
// Read:    nft(8), DATA TYPES; nftables src/datatype.c, src/mergesort.c.

import { fromNumber, interfaceAddress, ip, maskNumber, toNumber } from '../../net/address.ts';
import { ParseError } from '../../runtime/errors.ts';
import type { NftDatatype, NftPart } from './types.ts';

/** Names of protocols. Source: IANA protocol numbers, as /etc/protocols spells them. */
const PROTOCOLS: ReadonlyMap<string, number> = new Map([
  ['icmp', 1],
  ['ipencap', 4],
  ['tcp', 6],
  ['udp', 17],
  ['gre', 47],
  ['esp', 50],
  ['ah', 51],
  ['sctp', 132],
]);
const PROTOCOL_NAMES = new Map([...PROTOCOLS].map(([name, number]) => [number, name]));

/** In the order in which nft prints them. Source: nftables src/ct.c. */
const NAMES: Readonly<Partial<Record<NftDatatype, readonly string[]>>> = {
  ct_state: ['invalid', 'established', 'related', 'new', 'untracked'],
  ct_status: ['snat', 'dnat'],
  ct_dir: ['original', 'reply'],
  fib_addrtype: ['unicast', 'local', 'broadcast', 'multicast', 'blackhole', 'unreachable', 'prohibit'],
};

const WORD: Readonly<Record<NftDatatype, string>> = {
  ipv4_addr: 'an IPv4 address, a prefix or a range',
  inet_proto: 'a protocol',
  inet_service: 'a port or a range of ports',
  mark: 'a mark',
  ifname: 'the name of an interface',
  ct_state: 'a state',
  ct_status: 'a status',
  ct_dir: 'a direction',
  fib_addrtype: 'a type of address',
  integer: 'a number',
};

/** What is expected of a type, for messages: `a port or a range of ports`. */
export function expectedOf(type: NftDatatype): string {
  const names = NAMES[type];
  return names === undefined ? WORD[type] : `${WORD[type]} (${names.join(', ')})`;
}

/**
 * Reads one value.
 * @throws ParseError `not a port or a range of ports: "http"`
 */
export function readPart(type: NftDatatype, text: string): NftPart {
  const wrong = (): ParseError => new ParseError(`${expectedOf(type)} was expected, not "${text}"`);
  const value = (of: number | string): NftPart => ({ kind: 'value', value: of });
  switch (type) {
    case 'ipv4_addr': {
      if (text.includes('-')) {
        const [first, last] = text.split('-').map(end => toNumber(ip(end)));
        if (first === undefined || last === undefined || first > last) throw wrong();
        return { kind: 'range', first, last };
      }
      const { address, prefixLength: length } = interfaceAddress(text);
      if (length > 32 || address.includes(':')) throw wrong();
      if (length === 32) return value(toNumber(address));
      return { kind: 'prefix', first: maskNumber(toNumber(address), length), length };
    }
    case 'inet_service': {
      const range = /^(\d+)-(\d+)$/.exec(text);
      if (range === null) return value(upTo(65535, text, wrong));
      const [first, last] = [upTo(65535, range[1] ?? '', wrong), upTo(65535, range[2] ?? '', wrong)];
      if (first > last) throw wrong();
      return { kind: 'range', first, last };
    }
    case 'inet_proto':
      return value(PROTOCOLS.get(text) ?? upTo(255, text, wrong));
    case 'mark':
    case 'integer':
      return value(upTo(0xffffffff, text, wrong));
    case 'ifname':
      if (text === '' || text.length > 15) throw wrong();
      return value(text);
    default:
      if (NAMES[type]?.includes(text) !== true) throw wrong();
      return value(text);
  }
}

function upTo(most: number, text: string, wrong: () => ParseError): number {
  if (!/^(\d+|0x[0-9a-fA-F]+)$/.test(text) || Number(text) > most) throw wrong();
  return Number(text);
}

/** A range of addresses that is a prefix: that is how nft lists it in a set. */
export function asPrefix(part: NftPart): NftPart {
  if (part.kind !== 'range') return part;
  const { first, last } = part;
  const length = 32 - Math.log2(last - first + 1);
  if (length === 32) return { kind: 'value', value: first };
  const isPrefix = Number.isInteger(length) && maskNumber(first, length) === first;
  return isPrefix ? { kind: 'prefix', first, length } : part;
}

/** First and last number of a part; undefined for a name. */
export function boundsOf(part: NftPart): readonly [number, number] | undefined {
  switch (part.kind) {
    case 'range':
      return [part.first, part.last];
    case 'prefix':
      return [part.first, part.first + 2 ** (32 - part.length) - 1];
    case 'value':
      return typeof part.value === 'number' ? [part.value, part.value] : undefined;
  }
}

/** Whether a part has this value in it. A name that ends with `*` stands for all that begin so. */
export function partHas(part: NftPart, value: number | string): boolean {
  if (part.kind === 'value') {
    if (part.value === value) return true;
    const isOpen = typeof part.value === 'string' && part.value.endsWith('*');
    return isOpen && typeof value === 'string' && value.startsWith(String(part.value).slice(0, -1));
  }
  const bounds = boundsOf(part);
  return bounds !== undefined && typeof value === 'number' && value >= bounds[0] && value <= bounds[1];
}

export function renderPart(type: NftDatatype, part: NftPart): string {
  switch (part.kind) {
    case 'value':
      return renderValue(type, part.value);
    case 'range':
      return `${renderValue(type, part.first)}-${renderValue(type, part.last)}`;
    case 'prefix':
      return `${fromNumber(part.first)}/${part.length}`;
  }
}

export function renderValue(type: NftDatatype, value: number | string): string {
  if (typeof value === 'string') return type === 'ifname' ? `"${value}"` : value;
  switch (type) {
    case 'ipv4_addr':
      return fromNumber(value);
    case 'inet_proto':
      return PROTOCOL_NAMES.get(value) ?? String(value);
    case 'mark':
      return renderMark(value);
    default:
      return String(value);
  }
}

export function renderMark(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`;
}

/** Names in nft's order: `established,related`. */
export function inOrder(type: NftDatatype, names: readonly string[]): readonly string[] {
  const known = NAMES[type] ?? [];
  return [...names].sort((a, b) => known.indexOf(a) - known.indexOf(b));
}

const WIDTH: Readonly<Partial<Record<NftDatatype, number>>> = { ipv4_addr: 4, inet_service: 2, mark: 4, integer: 4 };
const IFNAME_BYTES = 16;

/** Bits of the states. Source: nftables src/ct.c, `ct_state_tbl`. */
const BITS: Readonly<Record<string, number>> = {
  invalid: 1,
  established: 2,
  related: 4,
  new: 8,
  untracked: 64,
  snat: 16,
  dnat: 32,
};

/**
 * Puts keys into the order in which nft lists them: single values by their number; names of interfaces and
 * concatenations by their bytes, the last one first. Source: nftables src/mergesort.c on a little-endian machine.
 */
export function compareKeys(types: readonly NftDatatype[], a: readonly NftPart[], b: readonly NftPart[]): number {
  const [first] = types;
  if (types.length === 1 && first !== undefined && first !== 'ifname')
    return numberOf(first, a[0]) - numberOf(first, b[0]);
  const [left, right] = [bytesOf(types, a), bytesOf(types, b)];
  for (let i = left.length - 1; i >= 0; i--) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function numberOf(type: NftDatatype, part: NftPart | undefined): number {
  if (part === undefined) return 0;
  if (part.kind === 'value' && typeof part.value === 'string')
    return BITS[part.value] ?? NAMES[type]?.indexOf(part.value) ?? 0;
  return boundsOf(part)?.[0] ?? 0;
}

function bytesOf(types: readonly NftDatatype[], parts: readonly NftPart[]): readonly number[] {
  return types.flatMap((type, i) => {
    const part = parts[i];
    if (type === 'ifname') {
      const name = part?.kind === 'value' ? String(part.value) : '';
      return Array.from({ length: IFNAME_BYTES }, (_, at) => name.charCodeAt(at) || 0);
    }
    const number = numberOf(type, part);
    const width = WIDTH[type] ?? 1;
    const bigEndian = Array.from({ length: width }, (_, at) => Math.floor(number / 256 ** (width - 1 - at)) % 256);
    return type === 'mark' ? bigEndian.reverse() : bigEndian;
  });
}
