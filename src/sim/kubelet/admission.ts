// Whether a kubelet takes a Pod that was bound to its node: past the scheduler, by nodeName, anything may come.
//
// Read:    kubernetes pkg/kubelet/lifecycle/predicate.go, `Admit`; kubelet.go, `rejectPod`.

import type { ApiClient } from '../api/client.ts';
import { nodes } from '../api/kinds/node.ts';
import { isPodTerminal, type Pod, pods } from '../api/kinds/pod.ts';
import { amountOf, hostPortsOf, matchesNode, podLoad, requestOf, untoleratedTaint } from '../api/placement.ts';

export interface Rejection {
  readonly reason: string;
  readonly message: string;
}

/** Why the Pod cannot run there; undefined when it can. */
export function rejectionOf(api: ApiClient, pod: Pod): Rejection | undefined {
  const node = api.get(nodes, { name: pod.spec.nodeName ?? '' });
  if (node === undefined) return undefined;
  if (untoleratedTaint(pod.spec.tolerations ?? [], node, ['NoExecute']) !== undefined)
    return predicate('TaintToleration', "node(s) had taints that the pod didn't tolerate");
  if (!matchesNode(pod.spec, node))
    return predicate('NodeAffinity', "node(s) didn't match Pod's node affinity/selector");
  const { name } = node.metadata;
  const wanted = hostPortsOf(pod);
  if (wanted.length > 0) {
    const others = api.list(pods, { node: name }).filter(other => isOlder(other, pod) && !isPodTerminal(other));
    if (others.some(other => hostPortsOf(other).some(port => wanted.includes(port))))
      return predicate('NodePorts', "node(s) didn't have free ports for the requested pod ports");
  }
  const load = api.tally(pods, { node: name }, podLoad);
  const request = new Map([['pods', 1], ...requestOf(pod.spec)]);
  for (const [resource, amount] of request) {
    const quantity = node.status?.allocatable?.[resource];
    if (quantity === undefined) continue;
    const capacity = amountOf(resource, quantity);
    const used = (load.get(resource) ?? 0) - amount;
    if (amount <= capacity - used) continue;
    const message = `Node didn't have enough resource: ${resource}, requested: ${amount}, used: ${used}, capacity: ${capacity}`;
    return { reason: `OutOf${resource}`, message };
  }
  return undefined;
}

function predicate(reason: string, why: string): Rejection {
  return { reason, message: `Predicate ${reason} failed: ${why}` };
}

/** It was there before. */
function isOlder({ metadata: a }: Pod, { metadata: b }: Pod): boolean {
  return a.uid !== b.uid && a.creationTimestamp <= b.creationTimestamp;
}
