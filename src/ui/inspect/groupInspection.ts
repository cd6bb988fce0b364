import type { Inspection } from '../../client/port.ts';
import type { ElementId, LabElement } from '../../sim/index.ts';
import { podParts } from '../topology/networkParts.ts';
import { OBJECT_WORDS } from '../topology/objectWords.ts';
import * as SCENE_WORDS from '../topology/words.ts';

/** The box of system Pods that the graph draws as one: the lab knows only the Pods in it. */
export function groupInspection(
  elements: ReadonlyMap<ElementId, LabElement>,
  group: ElementId,
): Inspection | undefined {
  const part = [...podParts(elements, new Set()).values()].flat().find(({ id }) => id === group);
  const [first] = part?.pods ?? [];
  if (part === undefined || first === undefined) return undefined;
  return {
    element: group,
    title: first.namespace,
    subtitle: first.node === undefined ? SCENE_WORDS.namespace : OBJECT_WORDS.namespaceOn(first.node),
    sections: [SCENE_WORDS.pods(part.pods.length)],
    open: {
      kind: 'facts',
      title: SCENE_WORDS.pods(part.pods.length),
      rows: part.pods.map(pod => ({ name: pod.address ?? pod.status, value: pod.name, element: pod.id })),
    },
  };
}
