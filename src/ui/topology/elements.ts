// The elements of the graph as Cytoscape definitions: boxes with their classes, and lines between objects. Pure: what is
// drawn inside the boxes (names, wires, discs, packets) is the scene's, in the same coordinates.

import type { ElementDefinition } from 'cytoscape';
import type { ElementId, LabElement } from '../../sim/index.ts';
import type { Journey } from '../../store/journey.ts';
import type { Picking } from '../../store/selectionStore.ts';
import { type Box, centerOf } from './geometry.ts';
import type { Layout, NetworkLayout } from './layout.ts';
import type { ObjectsLayout } from './objectsLayout.ts';
import type { TraceOverlay } from './traceOverlay.ts';

/** What the definitions are made of. */
export interface SceneState {
  /** What has a box of its own. */
  readonly drawn: Layout;
  readonly elements: ReadonlyMap<ElementId, LabElement>;
  readonly selected: ElementId | undefined;
  readonly picking: Picking | undefined;
  readonly journey: Journey | undefined;
  readonly overlay: TraceOverlay | undefined;
}

export function sceneElements(state: SceneState): readonly ElementDefinition[] {
  const { drawn } = state;
  return drawn.kind === 'network' ? networkElements(drawn, state) : objectsElements(drawn, state);
}

function networkElements(layout: NetworkLayout, state: SceneState): readonly ElementDefinition[] {
  const all: ElementDefinition[] = [];
  const add = (id: ElementId, kind: string, box: Box, ...more: readonly string[]): void => {
    all.push(boxDefinition(id, kind, box, [...more, ...classesOf(id, state)]));
  };
  // In a crowd only outlines are drawn here: the rest is painted under them.
  const look = layout.crowd === undefined ? [] : ['painted'];
  if (layout.outside !== undefined) add('frame/outside', 'frame', layout.outside.frame);
  for (const node of layout.nodes.values()) add(node.id, 'node', node.box, ...look);
  for (const node of layout.nodes.values())
    if (node.bridge !== undefined) add(node.bridge.id, 'bridge', node.bridge.box);
  for (const pod of layout.pods.values()) add(pod.id, pod.id.startsWith('group/') ? 'group' : 'pod', pod.box, ...look);
  for (const [id, box] of layout.services) add(id, 'service', box, ...look);
  if (layout.lan !== undefined) add(layout.lan.id, 'lan', layout.lan.bar);
  if (layout.router !== undefined) add(layout.router.id, 'router', layout.router.box);
  for (const host of layout.outside?.hosts.values() ?? []) add(host.id, 'host', host.box);
  return [...all, ...selectionLinks(layout, state)];
}

/** From a selected Service to its endpoints, or to the Services of a selected Pod. */
function selectionLinks(layout: NetworkLayout, { elements, selected }: SceneState): readonly ElementDefinition[] {
  const links: ElementDefinition[] = [];
  for (const slice of elements.values()) {
    if (slice.kind !== 'slice' || slice.service === undefined || !layout.services.has(slice.service)) continue;
    for (const { pod, ready } of slice.endpoints) {
      if (pod === undefined || !layout.pods.has(pod) || (selected !== slice.service && selected !== pod)) continue;
      links.push(linkDefinition(slice.service, pod, ready ? 'selection' : 'unready-selection'));
    }
  }
  return links;
}

function objectsElements(layout: ObjectsLayout, state: SceneState): readonly ElementDefinition[] {
  const all: ElementDefinition[] = [];
  for (const [id, box] of layout.namespaces) all.push(boxDefinition(id, 'namespace', box, []));
  for (const [id, box] of layout.boxes)
    all.push(boxDefinition(id, state.elements.get(id)?.kind ?? 'pod', box, classesOf(id, state)));
  // In the tall form the scene draws them.
  if (layout.form === 'tall') return all;
  for (const link of layout.links) all.push(linkDefinition(link.from, link.to, link.kind));
  return [...all, ...journeyLinks(layout, state)];
}

/** The journey among objects: from its start to the Service it asked for, and to the Pod that answered. */
export function journeyStops(
  layout: ObjectsLayout,
  { journey, elements }: Pick<SceneState, 'journey' | 'elements'>,
): readonly ElementId[] {
  if (journey === undefined) return [];
  const { exchange } = journey;
  const asked = askedElement(elements, exchange.to);
  return [exchange.fromElement, asked, exchange.lessonVerdict === 'ok' ? exchange.endedAt : undefined]
    .flatMap(id => (id !== undefined && layout.boxes.has(id) ? [id] : []))
    .filter((id, i, list) => id !== list[i - 1]);
}

function journeyLinks(layout: ObjectsLayout, state: SceneState): readonly ElementDefinition[] {
  const stops = journeyStops(layout, state);
  return stops.flatMap((id, i) => {
    const before = stops[i - 1];
    return before === undefined ? [] : [linkDefinition(before, id, 'request')];
  });
}

/** The element that a target stands for: `10.96.40.10:80`, `web:80`. */
export function askedElement(elements: ReadonlyMap<ElementId, LabElement>, target: string): ElementId | undefined {
  const host = target.replace(/^https?:\/\//, '').replace(/[:/].*$/, '');
  const name = host.split('.')[0] ?? host;
  for (const element of elements.values()) {
    if (element.kind === 'service' && (element.clusterIP === host || element.name === name)) return element.id;
    if (element.kind === 'pod' && element.address === host) return element.id;
  }
  return undefined;
}

function classesOf(id: ElementId, { elements, selected, picking, overlay, journey }: SceneState): readonly string[] {
  const element = elements.get(id);
  const classes: string[] = [];
  if (selected === id) classes.push('selected');
  if (element?.kind === 'node' && !element.ready) classes.push('not-ready');
  if (element?.kind === 'pod') {
    if (element.terminating) classes.push('terminating');
    else if (!element.ready) classes.push('not-ready');
  }
  if (picking?.candidates.some(candidate => candidate.element === id) === true)
    classes.push(picking.chosen.includes(id) ? 'chosen' : 'candidate');
  if (overlay?.current === id) classes.push('current');
  const lit = overlay?.lit;
  if (lit !== undefined && lit.kind !== 'nothing' && lit.kind !== 'pin' && lit.kind !== 'spot' && lit.kind !== 'disc') {
    if (lit.id === id) classes.push('lit');
  }
  if (overlay === undefined && journey?.exchange.fromElement === id) classes.push('current');
  return classes;
}

function boxDefinition(id: ElementId, kind: string, box: Box, classes: readonly string[]): ElementDefinition {
  return {
    group: 'nodes',
    data: { id, kind, width: box.width, height: box.height },
    position: centerOf(box),
    classes: [kind, ...classes],
    selectable: false,
    grabbable: false,
  };
}

function linkDefinition(from: ElementId, to: ElementId, kind: string): ElementDefinition {
  return { group: 'edges', data: { id: `${kind}:${from}:${to}`, source: from, target: to, kind }, classes: [kind] };
}
