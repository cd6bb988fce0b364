// Where the graph draws an element: on which level, and in which namespace's frame. Pure.

import type { LabElement } from '../../sim/index.ts';
import type { LayoutState } from '../../store/layoutStore.ts';

type Drawn = Pick<LayoutState, 'level' | 'namespace'>;

/** Kinds that one of the two packings leaves out. */
const OBJECTS_ONLY: readonly LabElement['kind'][] = ['slice', 'deployment', 'namespace'];
const NETWORK_ONLY: readonly LabElement['kind'][] = ['node', 'outside', 'router', 'lan'];

/** What to change so that the graph draws an element: as little as possible, often nothing. */
export function drawnWith(element: LabElement, { level, namespace }: Drawn): Partial<Drawn> {
  if (NETWORK_ONLY.includes(element.kind)) return level === 'objects' ? { level: 'network' } : {};
  const isObjects = level === 'objects' || OBJECTS_ONLY.includes(element.kind);
  if (!isObjects) return {};
  const own = element.kind === 'namespace' ? element.name : 'namespace' in element ? element.namespace : namespace;
  return {
    ...(level !== 'objects' && { level: 'objects' as const }),
    ...(namespace !== undefined && namespace !== own && { namespace: own }),
  };
}
