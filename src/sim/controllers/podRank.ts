// Which Pods go first when there are too many.
//
// Omits:   how many Pods of the same owner share a node.
// Read:    kubernetes pkg/controller/controller_utils.go, `ActivePodsWithRanks`.

import { isPodReady, type Pod } from '../api/kinds/pod.ts';

const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';
/** In the order in which Pods of these phases go. */
const PHASES: readonly string[] = ['Pending', 'Unknown', 'Running'];

/** The Pods in the order in which they are deleted. */
export function inOrderOfDeletion(pods: readonly Pod[]): readonly Pod[] {
  return [...pods].sort(compare);
}

/** Those without a node, then those that do the least, then the youngest. */
function compare(a: Pod, b: Pod): number {
  return (
    Number(a.spec.nodeName !== undefined) - Number(b.spec.nodeName !== undefined) ||
    phaseOf(a) - phaseOf(b) ||
    Number(isPodReady(a)) - Number(isPodReady(b)) ||
    costOf(a) - costOf(b) ||
    descending(readySince(a), readySince(b)) ||
    restartsOf(b) - restartsOf(a) ||
    descending(a.metadata.creationTimestamp, b.metadata.creationTimestamp) ||
    // Of Pods made at one moment the one that was named last is the younger one.
    descending(a.metadata.name, b.metadata.name)
  );
}

function phaseOf(pod: Pod): number {
  return PHASES.indexOf(pod.status?.phase ?? '');
}

function costOf(pod: Pod): number {
  return Number(pod.metadata.annotations?.[DELETION_COST] ?? 0);
}

function readySince(pod: Pod): string {
  return pod.status?.conditions?.find(({ type }) => type === 'Ready')?.lastTransitionTime ?? '';
}

function restartsOf(pod: Pod): number {
  return Math.max(0, ...(pod.status?.containerStatuses ?? []).map(({ restartCount }) => restartCount));
}

function descending(a: string, b: string): number {
  return a < b ? 1 : a > b ? -1 : 0;
}
