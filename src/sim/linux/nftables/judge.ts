// What one rule of nft does with a packet: its statements are taken in order, until one does not hold.
//
// Read:    kernel net/netfilter/nf_tables_core.c, `nft_do_chain`; nft_lookup.c, nft_numgen.c, nft_dynset.c.

import { fromNumber, type Ip, toNumber } from '../../net/address.ts';
import { PROTOCOL_NUMBERS } from '../../net/numbers.ts';
import { portsOf } from '../../net/packet.ts';
import { fractionOf, hashFrom } from '../../runtime/hash.ts';
import type { HookContext } from '../netfilter/matches.ts';
import type { RuleWalk } from '../netfilter/ruleWalk.ts';
import type { Target } from '../netfilter/types.ts';
import {
  type NftElement,
  type NftField,
  type NftKey,
  type NftRule,
  type NftSet,
  type NftSetReference,
  type NftStatement,
  type NftTable,
  notesOf,
  setOf,
} from './types.ts';
import { partHas } from './values.ts';

type Value = number | string;

const GOES_ON: Target = { kind: 'none' };

/**
 * The rule's verdict for the packet, `none` when it has none, or undefined when a statement does not hold. What
 * statements before that one wrote stays written. `ruleId` tells the draws of one packet apart.
 */
export function judgeNft(rule: NftRule, table: NftTable, walk: RuleWalk, ruleId: string): Target | undefined {
  const { context } = walk;
  for (const statement of rule.statements) {
    switch (statement.kind) {
      case 'verdict':
        return statement.target;
      case 'vmap':
        return found(statement, table, context, walk.mark, ruleId)?.verdict;
      case 'dnat-map':
        return destinationOf(statement, found(statement, table, context, walk.mark, ruleId));
      case 'set-mark':
        walk.mark = ((walk.mark & statement.mask) ^ statement.xor) >>> 0;
        break;
      case 'note':
        note(statement, table, walk);
        break;
      case 'notrack':
        walk.untracked = true;
        break;
      default:
        if (!statementHolds(statement, table, context, walk.mark)) return undefined;
    }
  }
  return GOES_ON;
}

/** Whether a condition holds for the packet with this mark; a statement that is none always does. */
export function statementHolds(statement: NftStatement, table: NftTable, context: HookContext, mark: number): boolean {
  switch (statement.kind) {
    case 'compare': {
      const value = fieldOf(statement.field, context, mark);
      return value !== undefined && partHas(statement.part, value) !== statement.negated;
    }
    case 'one-of':
      return holdsOne(statement.names, statement.field, context) !== statement.negated;
    case 'masked': {
      const value = statement.field === 'meta mark' ? mark : context.ctMark;
      return ((value & statement.mask) >>> 0 === statement.value) !== statement.negated;
    }
    case 'lookup': {
      const values = keyOf({ kind: 'fields', fields: statement.fields }, context, mark, '');
      return values !== undefined && isMember(table, statement.set, values, context) !== statement.negated;
    }
    default:
      return true;
  }
}

type Mapping = Extract<NftStatement, { readonly kind: 'vmap' | 'dnat-map' }>;

/** The map's entry for the packet. */
export function found(
  { key, map }: Mapping,
  table: NftTable,
  context: HookContext,
  mark: number,
  ruleId: string,
): NftElement | undefined {
  const values = keyOf(key, context, mark, ruleId);
  const set = setOf(table, map);
  return values === undefined || set === undefined ? undefined : elementOf(set, values);
}

/** What a set or a map is asked for, or undefined where the packet has no such field. */
export function keyOf(key: NftKey, context: HookContext, mark: number, ruleId: string): readonly Value[] | undefined {
  if (key.kind === 'numgen') return [key.offset + Math.floor(fractionOf(hashFrom(context.draw(), ruleId)) * key.mod)];
  const values: Value[] = [];
  for (const field of key.fields) {
    const value = fieldOf(field, context, mark);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

/** What the packet answers; undefined where it has no such field, and then no condition about it holds. */
export function fieldOf(field: NftField, context: HookContext, mark: number): Value | undefined {
  const { packet } = context;
  switch (field) {
    case 'ip saddr':
      return toNumber(packet.src);
    case 'ip daddr':
      return toNumber(packet.dst);
    case 'ip protocol':
    case 'meta l4proto':
      return PROTOCOL_NUMBERS[packet.body.kind];
    case 'th sport':
      return portsOf(packet)?.src;
    case 'th dport':
      return portsOf(packet)?.dst;
    case 'tcp sport':
      return packet.body.kind === 'tcp' ? portsOf(packet)?.src : undefined;
    case 'tcp dport':
      return packet.body.kind === 'tcp' ? portsOf(packet)?.dst : undefined;
    case 'udp sport':
      return packet.body.kind === 'udp' ? portsOf(packet)?.src : undefined;
    case 'udp dport':
      return packet.body.kind === 'udp' ? portsOf(packet)?.dst : undefined;
    case 'meta mark':
      return mark;
    case 'ct mark':
      return context.ctMark;
    case 'iifname':
      return context.inInterface ?? '';
    case 'oifname':
      return context.outInterface ?? '';
    case 'ct state':
      return context.ctState.toLowerCase();
    case 'ct status':
      return context.ctDnat ? 'dnat' : context.ctSnat ? 'snat' : '';
    case 'ct direction':
      return context.ctDirection;
    case 'fib saddr type':
      return context.addressType(packet.src).toLowerCase();
    case 'fib daddr type':
      return context.addressType(packet.dst).toLowerCase();
  }
}

function holdsOne(names: readonly string[], field: 'ct state' | 'ct status', context: HookContext): boolean {
  if (field === 'ct state') return names.includes(context.ctState.toLowerCase());
  return (context.ctDnat && names.includes('dnat')) || (context.ctSnat && names.includes('snat'));
}

function isMember(
  table: NftTable,
  reference: NftSetReference,
  values: readonly Value[],
  context: HookContext,
): boolean {
  const set = setOf(table, reference);
  if (set === undefined) return false;
  if (elementOf(set, values) !== undefined) return true;
  const [address] = values;
  if (!set.flags.includes('dynamic') || typeof address !== 'number') return false;
  return isNoted(table, set, fromNumber(address), context);
}

function isNoted(table: NftTable, set: NftSet, address: Ip, context: HookContext): boolean {
  const limit = set.timeoutSeconds === undefined ? Number.POSITIVE_INFINITY : set.timeoutSeconds * 1000;
  return context.mentions(notesOf(table, set.name), address).some(ago => ago < limit);
}

/** `update` begins the time anew; `add` leaves an address that is there as it is. */
function note(statement: Extract<NftStatement, { readonly kind: 'note' }>, table: NftTable, walk: RuleWalk): void {
  const { packet } = walk.context;
  const address = statement.field === 'ip saddr' ? packet.src : packet.dst;
  const set = table.sets.get(statement.set);
  if (set === undefined) return;
  if (statement.action === 'add' && isNoted(table, set, address, walk.context)) return;
  walk.mentions = [...walk.mentions, { list: notesOf(table, set.name), address, action: 'note' }];
}

function destinationOf(
  { port }: Extract<NftStatement, { readonly kind: 'dnat-map' }>,
  element: NftElement | undefined,
): Target | undefined {
  const [address, mapped] = element?.data ?? [];
  if (address?.kind !== 'value' || typeof address.value !== 'number') return undefined;
  const to = fromNumber(address.value);
  const given = mapped?.kind === 'value' && typeof mapped.value === 'number' ? mapped.value : port;
  if (given === undefined) return { kind: 'DNAT', address: to, text: to };
  return { kind: 'DNAT', address: to, port: given, text: `${to}:${given}` };
}

/** Elements by their key, where each part is one value; the others are looked through. */
interface SetIndex {
  readonly exact: ReadonlyMap<string, NftElement>;
  readonly others: readonly NftElement[];
}

const indexes = new WeakMap<NftSet, SetIndex>();

function elementOf(set: NftSet, values: readonly Value[]): NftElement | undefined {
  let index = indexes.get(set);
  if (index === undefined) {
    index = buildIndex(set);
    indexes.set(set, index);
  }
  return (
    index.exact.get(values.join(' ')) ??
    index.others.find(({ parts }) => parts.every((part, i) => partHas(part, values[i] ?? '')))
  );
}

function buildIndex({ elements }: NftSet): SetIndex {
  const exact = new Map<string, NftElement>();
  const others: NftElement[] = [];
  for (const element of elements) {
    const key = element.parts.map(part => (part.kind === 'value' ? part.value : '*'));
    if (key.some(part => typeof part === 'string' && part.endsWith('*'))) others.push(element);
    else exact.set(key.join(' '), element);
  }
  return { exact, others };
}
