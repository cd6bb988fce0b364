// The scheduler: binds each Pod to a node.
//
// Models:  the filters of schedulerFilters.ts and schedulerTopology.ts, the preferences of schedulerScore.ts; of equals the
//          node with the fewest Pods; what an unschedulable Pod is told.
// Simplified: the real scheduler scores by resources and spread and draws among equals; here the name decides, so that
//          every run repeats. What could help a Pod has it tried again at once, without back-off.
// Omits:   preemption, profiles.
// Read:    kubernetes pkg/scheduler/schedule_one.go; pkg/scheduler/framework/types.go, `FitError`;
//          pkg/scheduler/framework/preemption/preemption.go.

import type { ApiChange, ApiClient } from '../api/client.ts';
import { type Controller, ofKind } from '../api/controller.ts';
import { equalJson, isJsonObject } from '../api/json.ts';
import { type Node, nodes } from '../api/kinds/node.ts';
import { isPodTerminal, isPodUnscheduled, type Pod, pods } from '../api/kinds/pod.ts';
import { type Condition, keyOf, parseKey } from '../api/objects.ts';
import { podLoad } from '../api/placement.ts';
import { timestamp } from '../api/timestamps.ts';
import type { ControllerContext } from './context.ts';
import { candidateOf, type NodeView, namedNodes, type Objection, objectionOf } from './schedulerFilters.ts';
import { preferenceOf } from './schedulerScore.ts';
import { topologyFilters } from './schedulerTopology.ts';

const NAME = 'default-scheduler';

export function schedulerController({ clock }: Pick<ControllerContext, 'clock'>): Controller {
  return {
    name: NAME,
    watches: [
      ofKind(pods, (change, api) => [
        ...(isMine(change.object) && needsAttempt(change) ? [keyOf(change.object)] : []),
        ...(mayHelpOthers(change) ? rejected(api) : []),
      ]),
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

/** A Pod that leaves its node makes room; one that comes to a node, or gets other labels, may be company. */
function mayHelpOthers({ type, object, previous }: ApiChange<Pod>): boolean {
  if (!object.spec.nodeName || previous === undefined) return type === 'DELETED' && !!object.spec.nodeName;
  return (
    type === 'DELETED' ||
    !previous.spec.nodeName ||
    isPodTerminal(object) !== isPodTerminal(previous) ||
    object.metadata.labels !== previous.metadata.labels
  );
}

/** Pods that no node would take when they were tried last. */
function rejected(api: ApiClient): readonly string[] {
  if (!api.tally(pods, { node: '' }, rejections).has('rejected')) return [];
  return api
    .list(pods, { node: '' })
    .filter(pod => isMine(pod) && rejections(pod).length > 0)
    .map(keyOf);
}

const REJECTED = [['rejected', 1]] as const;

function rejections({ status }: Pod): readonly (readonly [string, number])[] {
  return status?.conditions?.some(({ type, reason }) => type === 'PodScheduled' && reason === 'Unschedulable') === true
    ? REJECTED
    : [];
}

/** Could the node take a Pod now that it could not before? */
function mayHelp({ type, object, previous }: ApiChange<Node>): boolean {
  if (type !== 'MODIFIED' || previous === undefined) return type === 'ADDED';
  return (
    !equalJson(previous.metadata.labels, object.metadata.labels) ||
    !equalJson(previous.spec.taints, object.spec.taints) ||
    previous.spec.unschedulable !== object.spec.unschedulable ||
    !equalJson(previous.status?.allocatable, object.status?.allocatable)
  );
}

/** The outcome of one attempt. */
type Attempt =
  | { readonly kind: 'fits'; readonly node: Node }
  | { readonly kind: 'unschedulable'; readonly message: string };

function findNode(pod: Pod, api: ApiClient): Attempt {
  const all = api.list(nodes);
  if (all.length === 0) return { kind: 'unschedulable', message: 'no nodes available to schedule pods' };
  const missing = missingClaim(pod, api);
  if (missing !== undefined) return unschedulable(pod, all.length, `persistentvolumeclaim ${missing} not found`, []);
  const views: NodeView[] = all.map(node => ({
    node,
    load: api.tally(pods, { node: node.metadata.name }, podLoad),
  }));
  const candidate = candidateOf(pod);
  const named = namedNodes(pod.spec);
  const filters = topologyFilters(pod, views, api);
  const objections: Objection[] = [];
  const fitting: NodeView[] = [];
  for (const view of views) {
    let objection = named?.has(view.node.metadata.name) === false ? UNNAMED : objectionOf(candidate, view, api);
    for (const filter of filters) objection ??= filter(view.node);
    if (objection === undefined) fitting.push(view);
    else objections.push(objection);
  }
  const best = bestOf(pod, fitting, api);
  return best === undefined ? unschedulable(pod, all.length, '', objections) : { kind: 'fits', node: best };
}

/** A node that a Pod's affinity rules out by its name. */
const UNNAMED: Objection = { reasons: ["node(s) didn't satisfy plugin(s) [NodeAffinity]"], kind: 'final' };

/** The node that is liked best; of equals the one with the fewest Pods, then the first by name. */
function bestOf(pod: Pod, fitting: readonly NodeView[], api: ApiClient): Node | undefined {
  const preference = preferenceOf(
    pod,
    fitting.map(({ node }) => node),
    api,
  );
  let best: { readonly node: Node; readonly liked: number; readonly pods: number } | undefined;
  for (const { node, load } of fitting) {
    const [liked, count] = [preference?.(node) ?? 0, load.get('pods') ?? 0];
    if (best === undefined || liked > best.liked || (liked === best.liked && count < best.pods))
      best = { node, liked, pods: count };
  }
  return best?.node;
}

/** Volumes are there as soon as their claims are: `"data"` names one that is not. Source: volumebinding, `PreFilter`. */
function missingClaim({ metadata, spec }: Pod, api: ApiClient): string | undefined {
  const kind = api.kindOf('v1', 'PersistentVolumeClaim');
  const { namespace = '' } = metadata;
  for (const { persistentVolumeClaim: claim } of spec.volumes ?? []) {
    const name = isJsonObject(claim) ? claim.claimName : undefined;
    if (kind === undefined || typeof name !== 'string') continue;
    if (api.get(kind, { namespace, name }) === undefined) return JSON.stringify(name);
  }
  return undefined;
}

/**
 * `0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had untolerated taint {...}. no new claims to deallocate,
 * preemption: ...`, and what came of preemption: nothing, because all Pods have the same priority.
 * @param beforehand why no node was looked at; empty when they were
 */
function unschedulable(pod: Pod, total: number, beforehand: string, objections: readonly Objection[]): Attempt {
  const counted = beforehand === '' ? countedText(objections.flatMap(({ reasons }) => reasons)) : beforehand;
  const preemption = objections.map(({ kind }) =>
    kind === 'final' ? 'Preemption is not helpful for scheduling' : 'No preemption victims found for incoming pod',
  );
  const outcome =
    pod.spec.preemptionPolicy === 'Never'
      ? 'not eligible due to preemptionPolicy=Never.'
      : `0/${total} nodes are available: ${beforehand === '' ? countedText(preemption) : `${total} Preemption is not helpful for scheduling`}.`;
  const message = `0/${total} nodes are available: ${counted}. no new claims to deallocate, preemption: ${outcome}`;
  return { kind: 'unschedulable', message };
}

/** `1 Insufficient cpu, 2 Too many pods`, in the order of the text as Go sorts it. */
function countedText(reasons: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => `${count} ${reason}`)
    .sort()
    .join(', ');
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
