// Which nodes a Pod may run on by what the node itself is and has, and why not on the others.
//
// Models:  cordoned nodes, taints and tolerations, nodeSelector and required node affinity, host ports, resources.
// Omits:   volumes.
// Read:    kubernetes pkg/scheduler/framework/plugins/{nodeunschedulable,tainttoleration,nodeaffinity,nodeports,
//          noderesources}.

import type { ApiClient } from '../api/client.ts';
import type { Node, Taint } from '../api/kinds/node.ts';
import { isPodTerminal, type Pod, type PodSpec, pods } from '../api/kinds/pod.ts';
import { hostPortsOf, matchesNode, type PodRequest, requestOf, tolerates, untoleratedTaint } from '../api/placement.ts';
import { lackOf } from './schedulerResources.ts';

/** Why a node does not take a Pod, in the words of the scheduler. */
export interface Objection {
  readonly reasons: readonly string[];
  /**
   * - `fixable`: it would take it if other Pods were gone.
   * - `final`: it would not.
   */
  readonly kind: 'fixable' | 'final';
}

export const final = (reason: string): Objection => ({ reasons: [reason], kind: 'final' });
export const fixable = (reason: string): Objection => ({ reasons: [reason], kind: 'fixable' });

/** A node, and what its Pods take of it; see podLoad. */
export interface NodeView {
  readonly node: Node;
  readonly load: ReadonlyMap<string, number>;
}

/** A Pod with what is known of it before nodes are looked at. */
export interface Candidate {
  readonly pod: Pod;
  readonly request: PodRequest;
  /** Ports of the node that it wants: `TCP/80`. */
  readonly ports: readonly string[];
}

export function candidateOf(pod: Pod): Candidate {
  return { pod, request: requestOf(pod.spec), ports: hostPortsOf(pod) };
}

/** Undefined: the node will do. */
type Filter = (candidate: Candidate, view: NodeView, api: ApiClient) => Objection | undefined;

/** In the scheduler's order: the first that objects gives the reason. */
const FILTERS: readonly Filter[] = [unschedulable, tainted, unselected, portTaken, tooSmall];

export function objectionOf(candidate: Candidate, view: NodeView, api: ApiClient): Objection | undefined {
  for (const filter of FILTERS) {
    const objection = filter(candidate, view, api);
    if (objection !== undefined) return objection;
  }
  return undefined;
}

/** Source: nodeunschedulable plugin: the taint that a cordoned node has. */
const UNSCHEDULABLE_TAINT: Taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };

function unschedulable({ pod }: Candidate, { node }: NodeView): Objection | undefined {
  const isTolerated = pod.spec.tolerations?.some(toleration => tolerates(toleration, UNSCHEDULABLE_TAINT)) ?? false;
  return node.spec.unschedulable !== true || isTolerated ? undefined : final('node(s) were unschedulable');
}

function tainted({ pod }: Candidate, { node }: NodeView): Objection | undefined {
  const taint = untoleratedTaint(pod.spec.tolerations ?? [], node, ['NoSchedule', 'NoExecute']);
  return taint === undefined ? undefined : final(`node(s) had untolerated taint {${taint.key}: ${taint.value ?? ''}}`);
}

function unselected({ pod }: Candidate, { node }: NodeView): Objection | undefined {
  return matchesNode(pod.spec, node) ? undefined : final("node(s) didn't match Pod's node affinity/selector");
}

/** The nodes that are looked at at all, where each term names some; undefined: all. Source: nodeaffinity, `PreFilter`. */
export function namedNodes({ affinity }: PodSpec): ReadonlySet<string> | undefined {
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const named = terms.map(term =>
    (term.matchFields ?? []).find(({ key, operator }) => key === 'metadata.name' && operator === 'In'),
  );
  if (named.length === 0 || named.includes(undefined)) return undefined;
  return new Set(named.flatMap(requirement => requirement?.values ?? []));
}

function portTaken({ ports }: Candidate, { node }: NodeView, api: ApiClient): Objection | undefined {
  if (ports.length === 0) return undefined;
  const others = api.list(pods, { node: node.metadata.name }).filter(other => !isPodTerminal(other));
  const taken = new Set(others.flatMap(hostPortsOf));
  return ports.some(port => taken.has(port))
    ? fixable("node(s) didn't have free ports for the requested pod ports")
    : undefined;
}

function tooSmall({ request }: Candidate, { node, load }: NodeView): Objection | undefined {
  const allocatable = node.status?.allocatable;
  return allocatable === undefined ? undefined : lackOf(request, allocatable, load);
}
