// The words of a rule, one after the other, and the small values in them.
//
// Read:    iptables(8); bash(1), QUOTING.

import { ParseError } from '../../runtime/errors.ts';
import type { PortRange } from './types.ts';

/** Splits a line as the shell does: blanks separate, double quotes hold together, backslash escapes inside them. */
export function splitWords(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const c = line[i] ?? '';
    if (quoted && c === '\\' && i + 1 < line.length) word = (word ?? '') + (line[++i] ?? '');
    else if (c === '"') {
      quoted = !quoted;
      word ??= '';
    } else if (!quoted && (c === ' ' || c === '\t')) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + c;
  }
  if (quoted) throw new ParseError('a closing quote was expected');
  if (word !== undefined) words.push(word);
  return words;
}

/** The words of one rule, taken one after the other. */
export class Words {
  readonly #words: readonly string[];
  #at = 0;

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  get done(): boolean {
    return this.#at >= this.#words.length;
  }

  next(expected: string): string {
    const word = this.#words[this.#at++];
    if (word === undefined) throw new ParseError(`${expected} was expected at the end of the line`);
    return word;
  }

  /** Takes the next word if it is this one. */
  take(word: string): boolean {
    if (this.#words[this.#at] !== word) return false;
    this.#at++;
    return true;
  }

  /** The word after `!`, or the next word: an option that may be negated. */
  peekOption(): { readonly option: string; readonly negated: boolean } | undefined {
    const first = this.#words[this.#at];
    if (first === undefined) return undefined;
    if (first !== '!') return { option: first, negated: false };
    const second = this.#words[this.#at + 1];
    return second === undefined ? undefined : { option: second, negated: true };
  }

  /** The option was not meant to be taken yet. */
  back(option: { readonly negated: boolean }): void {
    this.#at -= option.negated ? 2 : 1;
  }

  skip(option: { readonly negated: boolean }): void {
    this.#at += option.negated ? 2 : 1;
  }
}

export function expectOption(words: Words, option: string): void {
  if (!words.take(option)) throw new ParseError(`"${option}" was expected`);
}

export function optionAfter(
  words: Words,
  options: readonly string[],
): { readonly option: string; readonly negated: boolean } {
  const option = words.peekOption();
  if (option === undefined || !options.includes(option.option))
    throw new ParseError(`"${options.join('" or "')}" was expected`);
  words.skip(option);
  return option;
}

export function oneOf<T extends string>(known: readonly T[], text: string, what: string): T {
  const found = known.find(word => word === text);
  if (found === undefined) throw new ParseError(`unknown ${what} "${text}" (expected one of ${known.join(', ')})`);
  return found;
}

export function parsePorts(text: string): PortRange {
  const match = /^(\d+)(?::(\d+))?$/.exec(text);
  if (match === null) throw new ParseError(`not a port: "${text}" (a number or FIRST:LAST was expected)`);
  const first = Number(match[1]);
  const last = match[2] === undefined ? first : Number(match[2]);
  if (first > last || last > 65535) throw new ParseError(`not a port: "${text}" (0 to 65535 was expected)`);
  return { first, last };
}

/** `0x4000/0x4000`, or a value alone with a full mask. */
export function parseMasked(text: string): { readonly value: number; readonly mask: number } {
  const [value = '', mask] = text.split('/');
  const numbers = { value: Number(value), mask: mask === undefined ? 0xffffffff : Number(mask) };
  if (!Number.isInteger(numbers.value) || !Number.isInteger(numbers.mask)) {
    throw new ParseError(`not a mark: "${text}" (VALUE or VALUE/MASK was expected)`);
  }
  return numbers;
}

export function parseNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new ParseError(`not a number: "${text}"`);
  return Number(text);
}
