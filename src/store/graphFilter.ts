// Which elements the learner wants to see: by namespace, labels and kind. Pure.

import type { ElementId, LabElement, LabelRequirement } from '../sim/index.ts';
import type { Journey } from './journey.ts';
import type { GraphLevel, LayoutState } from './layoutStore.ts';
import type { SelectionState } from './selectionStore.ts';

/** Kinds that can be hidden. The LAN and the router are what everything hangs on. */
export const FILTER_KINDS = ['pod', 'service', 'slice', 'deployment', 'node', 'outside'] as const;
export type FilterKind = (typeof FILTER_KINDS)[number];

export interface GraphFilter {
  /** At the Network and Packets levels; the Objects level has its own choice. Undefined: all. */
  readonly namespace: string | undefined;
  /** The label selector as it was typed, right or wrong. */
  readonly selector: string;
  /** What the last right one asks for. */
  readonly requirements: readonly LabelRequirement[];
  readonly hiddenKinds: readonly FilterKind[];
}

/** The kinds that a level draws. */
export function kindsOf(level: GraphLevel): readonly FilterKind[] {
  return level === 'objects' ? ['pod', 'service', 'slice', 'deployment'] : ['node', 'pod', 'service', 'outside'];
}

/** What shows whatever the filter says: the selected, the traced, and what a question may be answered with. */
export function keptElements(
  { selected, picking }: Pick<SelectionState, 'selected' | 'picking'>,
  journey: Journey | undefined,
): ReadonlySet<ElementId> {
  const own = selected?.split('#')[0];
  return new Set([
    ...(own === undefined ? [] : [own]),
    ...(picking?.candidates.map(({ element }) => element.split('#')[0] ?? element) ?? []),
    ...(journey?.legs.flatMap(leg => leg.trace.hops.map(hop => hop.element)) ?? []),
    ...(journey === undefined ? [] : [journey.exchange.fromElement, journey.exchange.endedAt ?? '']),
  ]);
}

type View = Pick<LayoutState, 'level' | 'namespace' | 'filter'>;

/**
 * The elements of the level that do not pass. Namespace and labels judge what has a namespace; the kind judges all.
 * @param kept see {@link keptElements}
 */
export function hiddenElements(
  elements: ReadonlyMap<ElementId, LabElement>,
  { level, namespace, filter }: View,
  kept: ReadonlySet<ElementId>,
): ReadonlySet<ElementId> {
  const drawn: readonly string[] = kindsOf(level);
  const hidden = new Set<ElementId>();
  for (const element of elements.values()) {
    if (!drawn.includes(element.kind) || kept.has(element.id) || passes(element, filter, level)) continue;
    // What the level's own choice of a namespace leaves out is not the filter's doing.
    const isElsewhere =
      level === 'objects' && namespace !== undefined && 'namespace' in element && element.namespace !== namespace;
    if (!isElsewhere) hidden.add(element.id);
  }
  return hidden;
}

function passes(
  element: LabElement,
  { namespace, requirements, hiddenKinds }: GraphFilter,
  level: GraphLevel,
): boolean {
  if (hiddenKinds.some(kind => kind === element.kind)) return false;
  if (!('namespace' in element)) return true;
  if (level !== 'objects' && namespace !== undefined && element.namespace !== namespace) return false;
  const { labels } = element;
  return requirements.every(requirement => meets(requirement, labels?.[requirement.key]));
}

/** Whether a label's value is as required. Source: apimachinery pkg/labels/selector.go, `Requirement.Matches`. */
function meets({ operator, values }: LabelRequirement, value: string | undefined): boolean {
  switch (operator) {
    case 'exists':
      return value !== undefined;
    case '!':
      return value === undefined;
    case '=':
    case 'in':
      return value !== undefined && values.includes(value);
    case '!=':
    case 'notin':
      return value === undefined || !values.includes(value);
    case '>':
    case '<': {
      if (value === undefined || !/^-?\d+$/.test(value)) return false;
      const bound = Number(values[0]);
      return operator === '>' ? Number(value) > bound : Number(value) < bound;
    }
  }
}
