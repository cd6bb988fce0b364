// What the tables of iptables and of nft have in common for whoever asks one, or shows what it said: a name, chains of
// rules, and a base chain that is asked at a hook.

import type { NftChain, NftRule, NftRuleset, NftTable } from '../nftables/types.ts';
import type { Chain, Rule, Table, Target } from './types.ts';

/** A table that a hook can ask. */
export type RuleTable = Table | NftTable;

/** One of its chains. */
export type RuleChain = Chain | NftChain;

/** One rule of a chain. */
export type AnyRule = Rule | NftRule;

/** A table, and the base chain of it that a hook asks. */
export interface AskedChain {
  readonly table: RuleTable;
  readonly chain: RuleChain;
}

/** A rule that matched, in the order of the walk. */
export interface MatchedRule {
  readonly chain: string;
  /** Position in its chain, counted from 1 as `iptables -L --line-numbers` does. */
  readonly number: number;
  readonly rule: AnyRule;
  /** What it did with this packet: its target, or what its verdict map gave. */
  readonly target: Target;
}

export function isNftRule(rule: AnyRule): rule is NftRule {
  return 'statements' in rule;
}

/** What its author wrote about the rule. */
export function commentOf(rule: AnyRule): string | undefined {
  if (isNftRule(rule)) return rule.comment;
  for (const match of rule.matches) if (match.kind === 'comment') return match.text;
  return undefined;
}

/** Whether the chain translates addresses (and is asked by the first packet of a flow only), or filters. */
export function purposeOf({ table, chain }: AskedChain): 'translates' | 'filters' {
  if ('tool' in table) return 'base' in chain && chain.base?.type === 'nat' ? 'translates' : 'filters';
  return table.name === 'nat' ? 'translates' : 'filters';
}

/** Statements that ask connection tracking, or bind a flow. */
export function nftNeedsConntrack(ruleset: NftRuleset): boolean {
  return ruleset.some(table =>
    [...table.chains.values()].some(chain => chain.rules.some(rule => rule.statements.some(asksConntrack))),
  );
}

const TRANSLATIONS: readonly string[] = ['DNAT', 'SNAT', 'MASQUERADE', 'REDIRECT'];

function asksConntrack(statement: NftRule['statements'][number]): boolean {
  switch (statement.kind) {
    case 'one-of':
    case 'dnat-map':
      return true;
    case 'verdict':
      return TRANSLATIONS.includes(statement.target.kind);
    case 'compare':
    case 'masked':
      return statement.field.startsWith('ct ');
    case 'lookup':
      return statement.fields.some(field => field.startsWith('ct '));
    case 'vmap':
      return statement.key.kind === 'fields' && statement.key.fields.some(field => field.startsWith('ct '));
    default:
      return false;
  }
}
