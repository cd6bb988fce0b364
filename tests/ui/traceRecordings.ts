// The recorded journeys for tests of the trace panel.

import type { ExchangeView, LabElement } from '../../src/sim/index.ts';
import recorded from './fixture/recorded.json' with { type: 'json' };

export interface Recorded {
  readonly elements: readonly LabElement[];
  readonly exchanges: readonly ExchangeView[];
}

/** Two nodes and their Pods; x1: an answer, x2: nobody on the port, x3: a blackhole. */
export const lesson = recorded.lesson as unknown as Recorded;
/** A Service in front; x1: rewritten, x2: no endpoints, x3: lost at the router. */
export const sandbox = recorded.sandbox as unknown as Recorded;

export function exchangeOf(recording: Recorded, id: string): ExchangeView {
  const found = recording.exchanges.find(exchange => exchange.id === id);
  if (found === undefined) throw new Error(`no exchange ${id} in the recording`);
  return found;
}
