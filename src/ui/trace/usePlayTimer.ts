// Plays the open journey: one step after the other while the trace store says `playing`.

import { useEffect } from 'react';
import { type Journey, type JourneyMoment, momentAt } from '../../store/journey.ts';
import type { PlaySpeed } from '../../store/traceStore.ts';
import { useMedia } from '../hooks/useMedia.ts';
import { useStores, useTrace } from '../StoresContext.ts';
import { CUT_MS, HALT_MS, stepDuration } from '../topology/packets.ts';

/** How much later a reply sets out than the request arrived, in milliseconds. */
const REPLY_WAIT_MS = 300;

/** How long the step at `cursor` is shown before the next one, in milliseconds. */
export function playDelay(journey: Journey, cursor: number, speed: PlaySpeed, motion: 'full' | 'reduced'): number {
  const here = momentAt(journey, cursor);
  if (motion === 'reduced' || here === undefined) return CUT_MS / Number(speed);
  const before = momentAt(journey, cursor - 1);
  const after = momentAt(journey, cursor + 1);
  const crossed = before !== undefined && before.place.leg === here.place.leg && before.place.hop !== here.place.hop;
  const turns = after !== undefined && after.place.leg !== here.place.leg;
  const wait = stepDuration(crossed) + (halts(here) ? HALT_MS : 0) + (turns ? REPLY_WAIT_MS : 0);
  return wait / Number(speed);
}

/** Where somebody looks something up, the packet rests for a moment. */
const halts = ({ step }: JourneyMoment): boolean => step.stage === 'bridge' || step.evidence?.kind === 'routes';

/**
 * Goes on while playing. More than one may be mounted (the panel and a phone's bar): a timer that finds the cursor
 * elsewhere than where it was set does nothing.
 */
export function usePlayTimer(): void {
  const { trace } = useStores();
  const journey = useTrace(state => state.journey);
  const cursor = useTrace(state => state.cursor);
  const play = useTrace(state => state.play);
  const speed = useTrace(state => state.speed);
  const isReduced = useMedia('(prefers-reduced-motion: reduce)');
  useEffect(() => {
    if (play === 'paused' || journey === undefined) return;
    const timer = setTimeout(
      () => {
        const now = trace.getState();
        if (now.journey === journey && now.cursor === cursor && now.play === 'playing')
          trace.dispatch({ kind: 'step', by: 1 });
      },
      playDelay(journey, cursor, speed, isReduced ? 'reduced' : 'full'),
    );
    return () => clearTimeout(timer);
  }, [trace, journey, cursor, play, speed, isReduced]);
}
