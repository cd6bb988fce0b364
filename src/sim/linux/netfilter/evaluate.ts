// A packet through one table at one hook: which rules matched, and the verdict.
//
// The walk is the same for the tables of iptables and of nft: chains call each other, a verdict ends the table. What
// differs is how one rule is judged: `judge` below, and nftables/judge.ts.
//
// What many packets ask again and again is made ready once, in readyChain.ts.
//
// Read:    kernel net/ipv4/netfilter/ip_tables.c, `ipt_do_table`.

import { judgeNft } from '../nftables/judge.ts';
import type { PlannedChain } from './hookPlan.ts';
import type { MatchedPath } from './matchedPath.ts';
import type { HookContext } from './matches.ts';
import { type ReadyChain, type ReadyRule, readyChain } from './readyChain.ts';
import { isNftRule, type MatchedRule, type RuleTable } from './ruleTable.ts';
import type { Mention, RuleWalk } from './ruleWalk.ts';
import type { Table, Target } from './types.ts';

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

const POLICY_ACCEPT: TableVerdict = { kind: 'policy', policy: 'ACCEPT' };
const POLICY_DROP: TableVerdict = { kind: 'policy', policy: 'DROP' };

/** Asks a table of iptables: its base chain of the context's hook. */
export function evaluateTable(table: Table, context: HookContext): TableResult {
  const base = table.chains.get(context.hook) ?? { name: context.hook, rules: [] };
  return evaluateChain(table, readyChain(base), context);
}

/** Asks the base chain of a table. The context's mark is the packet's mark before the table. */
export function askChain({ asked, ready }: PlannedChain, context: HookContext): TableResult {
  return evaluateChain(asked.table, ready, context);
}

function evaluateChain(table: RuleTable, base: ReadyChain, context: HookContext): TableResult {
  const walk = new Walk(table, base, context);
  walk.verdict = walkChain(walk, base) ?? walk.verdict;
  return walk;
}

class Walk implements RuleWalk, TableResult {
  readonly table: RuleTable;
  readonly context: HookContext;
  path: MatchedPath;
  mark: number;
  untracked = false;
  mentions: readonly Mention[] = NO_MENTIONS;
  ctMark: number | undefined = undefined;
  /** At first, and in the end where no rule says otherwise: what the base chain says. */
  verdict: TableVerdict;

  constructor(table: RuleTable, base: ReadyChain, context: HookContext) {
    this.table = table;
    this.context = context;
    this.path = base.nothingMatched;
    this.mark = context.mark;
    this.verdict = base.chain.policy === 'DROP' ? POLICY_DROP : POLICY_ACCEPT;
  }

  get matched(): readonly MatchedRule[] {
    return this.path.rules;
  }
}

/**
 * The verdict that ended the walk, or undefined when the chain came to its end or returned. Chains in a circle are refused
 * when rules are loaded (see jumps.ts).
 */
function walkChain(walk: Walk, ready: ReadyChain): TableVerdict | undefined {
  const { chain } = ready;
  const candidates = ready.candidates(walk.context.packet.dst);
  const count = candidates?.length ?? chain.rules.length;
  for (let i = 0; i < count; i++) {
    const position = candidates?.[i] ?? i;
    const rule = ready.rule(position);
    const by = rule === undefined ? undefined : judge(rule, walk);
    if (by === undefined) continue;
    const { target } = by;
    walk.path = walk.path.and(by);
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
        const called = rule?.calledIn(walk.table, target.chain);
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

/** The rule and what it does with the packet, or undefined when it is not about it. */
function judge(ready: ReadyRule, walk: Walk): MatchedRule | undefined {
  const { asMatched, id } = ready;
  const { rule } = asMatched;
  if (isNftRule(rule)) {
    const target = 'tool' in walk.table ? judgeNft(rule, walk.table, walk, id) : undefined;
    return target === undefined ? undefined : ready.withTarget(target);
  }
  for (const holds of ready.conditions) if (!holds(walk)) return undefined;
  return asMatched;
}

/** Source: iptables-extensions(8), CONNMARK; kernel net/netfilter/xt_connmark.c. */
function markConnection(walk: Walk, target: Extract<Target, { kind: 'CONNMARK' }>): void {
  const { action, value, mask } = target;
  const ctMark = walk.ctMark ?? walk.context.ctMark;
  if (action === 'set') walk.ctMark = ((ctMark & ~mask) ^ value) >>> 0;
  else if (action === 'save') walk.ctMark = ((ctMark & ~mask) ^ (walk.mark & mask)) >>> 0;
  else walk.mark = ((walk.mark & ~mask) ^ (ctMark & mask)) >>> 0;
}
