// Reads what `tcpdump -i any -y LINUX_SLL2 -w -` writes.
//
// Read:    https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL2.html; pcap-savefile(5).

/** One packet at one interface of a namespace. */
export interface Frame {
  readonly nanoseconds: bigint;
  readonly ifindex: number;
  readonly way: '>' | '<';
  /** From the IP header on; may be cut at the end. */
  readonly bytes: Buffer;
}

const MAGIC_NANOSECONDS = 0xa1b23c4d;
const LINKTYPE_LINUX_SLL2 = 276;
const FILE_HEADER = 24;
const RECORD_HEADER = 16;
const SLL2_HEADER = 20;
const ETHERTYPE_IPV4 = 0x0800;
/** Packet type of SLL2: sent by this host. */
const OUTGOING = 4;

/** The IPv4 packets of a capture file, in its order. */
export function readCapture(file: Buffer): readonly Frame[] {
  if (file.length < FILE_HEADER) return [];
  if (file.readUInt32LE(0) !== MAGIC_NANOSECONDS || file.readUInt32LE(20) !== LINKTYPE_LINUX_SLL2)
    throw new Error('a capture with nanoseconds and link type LINUX_SLL2 was expected');
  const frames: Frame[] = [];
  let at = FILE_HEADER;
  while (at + RECORD_HEADER <= file.length) {
    const nanoseconds = BigInt(file.readUInt32LE(at)) * 1_000_000_000n + BigInt(file.readUInt32LE(at + 4));
    const length = file.readUInt32LE(at + 8);
    const record = file.subarray(at + RECORD_HEADER, at + RECORD_HEADER + length);
    at += RECORD_HEADER + length;
    if (record.length < length || length < SLL2_HEADER || record.readUInt16BE(0) !== ETHERTYPE_IPV4) continue;
    frames.push({
      nanoseconds,
      ifindex: record.readUInt32BE(4),
      way: record.readUInt8(10) === OUTGOING ? '>' : '<',
      bytes: record.subarray(SLL2_HEADER),
    });
  }
  return frames;
}
