// The elements of the Objects level as Cytoscape definitions. Pure.

import type { ElementDefinition } from 'cytoscape';
import type { ElementId, LabElement } from '../../sim/index.ts';
import { boxDefinition, classesOf, linkDefinition, type SceneState } from './elements.ts';
import type { ObjectsLayout } from './objectsLayout.ts';

export function objectsElements(layout: ObjectsLayout, state: SceneState): readonly ElementDefinition[] {
  const all: ElementDefinition[] = [];
  for (const [id, box] of layout.namespaces) all.push(boxDefinition(id, 'namespace', box, []));
  for (const [id, box] of layout.boxes)
    all.push(boxDefinition(id, state.elements.get(id)?.kind ?? 'pod', box, classesOf(id, state)));
  // The scene draws lines; over a crowd there is none.
  return layout.crowd === undefined ? all : [...all, ...journeyLinks(layout, state)];
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
