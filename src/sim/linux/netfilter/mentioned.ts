// A rule that asks a list of addresses of `-m recent`, as a packet walks its table.
//
// Read:    kernel net/netfilter/xt_recent.c, `recent_mt`.

import { recentAddress, recentMatches } from './matches.ts';
import type { RuleWalk } from './ruleWalk.ts';
import type { RecentMatch } from './types.ts';

/** Asks a list, and writes to it at once: later conditions of the rule do not undo it. */
export function mentioned(walk: RuleWalk, match: RecentMatch): boolean {
  const { list, action } = match;
  const address = recentAddress(match, walk.context.packet);
  let times = walk.context.mentions(list, address);
  for (const pending of walk.mentions)
    if (pending.list === list && pending.address === address) times = pending.action === 'note' ? [0, ...times] : NEVER;
  const holds = recentMatches(match, times);
  const isKnown = times.length > 0;
  if (action === 'set' || (action === 'update' && isKnown && holds))
    walk.mentions = [...walk.mentions, { list, address, action: 'note' }];
  else if (action === 'remove' && isKnown) walk.mentions = [...walk.mentions, { list, address, action: 'forget' }];
  return holds;
}

const NEVER: readonly number[] = [];
