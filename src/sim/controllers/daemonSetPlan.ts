// What a DaemonSet does next: which nodes get a Pod, and which Pods go. A decision with no effect of its own.
//
// Models:  nodes by selector, affinity and taints; Pods that have ended; rolling updates by maxUnavailable or maxSurge.
// Omits:   the back-off before a failed Pod is replaced.
// Read:    kubernetes pkg/controller/daemon/daemon_controller.go (`podsShouldBeOnNode`), update.go (`rollingUpdate`).

import type { DaemonSet } from '../api/kinds/daemonSet.ts';
import type { Node } from '../api/kinds/node.ts';
import { isPodReady, type Pod } from '../api/kinds/pod.ts';
import type { VirtualMs } from '../runtime/clock.ts';
import { fitOf, isUpdated, nodeOfDaemon } from './daemonSetPod.ts';
import { intOrPercent } from './deploymentMath.ts';
import { untilAvailable } from './podCounts.ts';

export type DaemonStep =
  | { readonly kind: 'create'; readonly node: string }
  | { readonly kind: 'delete'; readonly pod: Pod; readonly why: 'failed' | 'succeeded' | 'other' };

export interface DaemonView {
  readonly daemonSet: DaemonSet;
  readonly nodes: readonly Node[];
  /** The oldest first. */
  readonly podsOn: ReadonlyMap<string, readonly Pod[]>;
  /** Of the present template. */
  readonly hash: string;
  readonly now: VirtualMs;
}

/** Pods by the node that they are on or meant for, the oldest first. */
export function byNode(pods: readonly Pod[]): ReadonlyMap<string, readonly Pod[]> {
  const map = new Map<string, Pod[]>();
  for (const pod of [...pods].sort(oldestFirst)) {
    const node = nodeOfDaemon(pod) ?? '';
    map.set(node, [...(map.get(node) ?? []), pod]);
  }
  return map;
}

function oldestFirst(a: Pod, b: Pod): number {
  const [x, y] = [a.metadata.creationTimestamp, b.metadata.creationTimestamp];
  return x === y ? 0 : x < y ? -1 : 1;
}

/** First every node gets what it should have; only when nothing is to be done for that, a rollout goes on. */
export function planDaemonSet(view: DaemonView): readonly DaemonStep[] {
  const steps = [...view.nodes.flatMap(node => stepsOn(view, node)), ...strays(view)];
  if (steps.length > 0 || view.daemonSet.spec.updateStrategy.type === 'OnDelete') return steps;
  return maxSurgeOf(view) > 0 ? surge(view) : replace(view);
}

const isTerminating = ({ metadata }: Pod): boolean => metadata.deletionTimestamp !== undefined;

export function isAvailable({ daemonSet, now }: DaemonView, pod: Pod): boolean {
  return untilAvailable(pod, (daemonSet.spec.minReadySeconds ?? 0) * 1000, now) <= 0;
}

function podsOn(view: DaemonView, node: Node): readonly Pod[] {
  return view.podsOn.get(node.metadata.name) ?? [];
}

const deletion = (pod: Pod): DaemonStep => ({ kind: 'delete', pod, why: 'other' });

function stepsOn(view: DaemonView, node: Node): readonly DaemonStep[] {
  const there = podsOn(view, node);
  const fit = fitOf(view.daemonSet, node);
  if (fit === 'none') return there.filter(pod => !isTerminating(pod)).map(deletion);
  if (there.length === 0) return fit === 'run' ? [{ kind: 'create', node: node.metadata.name }] : [];
  const steps: DaemonStep[] = [];
  const running: Pod[] = [];
  for (const pod of there.filter(other => !isTerminating(other))) {
    if (pod.status?.phase === 'Failed') steps.push({ kind: 'delete', pod, why: 'failed' });
    else if (pod.status?.phase === 'Succeeded') steps.push({ kind: 'delete', pod, why: 'succeeded' });
    else running.push(pod);
  }
  return [...steps, ...surplus(view, running).map(deletion)];
}

/** One Pod a node; with maxSurge the old one may stay beside the new one until that is available. */
function surplus(view: DaemonView, running: readonly Pod[]): readonly Pod[] {
  if (maxSurgeOf(view) === 0 || running.length <= 1) return running.slice(1);
  const [fresh, ...moreFresh] = running.filter(pod => isUpdated(pod, view.hash));
  const [old, ...moreOld] = running.filter(pod => !isUpdated(pod, view.hash));
  const isReplaced =
    fresh !== undefined && old !== undefined && (!isPodReady(old) || isAvailable(view, fresh)) ? [old] : [];
  return [...moreFresh, ...moreOld, ...isReplaced];
}

/** Pods that were meant for a node that is no more. */
function strays({ nodes, podsOn: map }: DaemonView): readonly DaemonStep[] {
  const known = new Set(nodes.map(({ metadata }) => metadata.name));
  return [...map]
    .filter(([node]) => !known.has(node))
    .flatMap(([, there]) => there.filter(pod => !pod.spec.nodeName && !isTerminating(pod)).map(deletion));
}

function desired({ daemonSet, nodes }: DaemonView): number {
  return nodes.filter(node => fitOf(daemonSet, node) === 'run').length;
}

function maxSurgeOf(view: DaemonView): number {
  const { type, rollingUpdate } = view.daemonSet.spec.updateStrategy;
  return type === 'RollingUpdate' ? intOrPercent(rollingUpdate?.maxSurge ?? 0, desired(view), Math.ceil) : 0;
}

function maxUnavailableOf(view: DaemonView): number {
  const { maxUnavailable = 1 } = view.daemonSet.spec.updateStrategy.rollingUpdate ?? {};
  return intOrPercent(maxUnavailable, desired(view), Math.ceil);
}

/** The updated and the outdated Pod of a node. */
function pairOn(view: DaemonView, node: Node): { readonly fresh: Pod | undefined; readonly old: Pod | undefined } {
  const there = podsOn(view, node).filter(pod => !isTerminating(pod));
  return {
    fresh: there.find(pod => isUpdated(pod, view.hash)),
    old: there.find(pod => !isUpdated(pod, view.hash)),
  };
}

/** Deletes outdated Pods: at once those that do not work anyway, of the others so many that enough are left. */
function replace(view: DaemonView): readonly DaemonStep[] {
  const atOnce: Pod[] = [];
  const candidates: Pod[] = [];
  let unavailable = 0;
  for (const node of view.nodes.filter(other => podsOn(view, other).length > 0)) {
    const { fresh, old } = pairOn(view, node);
    if (fresh === undefined && old === undefined) unavailable++;
    else if (old === undefined) unavailable += fresh !== undefined && isAvailable(view, fresh) ? 0 : 1;
    else if (isAvailable(view, old)) candidates.push(old);
    else atOnce.push(old);
  }
  const room = Math.max(0, maxUnavailableOf(view) - unavailable);
  return [...atOnce, ...candidates.slice(0, room)].map(deletion);
}

/** Makes updated Pods beside outdated ones. */
function surge(view: DaemonView): readonly DaemonStep[] {
  const atOnce: string[] = [];
  const candidates: string[] = [];
  let surging = 0;
  for (const node of view.nodes) {
    const { fresh, old } = pairOn(view, node);
    if (old === undefined) continue;
    if (fresh !== undefined) surging++;
    else if (isAvailable(view, old)) candidates.push(node.metadata.name);
    else atOnce.push(node.metadata.name);
  }
  const room = Math.max(0, maxSurgeOf(view) - surging);
  return [...atOnce, ...candidates.slice(0, room)].map(node => ({ kind: 'create', node }));
}
