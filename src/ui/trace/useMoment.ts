import { useMemo } from 'react';
import { type Journey, type JourneyMoment, momentAt } from '../../store/journey.ts';
import { useTrace } from '../StoresContext.ts';

export interface ShownMoment {
  readonly journey: Journey;
  readonly cursor: number;
  readonly moment: JourneyMoment;
}

/** The step that is shown, with its journey; undefined while none is open. */
export function useMoment(): ShownMoment | undefined {
  const journey = useTrace(state => state.journey);
  const cursor = useTrace(state => state.cursor);
  return useMemo(() => {
    const moment = journey === undefined ? undefined : momentAt(journey, cursor);
    return journey === undefined || moment === undefined ? undefined : { journey, cursor, moment };
  }, [journey, cursor]);
}
