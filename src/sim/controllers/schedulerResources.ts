// Whether a node has left what a Pod asks for.
//
// Read:    kubernetes pkg/scheduler/framework/plugins/noderesources/fit.go, `fitsRequest`.

import { amountOf, type PodRequest } from '../api/placement.ts';
import type { Objection } from './schedulerFilters.ts';

/** What a node lacks for a Pod; undefined when it has enough. */
export function lackOf(
  request: PodRequest,
  allocatable: Readonly<Record<string, string>>,
  load: ReadonlyMap<string, number>,
): Objection | undefined {
  const reasons: string[] = [];
  let kind: Objection['kind'] = 'fixable';
  if ((load.get('pods') ?? 0) + 1 > Number(allocatable.pods ?? Number.POSITIVE_INFINITY)) reasons.push('Too many pods');
  for (const [name, amount] of request) {
    // The lab's nodes do not say how large their disks are.
    if (amount === 0 || (name === 'ephemeral-storage' && allocatable[name] === undefined)) continue;
    const all = amountOf(name, allocatable[name] ?? '0');
    if (amount <= all - (load.get(name) ?? 0)) continue;
    reasons.push(`Insufficient ${name}`);
    if (amount > all) kind = 'final';
  }
  return reasons.length === 0 ? undefined : { reasons, kind };
}
