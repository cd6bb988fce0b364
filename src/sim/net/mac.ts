// MAC addresses as lower-case text.

import { ParseError } from '../runtime/errors.ts';
import { hash32 } from '../runtime/hash.ts';
import { type Ip, toNumber } from './address.ts';

/** An Ethernet address: `0a:58:0a:f4:01:02`. Build with {@link mac}; compare with `===`. */
export type Mac = string & { readonly __mac: unique symbol };

export const BROADCAST_MAC = 'ff:ff:ff:ff:ff:ff' as Mac;
export const ZERO_MAC = '00:00:00:00:00:00' as Mac;

/** @throws ParseError `not a MAC address: "0a:58" (six pairs of hexadecimal digits were expected)` */
export function mac(text: string): Mac {
  const lower = text.toLowerCase();
  if (!/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(lower)) {
    throw new ParseError(`not a MAC address: "${text}" (six pairs of hexadecimal digits were expected)`);
  }
  return lower as Mac;
}

/** The low bit of the first byte: a frame for a group, not for one station (IEEE 802). */
export function isGroup(address: Mac): boolean {
  // The second digit decides: odd ones are 1, 3, 5, 7, 9, b, d, f. Character codes spare the parsing.
  const code = address.charCodeAt(1);
  return ((code < 58 ? code : code - 87) & 1) === 1;
}

/** Two fixed bytes, then the IPv4 address: `0a:58` is what the CNI bridge plugin gives, `02:42` what container hosts have. */
export function macOfIp(lead: '0a:58' | '02:42', address: Ip): Mac {
  const hex = toNumber(address).toString(16).padStart(8, '0');
  return `${lead}:${hex.slice(0, 2)}:${hex.slice(2, 4)}:${hex.slice(4, 6)}:${hex.slice(6, 8)}` as Mac;
}

/** A locally administered unicast address drawn from the parts, as the kernel draws one for a new veth end. */
export function drawnMac(...parts: readonly (string | number)[]): Mac {
  const high = hash32('mac', ...parts);
  const low = hash32('mac-low', ...parts);
  const bytes = [
    ((high >>> 24) & 0xfc) | 2,
    (high >>> 16) & 255,
    (high >>> 8) & 255,
    high & 255,
    (low >>> 8) & 255,
    low & 255,
  ];
  return bytes.map(byte => byte.toString(16).padStart(2, '0')).join(':') as Mac;
}
