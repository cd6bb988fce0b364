// What a kubelet says of its node: that it is ready, each time that it starts.
//
// Simplified: leases and the heartbeats of the status are not written while all is well; see controllers/nodeLifecycle.ts.
// Read:    kubernetes pkg/kubelet/nodestatus/setters.go; kubelet_node_status.go.

import { type Node, nodes } from '../api/kinds/node.ts';
import { timestamp } from '../api/timestamps.ts';
import type { Kubelet } from './context.ts';

type NodeCondition = NonNullable<NonNullable<Node['status']>['conditions']>[number];
type Saying = Pick<NodeCondition, 'type' | 'status' | 'reason' | 'message'>;

const SAYINGS: readonly Saying[] = [
  {
    type: 'MemoryPressure',
    status: 'False',
    reason: 'KubeletHasSufficientMemory',
    message: 'kubelet has sufficient memory available',
  },
  {
    type: 'DiskPressure',
    status: 'False',
    reason: 'KubeletHasNoDiskPressure',
    message: 'kubelet has no disk pressure',
  },
  {
    type: 'PIDPressure',
    status: 'False',
    reason: 'KubeletHasSufficientPID',
    message: 'kubelet has sufficient PID available',
  },
  { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' },
];

/** The kubelet of a node has started. */
export function postNodeStatus({ api, clock }: Kubelet, name: string): void {
  const node = api.get(nodes, { name });
  if (node === undefined) return;
  const now = timestamp(clock.now);
  const say = (type: 'Normal' | 'Warning', reason: string, message: string) =>
    api.event(node, { type, reason, message, source: `kubelet, ${name}` });
  say('Normal', 'Starting', 'Starting kubelet.');
  const old = node.status?.conditions ?? [];
  const conditions = SAYINGS.map((saying): NodeCondition => {
    const before = old.find(({ type }) => type === saying.type);
    const since = before?.status === saying.status ? (before.lastTransitionTime ?? now) : now;
    return { ...saying, lastHeartbeatTime: now, lastTransitionTime: since };
  });
  api.updateStatus(nodes, { ...node, status: { ...node.status, conditions } });
  for (const [reason, type] of [
    ['NodeHasSufficientMemory', 'MemoryPressure'],
    ['NodeHasNoDiskPressure', 'DiskPressure'],
    ['NodeHasSufficientPID', 'PIDPressure'],
    ['NodeReady', 'Ready'],
  ] as const) {
    if (old.some(condition => condition.type === type && condition.status === 'Unknown'))
      say('Normal', reason, `Node ${name} status is now: ${reason}`);
  }
}
