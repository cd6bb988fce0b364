// A packet through one table at one hook: which rules matched, and the verdict.
//
// The walk is the same for the tables of iptables and of nft: chains call each other, a verdict ends the table. What
// differs is how one rule is judged: `judge` below, and nftables/judge.ts.
//
// Chains with many rules for single destination addresses (kube-proxy's) are indexed by destination. The index only
// leaves out rules that cannot match, so the first match is the one that the kernel's walk from the top finds.
//
// Read:    kernel net/ipv4/netfilter/ip_tables.c, `ipt_do_table`.

import { prefixBits } from '../../net/address.ts';
import { judgeNft } from '../nftables/judge.ts';
import { type HookContext, matches, recentAddress, recentMatches } from './matches.ts';
import type { AnyRule, AskedChain, RuleChain, RuleTable } from './ruleTable.ts';
import type { Mention, RuleWalk } from './ruleWalk.ts';
import type { RecentMatch, Rule, Table, Target } from './types.ts';

/** A rule that matched, in the order of the walk. */
export interface MatchedRule {
  readonly chain: string;
  /** Position in its chain, counted from 1 as `iptables -L --line-numbers` does. */
  readonly number: number;
  readonly rule: AnyRule;
  /** What it did with this packet: its target, or what its verdict map gave. */
  readonly target: Target;
}

/** What ended the table. */
export type TableVerdict =
  /** A rule's target: ACCEPT, DROP, REJECT, DNAT, SNAT or MASQUERADE. */
  | { readonly kind: 'target'; readonly target: Target; readonly by: MatchedRule }
  /** The end of the base chain. */
  | { readonly kind: 'policy'; readonly policy: 'ACCEPT' | 'DROP' };

export interface TableResult {
  readonly verdict: TableVerdict;
  readonly matched: readonly MatchedRule[];
  readonly mark: number;
  /** A NOTRACK rule matched. */
  readonly untracked: boolean;
  /** What rules wrote into lists of `-m recent`, in order. */
  readonly mentions: readonly Mention[];
  /** The mark of the connection, where a rule wrote it. */
  readonly ctMark: number | undefined;
}

const NO_MENTIONS: readonly Mention[] = [];

/** Chains shorter than this are walked as they are. */
const INDEX_FROM = 12;

interface ChainIndex {
  /** For a destination that rules ask for: these rules and the others, in order. */
  readonly byDestination: ReadonlyMap<string, readonly number[]>;
  /** Rules that do not ask for one single destination. */
  readonly others: readonly number[];
}

const indexes = new WeakMap<RuleChain, ChainIndex>();

const POLICY_ACCEPT: TableVerdict = { kind: 'policy', policy: 'ACCEPT' };
const POLICY_DROP: TableVerdict = { kind: 'policy', policy: 'DROP' };

/** Asks a table of iptables: its base chain of the context's hook. */
export function evaluateTable(table: Table, context: HookContext): TableResult {
  return evaluateChain(table, table.chains.get(context.hook), context);
}

/** Asks the base chain of a table. The context's mark is the packet's mark before the table. */
export function askChain(asked: AskedChain, context: HookContext): TableResult {
  return evaluateChain(asked.table, asked.chain, context);
}

function evaluateChain(table: RuleTable, base: RuleChain | undefined, context: HookContext): TableResult {
  const atEnd = base?.policy === 'DROP' ? POLICY_DROP : POLICY_ACCEPT;
  if (base === undefined || base.rules.length === 0)
    return {
      verdict: atEnd,
      matched: [],
      mark: context.mark,
      untracked: false,
      mentions: NO_MENTIONS,
      ctMark: undefined,
    };
  const walk: Walk = {
    table,
    context,
    matched: [],
    mark: context.mark,
    untracked: false,
    mentions: undefined,
    ctMark: undefined,
  };
  const verdict = walkChain(walk, base) ?? atEnd;
  const { matched, mark, untracked, mentions = NO_MENTIONS, ctMark } = walk;
  return { verdict, matched, mark, untracked, mentions, ctMark };
}

interface Walk extends RuleWalk {
  readonly table: RuleTable;
  readonly matched: MatchedRule[];
}

/**
 * The verdict that ended the walk, or undefined when the chain came to its end or returned. Chains in a circle are refused
 * when rules are loaded (see jumps.ts).
 */
function walkChain(walk: Walk, chain: RuleChain): TableVerdict | undefined {
  const { rules } = chain;
  const candidates = rules.length < INDEX_FROM ? undefined : candidatesFor(chain, walk.context.packet.dst);
  const count = candidates?.length ?? rules.length;
  for (let i = 0; i < count; i++) {
    const position = candidates?.[i] ?? i;
    const rule = rules[position];
    const target = rule === undefined ? undefined : judge(rule, walk, chain.name, position);
    if (rule === undefined || target === undefined) continue;
    const by: MatchedRule = { chain: chain.name, number: position + 1, rule, target };
    walk.matched.push(by);
    switch (target.kind) {
      case 'none':
      case 'LOG':
        break;
      case 'CONNMARK':
        markConnection(walk, target);
        break;
      case 'MARK':
        walk.mark = ((walk.mark & ~target.mask) ^ target.value) >>> 0;
        break;
      case 'NOTRACK':
        walk.untracked = true;
        break;
      case 'RETURN':
        return undefined;
      case 'jump':
      case 'goto': {
        const called = walk.table.chains.get(target.chain);
        const outcome = called === undefined ? undefined : walkChain(walk, called);
        if (outcome !== undefined || target.kind === 'goto') return outcome;
        break;
      }
      default:
        return { kind: 'target', target, by };
    }
  }
  return undefined;
}

/** What the rule does with the packet, or undefined when it is not about it. */
function judge(rule: AnyRule, walk: Walk, chain: string, position: number): Target | undefined {
  if ('matches' in rule) return ruleMatches(rule, walk, chain, position) ? rule.target : undefined;
  return 'tool' in walk.table ? judgeNft(rule, walk.table, walk, `${chain}/${position}`) : undefined;
}

function ruleMatches(rule: Rule, walk: Walk, chain: string, position: number): boolean {
  for (const match of rule.matches) {
    const holds =
      match.kind === 'recent'
        ? mentioned(walk, match)
        : matches(match, walk.context, walk.mark, match.kind === 'random' ? `${chain}/${position}` : '');
    if (!holds) return false;
  }
  return true;
}

/** Source: iptables-extensions(8), CONNMARK; kernel net/netfilter/xt_connmark.c. */
function markConnection(walk: Walk, target: Extract<Target, { kind: 'CONNMARK' }>): void {
  const { action, value, mask } = target;
  const ctMark = walk.ctMark ?? walk.context.ctMark;
  if (action === 'set') walk.ctMark = ((ctMark & ~mask) ^ value) >>> 0;
  else if (action === 'save') walk.ctMark = ((ctMark & ~mask) ^ (walk.mark & mask)) >>> 0;
  else walk.mark = ((walk.mark & ~mask) ^ (ctMark & mask)) >>> 0;
}

/** Asks a list, and writes to it at once: later conditions of the rule do not undo it. */
function mentioned(walk: Walk, match: RecentMatch): boolean {
  const { list, action } = match;
  const address = recentAddress(match, walk.context.packet);
  let times = walk.context.mentions(list, address);
  for (const pending of walk.mentions ?? [])
    if (pending.list === list && pending.address === address) times = pending.action === 'note' ? [0, ...times] : NEVER;
  const holds = recentMatches(match, times);
  const isKnown = times.length > 0;
  walk.mentions ??= [];
  if (action === 'set' || (action === 'update' && isKnown && holds))
    walk.mentions.push({ list, address, action: 'note' });
  else if (action === 'remove' && isKnown) walk.mentions.push({ list, address, action: 'forget' });
  return holds;
}

const NEVER: readonly number[] = [];

/** Positions of the rules that may match this destination, in order. */
function candidatesFor(chain: RuleChain, destination: string): readonly number[] {
  let index = indexes.get(chain);
  if (index === undefined) {
    index = buildIndex(chain);
    indexes.set(chain, index);
  }
  return index.byDestination.get(destination) ?? index.others;
}

function buildIndex(chain: RuleChain): ChainIndex {
  const own = new Map<string, number[]>();
  const others: number[] = [];
  chain.rules.forEach((rule, position) => {
    const single = singleDestination(rule);
    if (single === undefined) {
      others.push(position);
      return;
    }
    const same = own.get(single);
    if (same === undefined) own.set(single, [position]);
    else same.push(position);
  });
  const byDestination = new Map([...own].map(([single, positions]) => [single, mergeSorted(positions, others)]));
  return { byDestination, others };
}

function singleDestination(rule: AnyRule): string | undefined {
  if (!('matches' in rule)) return undefined;
  for (const match of rule.matches) {
    if (match.kind !== 'destination' || match.negated) continue;
    const bits = prefixBits(match.prefix);
    if (bits.family === 'IPv4' && bits.length === 32) return bits.network;
  }
  return undefined;
}

function mergeSorted(a: readonly number[], b: readonly number[]): readonly number[] {
  if (b.length === 0) return a;
  return [...a, ...b].sort((x, y) => x - y);
}
