// Pods and nodes: what a Pod tolerates, selects and asks for. The scheduler, controllers and kubelets judge by the same.
//
// Omits:   overhead, resources of whole Pods, resources that are resized in place.
// Read:    k8s.io/component-helpers scheduling/corev1 and resource/helpers.go (`PodRequests`).

import type { Node, Taint } from './kinds/node.ts';
import {
  type Container,
  isPodTerminal,
  type NodeSelectorRequirement,
  type NodeSelectorTerm,
  type Pod,
  type PodSpec,
  type Toleration,
} from './kinds/pod.ts';
import { quantityValue } from './quantity.ts';
import { matchesMap } from './selectors.ts';

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

/** Do the node's labels and name suit the Pod's nodeSelector and required node affinity? */
export function matchesNode({ nodeSelector, affinity }: PodSpec, node: Node): boolean {
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  const isSelected = nodeSelector === undefined || matchesMap(nodeSelector, node.metadata.labels);
  return isSelected && (terms === undefined || terms.some(term => matchesTerm(term, node)));
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

/** Ports of the node that a Pod wants: `TCP/80`. */
export function hostPortsOf(pod: Pod): readonly string[] {
  return pod.spec.containers.flatMap(container =>
    (container.ports ?? []).flatMap(({ hostPort, protocol }) => (hostPort ? [`${protocol}/${hostPort}`] : [])),
  );
}

/** By the resource's name; the CPU in thousandths of a core. Whole numbers, so that sums stay exact. */
export type PodRequest = ReadonlyMap<string, number>;

export function amountOf(name: string, quantity: string): number {
  return Math.ceil(quantityValue(quantity) * (name === 'cpu' ? 1000 : 1) - 1e-9);
}

/** Containers and sidecars together; or what an init container needs beside the sidecars before it, where that is more. */
export function requestOf({ containers, initContainers = [] }: PodSpec): PodRequest {
  const total = new Map<string, number>();
  const peak = new Map<string, number>();
  for (const container of containers) add(total, container);
  const sidecars = new Map<string, number>();
  for (const container of initContainers) {
    if (container.restartPolicy === 'Always') {
      add(sidecars, container);
      add(total, container);
    }
    const alone = new Map(sidecars);
    if (container.restartPolicy !== 'Always') add(alone, container);
    for (const [name, amount] of alone) peak.set(name, Math.max(peak.get(name) ?? 0, amount));
  }
  for (const [name, amount] of peak) total.set(name, Math.max(total.get(name) ?? 0, amount));
  return total;
}

function add(sums: Map<string, number>, { resources }: Container): void {
  const requests = resources?.requests;
  for (const name in requests) sums.set(name, (sums.get(name) ?? 0) + amountOf(name, requests[name] ?? '0'));
}

const NOTHING: readonly (readonly [string, number])[] = [];
const ONE_POD: readonly (readonly [string, number])[] = [['pods', 1]];
/** Pods of one template share their spec's containers; most of them ask for nothing. */
const loads = new WeakMap<PodSpec['containers'], readonly (readonly [string, number])[]>();

/**
 * Measures what a Pod takes of its node: `pods`, `cpu`, ...; and `exclusive` where it wants some others not to be near.
 * See ApiClient.tally.
 */
export function podLoad(pod: Pod): readonly (readonly [string, number])[] {
  if (isPodTerminal(pod)) return NOTHING;
  let load = loads.get(pod.spec.containers);
  if (load === undefined) {
    const request = requestOf(pod.spec);
    load = request.size === 0 ? ONE_POD : [...ONE_POD, ...request];
    loads.set(pod.spec.containers, load);
  }
  return pod.spec.affinity?.podAntiAffinity === undefined ? load : [...load, ['exclusive', 1]];
}
