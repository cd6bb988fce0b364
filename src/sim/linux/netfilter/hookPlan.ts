// What each hook has to ask, in the order of the kernel's priorities, worked out once for a ruleset.
//
//   PREROUTING   raw  conntrack  mangle  nat(destination)
//   INPUT        mangle  filter  nat(source)  confirm
//   FORWARD      mangle  filter
//   OUTPUT       raw  conntrack  mangle  nat(destination)  filter
//   POSTROUTING  mangle  nat(source)  confirm
//
// Chains of nft stand between these, each by the priority that it names; those of type nat are asked where nat is,
// whatever their priority, which puts them in order among themselves only. Of chains with the same priority the one
// that was registered last is asked first; nft's are taken to be registered after those of iptables.
//
// Read:    kernel include/uapi/linux/netfilter_ipv4.h, `enum nf_ip_hook_priorities`; net/netfilter/core.c,
//          `nf_hook_entries_grow`; net/netfilter/nf_nat_core.c, `nf_nat_inet_fn`; measured (tests/sim/linux/nftables).

import { type NftRuleset, NO_NFT_TABLES } from '../nftables/types.ts';
import { type ReadyChain, readyChain } from './readyChain.ts';
import { type AskedChain, nftNeedsConntrack, purposeOf } from './ruleTable.ts';
import { type Hook, needsConntrack, type Ruleset, type TableName } from './types.ts';

/** A chain that is asked, and the same made ready for packets. */
export interface PlannedChain {
  readonly asked: AskedChain;
  readonly ready: ReadyChain;
}

export type HookPart =
  /** Connection tracking looks the packet up. */
  | { readonly kind: 'track' }
  /** A chain that filters is asked: of raw, mangle or filter, or of an nft table. */
  | { readonly kind: 'table'; readonly planned: PlannedChain }
  /** A side of the packet is translated; chains of nat are asked for new flows, those that have rules here. */
  | { readonly kind: 'nat'; readonly side: 'source' | 'destination'; readonly planned: readonly PlannedChain[] }
  /** A new flow is written down. */
  | { readonly kind: 'confirm' };

export type HookPlans = Readonly<Record<Hook, readonly HookPart[]>>;

/** Of every namespace without rules: it tracks nothing, and has nothing to ask. */
const NO_PLANS: HookPlans = { PREROUTING: [], INPUT: [], FORWARD: [], OUTPUT: [], POSTROUTING: [] };

/** `plans[hook]`, in a form that costs nothing: packets ask at every hook. */
export function planOf(plans: HookPlans, hook: Hook): readonly HookPart[] {
  switch (hook) {
    case 'PREROUTING':
      return plans.PREROUTING;
    case 'INPUT':
      return plans.INPUT;
    case 'FORWARD':
      return plans.FORWARD;
    case 'OUTPUT':
      return plans.OUTPUT;
    case 'POSTROUTING':
      return plans.POSTROUTING;
  }
}

/** Priorities of the tables and of the lookup. */
const PRIORITY: Readonly<Record<TableName, number>> = { raw: -300, mangle: -150, nat: -100, filter: 0 };
const TRACK_PRIORITY = -200;
const SOURCE_NAT_PRIORITY = 100;

/** Hooks where a packet of a new flow is looked up, and where the flow is written down. */
const BEGINS: readonly Hook[] = ['PREROUTING', 'OUTPUT'];
const ENDS: readonly Hook[] = ['INPUT', 'POSTROUTING'];

interface Placed {
  readonly priority: number;
  readonly part: HookPart;
}

export function planHooks(ruleset: Ruleset, nft: NftRuleset = NO_NFT_TABLES): HookPlans {
  if (ruleset.tables.size === 0 && nft.length === 0) return NO_PLANS;
  const tracks = tracksConnections(ruleset, nft);
  const plan = (hook: Hook): readonly HookPart[] => {
    const chains = [...iptablesChains(ruleset, hook), ...nftChains(nft, hook)];
    // Registered later is asked first; sorting keeps the order of equals.
    const latestFirst = chains.reverse().sort((a, b) => a.priority - b.priority);
    const filters = latestFirst
      .filter(({ asked }) => purposeOf(asked) === 'filters')
      .map((chain): Placed => ({ priority: chain.priority, part: { kind: 'table', planned: made(chain) } }));
    const translate = latestFirst.filter(({ asked }) => purposeOf(asked) === 'translates').map(made);
    // Without tracked flows there is nothing to translate, and chains of nat are not asked.
    const placed = [...(tracks ? ownParts(hook, translate) : []), ...filters];
    return placed.sort((a, b) => a.priority - b.priority).map(({ part }) => part);
  };
  return {
    PREROUTING: plan('PREROUTING'),
    INPUT: plan('INPUT'),
    FORWARD: plan('FORWARD'),
    OUTPUT: plan('OUTPUT'),
    POSTROUTING: plan('POSTROUTING'),
  };
}

/** Connection tracking works only where a rule needs it. Source: kernel `nf_ct_netns_get`. */
export function tracksConnections(ruleset: Ruleset, nft: NftRuleset): boolean {
  return needsConntrack(ruleset) || nftNeedsConntrack(nft);
}

/** What the kernel itself does at the hook. */
function ownParts(hook: Hook, planned: readonly PlannedChain[]): readonly Placed[] {
  if (BEGINS.includes(hook))
    return [
      { priority: TRACK_PRIORITY, part: { kind: 'track' } },
      { priority: PRIORITY.nat, part: { kind: 'nat', side: 'destination', planned } },
    ];
  if (!ENDS.includes(hook)) return [];
  return [
    { priority: SOURCE_NAT_PRIORITY, part: { kind: 'nat', side: 'source', planned } },
    { priority: Number.POSITIVE_INFINITY, part: { kind: 'confirm' } },
  ];
}

interface RegisteredChain {
  readonly priority: number;
  readonly asked: AskedChain;
}

function made({ asked }: RegisteredChain): PlannedChain {
  return { asked, ready: readyChain(asked.chain) };
}

/** Base chains that have rules, or a policy other than ACCEPT: the others say nothing. */
function iptablesChains(ruleset: Ruleset, hook: Hook): readonly RegisteredChain[] {
  const registered: RegisteredChain[] = [];
  for (const table of ruleset.tables.values()) {
    const chain = table.chains.get(hook);
    if (chain === undefined || (chain.rules.length === 0 && chain.policy !== 'DROP')) continue;
    const isSource = table.name === 'nat' && ENDS.includes(hook);
    registered.push({
      priority: isSource ? SOURCE_NAT_PRIORITY : PRIORITY[table.name],
      asked: { table, chain },
    });
  }
  return registered;
}

function nftChains(nft: NftRuleset, hook: Hook): readonly RegisteredChain[] {
  const registered: RegisteredChain[] = [];
  for (const table of nft) {
    for (const chain of table.chains.values()) {
      if (chain.base?.hook !== hook || (chain.rules.length === 0 && chain.policy !== 'DROP')) continue;
      registered.push({ priority: chain.base.priority, asked: { table, chain } });
    }
  }
  return registered;
}
