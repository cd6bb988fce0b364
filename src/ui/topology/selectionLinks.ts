import type { ElementDefinition } from 'cytoscape';
import { linkDefinition, type SceneState } from './elements.ts';
import type { NetworkLayout } from './layout.ts';
import { upwardBends } from './upward.ts';

/** From a selected Service to its endpoints, or to the Services of a selected Pod. */
export function selectionLinks(
  layout: NetworkLayout,
  { elements, selected }: SceneState,
): readonly ElementDefinition[] {
  const links: ElementDefinition[] = [];
  for (const slice of elements.values()) {
    if (slice.kind !== 'slice' || slice.service === undefined || !layout.services.has(slice.service)) continue;
    const from = layout.services.get(slice.service);
    for (const { pod, ready } of slice.endpoints) {
      const to = pod === undefined ? undefined : layout.pods.get(pod)?.box;
      if (pod === undefined || from === undefined || to === undefined) continue;
      if (selected !== slice.service && selected !== pod) continue;
      links.push(linkDefinition(slice.service, pod, ready ? 'selection' : 'unready-selection', upwardBends(from, to)));
    }
  }
  return links;
}
