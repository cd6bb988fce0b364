// Base64, without the browser's or Node's own: the core knows neither.
//
// Read:    RFC 4648, section 4.

import { utf8 } from '../runtime/utf8.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Bytes, or a text in UTF-8, in base64 with padding. */
export function base64(content: string | Uint8Array): string {
  const bytes = typeof content === 'string' ? utf8(content) : content;
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = [bytes[i], bytes[i + 1], bytes[i + 2]];
    const digits = [a >> 2, ((a & 3) << 4) | (b >> 4), ((b & 15) << 2) | (c >> 6), c & 63];
    const kept = Math.min(bytes.length - i, 3) + 1;
    out += digits.map((digit, at) => (at < kept ? ALPHABET.charAt(digit) : '=')).join('');
  }
  return out;
}

/** How many bytes base64 text stands for. */
export function base64Size(text: string): number {
  const digits = text.replaceAll(/[\s=]/g, '').length;
  return Math.floor((digits * 3) / 4);
}
