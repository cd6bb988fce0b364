// Steps through the open journey, and opens others.

import type { TraceAction } from '../../store/traceStore.ts';
import { revealDecided } from '../trace/reveal.ts';
import { exchangeName } from '../trace/words.ts';
import type { Action, ActionPage } from './action.ts';
import { showPanel } from './panelActions.ts';
import { ACTION_WORDS as WORDS } from './words.ts';

/** Journeys that are listed, the last ones first. */
const MOST_JOURNEYS = 8;

export function traceActions(page: ActionPage): readonly Action[] {
  const { trace, lab } = page.stores;
  const { journey, play } = trace.getState();
  const act = (id: string, name: string, action: TraceAction, keys?: string): Action => ({
    id: `trace ${id}`,
    group: 'trace',
    name,
    ...(keys !== undefined && { keys, place: 'trace' }),
    blocked: journey === undefined ? WORDS.noJourney : undefined,
    run: () => trace.dispatch(action),
  });
  const isPlaying = play === 'playing';
  return [
    act('play', isPlaying ? WORDS.pause : WORDS.play, { kind: isPlaying ? 'pause' : 'play' }, 'Space'),
    act('step', WORDS.step, { kind: 'step', by: 1 }, ']'),
    act('back', WORDS.stepBack, { kind: 'step', by: -1 }, '['),
    act('next hop', WORDS.nextHop, { kind: 'hop', by: 1 }),
    act('previous hop', WORDS.previousHop, { kind: 'hop', by: -1 }),
    act('start', WORDS.toStart, { kind: 'start' }),
    act('end', WORDS.toEnd, { kind: 'end' }),
    {
      ...act('deciding', WORDS.deciding, { kind: 'deciding' }, 'd'),
      run() {
        trace.dispatch({ kind: 'deciding' });
        revealDecided();
      },
    },
    ...lab
      .getState()
      .exchanges.slice(-MOST_JOURNEYS)
      .reverse()
      .map(
        (exchange): Action => ({
          id: `journey ${exchange.id}`,
          group: 'trace',
          name: WORDS.journey(exchangeName(exchange)),
          run() {
            void trace.open(exchange.id);
            showPanel(page, 'trace');
          },
        }),
      ),
  ];
}
