// What each hook has to ask, in the order of the kernel's priorities, worked out once for a ruleset.
//
//   PREROUTING   raw  conntrack  mangle  nat(destination)
//   INPUT        mangle  filter  nat(source)  confirm
//   FORWARD      mangle  filter
//   OUTPUT       raw  conntrack  mangle  nat(destination)  filter
//   POSTROUTING  mangle  nat(source)  confirm
//
// Read:    kernel include/uapi/linux/netfilter_ipv4.h, `enum nf_ip_hook_priorities`.

import { type Hook, needsConntrack, type Ruleset, type Table, type TableName } from './types.ts';

export type HookPart =
  /** Connection tracking looks the packet up. */
  | { readonly kind: 'track' }
  /** A filter-like table is asked: raw, mangle or filter. */
  | { readonly kind: 'table'; readonly table: Table }
  /** A side of the packet is translated; the nat table is asked for new flows, when it has rules here. */
  | { readonly kind: 'nat'; readonly side: 'source' | 'destination'; readonly table: Table | undefined }
  /** A new flow is written down. */
  | { readonly kind: 'confirm' };

export type HookPlans = Readonly<Record<Hook, readonly HookPart[]>>;

const ORDER: Readonly<Record<Hook, readonly (TableName | 'track' | 'confirm')[]>> = {
  PREROUTING: ['raw', 'track', 'mangle', 'nat'],
  INPUT: ['mangle', 'filter', 'nat', 'confirm'],
  FORWARD: ['mangle', 'filter'],
  OUTPUT: ['raw', 'track', 'mangle', 'nat', 'filter'],
  POSTROUTING: ['mangle', 'nat', 'confirm'],
};

export function planHooks(ruleset: Ruleset): HookPlans {
  const tracks = needsConntrack(ruleset);
  const plan = (hook: Hook): readonly HookPart[] =>
    ORDER[hook].flatMap((part): readonly HookPart[] => {
      switch (part) {
        case 'track':
        case 'confirm':
          return tracks ? [{ kind: part }] : [];
        case 'nat': {
          const side = hook === 'PREROUTING' || hook === 'OUTPUT' ? 'destination' : 'source';
          return tracks ? [{ kind: 'nat', side, table: speakingTable(ruleset, 'nat', hook) }] : [];
        }
        default: {
          const table = speakingTable(ruleset, part, hook);
          return table === undefined ? [] : [{ kind: 'table', table }];
        }
      }
    });
  return {
    PREROUTING: plan('PREROUTING'),
    INPUT: plan('INPUT'),
    FORWARD: plan('FORWARD'),
    OUTPUT: plan('OUTPUT'),
    POSTROUTING: plan('POSTROUTING'),
  };
}

/** A table whose chain of this hook has rules, or a policy other than ACCEPT. */
function speakingTable(ruleset: Ruleset, name: TableName, hook: Hook): Table | undefined {
  const table = ruleset.tables.get(name);
  const chain = table?.chains.get(hook);
  return chain !== undefined && (chain.rules.length > 0 || chain.policy === 'DROP') ? table : undefined;
}
