// Writing rules the way agents do: `iptables-restore --noflush`, which replaces the chains that it names and leaves
// the others, and "make sure this rule is there".

import { LayeredChains } from './chainMap.ts';
import { makeTable, renderRule } from './iptablesSave.ts';
import { BASE_CHAINS, type Chain, type Rule, type Ruleset, type Table, type TableName } from './types.ts';

/** Chains to write, by table and name; `undefined` takes a chain away. */
export type ChainPatch = ReadonlyMap<TableName, ReadonlyMap<string, readonly Rule[] | undefined>>;

/** Replaces the chains of the patch; base chains keep their policy. The same ruleset comes back when all is so already. */
export function withChains(ruleset: Ruleset, patch: ChainPatch): Ruleset {
  const tables = new Map(ruleset.tables);
  let changed = false;
  for (const [name, chains] of patch) {
    const before = tables.get(name);
    if ([...chains].every(([chain, rules]) => holds(before?.chains.get(chain), rules))) continue;
    changed = true;
    tables.set(name, patched(name, before, chains));
  }
  return changed ? { tables } : ruleset;
}

type Patch = ReadonlyMap<string, readonly Rule[] | undefined>;

function patched(name: TableName, table: Table | undefined, patch: Patch): Table {
  const before = table?.chains ?? new Map<string, Chain>();
  const isLarge = isShareable(name, patch);
  const shared = isLarge
    ? chainsOf(name, patch)
    : before instanceof LayeredChains && ![...patch.keys()].some(chain => before.shared.has(chain))
      ? before.shared
      : undefined;
  const own = new Map<string, { policy: Chain['policy']; rules: readonly Rule[] }>();
  for (const chain of before.values())
    if (shared?.has(chain.name) !== true) own.set(chain.name, { policy: chain.policy, rules: chain.rules });
  for (const [chain, rules] of isLarge ? [] : patch) {
    if (rules === undefined) own.delete(chain);
    else own.set(chain, { policy: own.get(chain)?.policy, rules });
  }
  return makeTable(name, own, shared);
}

/** Fewer chains than these are not worth sharing. */
const SHARED_FROM = 100;

/** A large patch of user chains: hosts that get the same one keep its chains together. */
function isShareable(name: TableName, patch: Patch): boolean {
  return (
    patch.size >= SHARED_FROM &&
    ![...patch.values()].includes(undefined) &&
    !BASE_CHAINS[name].some(hook => patch.has(hook))
  );
}

/** The chains of one patch, made once for all tables that take it. */
const madeChains = new WeakMap<Patch, ReadonlyMap<string, Chain>>();

function chainsOf(name: TableName, patch: Patch): ReadonlyMap<string, Chain> {
  const known = madeChains.get(patch);
  if (known !== undefined) return known;
  const chains = new Map([...patch].map(([chain, rules = []]) => [chain, { policy: undefined, rules }] as const));
  const made = new Map([...makeTable(name, chains).chains].filter(([, chain]) => chain.policy === undefined));
  madeChains.set(patch, made);
  return made;
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
