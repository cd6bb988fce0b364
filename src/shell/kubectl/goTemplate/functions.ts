// The functions of Go's templates, and the two that kubectl adds: `exists`, `base64decode`.
//
// Omits:   `js`, `call`, `println` of several values.
// Read:    pkg.go.dev/text/template, "Functions"; k8s.io/cli-runtime pkg/printers/template.go.

import { goText, isJsonArray, isJsonObject } from '../../../sim/index.ts';
import { sprintf } from './sprintf.ts';
import { isTrue, type Value } from './value.ts';

/** What went wrong in a function, in Go's words. */
export class FunctionError extends Error {}

type TemplateFunction = (args: readonly Value[]) => Value;

export const FUNCTIONS: Readonly<Record<string, TemplateFunction>> = {
  and: args => args.find(arg => !isTrue(arg)) ?? args.at(-1),
  or: args => args.find(isTrue) ?? args.at(-1),
  not: ([arg]) => !isTrue(arg),
  len: ([arg]) => {
    if (typeof arg === 'string') return new TextEncoder().encode(arg).length;
    if (isJsonArray(arg)) return arg.length;
    if (isJsonObject(arg)) return Object.keys(arg).length;
    throw new FunctionError(arg === undefined || arg === null ? 'len of nil pointer' : `len of type ${typeOf(arg)}`);
  },
  index: ([first, ...keys]) => keys.reduce<Value>(member, first),
  slice: ([list, from = 0, to]) => {
    if (typeof list !== 'string' && !isJsonArray(list))
      throw new FunctionError(`can't slice item of type ${typeOf(list)}`);
    return list.slice(Number(from), to === undefined ? undefined : Number(to));
  },
  print: args => sprint(args),
  println: args => `${args.map(goText).join(' ')}\n`,
  printf: ([format, ...args]) => sprintf(goText(format), args),
  html: args => sprint(args).replace(/[&<>"'\0]/g, letter => HTML[letter] ?? letter),
  urlquery: args => encodeURIComponent(sprint(args)).replaceAll('%20', '+'),
  eq: ([first, ...others]) => others.some(other => isEqual(first, other)),
  ne: ([a, b]) => !isEqual(a, b),
  lt: ([a, b]) => isLess(a, b),
  le: ([a, b]) => isLess(a, b) || isEqual(a, b),
  gt: ([a, b]) => !isLess(a, b) && !isEqual(a, b),
  ge: ([a, b]) => !isLess(a, b),
  exists: ([first, ...keys]) => {
    try {
      return keys.reduce<Value>(member, first) !== undefined;
    } catch (error) {
      if (error instanceof FunctionError) return false;
      throw error;
    }
  },
  base64decode: ([arg]) => new TextDecoder().decode(Uint8Array.from(atob(goText(arg)), letter => letter.charCodeAt(0))),
};

const HTML: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
  '\0': '\uFFFD',
};

/** Go's type of a value in an object. */
export function typeOf(value: Value): string {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  if (isJsonArray(value)) return '[]interface {}';
  return isJsonObject(value) ? 'map[string]interface {}' : 'nil';
}

function member(value: Value, key: Value): Value {
  if (isJsonArray(value) || typeof value === 'string') {
    const i = Number(key);
    if (typeof key !== 'number') throw new FunctionError(`cannot index slice/array with type ${typeOf(key)}`);
    if (i < 0 || i >= value.length) throw new FunctionError(`index out of range: ${i}`);
    return typeof value === 'string' ? value.charCodeAt(i) : value[i];
  }
  if (isJsonObject(value)) {
    if (typeof key !== 'string') throw new FunctionError(`value has type ${typeOf(key)}; should be string`);
    return Object.hasOwn(value, key) ? value[key] : undefined;
  }
  throw new FunctionError(
    value === undefined || value === null ? 'index of untyped nil' : `can't index item of type ${typeOf(value)}`,
  );
}

/** Spaces stand between two values of which none is a text. Source: fmt.Sprint */
function sprint(args: readonly Value[]): string {
  return args
    .map((arg, i) => {
      const before = args[i - 1];
      return `${i > 0 && typeof arg !== 'string' && typeof before !== 'string' ? ' ' : ''}${goText(arg)}`;
    })
    .join('');
}

function isEqual(a: Value, b: Value): boolean {
  if (a === undefined || b === undefined || a === null || b === null) return a === b;
  if (typeof a !== typeof b) throw new FunctionError('incompatible types for comparison');
  if (typeof a === 'object') throw new FunctionError(`non-comparable type ${goText(a)}: ${typeOf(a)}`);
  return a === b;
}

function isLess(a: Value, b: Value): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a < b;
  if (typeof a === 'string' && typeof b === 'string') return a < b;
  throw new FunctionError(
    typeof a === typeof b || a === undefined || b === undefined
      ? 'invalid type for comparison'
      : 'incompatible types for comparison',
  );
}
