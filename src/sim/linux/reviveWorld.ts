// A world that was copied as plain data (`structuredClone`), made whole again.

import { LayeredChains } from './netfilter/chainMap.ts';
import type { RuleTable } from './netfilter/ruleTable.ts';
import type { WorldState } from './world.ts';

/** What a copy leaves of {@link LayeredChains}: its fields, without its class. */
type PlainChains = Pick<LayeredChains, 'own' | 'shared'>;

/** A copy that is nobody else's yet. */
interface CopiedTable {
  chains: RuleTable['chains'] | PlainChains;
}

/** Gives the layered chains of a copy their class back, in place: what its namespaces share stays shared. */
export function reviveWorld({ namespaces }: WorldState): void {
  for (const { config } of namespaces) for (const table of config.netfilter.tables.values()) reviveTable(table);
}

/** The same of one table. */
export function reviveTable(table: RuleTable): void {
  const copied: CopiedTable = table;
  const { chains } = copied;
  if (isPlain(chains)) copied.chains = new LayeredChains(chains.own, chains.shared);
}

function isPlain(chains: RuleTable['chains'] | PlainChains): chains is PlainChains {
  return !(chains instanceof Map || chains instanceof LayeredChains);
}
