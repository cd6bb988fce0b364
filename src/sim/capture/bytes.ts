// Bytes put in a row, network order, and the Internet checksum (RFC 1071).

export type Bytes = Uint8Array<ArrayBuffer>;

export function bytes(...values: readonly number[]): Bytes {
  return Uint8Array.from(values);
}

export function u16(...values: readonly number[]): Bytes {
  return Uint8Array.from(values.flatMap(value => [(value >>> 8) & 255, value & 255]));
}

export function u32(...values: readonly number[]): Bytes {
  return Uint8Array.from(values.flatMap(value => [24, 16, 8, 0].map(shift => (value >>> shift) & 255)));
}

export function concat(parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The ones' complement of the ones' complement sum of all 16-bit words (RFC 1071, section 1). */
export function checksum(parts: readonly Bytes[]): number {
  const all = concat(parts);
  let sum = 0;
  for (let i = 0; i < all.length; i += 2) sum += ((all[i] ?? 0) << 8) + (all[i + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}
