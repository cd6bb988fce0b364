// Names that a real cluster draws at random, drawn here from the seed: uids, suffixes, MAC addresses.

import { hash32 } from './hash.ts';

/** The characters of generated names. Source: k8s.io/apimachinery pkg/util/rand (no vowels, no 0, 1, 3). */
const SUFFIX_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** A generator whose whole state is a seed and a count. */
export class NameSource {
  readonly #seed: number;
  #count = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  get count(): number {
    return this.#count;
  }

  restore(count: number): void {
    this.#count = count;
  }

  /** Five characters, as after the dash of `web-6c9f7d8b5-4xk2m`. */
  suffix(): string {
    const n = this.#count++;
    let text = '';
    for (let i = 0; i < 5; i++) text += SUFFIX_ALPHABET[hash32(this.#seed, 'suffix', n, i) % SUFFIX_ALPHABET.length];
    return text;
  }

  /** A version 4 UUID (RFC 9562, section 5.4). */
  uid(): string {
    const n = this.#count++;
    const word = (i: number) => hash32(this.#seed, 'uid', n, i).toString(16).padStart(8, '0');
    const hex = word(0) + word(1) + word(2) + word(3);
    const variant = '89ab'[Number.parseInt(hex[16] ?? '0', 16) % 4];
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  }
}

/** FNV-1, 32 bits, as the names of a StatefulSet's revisions use it. Source: Go hash/fnv. */
export function fnv32(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h, 0x01000193) ^ text.charCodeAt(i);
  return h >>> 0;
}

/** FNV-1a, 32 bits, as pod-template-hash uses it. Source: Go hash/fnv. */
export function fnv32a(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    h ^= text.charCodeAt(i);
    h = Math.imul(h, 0x01000193);
  }
  return h >>> 0;
}

/** Spells a number with the safe alphabet, as in `web-6c9f7d8b5`. Source: apimachinery rand.SafeEncodeString. */
export function safeEncode(text: string): string {
  let encoded = '';
  for (let i = 0; i < text.length; i++) encoded += SUFFIX_ALPHABET[text.charCodeAt(i) % SUFFIX_ALPHABET.length];
  return encoded;
}
