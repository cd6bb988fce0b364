// A train of segments travels the lab as one packet (DECISIONS.md); a capture shows the segments.

import type { Frame, IpPacket, Payload, Segment } from '../net/packet.ts';
import { contentOf, type Piece } from './content.ts';

/** The frames that a wire carries for this one: itself, or one for each segment of the train in it. */
export function trainOf(frame: Frame): readonly Frame[] {
  const segment = segmentIn(frame);
  if (segment === undefined) return [frame];
  const { bytes, segmentBytes = bytes } = segment.payload;
  if (bytes <= segmentBytes) return [frame];
  return Array.from({ length: Math.ceil(bytes / segmentBytes) }, (_, i) => {
    const payload = pieceOf(segment.payload, i * segmentBytes, Math.min(bytes, (i + 1) * segmentBytes));
    return withSegment(frame, { ...segment, seq: segment.seq + i * segmentBytes, payload });
  });
}

function pieceOf(payload: Payload, from: number, to: number): Piece {
  return { bytes: to - from, content: contentOf(payload, 'tcp').subarray(from, to) };
}

/** The TCP segment in a frame, however deep it is packed. */
export function segmentIn({ payload }: Frame): Segment | undefined {
  if (payload.kind === 'arp') return undefined;
  const { body } = payload;
  if (body.kind === 'tcp') return body;
  if (body.kind === 'udp' && body.vxlan !== undefined) return segmentIn(body.vxlan.frame);
  return body.kind === 'ipip' ? segmentIn({ payload: body.inner }) : undefined;
}

function withSegment(frame: Frame, segment: Segment): Frame {
  const { ethernet, payload } = frame;
  return payload.kind === 'arp' ? frame : { ethernet, payload: packetWith(payload, segment) };
}

function packetWith(packet: IpPacket, segment: Segment): IpPacket {
  const { body } = packet;
  if (body.kind === 'tcp') return { ...packet, body: segment };
  if (body.kind === 'ipip') return { ...packet, body: { kind: 'ipip', inner: packetWith(body.inner, segment) } };
  if (body.kind !== 'udp' || body.vxlan === undefined) return packet;
  return { ...packet, body: { ...body, vxlan: { ...body.vxlan, frame: withSegment(body.vxlan.frame, segment) } } };
}
