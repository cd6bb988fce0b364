// Which nodes a Pod may run on, and why not on the others.
//
// Models:  cordoned nodes, taints and tolerations, nodeSelector and required node affinity, ports of the node.
// Omits:   resources, affinity between Pods, topology spread, volumes.
// Read:    kubernetes pkg/scheduler/framework/plugins/{nodeunschedulable,tainttoleration,nodeaffinity,nodeports}.

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

/** Why a node is not fit; undefined when it is. In the words of the scheduler. */
type Filter = (pod: Pod, node: Node, api: ApiClient) => string | undefined;

/** In the scheduler's order: the first that objects gives the reason. */
const FILTERS: readonly Filter[] = [unschedulable, tainted, unselected, portTaken];

/** Source: nodeunschedulable plugin: the taint that a cordoned node has. */
const UNSCHEDULABLE_TAINT: Taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };

/** Why the Pod cannot run on the node; undefined when it can. */
export function whyNot(pod: Pod, node: Node, api: ApiClient): string | undefined {
  for (const filter of FILTERS) {
    const reason = filter(pod, node, api);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function unschedulable(pod: Pod, node: Node): string | undefined {
  if (node.spec.unschedulable !== true || isTolerated(pod, UNSCHEDULABLE_TAINT)) return undefined;
  return 'node(s) were unschedulable';
}

function tainted({ spec }: Pod, node: Node): string | undefined {
  const taint = untoleratedTaint(spec.tolerations ?? [], node, ['NoSchedule', 'NoExecute']);
  return taint === undefined ? undefined : `node(s) had untolerated taint {${taint.key}: ${taint.value ?? ''}}`;
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

function isTolerated(pod: Pod, taint: Taint): boolean {
  return pod.spec.tolerations?.some(toleration => tolerates(toleration, taint)) ?? false;
}

/** Source: k8s.io/component-helpers scheduling/corev1, `ToleratesTaint`. */
export function tolerates(toleration: Toleration, taint: Taint): boolean {
  const { key = '', operator = '', value = '', effect = '' } = toleration;
  if (effect !== '' && effect !== taint.effect) return false;
  if (key !== '' && key !== taint.key) return false;
  return operator === 'Exists' || value === (taint.value ?? '');
}

function unselected({ spec }: Pod, node: Node): string | undefined {
  return matchesNode(spec, node) ? undefined : "node(s) didn't match Pod's node affinity/selector";
}

/** Do the node's labels and name suit the Pod's nodeSelector and required node affinity? */
export function matchesNode({ nodeSelector, affinity }: PodSpec, node: Node): boolean {
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  const isSelected = nodeSelector === undefined || matchesMap(nodeSelector, node.metadata.labels);
  return isSelected && (terms === undefined || terms.some(term => matchesTerm(term, node)));
}

/** A term without any requirement matches nothing. */
function matchesTerm({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm, node: Node): boolean {
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

function portTaken(pod: Pod, node: Node, api: ApiClient): string | undefined {
  const wanted = hostPortsOf(pod);
  if (wanted.length === 0) return undefined;
  const others = api.list(pods, { node: node.metadata.name }).filter(other => !isPodTerminal(other));
  const taken = new Set(others.flatMap(hostPortsOf));
  return wanted.some(port => taken.has(port))
    ? "node(s) didn't have free ports for the requested pod ports"
    : undefined;
}

function hostPortsOf(pod: Pod): readonly string[] {
  return pod.spec.containers.flatMap(container =>
    (container.ports ?? []).flatMap(({ hostPort, protocol }) => (hostPort ? [`${protocol}/${hostPort}`] : [])),
  );
}
