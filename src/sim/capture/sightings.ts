// Where the packets of a journey would have been caught: at every interface that they crossed.
//
// Simplified: the times between the steps of one packet are spread evenly, but for its wait for a neighbour.

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

/** All sightings of a journey, in the order of time. */
export function sightingsOf(record: ExchangeRecord): readonly Sighting[] {
  const known = new Set<Step>();
  return record.exchange.traces.flatMap(trace => ofTrace(record, trace, known)).sort((a, b) => a.us - b.us);
}

/** @param known steps that were met: copies of a flooded frame share those before the flood */
function ofTrace(record: ExchangeRecord, trace: Trace, known: Set<Step>): readonly Sighting[] {
  const { traces } = record.exchange;
  const steps = trace.hops.flatMap(hop => hop.steps.map(step => ({ step, netns: hop.netns })));
  const sightings: Sighting[] = [];
  let us = trace.startedUs;
  let each = (trace.endedUs - us) / Math.max(1, steps.length);
  for (const [i, { step, netns }] of steps.entries()) {
    const place = placeOf(step);
    if (place !== undefined && !known.has(step)) {
      known.add(step);
      sightings.push({
        netns,
        ...place,
        frame: frameAt(step),
        us: record.at * 1000 + us,
        journey: record.id,
        trace: trace.id,
      });
    }
    us += each;
    if (step.action !== 'QUEUED') continue;
    // It waited for its neighbour's answer: for all that this step set off.
    us = Math.min(trace.endedUs, Math.max(us, lastEnd(traces, trace.id, i)));
    each = (trace.endedUs - us) / Math.max(1, steps.length - i - 1);
  }
  return sightings;
}

/** When the last of the packets was over that a step set off, and those that they set off; 0 when there are none. */
function lastEnd(traces: readonly Trace[], trace: number, step?: number): ElapsedUs {
  const setOff = traces.filter(({ cause }) => cause?.trace === trace && (step === undefined || cause.step === step));
  return Math.max(0, ...setOff.map(({ id, endedUs }) => Math.max(endedUs, lastEnd(traces, id))));
}

function placeOf({ stage, action, detail }: Step): Pick<Sighting, 'device' | 'way'> | undefined {
  if (detail.kind === 'link' && stage === 'linkReceive') return { device: detail.device, way: 'in' };
  if (detail.kind === 'link' && action === 'TRANSMITTED') return { device: detail.device, way: 'out' };
  const isForBridge = detail.kind === 'bridge' && detail.port !== undefined && detail.to.includes(detail.bridge);
  if (isForBridge && (action === 'PASSED_UP' || action === 'FLOODED')) return { device: detail.bridge, way: 'in' };
  return undefined;
}

/** The loopback device puts an Ethernet header of zeros before each packet (kernel drivers/net/loopback.c). */
function frameAt({ detail, after }: Step): Frame {
  if (after.ethernet !== undefined || detail.kind !== 'link' || detail.deviceKind !== 'loopback') return after;
  return { ethernet: { src: ZERO_MAC, dst: ZERO_MAC }, payload: after.payload };
}
