// The scheduler: binds each Pod to a node.
//
// Models:  the filters of schedulerFilters.ts; the node with the fewest Pods; what an unschedulable Pod is told.
// Simplified: the real scheduler scores by resources and spread and draws among equals; here the name decides, so that
//          every run repeats.
// Omits:   preemption, profiles, queues with back-off: a Pod is tried again when a node changes.
// Read:    kubernetes pkg/scheduler/schedule_one.go; pkg/scheduler/framework/types.go, `FitError`.

import type { ApiChange, ApiClient } from '../api/client.ts';
import { type Controller, ofKind } from '../api/controller.ts';
import { equalJson } from '../api/json.ts';
import { type Node, nodes } from '../api/kinds/node.ts';
import { isPodTerminal, isPodUnscheduled, type Pod, pods } from '../api/kinds/pod.ts';
import { type Condition, keyOf, parseKey } from '../api/objects.ts';
import { timestamp } from '../api/timestamps.ts';
import type { ControllerContext } from './context.ts';
import { whyNot } from './schedulerFilters.ts';

const NAME = 'default-scheduler';

export function schedulerController({ clock }: Pick<ControllerContext, 'clock'>): Controller {
  return {
    name: NAME,
    watches: [
      ofKind(pods, change => (isMine(change.object) && needsAttempt(change) ? [keyOf(change.object)] : [])),
      ofKind(nodes, (change, api) => (mayHelp(change) ? api.list(pods, { node: '' }).filter(isMine).map(keyOf) : [])),
    ],
    reconcile(api, key) {
      const pod = api.get(pods, parseKey(key));
      if (pod === undefined || !isMine(pod)) return;
      const attempt = findNode(pod, api);
      if (attempt.kind === 'fits') bind(api, pod, attempt.node);
      else tellWhy(api, pod, attempt.message, timestamp(clock.now));
    },
  };
}

/** It has no node yet, and asks for this scheduler. */
function isMine(pod: Pod): boolean {
  const { schedulerName = NAME, schedulingGates = [] } = pod.spec;
  return isPodUnscheduled(pod) && schedulerName === NAME && schedulingGates.length === 0 && !isPodTerminal(pod);
}

/** The scheduler's own words in the status are no reason to try again. */
function needsAttempt({ type, object, previous }: ApiChange<Pod>): boolean {
  if (type === 'DELETED') return false;
  return previous === undefined || !equalJson(previous.spec, object.spec);
}

/** Could the node take a Pod now that it could not before? */
function mayHelp({ type, object, previous }: ApiChange<Node>): boolean {
  if (type !== 'MODIFIED' || previous === undefined) return type === 'ADDED';
  return (
    !equalJson(previous.metadata.labels, object.metadata.labels) ||
    !equalJson(previous.spec.taints, object.spec.taints) ||
    previous.spec.unschedulable !== object.spec.unschedulable
  );
}

/** The outcome of one attempt. */
export type Attempt =
  | { readonly kind: 'fits'; readonly node: Node }
  | { readonly kind: 'unschedulable'; readonly message: string };

export function findNode(pod: Pod, api: ApiClient): Attempt {
  const all = api.list(nodes);
  if (all.length === 0) return { kind: 'unschedulable', message: 'no nodes available to schedule pods' };
  const reasons = new Map<string, number>();
  let best: { readonly node: Node; readonly pods: number } | undefined;
  for (const node of all) {
    const reason = whyNot(pod, node, api);
    if (reason !== undefined) {
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      continue;
    }
    const count = api.count(pods, { node: node.metadata.name });
    if (best === undefined || count < best.pods) best = { node, pods: count };
  }
  return best === undefined
    ? { kind: 'unschedulable', message: unschedulableMessage(all.length, reasons) }
    : { kind: 'fits', node: best.node };
}

/**
 * `0/3 nodes are available: 1 node(s) had untolerated taint {...}, 2 node(s) didn't match ...`, and what came of preemption:
 * nothing, because no Pod that gives way changes a node's labels or taints.
 */
function unschedulableMessage(total: number, reasons: ReadonlyMap<string, number>): string {
  const counted = [...reasons].map(([reason, count]) => `${count} ${reason}`).sort();
  const preemption = `preemption: 0/${total} nodes are available: ${total} Preemption is not helpful for scheduling.`;
  return `0/${total} nodes are available: ${counted.join(', ')}. no new claims to deallocate, ${preemption}`;
}

function bind(api: ApiClient, pod: Pod, node: Node): void {
  const { namespace, name } = pod.metadata;
  if (!api.bind(pod.metadata, node.metadata.name).ok) return;
  const message = `Successfully assigned ${namespace}/${name} to ${node.metadata.name}`;
  api.event(pod, { type: 'Normal', reason: 'Scheduled', message, source: NAME });
}

function tellWhy(api: ApiClient, pod: Pod, message: string, now: string): void {
  const old = pod.status?.conditions?.find(condition => condition.type === 'PodScheduled');
  const condition: Condition = {
    type: 'PodScheduled',
    status: 'False',
    reason: 'Unschedulable',
    message,
    lastTransitionTime: old?.status === 'False' ? (old.lastTransitionTime ?? now) : now,
  };
  const others = (pod.status?.conditions ?? []).filter(other => other.type !== 'PodScheduled');
  api.updateStatus(pods, { ...pod, status: { ...pod.status, conditions: [...others, condition] } });
  api.event(pod, { type: 'Warning', reason: 'FailedScheduling', message, source: NAME });
}
