// Where the packets of a journey would have been caught: at every interface that they crossed.
//
// Simplified: only wires and waits take time here (datapath/walk.ts), so that a packet is at several interfaces of one
//             machine in the same microsecond. What happened first is first.

import type { ElapsedUs, Step, Trace } from '../datapath/trace.ts';
import { ZERO_MAC } from '../net/mac.ts';
import type { Frame } from '../net/packet.ts';
import type { ExchangeRecord } from '../view/exchangeView.ts';

/** A frame at an interface. */
export interface Sighting {
  readonly netns: string;
  readonly device: string;
  readonly way: 'in' | 'out';
  readonly frame: Frame;
  /** Virtual microseconds since time began. */
  readonly us: number;
  readonly journey: string;
  /** The packet: `id` of its trace. */
  readonly trace: number;
}

/** A sighting, and where it stands among others of the same microsecond. */
interface Ordered {
  readonly sighting: Sighting;
  readonly order: number;
}

/** All sightings of a journey, in the order of time. */
export function sightingsOf(record: ExchangeRecord): readonly Sighting[] {
  const known = new Set<Step>();
  return record.exchange.traces
    .flatMap(trace => ofTrace(record, trace, known))
    .sort((a, b) => a.sighting.us - b.sighting.us || a.order - b.order)
    .map(({ sighting }) => sighting);
}

/** @param known steps that were met: copies of a flooded frame share those before the flood */
function ofTrace(record: ExchangeRecord, trace: Trace, known: Set<Step>): readonly Ordered[] {
  const sightings: Ordered[] = [];
  let number = 0;
  let turn = 0;
  for (const { netns, enteredUs, steps } of trace.hops)
    for (const step of steps) {
      while ((trace.turns[turn + 1]?.step ?? Number.POSITIVE_INFINITY) <= number) turn++;
      number++;
      const place = placeOf(step);
      if (place === undefined || known.has(step)) continue;
      known.add(step);
      const { us, order } = trace.turns[turn] ?? { us: trace.startedUs, order: 0 };
      const at: ElapsedUs = Math.max(enteredUs, us);
      const seen = { netns, ...place, frame: frameAt(step), journey: record.id, trace: trace.id };
      sightings.push({ sighting: { ...seen, us: record.at * 1000 + at }, order });
    }
  return sightings;
}

/** On a loopback device packets are caught only as they come in: libpcap leaves the second sight of them out. */
function placeOf({ stage, action, detail }: Step): Pick<Sighting, 'device' | 'way'> | undefined {
  if (detail.kind === 'link' && stage === 'linkReceive') return { device: detail.device, way: 'in' };
  const isOnWire = detail.kind === 'link' && action === 'TRANSMITTED' && detail.deviceKind !== 'loopback';
  if (isOnWire) return { device: detail.device, way: 'out' };
  const isForBridge = detail.kind === 'bridge' && detail.port !== undefined && detail.to.includes(detail.bridge);
  if (isForBridge && (action === 'PASSED_UP' || action === 'FLOODED')) return { device: detail.bridge, way: 'in' };
  return undefined;
}

/** The loopback device puts an Ethernet header of zeros before each packet (kernel drivers/net/loopback.c). */
function frameAt({ detail, after }: Step): Frame {
  if (after.ethernet !== undefined || detail.kind !== 'link' || detail.deviceKind !== 'loopback') return after;
  return { ethernet: { src: ZERO_MAC, dst: ZERO_MAC }, payload: after.payload };
}
