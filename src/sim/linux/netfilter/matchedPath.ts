// The rules that packets matched, one after the other. Most packets of a chain match the same ones as the packet before:
// they share one list of them.

import type { MatchedRule } from './ruleTable.ts';

export class MatchedPath {
  readonly rules: readonly MatchedRule[];
  /** The last of them; none: nothing has matched yet. */
  readonly last: MatchedRule | undefined;
  /** How the packets before went on: the first of a flow match other rules than those that follow. */
  #next: MatchedPath | undefined;
  #other: MatchedPath | undefined;

  constructor(rules: readonly MatchedRule[], last?: MatchedRule) {
    this.rules = rules;
    this.last = last;
  }

  /** The path with one rule more. */
  and(rule: MatchedRule): MatchedPath {
    if (this.#next?.last === rule) return this.#next;
    if (this.#other?.last === rule) return this.#other;
    this.#other = this.#next;
    this.#next = new MatchedPath([...this.rules, rule], rule);
    return this.#next;
  }
}
