// Chance: every "random" choice is a hash of named inputs, so that each run repeats and no order of calls matters.
//
// Models:  a uniform choice, by murmur3's 32-bit mixing (public domain, A. Appleby).
// Omits:   cryptographic strength.

const SEED = 0x9747b28c;

/** The beginning that many hashes share: see {@link hashFrom}. */
export type HashStart = number;

/** A 32-bit hash of the parts, the same on every machine. */
export function hash32(...parts: readonly (string | number)[]): number {
  return finish(absorb(SEED, parts));
}

/** The first parts of hashes, taken in once: `hashFrom(hashStart(a, b), c)` is `hash32(a, b, c)`. */
export function hashStart(...parts: readonly (string | number)[]): HashStart {
  return absorb(SEED, parts);
}

export function hashFrom(start: HashStart, ...parts: readonly (string | number)[]): number {
  return finish(absorb(start, parts));
}

/** A fraction in [0, 1) that follows from a hash. */
export function fractionOf(hash: number): number {
  return hash / 0x1_0000_0000;
}

function absorb(start: number, parts: readonly (string | number)[]): number {
  let h = start;
  for (const part of parts) {
    if (typeof part === 'number') {
      h = mix(h, part | 0);
    } else {
      for (let i = 0; i < part.length; i++) h = mix(h, part.charCodeAt(i));
    }
    h = mix(h, 0xff51afd7);
  }
  return h;
}

function finish(h: number): number {
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function mix(h: number, word: number): number {
  let k = Math.imul(word, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  h ^= Math.imul(k, 0x1b873593);
  h = (h << 13) | (h >>> 19);
  return (Math.imul(h, 5) + 0xe6546b64) | 0;
}
