// Base64 of text, without the browser's or Node's own: the core knows neither.
//
// Read:    RFC 4648, section 4.

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The text in UTF-8, in base64 with padding. */
export function base64(text: string): string {
  const bytes = utf8(text);
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = [bytes[i], bytes[i + 1], bytes[i + 2]];
    const digits = [a >> 2, ((a & 3) << 4) | (b >> 4), ((b & 15) << 2) | (c >> 6), c & 63];
    const kept = Math.min(bytes.length - i, 3) + 1;
    out += digits.map((digit, at) => (at < kept ? ALPHABET.charAt(digit) : '=')).join('');
  }
  return out;
}

function utf8(text: string): readonly number[] {
  return Array.from(text).flatMap(character => {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) return [code];
    const tail = (shift: number) => 0x80 | ((code >> shift) & 0x3f);
    if (code < 0x800) return [0xc0 | (code >> 6), tail(0)];
    if (code < 0x10000) return [0xe0 | (code >> 12), tail(6), tail(0)];
    return [0xf0 | (code >> 18), tail(12), tail(6), tail(0)];
  });
}

/** How many bytes base64 text stands for. */
export function base64Size(text: string): number {
  const digits = text.replaceAll(/[\s=]/g, '').length;
  return Math.floor((digits * 3) / 4);
}
