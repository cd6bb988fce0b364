// ClusterIPs: which address of the Service network a Service gets.
//
// Models:  pinned addresses, "already allocated", the low part of the range that is kept for pinned ones.
// Simplified: the real allocator draws at random; here the next free address after the last one given is taken, so that
//          every run repeats and a freed address does not come back at once.
// Read:    kubernetes pkg/registry/core/service/ipallocator/ipallocator.go, cidrallocator.go; KEP-3070.

import { fromNumber, type Ip, ip, isIp, type Prefix, prefixBits, toNumber } from '../../net/address.ts';
import { failure, type Result, success } from '../../runtime/errors.ts';

/** Is the address somebody's? */
export type IsTaken = (address: Ip) => boolean;

interface Range {
  readonly first: number;
  readonly last: number;
  /** Where addresses are given out from: those below are left to pinned ones while there are others. */
  readonly dynamic: number;
}

/** Without the network's own address and, for IPv4, the broadcast address. */
function rangeOf(network: Prefix): Range {
  const { number, length } = prefixBits(network);
  const size = 2 ** (32 - length);
  const first = number + 1;
  const last = number + size - 2;
  // Source: `calculateRangeOffset`: min(max(16, size / 16), 256), and nothing for small ranges.
  const offset = size <= 16 ? 0 : Math.min(Math.max(16, Math.floor(size / 16)), 256);
  return { first, last, dynamic: Math.min(first + offset, last) };
}

/** The next free address after `previous`; `undefined` when all are taken. */
export function nextServiceIp(network: Prefix, previous: Ip | undefined, isTaken: IsTaken): Ip | undefined {
  const { first, last, dynamic } = rangeOf(network);
  const start = previous === undefined ? dynamic : Math.max(toNumber(previous) + 1, dynamic);
  for (const [from, to] of [
    [start, last],
    [dynamic, start - 1],
    [first, dynamic - 1],
  ] as const) {
    for (let number = from; number <= to; number++) {
      const address = fromNumber(number);
      if (!isTaken(address)) return address;
    }
  }
  return undefined;
}

/** Takes a pinned address, or says why not, in the allocator's words. */
export function pinServiceIp(network: Prefix, text: string, isTaken: IsTaken): Result<Ip, string> {
  // What is no address is refused by validation, with better words.
  if (!isIp(text)) return success(text as Ip);
  const address = ip(text);
  const { first, last } = rangeOf(network);
  const number = address.includes(':') ? -1 : toNumber(address);
  if (number < first || number > last) return failure('the provided network does not match the current range');
  return isTaken(address) ? failure('provided IP is already allocated') : success(address);
}
