// IP addresses and prefixes as canonical text, of either family.
//
// Models:  RFC 791 and RFC 4291 addresses, RFC 4632 prefixes; IPv6 text in the form of RFC 5952.
// Omits:   zones (fe80::1%eth0).

import ipaddr from 'ipaddr.js';
import { failure, ParseError, type Result, success } from '../runtime/errors.ts';
import { remembered } from '../runtime/remembered.ts';

/** An IP address in canonical form: `10.244.1.2`, `fd00::1`. Build with {@link ip}; compare with `===`. */
export type Ip = string & { readonly __ip: unique symbol };

/** An address range in canonical form, host bits cleared: `10.244.0.0/16`. Build with {@link prefix}. */
export type Prefix = string & { readonly __prefix: unique symbol };

/** An address with the length of its network: `10.244.1.1/24`, host bits kept. */
export interface InterfaceAddress {
  readonly address: Ip;
  readonly prefixLength: number;
}

export type Family = 'IPv4' | 'IPv6';

const V4_OCTETS = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

/** @throws ParseError `not an IP address: "10.0.300.1" (octet 3 is 300, above 255)` */
export function ip(text: string): Ip {
  const read = readIp(text);
  if (!read.ok) throw new ParseError(`not an IP address: "${text}"${read.error}`);
  return read.value;
}

/** The address that a text is, if it is one. */
export function asIp(text: string): Ip | undefined {
  const read = readIp(text);
  return read.ok ? read.value : undefined;
}

export function isIp(text: string): boolean {
  return readIp(text).ok;
}

const NOT_AN_ADDRESS = failure('');

/** The error says more than "not an address" where more is known. */
const readIp = remembered((text): Result<Ip, string> => {
  const octets = V4_OCTETS.exec(text);
  if (octets !== null) {
    for (let i = 1; i <= 4; i++) {
      const octet = octets[i] ?? '';
      if (Number(octet) > 255) return failure(` (octet ${i} is ${octet}, above 255)`);
      if (octet.length > 1 && octet.startsWith('0')) return failure(` (octet ${i} has a leading zero)`);
    }
    return success(text as Ip);
  }
  if (text.includes(':') && !text.includes('%') && ipaddr.IPv6.isValid(text))
    return success(ipaddr.IPv6.parse(text).toRFC5952String() as Ip);
  return NOT_AN_ADDRESS;
});

export function familyOf(address: Ip | Prefix): Family {
  return address.includes(':') ? 'IPv6' : 'IPv4';
}

const numbers = new Map<string, number>();

/** An IPv4 address as a number from 0 to 2^32 - 1. Cached: the kernels ask it of every packet. */
export function toNumber(address: Ip): number {
  const known = numbers.get(address);
  if (known !== undefined) return known;
  let value = 0;
  for (const octet of address.split('.')) value = value * 256 + Number(octet);
  if (numbers.size > 100_000) numbers.clear();
  numbers.set(address, value);
  return value;
}

/** The IPv4 address that the number stands for. */
export function fromNumber(value: number): Ip {
  return `${(value >>> 24) & 255}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}` as Ip;
}

/** A prefix taken apart, for matching many addresses against it. */
export interface PrefixBits {
  readonly prefix: Prefix;
  readonly family: Family;
  readonly network: Ip;
  readonly length: number;
  /** For IPv4: the network as a number, and the mask that clears host bits. */
  readonly number: number;
  readonly mask: number;
}

const parsedPrefixes = new Map<string, PrefixBits>();

export function prefixBits(value: Prefix): PrefixBits {
  const known = parsedPrefixes.get(value);
  if (known !== undefined) return known;
  const slash = value.indexOf('/');
  const network = value.slice(0, slash) as Ip;
  const length = Number(value.slice(slash + 1));
  const family = familyOf(value);
  const number = family === 'IPv4' ? toNumber(network) : 0;
  const bits: PrefixBits = { prefix: value, family, network, length, number, mask: maskNumber(0xffffffff, length) };
  parsedPrefixes.set(value, bits);
  return bits;
}

/**
 * Parses `10.244.0.0/16`, or an address alone as its host prefix; host bits are cleared.
 * @throws ParseError `not a prefix: "10.0.0.0/40" (a length from 0 to 32 was expected)`
 */
export function prefix(text: string): Prefix {
  const { address, prefixLength } = interfaceAddress(text);
  return networkOf(address, prefixLength);
}

/**
 * Parses `10.244.1.1/24`; an address alone gets its family's full length.
 * @throws ParseError
 */
export function interfaceAddress(text: string): InterfaceAddress {
  const slash = text.indexOf('/');
  const address = ip(slash < 0 ? text : text.slice(0, slash));
  const width = familyOf(address) === 'IPv4' ? 32 : 128;
  if (slash < 0) return { address, prefixLength: width };
  const lengthText = text.slice(slash + 1);
  const prefixLength = Number(lengthText);
  if (!/^\d{1,3}$/.test(lengthText) || prefixLength > width) {
    throw new ParseError(`not a prefix: "${text}" (a length from 0 to ${width} was expected)`);
  }
  return { address, prefixLength };
}

/** The range that an address with this prefix length lies in. */
export function networkOf(address: Ip, length: number): Prefix {
  if (familyOf(address) === 'IPv4') return `${fromNumber(maskNumber(toNumber(address), length))}/${length}` as Prefix;
  const network = ipaddr.IPv6.networkAddressFromCIDR(`${address}/${length}`).toRFC5952String();
  return `${network}/${length}` as Prefix;
}

/** Clears the host bits of a 32-bit address. */
export function maskNumber(address: number, length: number): number {
  return length === 0 ? 0 : (address & (0xffffffff << (32 - length))) >>> 0;
}

/** The address with only the bits of the mask: `10.1.2.3` and `255.255.0.0` give `10.1.0.0`. */
export function maskedAddress(address: Ip, mask: Ip): Ip {
  return mask === LIMITED_BROADCAST ? address : fromNumber((toNumber(address) & toNumber(mask)) >>> 0);
}

export function contains(range: Prefix, address: Ip): boolean {
  return isWithin(prefixBits(range), address);
}

/** The same for many addresses. */
export function insideOf(range: Prefix): (address: Ip) => boolean {
  const bits = prefixBits(range);
  return address => isWithin(bits, address);
}

function isWithin(bits: PrefixBits, address: Ip): boolean {
  if (familyOf(address) !== bits.family) return false;
  if (bits.family === 'IPv4') return (toNumber(address) & bits.mask) >>> 0 === bits.number;
  return ipaddr.IPv6.parse(address).match(ipaddr.IPv6.parse(bits.network), bits.length);
}

/** The `n`-th address of an IPv4 range, counted from its network address. */
export function nthAddress(range: Prefix, n: number): Ip {
  return fromNumber(toNumber(prefixBits(range).network) + n);
}

/** The highest address of an IPv4 range: its broadcast address (RFC 919). */
export function broadcastOf(range: Prefix): Ip {
  const bits = prefixBits(range);
  return nthAddress(range, 2 ** (32 - bits.length) - 1);
}

/** Number of addresses in an IPv4 range. */
export function sizeOf(range: Prefix): number {
  return 2 ** (32 - prefixBits(range).length);
}

export function formatInterfaceAddress(value: InterfaceAddress): string {
  return `${value.address}/${value.prefixLength}`;
}

const MULTICAST = '224.0.0.0/4' as Prefix;

export function isLoopbackAddress(address: Ip): boolean {
  return address.startsWith('127.') || address === '::1';
}

export function isMulticast(address: Ip): boolean {
  return address.startsWith('ff') || (address.startsWith('2') && contains(MULTICAST, address));
}

export const UNSPECIFIED = '0.0.0.0' as Ip;
export const LIMITED_BROADCAST = '255.255.255.255' as Ip;
