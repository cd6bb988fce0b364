// What Pods ask of a node, and whether it has that left.
//
// Omits:   overhead, resources of whole Pods, resources that are resized in place.
// Read:    k8s.io/component-helpers resource/helpers.go, `PodRequests`; kubernetes noderesources/fit.go, `fitsRequest`.

import { type Container, isPodTerminal, type Pod, type PodSpec } from '../api/kinds/pod.ts';
import { quantityValue } from '../api/quantity.ts';
import type { Objection } from './schedulerFilters.ts';

/** By the resource's name; the CPU in thousandths of a core. Whole numbers, so that sums stay exact. */
export type PodRequest = ReadonlyMap<string, number>;

function amountOf(name: string, quantity: string): number {
  return Math.ceil(quantityValue(quantity) * (name === 'cpu' ? 1000 : 1) - 1e-9);
}

/** Containers and sidecars together; or what an init container needs beside the sidecars before it, where that is more. */
export function requestOf({ containers, initContainers = [] }: PodSpec): PodRequest {
  const total = new Map<string, number>();
  const peak = new Map<string, number>();
  for (const container of containers) add(total, container);
  const sidecars = new Map<string, number>();
  for (const container of initContainers) {
    if (container.restartPolicy === 'Always') {
      add(sidecars, container);
      add(total, container);
    }
    const alone = new Map(sidecars);
    if (container.restartPolicy !== 'Always') add(alone, container);
    for (const [name, amount] of alone) peak.set(name, Math.max(peak.get(name) ?? 0, amount));
  }
  for (const [name, amount] of peak) total.set(name, Math.max(total.get(name) ?? 0, amount));
  return total;
}

function add(sums: Map<string, number>, { resources }: Container): void {
  const requests = resources?.requests;
  for (const name in requests) sums.set(name, (sums.get(name) ?? 0) + amountOf(name, requests[name] ?? '0'));
}

const NOTHING: readonly (readonly [string, number])[] = [];
const ONE_POD: readonly (readonly [string, number])[] = [['pods', 1]];
/** Pods of one template share their spec's containers; most of them ask for nothing. */
const loads = new WeakMap<PodSpec['containers'], readonly (readonly [string, number])[]>();

/**
 * Measures what a Pod takes of its node: `pods`, `cpu`, ...; and `exclusive` where it wants some others not to be near.
 * See ApiClient.tally.
 */
export function podLoad(pod: Pod): readonly (readonly [string, number])[] {
  if (isPodTerminal(pod)) return NOTHING;
  let load = loads.get(pod.spec.containers);
  if (load === undefined) {
    const request = requestOf(pod.spec);
    load = request.size === 0 ? ONE_POD : [...ONE_POD, ...request];
    loads.set(pod.spec.containers, load);
  }
  return pod.spec.affinity?.podAntiAffinity === undefined ? load : [...load, ['exclusive', 1]];
}

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
