// What the Network level draws of the elements: which Pods stand in which node, which are drawn as one.

import type { ElementId, LabElement } from '../../sim/index.ts';

/** The element type of a kind; several kinds can share one type. */
export type ElementOf<K extends LabElement['kind']> = LabElement extends infer E
  ? E extends { readonly kind: LabElement['kind'] }
    ? K extends E['kind']
      ? E & { readonly kind: K }
      : never
    : never
  : never;

/** All elements of one kind, in the order of the lab. */
export function ofKind<K extends LabElement['kind']>(
  elements: ReadonlyMap<ElementId, LabElement>,
  kind: K,
): readonly ElementOf<K>[] {
  const found: ElementOf<K>[] = [];
  for (const element of elements.values()) if (isKind(element, kind)) found.push(element);
  return found;
}

function isKind<K extends LabElement['kind']>(element: LabElement, kind: K): element is ElementOf<K> {
  return element.kind === kind;
}

/** Namespaces whose Pods are drawn as one box on each node, unless one of them is selected or traced. */
const SYSTEM = ['kube-system'];

export function isSystem(element: { readonly namespace: string; readonly name: string }): boolean {
  return SYSTEM.includes(element.namespace) || (element.namespace === 'default' && element.name === 'kubernetes');
}

/** Whether there is a Pod of the learner's. */
export function hasOwnPod(elements: ReadonlyMap<ElementId, LabElement>): boolean {
  for (const element of elements.values()) if (element.kind === 'pod' && !isSystem(element)) return true;
  return false;
}

/** A box in a node: one Pod, or the system Pods of a namespace. */
export interface PodPart {
  readonly id: ElementId;
  readonly pods: readonly ElementOf<'pod'>[];
}

/** The boxes of each node, by the node's id; Pods of no node are under ''. */
export function podParts(
  elements: ReadonlyMap<ElementId, LabElement>,
  drawn: ReadonlySet<ElementId>,
): ReadonlyMap<ElementId, readonly PodPart[]> {
  const parts = new Map<ElementId, PodPart[]>();
  for (const pod of ofKind(elements, 'pod')) {
    const node = pod.node === undefined ? '' : `node/${pod.node}`;
    const home = elements.has(node) ? node : '';
    const own = parts.get(home) ?? [];
    parts.set(home, own);
    const groupId = `group/${pod.node ?? ''}/${pod.namespace}`;
    const group = own.find(part => part.id === groupId);
    if (!isSystem(pod) || drawn.has(pod.id)) own.push({ id: pod.id, pods: [pod] });
    else if (group === undefined) own.push({ id: groupId, pods: [pod] });
    else own[own.indexOf(group)] = { id: groupId, pods: [...group.pods, pod] };
  }
  return parts;
}

/** Nodes from left to right: the control plane, then the workers. */
export function orderedNodes(elements: ReadonlyMap<ElementId, LabElement>): readonly ElementOf<'node'>[] {
  const nodes = ofKind(elements, 'node');
  return [...nodes.filter(node => node.role === 'control-plane'), ...nodes.filter(node => node.role === 'worker')];
}

/** The bridge that a node's Pods are plugged into. */
export function bridgeOf(node: ElementOf<'node'>): string | undefined {
  const masters = node.interfaces.flatMap(device =>
    device.kind === 'veth' && device.master !== undefined ? [device.master] : [],
  );
  return masters[0] ?? node.interfaces.find(device => device.kind === 'bridge')?.name;
}

/** The interface by which a node is on the LAN. */
export function uplinkOf(node: ElementOf<'node'>): string {
  const found = node.interfaces.find(device => device.kind === 'veth' && device.peer?.startsWith('lan/') === true);
  const other = node.interfaces.find(device => device.kind === 'veth' && device.master === undefined);
  return found?.name ?? other?.name ?? 'eth0';
}

/** Whether a host outside is plugged into the LAN itself, not behind the router. */
export function isOnLan(host: ElementOf<'outside'>): boolean {
  return host.interfaces.some(device => device.peer?.startsWith('lan/') === true);
}

/** The host's end of a Pod's cable. */
export function portOf(pod: ElementOf<'pod'>): string | undefined {
  const peer = pod.interfaces.find(device => device.kind === 'veth')?.peer;
  return peer?.split('#')[1];
}

/** Services that are drawn: the learner's, and those of the system that are selected or traced. */
export function drawnServices(
  elements: ReadonlyMap<ElementId, LabElement>,
  drawn: ReadonlySet<ElementId>,
): readonly ElementOf<'service'>[] {
  return ofKind(elements, 'service').filter(service => !isSystem(service) || drawn.has(service.id));
}
