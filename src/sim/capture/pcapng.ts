// Captures as files that Wireshark and tcpdump open: pcapng, one section, an interface description for each interface.
//
// Read:    draft-ietf-opsawg-pcapng, sections 4.1 (section header), 4.2 (interface description), 4.3 (enhanced packet);
//          https://www.tcpdump.org/linktypes.html.

import { utf8 } from '../runtime/utf8.ts';
import { type Bytes, bytes, concat, u16, u32 } from './bytes.ts';

/** What frames of an interface begin with: an Ethernet header, or an IP header alone. */
export type LinkType = 'ethernet' | 'ip';

export interface CapturedInterface {
  /** As Wireshark shows it: `node-1 cni0`. */
  readonly name: string;
  readonly link: LinkType;
}

export interface CapturedPacket {
  /** Index into the interfaces. */
  readonly at: number;
  readonly way: 'in' | 'out';
  /** Microseconds since 1970. */
  readonly us: number;
  readonly data: Bytes;
  /** A line that Wireshark shows as the packet's comment. */
  readonly comment?: string;
}

const SECTION_HEADER = 0x0a0d0d0a;
const INTERFACE_DESCRIPTION = 1;
const ENHANCED_PACKET = 6;
/** Says in which order the bytes of numbers stand: here the higher ones first. */
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
const LENGTH_UNKNOWN = [0xffffffff, 0xffffffff] as const;
const LINK_TYPES: Readonly<Record<LinkType, number>> = { ethernet: 1, ip: 101 };
const OPTION = { end: 0, comment: 1, name: 2, flags: 2, application: 4 } as const;
const WAYS = { in: 1, out: 2 } as const;

export function pcapng(interfaces: readonly CapturedInterface[], packets: readonly CapturedPacket[]): Bytes {
  return concat([
    block(SECTION_HEADER, [
      u32(BYTE_ORDER_MAGIC),
      u16(1, 0),
      u32(...LENGTH_UNKNOWN),
      ...options([OPTION.application, utf8('Hoplab')]),
    ]),
    ...interfaces.map(({ name, link }) =>
      block(INTERFACE_DESCRIPTION, [u16(LINK_TYPES[link], 0), u32(0), ...options([OPTION.name, utf8(name)])]),
    ),
    ...packets.map(packetBlock),
  ]);
}

function packetBlock({ at, way, us, data, comment }: CapturedPacket): Bytes {
  const whole = Math.floor(us);
  return block(ENHANCED_PACKET, [
    u32(at, Math.floor(whole / 2 ** 32), whole % 2 ** 32, data.length, data.length),
    padded(data),
    ...options(
      [OPTION.flags, u32(WAYS[way])],
      ...(comment === undefined ? [] : [[OPTION.comment, utf8(comment)] as const]),
    ),
  ]);
}

/** Type, length, body, and the length again, so that readers can go backwards. */
function block(type: number, body: readonly Bytes[]): Bytes {
  const content = concat(body);
  const length = u32(content.length + 12);
  return concat([u32(type), length, content, length]);
}

function options(...list: readonly (readonly [code: number, value: Bytes])[]): readonly Bytes[] {
  return [...list.flatMap(([code, value]) => [u16(code, value.length), padded(value)]), u16(OPTION.end, 0)];
}

/** Followed by zeros up to a multiple of four bytes. */
function padded(value: Bytes): Bytes {
  return concat([value, bytes(...new Array<number>((4 - (value.length % 4)) % 4).fill(0))]);
}
