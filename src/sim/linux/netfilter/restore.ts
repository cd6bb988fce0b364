// Writing rules the way agents do: `iptables-restore --noflush`, which replaces the chains that it names and leaves
// the others, and "make sure this rule is there".

import { makeTable, renderRule } from './iptablesSave.ts';
import type { Chain, Rule, Ruleset, TableName } from './types.ts';

/** Chains to write, by table and name; `undefined` takes a chain away. */
export type ChainPatch = ReadonlyMap<TableName, ReadonlyMap<string, readonly Rule[] | undefined>>;

/** Replaces the chains of the patch; base chains keep their policy. The same ruleset comes back when all is so already. */
export function withChains(ruleset: Ruleset, patch: ChainPatch): Ruleset {
  const tables = new Map(ruleset.tables);
  let changed = false;
  for (const [name, chains] of patch) {
    if ([...chains].every(([chain, rules]) => holds(tables.get(name)?.chains.get(chain), rules))) continue;
    changed = true;
    const merged = new Map<string, { policy: Chain['policy']; rules: readonly Rule[] }>();
    for (const chain of tables.get(name)?.chains.values() ?? [])
      merged.set(chain.name, { policy: chain.policy, rules: chain.rules });
    for (const [chain, rules] of chains) {
      if (rules === undefined) merged.delete(chain);
      else merged.set(chain, { policy: merged.get(chain)?.policy, rules });
    }
    tables.set(name, makeTable(name, merged));
  }
  return changed ? { tables } : ruleset;
}

/** Whether a chain is already as it should be. */
function holds(chain: Chain | undefined, rules: readonly Rule[] | undefined): boolean {
  if (chain === undefined || rules === undefined) return chain === rules;
  if (chain.rules === rules) return true;
  return (
    chain.rules.length === rules.length &&
    chain.rules.every((rule, i) => renderRule(rule) === renderRule(rules[i] ?? rule))
  );
}

/**
 * Like `iptables -C || iptables -I|-A`: nothing happens when the chain has the rule already. A missing table is made;
 * the chain must be one of its base chains or exist.
 */
export function withRule(
  ruleset: Ruleset,
  table: TableName,
  chain: string,
  rule: Rule,
  place: 'first' | 'last',
): Ruleset {
  const rules = ruleset.tables.get(table)?.chains.get(chain)?.rules ?? [];
  const text = renderRule(rule);
  if (rules.some(other => renderRule(other) === text)) return ruleset;
  return withChains(
    ruleset,
    new Map([[table, new Map([[chain, place === 'first' ? [rule, ...rules] : [...rules, rule]]])]]),
  );
}
