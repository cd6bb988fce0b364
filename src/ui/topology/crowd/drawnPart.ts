// Of a crowd's layout, what the graph draws with boxes and scenes of its own: the selected, the traced, what a question
// asks for, and what surrounds the cluster. The canvas paints the rest.

import type { ElementId, LabElement } from '../../../sim/index.ts';
import type { Journey } from '../../../store/journey.ts';
import type { Picking } from '../../../store/selectionStore.ts';
import { type Box, bottomOf, centerOf, type Polyline } from '../geometry.ts';
import type { Layout, NetworkLayout } from '../layout.ts';
import { journeyStops } from '../objectElements.ts';
import { boxOf } from '../PickBadges.tsx';
import type { CrowdPicture } from './paintCrowd.ts';
import type { CrowdMark } from './paintMarks.ts';

/** More endpoints than these of a selected Service are not drawn one by one. */
const MOST_ENDPOINTS = 24;
/** Candidates of a question that are drawn one by one; the rest is marked on the canvas. */
const MOST_CANDIDATES = 100;

/** What decides who is drawn. */
export interface CrowdWish {
  readonly elements: ReadonlyMap<ElementId, LabElement>;
  readonly selected: ElementId | undefined;
  readonly picking: Picking | undefined;
  readonly journey: Journey | undefined;
  /** What the filter hides. */
  readonly hidden?: ReadonlySet<ElementId>;
}

/** The same places, but only of what is drawn. */
export function drawnPart(layout: Layout, wish: CrowdWish): Layout {
  const wanted = wantedIds(layout, wish);
  const only = <Place>(places: ReadonlyMap<ElementId, Place>): ReadonlyMap<ElementId, Place> =>
    new Map([...wanted].flatMap(id => mapped(places, id)));
  if (layout.kind === 'objects') {
    // Chips are as large as the canvas needs them, not as a box with its own texts.
    for (const { heads } of layout.crowd?.holders ?? [])
      for (const { id } of heads.flatMap(head => head.cells)) wanted.delete(id);
    return { ...layout, boxes: only(layout.boxes) };
  }
  return { ...layout, nodes: only(layout.nodes), pods: only(layout.pods), services: only(layout.services) };
}

function mapped<Place>(places: ReadonlyMap<ElementId, Place>, id: ElementId): readonly (readonly [ElementId, Place])[] {
  const place = places.get(id);
  return place === undefined ? [] : [[id, place]];
}

function wantedIds(layout: Layout, wish: CrowdWish): Set<ElementId> {
  const { selected, picking, elements } = wish;
  const ids = new Set<ElementId>();
  const add = (id: ElementId | undefined): void => {
    if (id === undefined) return;
    const owner = id.split('#')[0] ?? id;
    ids.add(boxIdOf(layout, elements, owner));
  };
  add(selected);
  for (const id of tracedIds(layout, wish)) add(id);
  for (const candidate of picking?.candidates.slice(0, MOST_CANDIDATES) ?? []) add(candidate.element);
  const links = endpointsOf(wish);
  if (links.length <= MOST_ENDPOINTS)
    for (const { service, pod } of links) {
      add(service);
      add(pod);
    }
  return ids;
}

/** Whom the open journey passes; among objects, whom it is about. */
function tracedIds(layout: Layout, { journey, elements }: CrowdWish): readonly ElementId[] {
  if (layout.kind === 'objects') return journeyStops(layout, { journey, elements });
  return journey?.legs.flatMap(leg => leg.trace.hops.map(hop => hop.element)) ?? [];
}

/** At the Network level a system Pod stands in the box of its namespace. */
function boxIdOf(layout: Layout, elements: ReadonlyMap<ElementId, LabElement>, id: ElementId): ElementId {
  if (layout.kind === 'objects' || layout.pods.has(id)) return id;
  const element = elements.get(id);
  return element?.kind === 'pod' ? `group/${element.node ?? ''}/${element.namespace}` : id;
}

/** The endpoints of the selected Service, or the Services of the selected Pod. */
function endpointsOf({ elements, selected }: CrowdWish): readonly {
  readonly service: ElementId;
  readonly pod: ElementId;
}[] {
  if (selected === undefined || !/^(svc|pod)\//.test(selected)) return [];
  const found: { readonly service: ElementId; readonly pod: ElementId }[] = [];
  for (const slice of elements.values()) {
    if (slice.kind !== 'slice' || slice.service === undefined) continue;
    const { service } = slice;
    for (const { pod } of slice.endpoints)
      if (pod !== undefined && (selected === service || selected === pod)) found.push({ service, pod });
  }
  return found;
}

/** What the canvas paints, with what must be found on it at every zoom. */
export function crowdPicture(layout: Layout, wish: CrowdWish, hovered: Box | undefined): CrowdPicture | undefined {
  if (layout.crowd === undefined) return undefined;
  const { elements, selected, picking } = wish;
  const marks: CrowdMark[] = [];
  const mark = (id: ElementId | undefined, kind: CrowdMark['kind']): void => {
    const box = id === undefined ? undefined : boxOf(layout, boxIdOf(layout, elements, id));
    const name = id?.startsWith('pod/') === true ? elements.get(id)?.name : undefined;
    if (box !== undefined) marks.push({ box, kind, name });
  };
  for (const candidate of picking?.candidates ?? []) mark(candidate.element, 'candidate');
  for (const id of tracedIds(layout, wish)) if (/^(pod|svc)\//.test(id)) mark(id, 'traced');
  if (hovered !== undefined) marks.push({ box: hovered, kind: 'hovered', name: undefined });
  mark(selected, 'selected');
  return {
    crowd: layout.crowd,
    marks,
    pale: paleIds(layout, wish.hidden ?? NOBODY),
    links: layout.kind === 'network' ? mergedLinks(layout, wish) : [],
  };
}

const NOBODY: ReadonlySet<ElementId> = new Set();

/** The hidden, and boxes of system Pods that are all hidden; at the Objects level they take no place anyway. */
function paleIds(layout: Layout, hidden: ReadonlySet<ElementId>): ReadonlySet<ElementId> {
  if (layout.kind === 'objects' || hidden.size === 0) return NOBODY;
  const groups = [...layout.pods.values()].filter(
    ({ id, pods }) => id.startsWith('group/') && pods.every(pod => hidden.has(pod)),
  );
  return new Set([...hidden, ...groups.map(({ id }) => id)]);
}

/** From a Service with many endpoints one line to each node that has some of them. */
function mergedLinks(layout: NetworkLayout, wish: CrowdWish): readonly Polyline[] {
  const links = endpointsOf(wish);
  if (links.length <= MOST_ENDPOINTS) return [];
  const from = layout.services.get(links[0]?.service ?? '');
  const nodes = new Set(links.flatMap(({ pod }) => layout.pods.get(pod)?.node ?? []));
  return from === undefined
    ? []
    : [...nodes].flatMap(id => {
        const node = layout.nodes.get(id);
        return node === undefined ? [] : [[centerOf(from), { x: node.disc.x, y: bottomOf(node.box) }]];
      });
}
