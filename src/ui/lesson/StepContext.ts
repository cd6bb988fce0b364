// What the parts of an open step ask about it.

import { createContext, useContext } from 'react';
import type { StepPhase } from '../../lesson/sessionView.ts';

export interface StepPlace {
  readonly phase: StepPhase;
  /** Commands that were run in this step. */
  readonly runs: number;
}

/** Outside of a step nothing has to be predicted. */
export const StepContext = createContext<StepPlace>({ phase: 'observe', runs: 0 });

export const useStepPlace = (): StepPlace => useContext(StepContext);
