// Keys of two words, made once: a table that packets ask all the time must not build a new string for each question.

const keys = new Map<string, Map<string, string>>();
let count = 0;
/** Beyond this many pairs the memory is worth more than the time: start again. */
const LIMIT = 200_000;

/** `a b`, always the same string object for the same words. */
export function pairKey(a: string, b: string): string {
  const known = keys.get(a)?.get(b);
  if (known !== undefined) return known;
  if (++count > LIMIT) {
    keys.clear();
    count = 0;
  }
  let second = keys.get(a);
  if (second === undefined) {
    second = new Map();
    keys.set(a, second);
  }
  // Through an array: joining makes a flat string with its hash ready, where `+` would make a tree of pieces.
  const key = [a, b].join(' ');
  second.set(b, key);
  return key;
}
