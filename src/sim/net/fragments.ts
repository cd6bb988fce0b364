// Large IP packets in pieces, and the pieces put together again.
//
// Models:  RFC 791 fragments: each carries the header and a multiple of eight bytes; only the first has the ports.
// Omits:   overlapping fragments.
// Read:    RFC 791, section 3.2; kernel net/ipv4/ip_output.c, `ip_do_fragment`; ip_fragment.c.

import type { IpPacket } from './packet.ts';
import { bodyBytes, IPV4_HEADER_BYTES, ipBytes } from './size.ts';

/** The packet in pieces that fit, first piece first; a packet that fits comes back as it is. */
export function fragmentsOf(packet: IpPacket, mtu: number): readonly IpPacket[] {
  if (ipBytes(packet) <= mtu) return [packet];
  const room = Math.floor((mtu - IPV4_HEADER_BYTES) / 8) * 8;
  const whole = packet.fragment?.bytes ?? bodyBytes(packet);
  const base = packet.fragment?.offset ?? 0;
  const pieces: IpPacket[] = [];
  for (let done = 0; done < whole; done += room) {
    const bytes = Math.min(room, whole - done);
    const more = done + bytes < whole || packet.fragment?.more === true;
    pieces.push({ ...packet, fragment: { offset: base + done, more, bytes } });
  }
  return pieces;
}

/** Whether the pieces are all there are. */
export function areComplete(pieces: readonly IpPacket[]): boolean {
  const sorted = [...pieces].sort((a, b) => (a.fragment?.offset ?? 0) - (b.fragment?.offset ?? 0));
  let next = 0;
  for (const { fragment } of sorted) {
    if (fragment === undefined || fragment.offset !== next) return false;
    next += fragment.bytes;
  }
  return sorted.at(-1)?.fragment?.more === false;
}

/** The whole packet that a piece is of. */
export function wholeOf(piece: IpPacket): IpPacket {
  const { fragment: _, ...whole } = piece;
  return whole;
}
