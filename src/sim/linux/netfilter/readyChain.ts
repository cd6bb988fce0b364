// Chains made ready to be walked by many packets: once for each chain, however many hosts have it.
//
// Chains with many rules for single destination addresses (kube-proxy's) are indexed by destination. The index only
// leaves out rules that cannot match, so the first match is the one that the kernel's walk from the top finds.

import { prefixBits } from '../../net/address.ts';
import { MatchedPath } from './matchedPath.ts';
import { conditionOf } from './matches.ts';
import { mentioned } from './mentioned.ts';
import { type AnyRule, isNftRule, type MatchedRule, type RuleChain, type RuleTable } from './ruleTable.ts';
import type { RuleWalk } from './ruleWalk.ts';
import type { Match, Target } from './types.ts';

/** One rule, ready to be asked. */
export class ReadyRule {
  /** The rule and its target, as they stand in a trace; what a rule of nft does depends on the packet. */
  readonly asMatched: MatchedRule;
  /** Tells the draws of one packet apart. */
  readonly id: string;
  /** Of a rule of iptables: all must hold. Some write into the walk. */
  readonly conditions: readonly ((walk: RuleWalk) => boolean)[];
  /** The table that asked last, and the chain that the rule calls there. */
  #table: RuleTable | undefined;
  #called: ReadyChain | undefined;
  /** What it did with the packet before. */
  #matched: MatchedRule;

  constructor(asMatched: MatchedRule, id: string) {
    const { rule } = asMatched;
    this.asMatched = asMatched;
    this.#matched = asMatched;
    this.id = id;
    this.conditions = isNftRule(rule) ? [] : conditionsOf(rule.matches, id);
  }

  /** The rule with what it did with one packet, as it stands in a trace. */
  withTarget(target: Target): MatchedRule {
    if (this.#matched.target !== target) this.#matched = { ...this.asMatched, target };
    return this.#matched;
  }

  /** The chain of this name, which the rule calls in a table. */
  calledIn(table: RuleTable, name: string): ReadyChain | undefined {
    if (this.#table !== table || this.#called?.chain.name !== name) {
      const called = table.chains.get(name);
      this.#table = table;
      this.#called = called === undefined ? undefined : readyChain(called);
    }
    return this.#called;
  }
}

export class ReadyChain {
  readonly chain: RuleChain;
  /** From here the packets set out for which it is the base chain. */
  readonly nothingMatched = new MatchedPath([]);
  readonly #index: ChainIndex | undefined;
  /** Made as they are asked: of a chain with an index, few ever are. */
  readonly #rules: (ReadyRule | undefined)[] = [];

  constructor(chain: RuleChain) {
    this.chain = chain;
    this.#index = chain.rules.length < INDEX_FROM ? undefined : buildIndex(chain);
  }

  /** Positions of the rules that may match this destination, in order; none: all of them. */
  candidates(destination: string): readonly number[] | undefined {
    return this.#index === undefined ? undefined : (this.#index.byDestination.get(destination) ?? this.#index.others);
  }

  rule(position: number): ReadyRule | undefined {
    return this.#rules[position] ?? this.#prepare(position);
  }

  #prepare(position: number): ReadyRule | undefined {
    const rule = this.chain.rules[position];
    if (rule === undefined) return undefined;
    const id = `${this.chain.name}/${position}`;
    const target = isNftRule(rule) ? NOT_KNOWN_YET : rule.target;
    const ready = new ReadyRule({ chain: this.chain.name, number: position + 1, rule, target }, id);
    this.#rules[position] = ready;
    return ready;
  }
}

function conditionsOf(matches: readonly Match[], id: string): readonly ((walk: RuleWalk) => boolean)[] {
  return matches
    .filter(({ kind }) => kind !== 'comment')
    .map(match => (match.kind === 'recent' ? walk => mentioned(walk, match) : conditionOf(match, id)));
}

const chains = new WeakMap<RuleChain, ReadyChain>();

export function readyChain(chain: RuleChain): ReadyChain {
  const known = chains.get(chain);
  if (known !== undefined) return known;
  const ready = new ReadyChain(chain);
  chains.set(chain, ready);
  return ready;
}

const NOT_KNOWN_YET: Target = { kind: 'none' };

/** Chains shorter than this are walked as they are. */
const INDEX_FROM = 12;

interface ChainIndex {
  /** For a destination that rules ask for: these rules and the others, in order. */
  readonly byDestination: ReadonlyMap<string, readonly number[]>;
  /** Rules that do not ask for one single destination. */
  readonly others: readonly number[];
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
