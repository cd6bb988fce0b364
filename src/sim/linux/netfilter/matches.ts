// Whether a rule's conditions hold for a packet: one function a match.
//
// Read:    iptables-extensions(8); kernel net/netfilter/xt_*.c.

import { type Ip, insideOf, maskedAddress, toNumber } from '../../net/address.ts';
import type { Mac } from '../../net/mac.ts';
import type { IcmpMessage, IpPacket } from '../../net/packet.ts';
import { portsOf } from '../../net/packet.ts';
import { fractionOf, type HashStart, hashFrom } from '../../runtime/hash.ts';
import type { CtDirection, CtState } from '../conntrack.ts';
import type { AddressType, CtStateName, Hook, Match, PortRange, RecentMatch } from './types.ts';

/** What the rules of one hook can see of a packet. One object, so that a new match needs no new parameter. */
export interface HookContext {
  readonly hook: Hook;
  readonly packet: IpPacket;
  readonly inInterface?: string | undefined;
  readonly outInterface?: string | undefined;
  readonly sourceMac?: Mac | undefined;
  readonly mark: number;
  readonly ctState: CtState;
  readonly ctDirection: CtDirection;
  readonly ctDnat: boolean;
  readonly ctSnat: boolean;
  /** The mark of the connection. */
  readonly ctMark: number;
  /** The ports of the bridge that the frame came in by and leaves by. */
  readonly physicalIn?: string | undefined;
  readonly physicalOut?: string | undefined;
  /** What kind of address this is here: the local table answers. */
  addressType(address: Ip): AddressType;
  /** When each mention of the address in a list of `-m recent` was, in milliseconds ago; the newest first. */
  mentions(list: string, address: Ip): readonly number[];
  /** Whether the packet is in a set: its addresses and ports of these sides. */
  inSet(set: string, sides: readonly ('src' | 'dst')[]): boolean;
  /** What chance depends on: a hash of the lab's seed, the namespace, the flow and the attempt, for more to follow. */
  draw(): HashStart;
}

/** A packet at a hook, and its mark as it is by now. */
export interface Asking {
  readonly context: HookContext;
  readonly mark: number;
}

/** A match, ready to be asked of many packets. */
export type Condition = (asking: Asking) => boolean;

/** `ruleId` tells the random matches of one packet apart. */
export function matches(match: Match, context: HookContext, mark: number, ruleId: string): boolean {
  return conditionOf(match, ruleId)({ context, mark });
}

/** What the match asks. What does not depend on the packet is worked out here, once. */
export function conditionOf(match: Match, ruleId: string): Condition {
  switch (match.kind) {
    case 'source': {
      const { prefix, negated } = match;
      const isInside = insideOf(prefix);
      return ({ context }) => isInside(context.packet.src) !== negated;
    }
    case 'destination': {
      const { prefix, negated } = match;
      const isInside = insideOf(prefix);
      return ({ context }) => isInside(context.packet.dst) !== negated;
    }
    case 'in-interface': {
      const { name, negated } = match;
      return ({ context }) => interfaceMatches(name, context.inInterface) !== negated;
    }
    case 'out-interface': {
      const { name, negated } = match;
      return ({ context }) => interfaceMatches(name, context.outInterface) !== negated;
    }
    case 'protocol': {
      const { protocol, negated } = match;
      return ({ context }) => (context.packet.body.kind === protocol) !== negated;
    }
    case 'comment':
      return ALWAYS;
    case 'ports': {
      const { protocol, source, destination } = match;
      return ({ context: { packet } }) => {
        const ports = packet.body.kind === protocol ? portsOf(packet) : undefined;
        return ports !== undefined && inRange(source, ports.src) && inRange(destination, ports.dst);
      };
    }
    case 'ctstate': {
      const { states, negated } = match;
      if (states.includes('DNAT') || states.includes('SNAT'))
        return ({ context }) => stateMatches(states, context) !== negated;
      return ({ context: { ctState } }) => {
        for (const state of states) if (state === ctState) return !negated;
        return negated;
      };
    }
    case 'ctdir': {
      const { direction } = match;
      return ({ context }) => context.ctDirection === direction;
    }
    case 'mark': {
      const { mask, value, negated } = match;
      return ({ mark }) => ((mark & mask) >>> 0 === value) !== negated;
    }
    case 'addrtype': {
      const { source, destination } = match;
      return ({ context }) =>
        addressTypeMatches(source, context, context.packet.src) &&
        addressTypeMatches(destination, context, context.packet.dst);
    }
    case 'random': {
      const { probability } = match;
      return ({ context }) => fractionOf(hashFrom(context.draw(), ruleId)) < probability;
    }
    case 'mac-source': {
      const { mac, negated } = match;
      return ({ context }) => (context.sourceMac === mac) !== negated;
    }
    case 'icmp-type':
      return ({ context }) => icmpMatches(match, context.packet) !== match.negated;
    case 'multiport':
      return ({ context }) => multiportMatches(match, context.packet) !== match.negated;
    case 'iprange': {
      const { side, negated } = match;
      const [first, last] = [toNumber(match.first), toNumber(match.last)];
      return ({ context: { packet } }) => {
        const address = toNumber(side === 'source' ? packet.src : packet.dst);
        return (address >= first && address <= last) !== negated;
      };
    }
    case 'physdev':
      return ({ context }) => physdevMatches(match, context);
    case 'connmark': {
      const { mask, value, negated } = match;
      return ({ context }) => ((context.ctMark & mask) >>> 0 === value) !== negated;
    }
    case 'recent':
      return ({ context }) => recentMatches(match, context.mentions(match.list, recentAddress(match, context.packet)));
    case 'set': {
      const { set, sides, negated } = match;
      return ({ context }) => context.inSet(set, sides) !== negated;
    }
  }
}

const ALWAYS: Condition = () => true;

/** The address that a list of `-m recent` keeps for a packet. */
export function recentAddress(match: RecentMatch, packet: IpPacket): Ip {
  return maskedAddress(match.side === 'source' ? packet.src : packet.dst, match.mask);
}

/** @param times when the address was mentioned, in milliseconds ago. Source: kernel net/netfilter/xt_recent.c, `recent_mt`. */
export function recentMatches(match: RecentMatch, times: readonly number[]): boolean {
  switch (match.action) {
    case 'set':
      return !match.negated;
    case 'remove':
      return times.length > 0 !== match.negated;
    default: {
      const limit = match.seconds === undefined ? Number.POSITIVE_INFINITY : match.seconds * 1000;
      return times.filter(ago => ago <= limit).length >= (match.hitcount ?? 1) !== match.negated;
    }
  }
}

/** Any type. Source: kernel net/ipv4/netfilter/ip_tables.c, `icmp_type_code_match`. */
const ANY_ICMP_TYPE = 255;

const ICMP_NUMBERS: Readonly<Record<IcmpMessage['type'], number>> = {
  'echo-reply': 0,
  'destination-unreachable': 3,
  redirect: 5,
  'echo-request': 8,
  'time-exceeded': 11,
  'parameter-problem': 12,
};

function icmpMatches(match: Extract<Match, { kind: 'icmp-type' }>, { body }: IpPacket): boolean {
  if (body.kind !== 'icmp') return false;
  const code = 'code' in body ? body.code : 0;
  if (match.type === ANY_ICMP_TYPE) return true;
  return ICMP_NUMBERS[body.type] === match.type && (match.code === undefined || match.code === code);
}

function multiportMatches(match: Extract<Match, { kind: 'multiport' }>, packet: IpPacket): boolean {
  const ports = portsOf(packet);
  if (ports === undefined) return false;
  const has = (port: number): boolean => match.ranges.some(range => port >= range.first && port <= range.last);
  if (match.side === 'either') return has(ports.src) || has(ports.dst);
  return has(match.side === 'source' ? ports.src : ports.dst);
}

function physdevMatches(match: Extract<Match, { kind: 'physdev' }>, context: HookContext): boolean {
  const { physicalIn, physicalOut } = context;
  const named = (wanted: typeof match.in, name: string | undefined): boolean =>
    wanted === undefined || interfaceMatches(wanted.name, name) !== wanted.negated;
  const isBridged = physicalIn !== undefined && physicalOut !== undefined;
  return (
    named(match.in, physicalIn) &&
    named(match.out, physicalOut) &&
    (match.isBridged === undefined || isBridged !== match.isBridged.negated) &&
    (match.isIn === undefined || (physicalIn !== undefined) !== match.isIn.negated)
  );
}

function stateMatches(states: readonly CtStateName[], context: HookContext): boolean {
  for (const state of states) {
    if (state === 'DNAT' ? context.ctDnat : state === 'SNAT' ? context.ctSnat : state === context.ctState) return true;
  }
  return false;
}

function interfaceMatches(pattern: string, name: string | undefined): boolean {
  const actual = name ?? '';
  return pattern.endsWith('+') ? actual.startsWith(pattern.slice(0, -1)) : actual === pattern;
}

function inRange(range: (PortRange & { readonly negated: boolean }) | undefined, port: number): boolean {
  return range === undefined || (port >= range.first && port <= range.last) !== range.negated;
}

function addressTypeMatches(
  wanted: { readonly type: AddressType; readonly negated: boolean } | undefined,
  context: HookContext,
  address: Ip,
): boolean {
  return wanted === undefined || (context.addressType(address) === wanted.type) !== wanted.negated;
}
