// JSON text as the API server reads it: what is wrong with it in the words of Go's scanner, and which fields stand twice.
//
// Simplified: a thousand levels are too deep; Go gives up at ten thousand.
// Read:    RFC 8259; Go encoding/json scanner.go; sigs.k8s.io/json `UnmarshalStrict`.

import { failure, type Result, success } from '../runtime/errors.ts';
import { child, type FieldPath, ROOT_PATH } from './fieldPath.ts';
import { jsonObject } from './json.ts';
import type { Json } from './request.ts';

export interface GoJson {
  readonly value: Json;
  /** Fields that stand twice, as `spec.ports[0].port`. The last one of them counts. */
  readonly duplicates: readonly string[];
}

export const MAX_DEPTH = 1000;
export const TOO_DEEP = 'exceeded max depth';

class Malformed extends Error {}

/** The error is Go's: `invalid character '}' looking for beginning of value`. */
export function parseGoJson(text: string): Result<GoJson, string> {
  try {
    const scanner = new Scanner(text);
    const value = scanner.value(ROOT_PATH, 0);
    scanner.end();
    return success({ value, duplicates: scanner.duplicates });
  } catch (error) {
    if (error instanceof Malformed) return failure(error.message);
    throw error;
  }
}

const LITERALS = { t: ['true', true], f: ['false', false], n: ['null', null] } as const;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

class Scanner {
  readonly duplicates: string[] = [];
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(path: FieldPath, depth: number): Json {
    this.#skipSpace();
    const first = this.#text[this.#at];
    if (first === '{') return this.#object(path, depth + 1);
    if (first === '[') return this.#list(path, depth + 1);
    if (first === '"') return this.#string();
    if (first === '-' || isDigit(first)) return this.#number();
    if (first === 't' || first === 'f' || first === 'n') return this.#literal(first);
    throw this.#unexpected('looking for beginning of value');
  }

  end(): void {
    this.#skipSpace();
    if (this.#at < this.#text.length) throw this.#unexpected('after top-level value');
  }

  #object(path: FieldPath, depth: number): Json {
    if (depth > MAX_DEPTH) throw new Malformed(TOO_DEEP);
    const members = new Map<string, Json>();
    this.#at++;
    this.#skipSpace();
    if (this.#took('}')) return {};
    for (;;) {
      this.#skipSpace();
      if (this.#text[this.#at] !== '"') throw this.#unexpected('looking for beginning of object key string');
      const key = this.#string();
      const at = child(path, key);
      if (members.has(key)) this.duplicates.push(at.text);
      this.#skipSpace();
      if (!this.#took(':')) throw this.#unexpected('after object key');
      members.set(key, this.value(at, depth));
      this.#skipSpace();
      if (this.#took('}')) return jsonObject(members);
      if (!this.#took(',')) throw this.#unexpected('after object key:value pair');
    }
  }

  #list(path: FieldPath, depth: number): Json {
    if (depth > MAX_DEPTH) throw new Malformed(TOO_DEEP);
    const items: Json[] = [];
    this.#at++;
    this.#skipSpace();
    if (this.#took(']')) return items;
    for (;;) {
      items.push(this.value(child(path, items.length), depth));
      this.#skipSpace();
      if (this.#took(']')) return items;
      if (!this.#took(',')) throw this.#unexpected('after array element');
    }
  }

  #string(): string {
    let value = '';
    for (this.#at++; ; this.#at++) {
      const character = this.#text[this.#at];
      if (character === '"') {
        this.#at++;
        return value;
      }
      if (character === undefined || character < ' ') throw this.#unexpected('in string literal');
      value += character === '\\' ? this.#escape() : character;
    }
  }

  /** Stops at the last character of the escape. */
  #escape(): string {
    this.#at++;
    const letter = this.#text[this.#at] ?? '';
    if (letter !== 'u') {
      const escaped = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined;
      if (escaped === undefined) throw this.#unexpected('in string escape code');
      return escaped;
    }
    const start = this.#at + 1;
    for (let i = 0; i < 4; i++) {
      this.#at++;
      if (!/[0-9a-fA-F]/.test(this.#text[this.#at] ?? ''))
        throw this.#unexpected('in \\u hexadecimal character escape');
    }
    return String.fromCharCode(Number.parseInt(this.#text.slice(start, this.#at + 1), 16));
  }

  #number(): number {
    const start = this.#at;
    this.#took('-');
    if (!this.#took('0')) this.#digits('in numeric literal');
    if (this.#took('.')) this.#digits('after decimal point in numeric literal');
    if (this.#took('e') || this.#took('E')) {
      if (!this.#took('+')) this.#took('-');
      this.#digits('in exponent of numeric literal');
    }
    return Number(this.#text.slice(start, this.#at));
  }

  #digits(where: string): void {
    if (!isDigit(this.#text[this.#at])) throw this.#unexpected(where);
    while (isDigit(this.#text[this.#at])) this.#at++;
  }

  #literal(first: keyof typeof LITERALS): Json {
    const [word, value] = LITERALS[first];
    for (const letter of word) {
      if (this.#text[this.#at] !== letter) throw this.#unexpected(`in literal ${word} (expecting '${letter}')`);
      this.#at++;
    }
    return value;
  }

  #took(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #skipSpace(): void {
    while (' \t\n\r'.includes(this.#text[this.#at] ?? 'x')) this.#at++;
  }

  #unexpected(where: string): Malformed {
    const character = this.#text[this.#at];
    if (character === undefined) return new Malformed('unexpected end of JSON input');
    return new Malformed(`invalid character ${quoted(character)} ${where}`);
  }
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}

/** Go quotes single bytes: of a character beyond ASCII, the first one of its UTF-8. */
function quoted(character: string): string {
  if (character === "'") return "'\\''";
  if (character === '"') return "'\"'";
  const code = character.charCodeAt(0);
  const byte =
    code < 0x80
      ? code
      : code < 0x800
        ? 0xc0 | (code >> 6)
        : code < 0xd800 || code > 0xdfff
          ? 0xe0 | (code >> 12)
          : 0xf0;
  const shown = byte >= 0xa1 ? String.fromCharCode(byte) : JSON.stringify(String.fromCharCode(byte)).slice(1, -1);
  return `'${shown}'`;
}
