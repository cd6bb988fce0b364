// Rows of API objects: those that both levels share, and the Objects level as a tree.

import type { ElementId, LabElement } from '../../sim/index.ts';
import { type ElementOf, isSystem, ofKind } from '../topology/networkParts.ts';
import { ownerOf } from '../topology/objectBands.ts';
import { OBJECT_WORDS } from '../topology/objectWords.ts';
import * as SCENE_WORDS from '../topology/words.ts';
import { type ListRow, listRow } from './listRow.ts';
import type { RowWish } from './networkRows.ts';
import { LIST_WORDS } from './words.ts';

type Elements = ReadonlyMap<ElementId, LabElement>;
type Place = Pick<ListRow, 'starts' | 'children'>;

/** The rows of the Objects level: for each namespace what the graph draws in its frame, from left to right. */
export function objectRows(elements: Elements, namespace: string | undefined, wish: RowWish): readonly ListRow[] {
  const all = ofKind(elements, 'namespace').filter(element => (namespace ?? element.name) === element.name);
  return all.flatMap(element => {
    const children = insideNamespace(elements, element.name, wish);
    // Like the graph: an empty namespace shows only when it is the one that was asked for.
    if (children.length === 0 && all.length > 1) return [];
    return [
      listRow({
        id: element.id,
        icon: 'namespace',
        label: element.name,
        detail: SCENE_WORDS.namespace,
        starts: 'open',
        children:
          children.length > 0
            ? children
            : [
                listRow({
                  id: `${element.id}~empty`,
                  icon: 'more',
                  label: OBJECT_WORDS.emptyNamespace,
                  emphasis: 'said',
                  ...partOf(element.id),
                }),
              ],
      }),
    ];
  });
}

const partOf = (target: ElementId): Pick<ListRow, 'target' | 'standing'> => ({ target, standing: 'part' });

/** Pods that nobody selects or owns, then each Service with what is behind it, then workloads without a Service. */
function insideNamespace(elements: Elements, namespace: string, wish: RowWish): readonly ListRow[] {
  const here = <E extends { readonly namespace: string }>(element: E): boolean => element.namespace === namespace;
  const pods = ofKind(elements, 'pod').filter(here);
  const slices = ofKind(elements, 'slice').filter(here);
  const deployments = ofKind(elements, 'deployment').filter(here);
  const home = new Map(pods.map(pod => [pod.id, ownerOf(elements, pod)]));
  const placed = new Set<ElementId>();

  const workloadRows = (wanted: (deployment: ElementOf<'deployment'>) => boolean): readonly ListRow[] =>
    deployments
      .filter(deployment => !placed.has(deployment.id) && wanted(deployment))
      .map(deployment => {
        const own = pods.filter(pod => home.get(pod.id) === deployment.id);
        for (const { id } of [deployment, ...own]) placed.add(id);
        return workloadRow(deployment, own);
      });

  const serviceRows = ofKind(elements, 'service')
    .filter(service => here(service) && !isHidden(service, wish))
    .flatMap(service => {
      const own = slices.filter(slice => slice.service === service.id);
      const behind = new Set(own.flatMap(slice => slice.endpoints.flatMap(endpoint => endpoint.pod ?? [])));
      const owned = workloadRows(deployment =>
        pods.some(pod => behind.has(pod.id) && home.get(pod.id) === deployment.id),
      );
      const single = pods.filter(pod => behind.has(pod.id) && !placed.has(pod.id));
      for (const { id } of single) placed.add(id);
      return [
        serviceRow(service, { starts: 'open', children: own.map(slice => sliceRow(slice, elements)) }),
        ...single.map(pod => podRow(pod)),
        ...owned,
      ];
    });
  const unserved = workloadRows(() => true);
  const loose = pods.filter(pod => !placed.has(pod.id)).map(pod => podRow(pod));
  return [...loose, ...serviceRows, ...unserved];
}

/** The API server's own Service is drawn only when something points at it. */
function isHidden(service: ElementOf<'service'>, wish: RowWish): boolean {
  const isDrawn = wish.traced.has(service.id) || wish.shown.has(service.id);
  return service.name === 'kubernetes' && isSystem(service) && !isDrawn;
}

/** A Pod; at the Network level its interfaces are under it. */
export function podRow(pod: ElementOf<'pod'>, place?: Place): ListRow {
  return listRow({
    id: pod.id,
    icon: 'pod',
    label: pod.name,
    // Among objects nothing else says which node it is on.
    detail: [pod.address ?? pod.status, place === undefined ? pod.node : undefined].filter(isText).join(' · '),
    state: podState(pod),
    terms: Object.entries(pod.labels).map(([key, value]) => `${key}=${value}`),
    ...place,
  });
}

function podState(pod: ElementOf<'pod'>): ListRow['state'] {
  if (pod.terminating) return { kind: 'terminating', word: pod.status, reason: undefined };
  if (pod.ready) return undefined;
  const reason = pod.notReadyReason ?? (pod.status === 'Running' || pod.address === undefined ? undefined : pod.status);
  return { kind: 'pending', word: SCENE_WORDS.notReady, reason };
}

export function serviceRow(service: ElementOf<'service'>, place: Place): ListRow {
  const [port] = service.ports;
  const ports = port === undefined ? '' : SCENE_WORDS.port(port);
  const more = service.ports.length > 1 ? ` +${service.ports.length - 1}` : '';
  return listRow({
    id: service.id,
    icon: 'service',
    label: service.name,
    detail: [service.clusterIP, `${ports}${more}`].filter(isText).join(' · '),
    terms: [service.type, ...service.ports.map(SCENE_WORDS.port)],
    ...place,
  });
}

function sliceRow(slice: ElementOf<'slice'>, elements: Elements): ListRow {
  const ready = slice.endpoints.filter(endpoint => endpoint.ready).length;
  return listRow({
    id: slice.id,
    icon: 'endpointSlice',
    label: slice.name,
    detail:
      slice.endpoints.length === 0 ? OBJECT_WORDS.noEndpoints : OBJECT_WORDS.readyOf(ready, slice.endpoints.length),
    starts: 'open',
    children: endpointRows(slice, elements),
  });
}

/** The endpoints of a slice in its order. A row selects its Pod, which has its own row elsewhere. */
export function endpointRows(slice: ElementOf<'slice'>, elements: Elements): readonly ListRow[] {
  return slice.endpoints.map(endpoint => {
    const pod = endpoint.pod === undefined ? undefined : elements.get(endpoint.pod);
    return listRow({
      id: `${slice.id}~${endpoint.address}`,
      icon: 'arrowRight',
      label: pod?.name ?? endpoint.address,
      detail: pod === undefined ? '' : endpoint.address,
      state: endpoint.ready ? undefined : { kind: 'pending', word: SCENE_WORDS.notReady, reason: undefined },
      ...partOf(pod?.id ?? slice.id),
    });
  });
}

function workloadRow(workload: ElementOf<'deployment'>, pods: readonly ElementOf<'pod'>[]): ListRow {
  return listRow({
    id: workload.id,
    icon: 'deployment',
    label: workload.name,
    detail: LIST_WORDS.deployment(workload.ready, workload.replicas),
    starts: 'open',
    children: pods.map(pod => podRow(pod)),
  });
}

const isText = (text: string | undefined): text is string => text !== undefined && text !== '';
