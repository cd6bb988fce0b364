// Which nodes a Pod may run on by what the node itself is and has, and why not on the others.
//
// Models:  cordoned nodes, taints and tolerations, nodeSelector and required node affinity, host ports, resources.
// Omits:   volumes.
// Read:    kubernetes pkg/scheduler/framework/plugins/{nodeunschedulable,tainttoleration,nodeaffinity,nodeports,
//          noderesources}.

import type { ApiClient } from '../api/client.ts';
import type { Node, Taint } from '../api/kinds/node.ts';
import {
  isPodTerminal,
  type NodeSelectorRequirement,
  type NodeSelectorTerm,
  type Pod,
  type PodSpec,
  pods,
  type Toleration,
} from '../api/kinds/pod.ts';
import { matchesMap } from '../api/selectors.ts';
import { lackOf, type PodRequest, requestOf } from './schedulerResources.ts';

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

/** The first taint of a node with one of these effects that is not tolerated. */
export function untoleratedTaint(
  tolerations: readonly Toleration[],
  { spec }: Node,
  effects: readonly string[],
): Taint | undefined {
  return spec.taints?.find(
    taint => effects.includes(taint.effect) && !tolerations.some(toleration => tolerates(toleration, taint)),
  );
}

/** Source: k8s.io/component-helpers scheduling/corev1, `ToleratesTaint`. */
export function tolerates(toleration: Toleration, taint: Taint): boolean {
  const { key = '', operator = '', value = '', effect = '' } = toleration;
  if (effect !== '' && effect !== taint.effect) return false;
  if (key !== '' && key !== taint.key) return false;
  return operator === 'Exists' || value === (taint.value ?? '');
}

function unselected({ pod }: Candidate, { node }: NodeView): Objection | undefined {
  return matchesNode(pod.spec, node) ? undefined : final("node(s) didn't match Pod's node affinity/selector");
}

/** Do the node's labels and name suit the Pod's nodeSelector and required node affinity? */
export function matchesNode({ nodeSelector, affinity }: PodSpec, node: Node): boolean {
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  const isSelected = nodeSelector === undefined || matchesMap(nodeSelector, node.metadata.labels);
  return isSelected && (terms === undefined || terms.some(term => matchesTerm(term, node)));
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

/** A term without any requirement matches nothing. */
export function matchesTerm({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm, node: Node): boolean {
  if (matchExpressions.length === 0 && matchFields.length === 0) return false;
  return (
    matchExpressions.every(requirement => meets(requirement, node.metadata.labels?.[requirement.key])) &&
    matchFields.every(requirement => requirement.key === 'metadata.name' && meets(requirement, node.metadata.name))
  );
}

function meets({ operator, values = [] }: NodeSelectorRequirement, value: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return value !== undefined && Number(value) > Number(values[0]);
    case 'Lt':
      return value !== undefined && Number(value) < Number(values[0]);
    default:
      return false;
  }
}

function portTaken({ ports }: Candidate, { node }: NodeView, api: ApiClient): Objection | undefined {
  if (ports.length === 0) return undefined;
  const others = api.list(pods, { node: node.metadata.name }).filter(other => !isPodTerminal(other));
  const taken = new Set(others.flatMap(hostPortsOf));
  return ports.some(port => taken.has(port))
    ? fixable("node(s) didn't have free ports for the requested pod ports")
    : undefined;
}

function hostPortsOf(pod: Pod): readonly string[] {
  return pod.spec.containers.flatMap(container =>
    (container.ports ?? []).flatMap(({ hostPort, protocol }) => (hostPort ? [`${protocol}/${hostPort}`] : [])),
  );
}

function tooSmall({ request }: Candidate, { node, load }: NodeView): Objection | undefined {
  const allocatable = node.status?.allocatable;
  return allocatable === undefined ? undefined : lackOf(request, allocatable, load);
}
