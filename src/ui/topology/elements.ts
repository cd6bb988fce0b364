// The elements of the graph as Cytoscape definitions: boxes with their classes, and lines between objects. Pure: what is
// drawn inside the boxes (names, wires, discs, packets) is the scene's, in the same coordinates.

import type { ElementDefinition } from 'cytoscape';
import type { ElementId, LabElement } from '../../sim/index.ts';
import type { Journey } from '../../store/journey.ts';
import type { Picking } from '../../store/selectionStore.ts';
import { type Box, centerOf } from './geometry.ts';
import type { Layout, NetworkLayout } from './layout.ts';
import type { TraceOverlay } from './traceOverlay.ts';
import type { Bends } from './upward.ts';

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

/** Chunks of their own. */
export interface LaterElements {
  readonly objects: Pick<typeof import('./objectsParts.ts'), 'objectsElements'> | undefined;
  readonly services: Pick<typeof import('./servicesParts.ts'), 'selectionLinks'> | undefined;
}

/**
 * @param parts what draws the Objects level and what leads from Services, as far as they are there
 * @param bars whether bridges are seen: from afar only the one that something happens at
 */
export function sceneElements(
  state: SceneState,
  parts: LaterElements,
  bars: 'drawn' | 'hidden' = 'drawn',
): readonly ElementDefinition[] {
  const { drawn } = state;
  return drawn.kind === 'network'
    ? [...networkElements(drawn, state, bars), ...(parts.services?.selectionLinks(drawn, state) ?? [])]
    : (parts.objects?.objectsElements(drawn, state) ?? []);
}

function networkElements(
  layout: NetworkLayout,
  state: SceneState,
  bars: 'drawn' | 'hidden',
): readonly ElementDefinition[] {
  const all: ElementDefinition[] = [];
  const add = (id: ElementId, kind: string, box: Box, ...more: readonly string[]): void => {
    all.push(boxDefinition(id, kind, box, [...more, ...classesOf(id, state)]));
  };
  // In a crowd only outlines are drawn here: the rest is painted under them.
  const look = layout.crowd === undefined ? [] : ['painted'];
  /** What is no Pod, node or Service is drawn there only while something is to be seen on it. */
  const addPart = (id: ElementId, kind: string, box: Box): void => {
    if (layout.crowd === undefined || classesOf(id, state).length > 0) add(id, kind, box, ...look);
  };
  if (layout.outside !== undefined) addPart('frame/outside', 'frame', layout.outside.frame);
  for (const node of layout.nodes.values()) add(node.id, 'node', node.box, ...look);
  for (const node of layout.nodes.values())
    if (node.bridge !== undefined && (bars === 'drawn' || classesOf(node.bridge.id, state).length > 0))
      add(node.bridge.id, 'bridge', node.bridge.box);
  for (const pod of layout.pods.values()) add(pod.id, pod.id.startsWith('group/') ? 'group' : 'pod', pod.box, ...look);
  for (const [id, box] of layout.services) add(id, 'service', box, ...look);
  if (layout.lan !== undefined) addPart(layout.lan.id, 'lan', layout.lan.bar);
  if (layout.router !== undefined) addPart(layout.router.id, 'router', layout.router.box);
  for (const host of layout.outside?.hosts.values() ?? []) addPart(host.id, 'host', host.box);
  return all;
}

/** Its state and its part in the journey and in the question. */
export function classesOf(
  id: ElementId,
  { elements, selected, picking, overlay, journey }: SceneState,
): readonly string[] {
  const element = elements.get(id);
  const classes: string[] = [];
  // What was chosen before is not where the packet is.
  if (selected === id) classes.push(overlay === undefined || overlay.current === id ? 'selected' : 'kept');
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

export function boxDefinition(id: ElementId, kind: string, box: Box, classes: readonly string[]): ElementDefinition {
  return {
    group: 'nodes',
    data: { id, kind, width: box.width, height: box.height },
    position: centerOf(box),
    classes: [kind, ...classes],
    selectable: false,
    grabbable: false,
    // Who drags a box drags the graph: from near, boxes are all that there is.
    pannable: true,
  };
}

/** @param bends of a line of segments: where it turns, as its style wants it */
export function linkDefinition(from: ElementId, to: ElementId, kind: string, bends: Bends = {}): ElementDefinition {
  const data = { id: `${kind}:${from}:${to}`, source: from, target: to, kind, ...bends };
  return { group: 'edges', data, classes: [kind] };
}
