// What actions do with an open journey. A chunk of its own: the page begins without one.

import { decidingPlace, firstStepOf, hopBeside, journeyOfTrace } from './journey.ts';
import type { TraceAction, TraceState } from './traceStore.ts';

export { mainJourney } from './journey.ts';

/** The state after an action; nothing changes while no journey is open. */
export function reduceTrace(state: TraceState, action: TraceAction): TraceState {
  const { journey } = state;
  if (journey === undefined) return state;
  const last = journey.steps.length - 1;
  const cutTo = (to: number): TraceState => ({
    ...state,
    cursor: Math.max(0, Math.min(last, to)),
    arrival: 'cut',
    play: 'paused',
  });
  switch (action.kind) {
    case 'step': {
      const to = state.cursor + action.by;
      if (to < 0 || to > last) return { ...state, play: 'paused' };
      const stops = to === last || action.by < 0;
      return {
        ...state,
        cursor: to,
        arrival: action.by === 1 ? 'moved' : 'cut',
        play: stops ? 'paused' : state.play,
      };
    }
    case 'hop':
      return cutTo(hopBeside(journey, state.cursor, action.by));
    case 'go':
      return cutTo(action.to);
    case 'start':
      return cutTo(0);
    case 'end':
      return cutTo(last);
    case 'deciding': {
      const { journey: shown, index } = decidingPlace(journey);
      return { ...state, journey: shown, cursor: index, arrival: 'cut', play: 'paused' };
    }
    case 'play':
      return state.cursor >= last
        ? { ...state, cursor: 0, arrival: 'cut', play: 'playing' }
        : { ...state, play: 'playing' };
    case 'pause':
      return { ...state, play: 'paused' };
    case 'packet': {
      const next = journeyOfTrace(journey.exchange, action.trace);
      return {
        ...state,
        journey: next,
        cursor: Math.max(0, firstStepOf(next, action.trace)),
        arrival: 'cut',
        play: 'paused',
      };
    }
  }
}
