// What the two forms of the Objects level share: sizes, what stands together, and what joins it.

import type { ElementId, LabElement } from '../../sim/index.ts';
import { type ElementOf, isSystem, ofKind } from './networkParts.ts';

/** Something that an arrow or a line leads from and to. */
export interface ObjectLink {
  readonly id: string;
  readonly from: ElementId;
  readonly to: ElementId;
  /**
   * - `slice`: a Service and its EndpointSlice.
   * - `endpoint`, `unready-endpoint`: an EndpointSlice and a Pod in it.
   * - `owner`: a Pod and what made it.
   */
  readonly kind: 'slice' | 'endpoint' | 'unready-endpoint' | 'owner';
}

/** Sizes at 100 %. */
export const OBJECT_SIZE = {
  loose: { width: 236, height: 72 },
  /** As high as a Pod that nobody selects, so that the way between them is straight. */
  service: { width: 236, height: 72 },
  slice: { width: 236, height: 54, line: 18 },
  pod: { width: 236, height: 72 },
  workload: { width: 76, height: 80 },
  gap: 16,
  /** Between two columns of Pods: a lane at the side of each, so far from it; and before the first column. */
  lane: { width: 36, inner: 12, outer: 28 },
  column: 60,
  band: 28,
  frame: { header: 36, pad: 14, gap: 24 },
} as const;

/** The most addresses that a slice shows; the rest is a count. */
export const SLICE_LINES = 4;

/** A Service with its slices and Pods, or a workload with its Pods. */
export interface Band {
  readonly id: string;
  readonly services: readonly ElementOf<'service'>[];
  readonly slices: readonly ElementOf<'slice'>[];
  readonly pods: readonly ElementOf<'pod'>[];
  readonly workloads: readonly ElementOf<'deployment'>[];
}

/** What stands in a namespace: every Pod and workload once, with the first Service that selects it, else with what made it. */
export interface NamespaceBands {
  readonly bands: readonly Band[];
  /** Pods that nobody selects or made. */
  readonly rest: readonly ElementOf<'pod'>[];
}

/** @param drawn Services of the system that are drawn all the same */
export function bandsOf(
  elements: ReadonlyMap<ElementId, LabElement>,
  namespace: string,
  drawn: ReadonlySet<ElementId>,
): NamespaceBands {
  const here = <E extends { readonly namespace: string }>(element: E): boolean => element.namespace === namespace;
  const pods = ofKind(elements, 'pod').filter(here);
  const deployments = ofKind(elements, 'deployment').filter(here);
  const slicesOf = grouped(ofKind(elements, 'slice').filter(here), slice => slice.service);
  const podsOf = grouped(pods, pod => ownerOf(elements, pod));
  const placeOf = new Map(pods.map((pod, i) => [pod.id, i]));
  const taken = new Set<ElementId>();
  const take = <E extends { readonly id: ElementId }>(list: readonly E[]): readonly E[] => {
    const free = list.filter(element => !taken.has(element.id));
    for (const element of free) taken.add(element.id);
    return free;
  };
  const bands: Band[] = [];
  for (const service of ofKind(elements, 'service').filter(here)) {
    const isHidden = service.name === 'kubernetes' && isSystem(service) && !drawn.has(service.id);
    if (isHidden) continue;
    const slices = slicesOf.get(service.id) ?? [];
    const behind = new Set(slices.flatMap(slice => slice.endpoints.flatMap(({ pod }) => placeOf.get(pod ?? '') ?? [])));
    const members = take([...behind].sort((a, b) => a - b).flatMap(i => pods[i] ?? []));
    const owners = new Set(members.map(pod => ownerOf(elements, pod)));
    bands.push({
      id: service.id,
      services: [service],
      slices,
      pods: members,
      workloads: owners.size === 0 ? [] : take(deployments.filter(deployment => owners.has(deployment.id))),
    });
  }
  for (const deployment of take(deployments)) {
    const members = take(podsOf.get(deployment.id) ?? []);
    bands.push({ id: deployment.id, services: [], slices: [], pods: members, workloads: [deployment] });
  }
  return { bands, rest: take(pods) };
}

function grouped<E>(
  list: readonly E[],
  keyOf: (element: E) => ElementId | undefined,
): ReadonlyMap<ElementId, readonly E[]> {
  const groups = new Map<ElementId, E[]>();
  for (const element of list) {
    const key = keyOf(element);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [element]);
    else group.push(element);
  }
  return groups;
}

/** The Deployment that a Pod belongs to, through its ReplicaSet; else whatever made it. */
export function ownerOf(elements: ReadonlyMap<ElementId, LabElement>, pod: ElementOf<'pod'>): ElementId | undefined {
  const owner = pod.owner === undefined ? undefined : elements.get(pod.owner);
  return owner?.kind === 'replicaset' ? (owner.owner ?? owner.id) : pod.owner;
}
