// The matrix of a page, made when it is first looked at: nothing of it is in the page's first chunk.

import { useEffect } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppStores } from '../../store/appStores.ts';
import { createMatrixStore, type MatrixState, type MatrixStore } from '../../store/matrixStore.ts';
import { useLab, useStores } from '../StoresContext.ts';
import { FIRST_PLACE, type Place } from './gridPlace.ts';
import { FIRST_CHOICE, type MatrixChoice } from './matrixPlan.ts';

/** What a page keeps of it: another tab may be looked at between two runs. */
interface Kept {
  readonly matrix: MatrixStore;
  readonly choice: StoreApi<MatrixChoice>;
  readonly place: StoreApi<Place>;
}

const kept = new WeakMap<AppStores, Kept>();

function keptOf(stores: AppStores): Kept {
  const known = kept.get(stores);
  if (known !== undefined) return known;
  const made = {
    matrix: createMatrixStore(stores.client, stores.lab),
    choice: createStore(() => FIRST_CHOICE),
    place: createStore(() => FIRST_PLACE),
  };
  kept.set(stores, made);
  return made;
}

export interface UsedMatrix {
  readonly matrix: MatrixStore;
  readonly state: MatrixState;
  readonly choice: MatrixChoice;
  readonly choose: (choice: MatrixChoice) => void;
  /** The cell that was looked at last: it is there again when one comes back from its trace. */
  readonly place: Place;
  readonly goTo: (place: Place) => void;
}

export function useMatrix(): UsedMatrix {
  const { matrix, choice, place } = keptOf(useStores());
  const state = useStore(matrix);
  const elements = useLab(lab => lab.elements);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever something comes or goes, who can be asked may too.
  useEffect(() => void matrix.look(), [matrix, elements]);
  return {
    matrix,
    state,
    choice: useStore(choice),
    choose: next => choice.setState(next),
    place: useStore(place),
    goTo: next => place.setState(next),
  };
}
