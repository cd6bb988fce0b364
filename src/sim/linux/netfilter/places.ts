// Where rules may do what: the kernel refuses a target in a table or chain that is not its own.

import type { Hook, TableName, Target } from './types.ts';

interface Place {
  readonly table: TableName;
  readonly hooks?: readonly Hook[];
}

const PLACES: Readonly<Partial<Record<Target['kind'], Place>>> = {
  DNAT: { table: 'nat', hooks: ['PREROUTING', 'OUTPUT'] },
  REDIRECT: { table: 'nat', hooks: ['PREROUTING', 'OUTPUT'] },
  SNAT: { table: 'nat', hooks: ['INPUT', 'POSTROUTING'] },
  MASQUERADE: { table: 'nat', hooks: ['POSTROUTING'] },
  REJECT: { table: 'filter' },
  NOTRACK: { table: 'raw' },
};

const HOOKS: readonly string[] = ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'] satisfies Hook[];

/**
 * Where the target belongs, if not here: `table nat, PREROUTING or OUTPUT`. What user chains are called from is not asked.
 * Source: kernel net/netfilter/x_tables.c, `xt_check_target`.
 */
export function rightPlace({ kind }: Target, table: TableName, chain: string): string | undefined {
  const place = PLACES[kind];
  if (place === undefined) return undefined;
  const { hooks } = place;
  const isRightChain = hooks === undefined || !HOOKS.includes(chain) || hooks.some(hook => hook === chain);
  if (place.table === table && isRightChain) return undefined;
  return [`table ${place.table}`, ...(hooks === undefined ? [] : [hooks.join(' or ')])].join(', ');
}
