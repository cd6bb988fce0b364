// A row of the list twin: one element of the graph, or a part of one that the graph draws without its own element.

import type { ElementId, InterfaceElement, LabElement } from '../../sim/index.ts';
import type { IconName } from '../common/iconDrawings.tsx';

/** Something that holds of the element whatever the packet does. */
export interface RowState {
  /** `pending`: not ready yet. `terminating`: on its way out; its name is struck. */
  readonly kind: 'pending' | 'terminating';
  /** In a word or two: `not ready`. */
  readonly word: string;
  /** Why, where that is known: a tooltip, and read aloud. */
  readonly reason: string | undefined;
}

export interface ListRow {
  /** Unique in the tree. The element's id, or for a part of it the id and what it is: `node/node-1~routes`. */
  readonly id: string;
  readonly icon: IconName;
  /** The full name; the graph shortens it. */
  readonly label: string;
  /** Beside the name, as a machine prints it: an address, `in cni0`. */
  readonly detail: string;
  /** At the right end while the row is closed: `2 Pods`; of a row without children always: `wins, /24`. */
  readonly note: string;
  /** The element that the row stands for when it is selected. */
  readonly target: ElementId;
  /**
   * - `element`: the row is its target; picking it may answer a question.
   * - `part`: it belongs to its target, and only selects it.
   */
  readonly standing: 'element' | 'part';
  /** `said`: no element, but a sentence where there is none. */
  readonly emphasis: 'plain' | 'wins' | 'said';
  readonly state: RowState | undefined;
  /** Whether its children show before the learner opens or closes it. */
  readonly starts: 'open' | 'closed';
  readonly children: readonly ListRow[];
  /** More words that the search finds it by: all its addresses. */
  readonly terms: readonly string[];
}

/** A row with whatever is not said left empty. */
export function listRow(row: Pick<ListRow, 'id' | 'icon' | 'label'> & Partial<ListRow>): ListRow {
  return {
    detail: '',
    note: '',
    target: row.id,
    standing: 'element',
    emphasis: 'plain',
    state: undefined,
    starts: 'closed',
    children: [],
    terms: [],
    ...row,
  };
}

/** The row of a node's route table. */
export const routesId = (owner: ElementId): string => `${owner}~routes`;
/** The row of a node's rules. */
export const rulesId = (owner: ElementId): string => `${owner}~rules`;

/** The icon of an element or, by its id, of something that is drawn without one. */
export function elementIcon(element: LabElement): IconName {
  switch (element.kind) {
    case 'slice':
      return 'endpointSlice';
    case 'replicaset':
      return 'deployment';
    case 'outside':
      return element.name.includes('.') ? 'internet' : 'laptop';
    case 'lan':
      return 'bridge';
    default:
      return element.kind;
  }
}

export function interfaceIcon(device: InterfaceElement): IconName {
  if (device.kind === 'bridge') return 'bridge';
  return device.kind === 'vxlan' || device.kind === 'ipip' ? 'tunnel' : 'interface';
}
