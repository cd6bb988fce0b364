// What the two ends of a connection say of themselves in their segments: packets of the lab do not carry it.
//
// Models:  the window that Linux opens with, which small exchanges never change; timestamps of a clock in milliseconds.
// Read:    kernel net/ipv4/tcp_output.c, `tcp_select_initial_window`; RFC 7323, section 5.4.

import type { Trace } from '../datapath/trace.ts';
import type { Segment } from '../net/packet.ts';
import type { ExchangeRecord } from '../view/exchangeView.ts';
import { segmentIn } from './train.ts';
import type { Sender } from './wire.ts';

/** Bytes of the timestamp option in every segment. */
const TIMESTAMP_BYTES = 12;
const DEFAULT_WINDOW = 64_240;
/** What the clocks show at time 0: the two ends of a flow are easily told apart. */
const CLOCKS = { client: 2_000_000_000, server: 3_000_000_000 } as const;

/** Who sent each packet of a journey, by the number of its trace. */
export function sendersOf({ at, exchange }: ExchangeRecord): ReadonlyMap<number, Sender> {
  const windows = { client: DEFAULT_WINDOW, server: DEFAULT_WINDOW };
  const seen = { client: 0, server: 0 };
  const senders = new Map<number, Sender>();
  for (const trace of exchange.traces) {
    const segment = segmentOf(trace);
    if (segment === undefined) continue;
    const side = trace.hops[0]?.netns === exchange.question.from ? 'client' : 'server';
    const other = side === 'client' ? 'server' : 'client';
    if (segment.mss !== undefined) windows[side] = firstWindow(segment.mss - (side === 'client' ? 0 : TIMESTAMP_BYTES));
    const stamp = CLOCKS[side] + Math.floor(at + trace.startedUs / 1000);
    senders.set(trace.id, { window: windows[side], stamp, echoed: seen[other] });
    seen[side] = stamp;
  }
  return senders;
}

/** As many whole segments as fit into 64 KiB. */
function firstWindow(room: number): number {
  return Math.floor(65_535 / room) * room;
}

function segmentOf(trace: Trace): Segment | undefined {
  const first = trace.hops[0]?.steps[0];
  return first === undefined ? undefined : segmentIn(first.after);
}
