// The packets of an exchange as one row in the order of time, with the pauses between them. Pure.

import type { ExchangeView, TraceView } from '../../sim/index.ts';

/** A packet in the row. */
export interface StripPacket {
  readonly trace: TraceView;
  /** How long after the packet before it it set out, in milliseconds, where that is long enough to notice. */
  readonly pauseMs: number | undefined;
}

/** Shorter pauses are the time that packets are on the way. */
const NOTICED_MS = 100;

/** All packets but copies of flooded frames, which nobody wanted. */
export function packetStrip({ traces }: ExchangeView): readonly StripPacket[] {
  const wanted = traces.filter(({ role }) => role !== 'copy').sort((a, b) => a.startedMs - b.startedMs || a.id - b.id);
  return wanted.map((trace, i) => {
    const pause = trace.startedMs - (wanted[i - 1]?.startedMs ?? trace.startedMs);
    return { trace, pauseMs: pause >= NOTICED_MS ? pause : undefined };
  });
}
