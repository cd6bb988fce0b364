// How endpoints are put into slices: as few changes as possible, at most a hundred endpoints a slice.
//
// Read:    k8s.io/endpointslice reconciler.go, `reconcileByPortMapping`, `finalize`.

import { canonicalJson, equalJson } from '../api/json.ts';
import type { Endpoint, EndpointPort, EndpointSlice } from '../api/kinds/endpointSlice.ts';

/** Source: kube-controller-manager `--max-endpoints-per-slice`. */
export const MAX_ENDPOINTS = 100;

/** Endpoints that have the same ports: Pods may have the same port name at different numbers. */
export interface EndpointGroup {
  readonly ports: readonly EndpointPort[];
  readonly endpoints: readonly Endpoint[];
}

/** What is to become of a Service's slices. */
export interface SliceChanges {
  readonly create: readonly EndpointGroup[];
  readonly update: readonly EndpointSlice[];
  readonly remove: readonly EndpointSlice[];
}

/** Slices of other ports than these serve nobody any more. */
export function portsKey(ports: readonly EndpointPort[]): string {
  const sorted = [...ports].map(canonicalJson).sort();
  return sorted.join(' ');
}

/**
 * Compares the slices that exist with the endpoints that there should be.
 * @param labels those that every slice of the Service has
 */
export function packSlices(
  existing: readonly EndpointSlice[],
  groups: readonly EndpointGroup[],
  labels: Readonly<Record<string, string>>,
): SliceChanges {
  const byPorts = new Map<string, EndpointSlice[]>();
  for (const slice of existing) {
    const key = portsKey(slice.ports ?? []);
    const same = byPorts.get(key);
    if (same === undefined) byPorts.set(key, [slice]);
    else same.push(slice);
  }
  const create: EndpointGroup[] = [];
  const update: EndpointSlice[] = [];
  const remove: EndpointSlice[] = [];
  for (const group of groups) {
    const key = portsKey(group.ports);
    const changes = packGroup(byPorts.get(key) ?? [], group, labels);
    byPorts.delete(key);
    create.push(...changes.create);
    update.push(...changes.update);
    remove.push(...changes.remove);
  }
  for (const slices of byPorts.values()) remove.push(...slices);
  return reuse(withPlaceholder(existing, { create, update, remove }, labels), labels);
}

/** A Service without any endpoint has one slice that says so. */
function withPlaceholder(
  existing: readonly EndpointSlice[],
  changes: SliceChanges,
  labels: Readonly<Record<string, string>>,
): SliceChanges {
  if (changes.create.length > 0 || existing.length > changes.remove.length) return changes;
  const [only, ...others] = changes.remove;
  if (only !== undefined && others.length === 0 && isPlaceholder(only, labels)) return { ...changes, remove: [] };
  return { ...changes, create: [{ ports: [], endpoints: [] }] };
}

function isPlaceholder(slice: EndpointSlice, labels: Readonly<Record<string, string>>): boolean {
  return (
    (slice.endpoints ?? []).length === 0 &&
    (slice.ports ?? []).length === 0 &&
    equalJson(slice.metadata.labels ?? {}, labels)
  );
}

/** Slices that would go take the content of slices that would be made. */
function reuse(changes: SliceChanges, labels: Readonly<Record<string, string>>): SliceChanges {
  const create = [...changes.create];
  const update = [...changes.update];
  const remove: EndpointSlice[] = [];
  for (const slice of changes.remove) {
    const group = create.pop();
    if (group === undefined) remove.push(slice);
    else update.push(filled(slice, group.endpoints, labels, group.ports));
  }
  return { create, update, remove };
}

function filled(
  slice: EndpointSlice,
  endpoints: readonly Endpoint[],
  labels: Readonly<Record<string, string>>,
  ports: readonly EndpointPort[] = slice.ports ?? [],
): EndpointSlice {
  return { ...slice, metadata: { ...slice.metadata, labels }, endpoints, ports };
}

/** One set of ports: keep who is where, then fill up what changes anyway, then what fits best, then new slices. */
function packGroup(
  existing: readonly EndpointSlice[],
  group: EndpointGroup,
  labels: Readonly<Record<string, string>>,
): SliceChanges {
  const waiting = new Map(group.endpoints.map(endpoint => [idOf(endpoint), endpoint]));
  const update: { readonly slice: EndpointSlice; endpoints: Endpoint[] }[] = [];
  const unchanged: EndpointSlice[] = [];
  const remove: EndpointSlice[] = [];
  for (const slice of existing) {
    const old = slice.endpoints ?? [];
    const kept = old.flatMap(endpoint => {
      const wanted = waiting.get(idOf(endpoint));
      waiting.delete(idOf(endpoint));
      return wanted === undefined ? [] : [wanted];
    });
    const isSame = kept.length === old.length && equalJson(kept, old);
    if (isSame && equalJson(slice.metadata.labels ?? {}, labels)) unchanged.push(slice);
    else if (kept.length === 0 && old.length > 0) remove.push(slice);
    else update.push({ slice, endpoints: kept });
  }
  const rest = [...waiting.values()];
  for (const target of [...update].sort((a, b) => b.endpoints.length - a.endpoints.length)) {
    target.endpoints.push(...rest.splice(0, MAX_ENDPOINTS - target.endpoints.length));
  }
  const create: EndpointGroup[] = [];
  while (rest.length > 0) {
    const target = rest.length < MAX_ENDPOINTS ? bestFit(unchanged, rest.length) : undefined;
    if (target === undefined) {
      create.push({ ports: group.ports, endpoints: rest.splice(0, MAX_ENDPOINTS) });
      continue;
    }
    unchanged.splice(unchanged.indexOf(target), 1);
    update.push({ slice: target, endpoints: [...(target.endpoints ?? []), ...rest.splice(0)] });
  }
  return { create, update: update.map(({ slice, endpoints }) => filled(slice, endpoints, labels)), remove };
}

/** The slice that is fullest afterwards. */
function bestFit(slices: readonly EndpointSlice[], count: number): EndpointSlice | undefined {
  let best: { readonly slice: EndpointSlice; readonly room: number } | undefined;
  for (const slice of slices) {
    const room = MAX_ENDPOINTS - (slice.endpoints ?? []).length - count;
    if (room >= 0 && room < (best?.room ?? MAX_ENDPOINTS)) best = { slice, room };
  }
  return best?.slice;
}

/** What makes an endpoint the same one: who it is and where. Source: endpointslice util/endpointset.go, `hashEndpoint`. */
function idOf({ addresses, targetRef, nodeName, hostname, zone }: Endpoint): string {
  return [addresses.join(), targetRef?.namespace, targetRef?.name, targetRef?.uid, nodeName, hostname, zone].join('|');
}
