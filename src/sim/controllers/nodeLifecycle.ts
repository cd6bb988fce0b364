// The node lifecycle controller: notices nodes that have fallen silent, and taints nodes as their conditions are.
//
// Models:  conditions that become Unknown after the grace period; taints from conditions and from cordoning; Pods of a lost
//          node that are no longer ready.
// Simplified: kubelets do not write leases while all is well; the controller is told since when one is silent, and looks at
//          the node when the grace period is over instead of every 5 s. Evictions are not slowed down.
// Omits:   zones, and what differs when a whole zone is lost.
// Read:    kubernetes pkg/controller/nodelifecycle/node_lifecycle_controller.go; pkg/controller/util/node/controller_utils.go.

import type { ApiClient } from '../api/client.ts';
import { type Controller, ofKind } from '../api/controller.ts';
import { equalJson } from '../api/json.ts';
import { type Node, nodes, type Taint } from '../api/kinds/node.ts';
import { isPodReady, isPodTerminal, pods } from '../api/kinds/pod.ts';
import type { Timestamp } from '../api/objects.ts';
import { parseTimestamp, timestamp } from '../api/timestamps.ts';
import type { VirtualMs } from '../runtime/clock.ts';
import type { ControllerContext } from './context.ts';

export const NODE_LIFECYCLE = 'node-lifecycle-controller';
/** Who its Events are from. */
const SOURCE = 'node-controller';
/** Source: kube-controller-manager `--node-monitor-grace-period`, `--node-startup-grace-period`. */
const GRACE_MS = { silent: 50_000, startup: 60_000 } as const;

type Context = Pick<ControllerContext, 'clock' | 'silentSince'>;
type NodeCondition = NonNullable<NonNullable<Node['status']>['conditions']>[number];

export function nodeLifecycleController({ clock, silentSince }: Context): Controller {
  return {
    name: NODE_LIFECYCLE,
    watches: [ofKind(nodes)],
    reconcile(api, key) {
      const node = api.get(nodes, { name: key });
      if (node === undefined) return;
      const wait = untilLost(node, silentSince(key), clock.now);
      if (wait <= 0) lose(api, node, timestamp(clock.now));
      else if (wait < Number.POSITIVE_INFINITY) clock.setAlarm(NODE_LIFECYCLE, key, wait, 'periodic');
      setTaints(api, key, timestamp(clock.now));
    },
  };
}

const readyOf = (node: Node): NodeCondition | undefined =>
  node.status?.conditions?.find(({ type }) => type === 'Ready');

/** How long until the node counts as lost; infinite when it is heard from, or is known to be lost. */
function untilLost(node: Node, silent: VirtualMs | undefined, now: VirtualMs): VirtualMs {
  const ready = readyOf(node);
  if (ready?.status === 'Unknown') return Number.POSITIVE_INFINITY;
  // A node that was made by hand has no kubelet.
  if (ready === undefined) return GRACE_MS.startup - ageOf(node, now);
  return silent === undefined ? Number.POSITIVE_INFINITY : silent + GRACE_MS.silent - now;
}

function ageOf({ metadata }: Node, now: VirtualMs): VirtualMs {
  return now - (parseTimestamp(metadata.creationTimestamp) ?? now);
}

/** What a node tells of itself as long as it tells anything. */
const TOLD = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'];

/** Nobody knows any more how the node is. Its Pods may run on; they get no traffic. */
function lose(api: ApiClient, node: Node, now: Timestamp): void {
  const { name, creationTimestamp } = node.metadata;
  const old = node.status?.conditions ?? [];
  const isNew = readyOf(node) === undefined;
  const saying = isNew
    ? { reason: 'NodeStatusNeverUpdated', message: 'Kubelet never posted node status.' }
    : { reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting node status.' };
  const unknown = (type: string): NodeCondition => {
    const lastHeartbeatTime = old.find(other => other.type === type)?.lastHeartbeatTime ?? creationTimestamp;
    return { type, status: 'Unknown', ...saying, lastHeartbeatTime, lastTransitionTime: now };
  };
  const kept = old.map(condition => (TOLD.includes(condition.type) ? unknown(condition.type) : condition));
  const added = TOLD.filter(type => !old.some(other => other.type === type)).map(unknown);
  api.updateStatus(nodes, { ...node, status: { ...node.status, conditions: [...kept, ...added] } });
  if (isNew) return;
  const message = `Node ${name} status is now: NodeNotReady`;
  api.event(node, { type: 'Normal', reason: 'NodeNotReady', message, source: SOURCE });
  for (const pod of api.list(pods, { node: name })) {
    if (!isPodReady(pod) || isPodTerminal(pod)) continue;
    const conditions = (pod.status?.conditions ?? []).map(condition =>
      condition.type === 'Ready' ? { ...condition, status: 'False' as const, lastTransitionTime: now } : condition,
    );
    api.updateStatus(pods, { ...pod, status: { ...pod.status, conditions } });
    api.event(pod, { type: 'Warning', reason: 'NodeNotReady', message: 'Node is not ready', source: SOURCE });
  }
}

const taint = (name: string, effect: 'NoSchedule' | 'NoExecute'): Taint => ({
  key: `node.kubernetes.io/${name}`,
  effect,
});

/** The taints that this controller alone sets and takes away. */
const OWN: readonly Taint[] = [
  taint('not-ready', 'NoSchedule'),
  taint('unreachable', 'NoSchedule'),
  taint('memory-pressure', 'NoSchedule'),
  taint('disk-pressure', 'NoSchedule'),
  taint('pid-pressure', 'NoSchedule'),
  taint('network-unavailable', 'NoSchedule'),
  taint('unschedulable', 'NoSchedule'),
  taint('not-ready', 'NoExecute'),
  taint('unreachable', 'NoExecute'),
];

const PRESSURES: Readonly<Record<string, string>> = {
  MemoryPressure: 'memory-pressure',
  DiskPressure: 'disk-pressure',
  PIDPressure: 'pid-pressure',
  NetworkUnavailable: 'network-unavailable',
};

/** The taints that a node's conditions and its being cordoned call for. */
function dueTaints(node: Node): readonly Taint[] {
  const due: Taint[] = [];
  const ready = readyOf(node);
  if (ready?.status !== 'True') {
    const name = ready?.status === 'Unknown' ? 'unreachable' : 'not-ready';
    due.push(taint(name, 'NoSchedule'));
    if (ready !== undefined) due.push(taint(name, 'NoExecute'));
  }
  for (const { type, status } of node.status?.conditions ?? []) {
    const name = PRESSURES[type];
    if (name !== undefined && status === 'True') due.push(taint(name, 'NoSchedule'));
  }
  if (node.spec.unschedulable === true) due.push(taint('unschedulable', 'NoSchedule'));
  return due;
}

const isSame = (a: Taint, b: Taint): boolean => a.key === b.key && a.effect === b.effect;

function setTaints(api: ApiClient, name: string, now: Timestamp): void {
  const node = api.get(nodes, { name });
  if (node === undefined) return;
  const due = dueTaints(node);
  const old = node.spec.taints ?? [];
  const isDue = (one: Taint) => due.some(other => isSame(one, other));
  const kept = old.filter(one => isDue(one) || !OWN.some(other => isSame(one, other)));
  const added = due.filter(one => !old.some(other => isSame(one, other))).map(one => ({ ...one, timeAdded: now }));
  const taints = [...kept, ...added];
  if (equalJson(taints, old)) return;
  const { taints: _taints, ...spec } = node.spec;
  api.update(nodes, { ...node, spec: { ...spec, ...(taints.length > 0 && { taints }) } });
}
