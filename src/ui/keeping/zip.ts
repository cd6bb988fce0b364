// Files as one zip archive: stored, not compressed, which every program unpacks.
//
// Read:    PKWARE APPNOTE 6.3.10, sections 4.3.7 (local header), 4.3.12 (central directory), 4.3.16 (end), 4.4.4 (flags).

export interface ZipFile {
  /** `lab/manifests.yaml`, with slashes. */
  readonly name: string;
  readonly text: string;
}

/** Names are UTF-8. Source: 4.4.4, bit 11. */
const UTF8_NAMES = 1 << 11;
/** 1 January 1980, the first day that the format knows: the same files make the same archive. */
const FIRST_DAY = 0x21;

/** The bytes of the archive. */
export function zipOf(files: readonly ZipFile[]): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const file of files) {
    const [name, data] = [encoder.encode(file.name), encoder.encode(file.text)];
    // Version needed, flags, method, time, day, checksum, packed and unpacked size, lengths of the name and of nothing else.
    const common = [u16(10), u16(UTF8_NAMES), u16(0), u16(0), u16(FIRST_DAY), u32(crc32(data))];
    const sizes = [u32(data.length), u32(data.length), u16(name.length), u16(0)];
    const local = joined([u32(0x04034b50), ...common, ...sizes, name, data]);
    // No comment, the first disk, no attributes, and where the local header is.
    const place = [u16(0), u16(0), u16(0), u32(0), u32(offset)];
    directory.push(joined([u32(0x02014b50), u16(10), ...common, ...sizes, ...place, name]));
    parts.push(local);
    offset += local.length;
  }
  const listed = joined(directory);
  const count = u16(files.length);
  const end = [u32(0x06054b50), u16(0), u16(0), count, count, u32(listed.length), u32(offset), u16(0)];
  return joined([...parts, listed, ...end]);
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** The checksum of ISO 3309, as zip and PNG have it. */
function crc32(data: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of data) value = (TABLE[(value ^ byte) & 255] ?? 0) ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

const u16 = (value: number): Uint8Array => Uint8Array.of(value, value >>> 8);
const u32 = (value: number): Uint8Array => Uint8Array.of(value, value >>> 8, value >>> 16, value >>> 24);

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
