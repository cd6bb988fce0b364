// The journey that is open and the step that is shown. Whoever plays it calls `step` when it is time: no timers here.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LabClient } from '../client/port.ts';
import type { Journey } from './journey.ts';
import { messageOf } from './labStore.ts';
import * as WORDS from './words.ts';

export type PlaySpeed = '0.5' | '1' | '2';

export interface TraceState {
  /**
   * - `none`: nothing is open.
   * - `loading`: the lab was asked for the journey.
   * - `open`
   * - `gone`: the lab does not keep it any more; `message` says so.
   */
  readonly phase:
    | { readonly kind: 'none' }
    | { readonly kind: 'loading'; readonly exchange: string }
    | { readonly kind: 'open' }
    | { readonly kind: 'gone'; readonly message: string };
  readonly journey: Journey | undefined;
  /** Index of the step that is shown. */
  readonly cursor: number;
  /** How the cursor came here: by one step forward it is shown as a movement, else as a cut. */
  readonly arrival: 'moved' | 'cut';
  readonly play: 'paused' | 'playing';
  readonly speed: PlaySpeed;
  readonly beside: BesideJourney;
}

/**
 * The journey that the open one is compared with.
 * - `choosing`: which one is not said yet.
 * - `gone`: the lab does not keep it any more.
 */
export type BesideJourney =
  | { readonly kind: 'none' }
  | { readonly kind: 'choosing' }
  | { readonly kind: 'loading'; readonly exchange: string }
  | { readonly kind: 'open'; readonly journey: Journey }
  | { readonly kind: 'gone' };

const NOTHING: Omit<TraceState, 'speed' | 'beside'> = {
  phase: { kind: 'none' },
  journey: undefined,
  cursor: 0,
  arrival: 'cut',
  play: 'paused',
};

/** What can be done with an open journey. */
export type TraceAction =
  | { readonly kind: 'step'; readonly by: -1 | 1 }
  | { readonly kind: 'hop'; readonly by: -1 | 1 }
  | { readonly kind: 'go'; readonly to: number }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }
  /** The step that decided the exchange, in whichever of its packets it is. */
  | { readonly kind: 'deciding' }
  /** At the end it begins again. */
  | { readonly kind: 'play' }
  | { readonly kind: 'pause' }
  /** Another packet of the same exchange. */
  | { readonly kind: 'packet'; readonly trace: number };

/** What a journey needs comes with the first one. */
const tracing = () => import('./reduceTrace.ts');

export interface TraceStore extends StoreApi<TraceState> {
  /** Opens a journey at its first step. */
  open(exchange: string): Promise<void>;
  clear(): void;
  dispatch(action: TraceAction): void;
  setSpeed(speed: PlaySpeed): void;
  /** Puts another journey beside the open one; without one it is yet to be chosen. */
  compare(exchange?: string): Promise<void>;
  stopComparing(): void;
}

export function createTraceStore(client: LabClient): TraceStore {
  const store = createStore<TraceState>(() => ({ ...NOTHING, speed: '1', beside: { kind: 'none' } }));
  let asked = 0;
  let parts: Awaited<ReturnType<typeof tracing>> | undefined;
  const journeyOf = async (exchange: string): Promise<Journey | undefined> => {
    const [view, come] = await Promise.all([client.exchange(exchange), tracing()]);
    parts = come;
    return view && come.mainJourney(view);
  };
  return {
    ...store,
    async open(exchange) {
      const ask = ++asked;
      store.setState({ phase: { kind: 'loading', exchange }, play: 'paused' });
      let journey: Journey | undefined;
      let failure = WORDS.journeyGone;
      try {
        journey = await journeyOf(exchange);
      } catch (error) {
        failure = messageOf(error);
      }
      if (ask !== asked) return;
      store.setState(
        journey === undefined
          ? { ...NOTHING, phase: { kind: 'gone', message: failure } }
          : { ...NOTHING, phase: { kind: 'open' }, journey },
      );
    },
    clear() {
      asked++;
      store.setState({ ...NOTHING, beside: { kind: 'none' } });
    },
    dispatch: action => store.setState(state => parts?.reduceTrace(state, action) ?? state),
    setSpeed: speed => store.setState({ speed }),
    async compare(exchange) {
      const beside: BesideJourney = exchange === undefined ? { kind: 'choosing' } : { kind: 'loading', exchange };
      store.setState({ beside });
      if (exchange === undefined) return;
      // A lab that does not answer has lost the journey, too; that it died is said elsewhere.
      const journey = await journeyOf(exchange).catch(() => undefined);
      if (store.getState().beside !== beside) return;
      store.setState({ beside: journey === undefined ? { kind: 'gone' } : { kind: 'open', journey } });
    },
    stopComparing: () => store.setState({ beside: { kind: 'none' } }),
  };
}
