// The way through the chains of a table. Pure.

import type { ChainView } from '../../sim/index.ts';

/** The chains from the hook down to the rule that decided; the hook alone when none did. */
export function rulePath(chains: readonly ChainView[]): readonly string[] {
  const hook = chains[0]?.name;
  const decider = chains.find(chain => chain.rows.some(row => row.outcome === 'decides'))?.name;
  if (hook === undefined || decider === undefined) return hook === undefined ? [] : [hook];
  const path = [decider];
  // A chain that calls itself in a circle would never end.
  while (path[0] !== hook && path.length <= chains.length) {
    const target = path[0];
    const caller = chains.find(chain => chain.rows.some(row => row.outcome === 'jump' && row.target === target));
    if (caller === undefined || path.includes(caller.name)) break;
    path.unshift(caller.name);
  }
  return path[0] === hook ? path : [hook, ...path];
}

/** The lines of `iptables-save` for the chains that were walked, unchanged. */
export function ruleText(table: string, chains: readonly ChainView[]): string {
  return [`*${table}`, ...chains.flatMap(chain => chain.rows.map(row => row.text))].join('\n');
}
