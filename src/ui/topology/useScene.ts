// What the graph shows now: layout, journey paths and overlay, put together from the stores.

import { useMemo, useRef } from 'react';
import type { ElementId, LabElement } from '../../sim/index.ts';
import type { Journey } from '../../store/journey.ts';
import type { GraphLevel } from '../../store/layoutStore.ts';
import type { Picking } from '../../store/selectionStore.ts';
import { laterPart, useLater } from '../common/laterPart.ts';
import { useLab, useLayout, useSelection, useTrace } from '../StoresContext.ts';
import type { Layout } from './layout.ts';
import { networkLayout, wideLayout } from './networkLayout.ts';
import { isSystem, ofKind } from './networkParts.ts';
import type { SlotMemory } from './slots.ts';
import type { TraceOverlay } from './traceOverlay.ts';

const traceParts = laterPart(() => import('./traceParts.ts'));
const tallParts = laterPart(() => import('./tallLayout.ts'));
const objectsParts = laterPart(() => import('./objectsParts.ts'));
const servicesParts = laterPart(() => import('./servicesParts.ts'));
const crowdParts = laterPart(() => import('./crowd/crowdParts.ts'));

export interface Scene {
  readonly elements: ReadonlyMap<ElementId, LabElement>;
  /** Where everything stands. */
  readonly layout: Layout;
  /** The same, but only what has a box of its own: all of it unless a canvas paints a crowd. */
  readonly drawn: Layout;
  readonly journey: Journey | undefined;
  readonly overlay: TraceOverlay | undefined;
  readonly selected: ElementId | undefined;
  readonly picking: Picking | undefined;
  readonly level: GraphLevel;
  /** What draws a journey; there when one is open. */
  readonly tracing: typeof import('./traceParts.ts') | undefined;
  /** What draws the Objects level; there when that is shown. */
  readonly objects: typeof import('./objectsParts.ts') | undefined;
  /** What draws Services at the Network level; there when it shows one. */
  readonly services: typeof import('./servicesParts.ts') | undefined;
  /** What paints a crowd; there when the lab is one. */
  readonly crowd: typeof import('./crowd/crowdParts.ts') | undefined;
}

/** What the graph shows until the packing of its form or level has come. */
const NOTHING: ReadonlyMap<ElementId, LabElement> = new Map();
const NOBODY: ReadonlySet<ElementId> = new Set();

export function useScene(form: 'wide' | 'tall'): Scene {
  const elements = useLab(state => state.elements);
  const level = useLayout(state => state.level);
  const namespace = useLayout(state => state.namespace);
  const filter = useLayout(state => state.filter);
  const selected = useSelection(state => state.selected);
  const picking = useSelection(state => state.picking);
  const journey = useTrace(state => state.journey);
  const cursor = useTrace(state => state.cursor);
  const traceState = useLater(traceParts, journey === undefined ? 'unwanted' : 'wanted');
  const objectsState = useLater(objectsParts, level === 'objects' ? 'wanted' : 'unwanted');
  const tallState = useLater(tallParts, form === 'tall' ? 'wanted' : 'unwanted');
  const capacity = useRef(0);
  const amount = useMemo(() => amountOf(elements, capacity.current > 0 ? 'crowd' : 'few'), [elements]);
  const crowdState = useLater(crowdParts, amount === 'crowd' ? 'wanted' : 'unwanted');
  const crowd = crowdState.kind === 'ready' && amount === 'crowd' ? crowdState.part : undefined;
  const tracing = traceState.kind === 'ready' ? traceState.part : undefined;
  const objects = objectsState.kind === 'ready' ? objectsState.part : undefined;
  const pack = form === 'wide' ? wideLayout : tallState.kind === 'ready' ? tallState.part.tallLayout : undefined;
  const slots = useRef<SlotMemory>(new Map());
  const traced = useMemo(() => tracedElements(journey), [journey]);
  const isSystemSelected = selected !== undefined && selected.split('/')[1] === 'kube-system';
  const shownSelected = isSystemSelected || selected?.startsWith('svc/') === true ? selected : undefined;
  // At the Objects level what the filter hides takes no place; at the others it is drawn pale.
  const shown = useMemo(
    () =>
      level === 'objects' && objects !== undefined
        ? objects.shownElements(elements, { level, namespace, filter }, { selected, picking }, journey)
        : elements,
    [elements, level, objects, namespace, filter, selected, picking, journey],
  );
  const keep = (made: Layout): Layout => {
    slots.current = new Map([...slots.current, ...made.slots]);
    capacity.current = made.crowd?.capacity ?? 0;
    return made;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is kept are places of before.
  const crowded = useMemo(() => {
    if (crowd === undefined) return undefined;
    const wish = { form, ends: [], drawn: NOBODY, namespace, capacity: capacity.current };
    return keep(crowd[level === 'objects' ? 'crowdObjects' : 'crowdLayout'](shown, wish, slots.current));
  }, [shown, level === 'objects', crowd, form, namespace]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  const layout = useMemo(() => {
    if (crowded !== undefined) return crowded;
    const drawn = new Set([...traced, ...(shownSelected === undefined ? [] : [shownSelected])]);
    const wish = { form, ends: endNodes(elements, journey), drawn, namespace, capacity: 0 };
    const before = slots.current;
    if (amount === 'crowd' || (level === 'objects' ? objects : pack) === undefined)
      return networkLayout(NOTHING, wish, before, wideLayout);
    return keep(
      level === 'objects' && objects !== undefined
        ? objects.objectsLayout(shown, wish, before)
        : networkLayout(elements, wish, before, pack ?? wideLayout),
    );
  }, [crowded, elements, shown, level, objects, amount, pack, form, journey, traced, shownSelected, namespace]);
  const hasServices = layout.kind === 'network' && layout.services.size > 0;
  const servicesState = useLater(servicesParts, hasServices ? 'wanted' : 'unwanted');
  const services = servicesState.kind === 'ready' ? servicesState.part : undefined;
  const drawn = useMemo(
    () =>
      crowd !== undefined && layout.crowd !== undefined
        ? crowd.drawnPart(layout, { elements, selected, picking, journey })
        : layout,
    [crowd, layout, elements, selected, picking, journey],
  );
  const paths = useMemo(
    () => (layout.kind === 'network' && journey !== undefined ? tracing?.journeyPaths(layout, journey) : undefined),
    [layout, journey, tracing],
  );
  const overlay = useMemo(
    () =>
      layout.kind === 'network' && journey !== undefined && paths !== undefined
        ? tracing?.traceOverlay(layout, journey, paths, cursor)
        : undefined,
    [layout, journey, paths, cursor, tracing],
  );
  return { elements, layout, drawn, journey, overlay, selected, picking, level, tracing, objects, services, crowd };
}

/** More Pods, nodes or Services than these are a crowd; it stays one until it is clearly less. */
const MOST = { few: { pods: 60, nodes: 12, services: 30 }, crowd: { pods: 40, nodes: 10, services: 20 } } as const;

/** Whether the elements have room for a box each. */
function amountOf(elements: ReadonlyMap<ElementId, LabElement>, before: 'few' | 'crowd'): 'few' | 'crowd' {
  const pods = ofKind(elements, 'pod').filter(pod => !isSystem(pod)).length;
  const nodes = ofKind(elements, 'node').length;
  const services = ofKind(elements, 'service').filter(service => !isSystem(service)).length;
  const most = MOST[before];
  return pods > most.pods || nodes > most.nodes || services > most.services ? 'crowd' : 'few';
}

function tracedElements(journey: Journey | undefined): readonly ElementId[] {
  return [...new Set(journey?.legs.flatMap(leg => leg.trace.hops.map(hop => hop.element)) ?? [])];
}

/** The nodes that a journey begins and ends at. */
function endNodes(elements: ReadonlyMap<ElementId, LabElement>, journey: Journey | undefined): readonly ElementId[] {
  const nodes = journey?.legs[0]?.trace.hops.flatMap(hop => (hop.kind === 'node' ? [hop.element] : [])) ?? [];
  const [first, last] = [nodes[0], nodes[nodes.length - 1]];
  const known = new Set(ofKind(elements, 'node').map(node => node.id));
  return [first, last].flatMap((id, i) => (id !== undefined && known.has(id) && (i === 0 || id !== first) ? [id] : []));
}
