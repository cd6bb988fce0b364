// A journey as a capture file: every packet at every interface that it crossed, or at one of them.

import { unixSeconds } from '../api/timestamps.ts';
import type { ExchangeRecord } from '../view/exchangeView.ts';
import type { Bytes } from './bytes.ts';
import { type CapturedInterface, type CapturedPacket, pcapng } from './pcapng.ts';
import { sendersOf } from './senders.ts';
import { sightingsOf } from './sightings.ts';
import { trainOf } from './train.ts';
import { frameOnWire, type Sender } from './wire.ts';

/**
 * A pcapng file; interfaces stand in it in the order in which packets met them.
 * @param nameOf what people call a network namespace
 * @param isWanted whether to keep what crossed this interface
 */
export function captureOf(
  record: ExchangeRecord,
  nameOf: (netns: string) => string,
  isWanted: (netns: string, device: string) => boolean = () => true,
): Bytes {
  const seen = sightingsOf(record).filter(({ netns, device }) => isWanted(netns, device));
  const interfaces = new Map<string, { readonly index: number; readonly described: CapturedInterface }>();
  const senders = sendersOf(record);
  const began = unixSeconds(0) * 1e6;
  const packets = seen.flatMap((sighting): readonly CapturedPacket[] => {
    const { netns, device, way, frame, us, trace } = sighting;
    const link = frame.ethernet === undefined ? 'ip' : 'ethernet';
    // Frames of one device all have an Ethernet header, or none has.
    const name = `${nameOf(netns)} ${device}`;
    const known = interfaces.get(name) ?? { index: interfaces.size, described: { name, link } };
    interfaces.set(name, known);
    const sender = senders.get(trace) ?? NOBODY;
    return trainOf(frame).map(piece => ({
      at: known.index,
      way,
      us: began + us,
      data: frameOnWire(piece, sender),
    }));
  });
  return pcapng(
    [...interfaces.values()].map(({ described }) => described),
    packets,
  );
}

/** For packets without a TCP segment in them. */
const NOBODY: Sender = { window: 0, stamp: 0, echoed: 0 };
