// The lists of `-m recent` that rules keep: a list is there as long as a rule names it.
//
// Read:    kernel net/netfilter/xt_recent.c, `recent_mt_check`, `recent_mt_destroy`: the last rule takes its list along.

import type { Ruleset } from './types.ts';

/** The lists that the first rules name and the second do not. */
export function goneLists(before: Ruleset, after: Ruleset): ReadonlySet<string> {
  if (before === after) return NONE;
  const gone = listsOf(before);
  if (gone.size > 0) for (const list of listsOf(after)) gone.delete(list);
  return gone;
}

const NONE: ReadonlySet<string> = new Set();

function listsOf(rules: Ruleset): Set<string> {
  const lists = new Set<string>();
  for (const table of rules.tables.values())
    for (const chain of table.chains.values())
      for (const { matches } of chain.rules)
        for (const match of matches) if (match.kind === 'recent') lists.add(match.list);
  return lists;
}
