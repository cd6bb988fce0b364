// What is selected on the graph, in the list and by links in text; and the question that is answered by picking.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ElementId } from '../sim/index.ts';

/** A question that is answered on the graph. */
export interface Picking {
  /** The question's id. */
  readonly question: string;
  /** What the strip over the graph calls it: `Question 4`. */
  readonly title: string;
  /** What may be picked; the key of each is its place in the list, from 1. */
  readonly candidates: readonly { readonly element: ElementId; readonly label: string }[];
  readonly chosen: readonly ElementId[];
}

export interface SelectionState {
  readonly selected: ElementId | undefined;
  readonly picking: Picking | undefined;
  /** Counts picks, so that the same element picked twice is noticed twice. */
  readonly picks: number;
  /** What the graph was asked last to bring in sight: a new object each time. */
  readonly sight: Sight | undefined;
  readonly ends: KnownEnd | undefined;
}

/** A trace of which one end is known; the next pick is the other. */
export interface KnownEnd {
  readonly known: ElementId;
  readonly side: 'from' | 'to';
}

/**
 * - `centred`: in the middle, at a zoom at which names can be read.
 * - `filled`: as large as the graph's zoom allows, with what surrounds it.
 */
export interface Sight {
  readonly element: ElementId;
  readonly how: 'centred' | 'filled';
}

export interface SelectionStore extends StoreApi<SelectionState> {
  /** The learner picked an element, wherever it stands: the graph, the list, a link. */
  pick(element: ElementId): void;
  /** Follows a link or a trace: selects without being an answer to anything. */
  select(element: ElementId | undefined): void;
  /** Selects, and asks the graph to show where it is. */
  show(sight: Sight): void;
  startEnds(ends: KnownEnd): void;
  stopEnds(): void;
  startPicking(picking: Picking): void;
  stopPicking(question: string): void;
}

/** The element that a pick chooses: an interface stands for its owner when only the owner can be chosen. */
export function candidateFor(picking: Picking, element: ElementId): ElementId | undefined {
  const owner = element.split('#')[0] ?? element;
  return [element, owner].find(id => picking.candidates.some(candidate => candidate.element === id));
}

function toggled(picking: Picking, element: ElementId): Picking {
  const candidate = candidateFor(picking, element);
  if (candidate === undefined) return picking;
  const isChosen = picking.chosen.includes(candidate);
  return {
    ...picking,
    chosen: isChosen ? picking.chosen.filter(id => id !== candidate) : [...picking.chosen, candidate],
  };
}

export function createSelectionStore(): SelectionStore {
  const store = createStore<SelectionState>(() => ({
    selected: undefined,
    picking: undefined,
    picks: 0,
    sight: undefined,
    ends: undefined,
  }));
  return {
    ...store,
    pick: element =>
      store.setState(({ picking, picks }) => ({
        selected: element,
        picks: picks + 1,
        picking: picking === undefined ? undefined : toggled(picking, element),
      })),
    select: selected => store.setState({ selected }),
    show: sight => store.setState({ selected: sight.element, sight: { ...sight } }),
    startEnds: ends => store.setState({ ends }),
    stopEnds: () => store.setState({ ends: undefined }),
    startPicking: picking => store.setState({ picking }),
    stopPicking: question =>
      store.setState(({ picking }) => (picking?.question === question ? { picking: undefined } : {})),
  };
}
