// What the rules of one hook saw of a packet, as plain data, and as it answers again after that: for labs that are taken
// apart and put together (labSnapshot.ts).

import { inSet } from '../linux/netfilter/ipset.ts';
import type { HookContext } from '../linux/netfilter/matches.ts';
import type { AddressType } from '../linux/netfilter/types.ts';
import { type Derived, type Mentions, Netns, type NetnsConfig } from '../linux/netns.ts';
import type { Ip } from '../net/address.ts';
import type { VirtualMs } from '../runtime/clock.ts';
import type { HashStart } from '../runtime/hash.ts';
import { pairKey } from '../runtime/pairKey.ts';
import { addressTypeBy } from './hookContext.ts';

type Answers = 'addressType' | 'mentions' | 'inSet' | 'draw';

export interface PlainContext {
  /** What it has at hand. */
  readonly seen: Omit<HookContext, Answers>;
  /** What it answers by. */
  readonly config: NetnsConfig;
  readonly recent: ReadonlyMap<string, Mentions>;
  /** What it has answered about lists of `-m recent`. */
  readonly mentions: ReadonlyMap<string, readonly number[]>;
  readonly now: VirtualMs;
  readonly draw: HashStart;
}

/** A context that can be taken apart again. */
export interface KeptContext extends HookContext {
  plain(): PlainContext;
}

/** @param derivedFrom is asked only when a rule has to be judged again */
export function keptContext(plain: PlainContext, derivedFrom: (config: NetnsConfig) => Derived): KeptContext {
  const { seen, config, recent, mentions, now, draw } = plain;
  return {
    ...seen,
    addressType: (address: Ip): AddressType => addressTypeBy(derivedFrom(config).fib, address),
    mentions(list, address) {
      const key = pairKey(list, address);
      return mentions.get(key) ?? (recent.get(key) ?? []).map(at => now - at);
    },
    inSet: (set, sides) => inSet(derivedFrom(config).ipsets.get(set), seen.packet, sides),
    draw: () => draw,
    plain: () => plain,
  };
}

/** Works out what follows from each configuration once. */
export function derivedConfigs(): (config: NetnsConfig) => Derived {
  const known = new Map<NetnsConfig, Netns>();
  return config => {
    const netns = known.get(config) ?? new Netns('', '');
    if (!known.has(config)) netns.configure(config);
    known.set(config, netns);
    return netns.derived;
  };
}
