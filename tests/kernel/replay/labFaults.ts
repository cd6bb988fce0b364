// Which of the drawn faults a node, a Pod or a cable has. Numbers of choices stand for what there is, by remainder.

import type { Fault, LabChoices } from './labChoices.ts';

export function podsOf({ pods }: LabChoices, node: number): readonly number[] {
  return Array.from({ length: pods[node] ?? 0 }, (_, pod) => pod);
}

export function someNode({ pods }: LabChoices, at: number): number {
  return at % pods.length;
}

export function somePod(choices: LabChoices, node: number, at: number): number {
  return at % (choices.pods[node] ?? 1);
}

/** The faults of one kind that this node has. */
export function faultsOf<Kind extends Fault['kind']>(
  choices: LabChoices,
  kind: Kind,
  node: number,
): readonly Extract<Fault, { readonly kind: Kind }>[] {
  return choices.faults.filter(
    (fault): fault is Extract<Fault, { readonly kind: Kind }> =>
      fault.kind === kind && someNode(choices, fault.node) === node,
  );
}

export const has = (choices: LabChoices, kind: Fault['kind'], node: number): boolean =>
  faultsOf(choices, kind, node).length > 0;

export function hasTowards(
  choices: LabChoices,
  kind: 'no-route' | 'no-forwarding-entry' | 'wrong-forwarding-entry' | 'no-neighbor',
  node: number,
  other: number,
): boolean {
  return faultsOf(choices, kind, node).some(fault => someNode(choices, fault.other) === other);
}

export function hasOfPod(
  choices: LabChoices,
  kind: 'no-pod-default' | 'no-pod-route',
  node: number,
  pod: number,
): boolean {
  return faultsOf(choices, kind, node).some(fault => somePod(choices, node, fault.pod) === pod);
}

export function isPodLinkDown(choices: LabChoices, node: number, pod: number, end: 'node' | 'pod'): boolean {
  return faultsOf(choices, 'pod-link-down', node).some(
    fault => fault.end === end && somePod(choices, node, fault.pod) === pod,
  );
}

/** What an end of a cable takes, if it takes less than usual. */
export function smallMtu(
  choices: LabChoices,
  node: number,
  end: Extract<Fault, { readonly kind: 'small-mtu' }>['end'],
  pod?: number,
): { readonly mtu?: number } {
  const small = faultsOf(choices, 'small-mtu', node).find(
    fault => fault.end === end && (pod === undefined || somePod(choices, node, fault.pod) === pod),
  );
  return small === undefined ? {} : { mtu: small.mtu };
}

/** A tunnel's MTU is at most 50 less than that of the device below. */
export function tunnelMtu(choices: LabChoices, node: number): number {
  const wanted = has(choices, 'small-tunnel-mtu', node) ? 1300 : 1450;
  return Math.min(wanted, (smallMtu(choices, node, 'uplink').mtu ?? 1500) - 50);
}

export const isUplinkDown = (choices: LabChoices, node: number, end: 'node' | 'switch'): boolean =>
  faultsOf(choices, 'uplink-down', node).some(fault => fault.end === end);
