// Rules written in code, as agents write them: short names for the matches and targets that they use.

import { type Ip, ip, type Prefix } from '../../net/address.ts';
import { randomMatch } from './parseMatch.ts';
import type { AddressType, CtStateName, Match, RecentMatch, RejectWith, Rule, Target } from './types.ts';

const RECENT_SOURCE = {
  kind: 'recent',
  mask: ip('255.255.255.255'),
  side: 'source',
  negated: false,
} satisfies Partial<RecentMatch>;

export function rule(target: Target, ...matches: readonly Match[]): Rule {
  return { matches, target };
}

export const comment = (text: string): Match => ({ kind: 'comment', text });
export const from = (range: Prefix): Match => ({ kind: 'source', prefix: range, negated: false });
export const notFrom = (range: Prefix): Match => ({ kind: 'source', prefix: range, negated: true });
export const to = (range: Prefix): Match => ({ kind: 'destination', prefix: range, negated: false });
export const notTo = (range: Prefix): Match => ({ kind: 'destination', prefix: range, negated: true });
export const protocol = (name: 'tcp' | 'udp'): Match => ({ kind: 'protocol', protocol: name, negated: false });
export const ports = (name: 'tcp' | 'udp'): Match => ({ kind: 'ports', protocol: name });
export const destinationPort = (name: 'tcp' | 'udp', port: number): Match => ({
  kind: 'ports',
  protocol: name,
  destination: { first: port, last: port, negated: false },
});
/** `-m multiport --dports`. */
export const destinationPorts = (numbers: readonly number[]): Match => ({
  kind: 'multiport',
  side: 'destination',
  ranges: numbers.map(port => ({ first: port, last: port })),
  negated: false,
});
export const state = (...states: readonly CtStateName[]): Match => ({ kind: 'ctstate', states, negated: false });
export const notState = (...states: readonly CtStateName[]): Match => ({ kind: 'ctstate', states, negated: true });
export const marked = (value: number): Match => ({ kind: 'mark', value, mask: value, negated: false });
export const notMarked = (value: number): Match => ({ kind: 'mark', value, mask: value, negated: true });
export const destinationType = (type: AddressType): Match => ({
  kind: 'addrtype',
  destination: { type, negated: false },
});
export const sourceType = (type: AddressType): Match => ({ kind: 'addrtype', source: { type, negated: false } });
/** `-m recent --set`: notes the source in the list. */
export const noted = (list: string): Match => ({ ...RECENT_SOURCE, action: 'set', list, reap: false });
/** `-m recent --rcheck --seconds N --reap`: the list has noted the source within so many seconds. */
export const notedWithin = (list: string, seconds: number): Match => ({
  ...RECENT_SOURCE,
  action: 'rcheck',
  list,
  seconds,
  reap: true,
});
/** One in `n`. */
export const oneIn = (n: number): Match => randomMatch(1 / n);

export const ACCEPT: Target = { kind: 'ACCEPT' };
export const DROP: Target = { kind: 'DROP' };
export const RETURN: Target = { kind: 'RETURN' };
export const NO_TARGET: Target = { kind: 'none' };
export const jump = (chain: string): Target => ({ kind: 'jump', chain });
export const rejectWith = (kind: RejectWith): Target => ({ kind: 'REJECT', with: kind });
export const dnatTo = (address: Ip, port: number): Target => ({
  kind: 'DNAT',
  address,
  port,
  text: `${address}:${port}`,
});
export const MASQUERADE: Target = { kind: 'MASQUERADE', randomFully: false };
export const MASQUERADE_RANDOM: Target = { kind: 'MASQUERADE', randomFully: true };
/** `--set-xmark VALUE/MASK`. */
export const setMark = (value: number, mask: number): Target => ({ kind: 'MARK', value, mask });
