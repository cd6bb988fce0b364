// Keys of two words, made once: a table that packets ask all the time must not build a new string for each question.

const keys = new Map<string, Map<string, string>>();
let count = 0;
/** Beyond this many pairs the memory is worth more than the time: start again. */
const LIMIT = 200_000;

/** `a b`, always the same string object for the same words. */
export function pairKey(a: string, b: string): string {
  if (a !== lastWord) {
    lastWord = a;
    lastKeys = keys.get(a);
  }
  return lastKeys?.get(b) ?? newKey(a, b);
}

/** The first word is mostly the one of the question before: a bridge, a device. */
let lastWord = '';
let lastKeys: Map<string, string> | undefined;

function newKey(a: string, b: string): string {
  if (++count > LIMIT) {
    keys.clear();
    count = 0;
  }
  let second = keys.get(a);
  if (second === undefined) {
    second = new Map();
    keys.set(a, second);
  }
  lastWord = a;
  lastKeys = second;
  // Through an array: joining makes a flat string with its hash ready, where `+` would make a tree of pieces.
  const key = [a, b].join(' ');
  second.set(b, key);
  return key;
}
