// A small validator. What is wrong is said in words for authors by faultWords.ts, which the page does without.
//
// A schema reads a JSON value into a typed one, says what is wrong with it and where, and prints itself as JSON Schema
// (lessons/lesson.schema.json), so that editors and the compiler ask for the same.

import type { Json } from '../sim/index.ts';

/** Keys and indexes from the root of the value: `['seen', 'path', 'hops', 1]`. */
export type Path = readonly (string | number)[];

/** One thing that is wrong with a value. `expected`: what was expected in its place. */
export type Fault = { readonly path: Path; readonly expected: string } & (
  | { readonly kind: 'mismatch'; readonly found: Json }
  /** A map has no such key. */
  | { readonly kind: 'missing'; readonly name: string }
  /** A key that nobody knows, of those that are known `what` it should be. */
  | { readonly kind: 'unknown'; readonly name: string; readonly what: string; readonly known: readonly string[] }
  /** Two keys of which there should be one. */
  | { readonly kind: 'both'; readonly names: readonly [string, string] }
);

/** What reading a value came to. */
export type Reading<T> =
  | { readonly kind: 'read'; readonly value: T }
  | { readonly kind: 'faulty'; readonly faults: readonly Fault[] };

/** What a value must look like. */
export interface Schema<T> {
  /** In words, for messages: `one of ok, refused`. */
  readonly expected: string;
  /** The same as JSON Schema (draft 2020-12). */
  readonly json: Json;
  read(value: Json, path: Path): Reading<T>;
}

/** The type of the values that a schema reads. */
export type Read<S> = S extends Schema<infer T> ? T : never;

/** A value that was read. */
export function read<T>(value: T): Reading<T> {
  return { kind: 'read', value };
}

/** A fault of the whole value. */
export function mismatch(path: Path, expected: string, found: Json): Reading<never> {
  return faulty({ kind: 'mismatch', path, expected, found });
}

/** A value with one fault. */
export function faulty(fault: Fault): Reading<never> {
  return { kind: 'faulty', faults: [fault] };
}

/** A key that nobody knows. */
export function unknownKey(path: Path, name: string, what: string, known: readonly string[]): Fault {
  return { kind: 'unknown', path: [...path, name], expected: `one of ${known.join(', ')}`, name, what, known };
}

/** Whether a JSON value is an object. */
export function isMap(value: Json | undefined): value is { readonly [key: string]: Json | undefined } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a JSON value is an array. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** Any text that is not empty. */
export function text(expected = 'a text'): Schema<string> {
  return {
    expected,
    json: { type: 'string', minLength: 1 },
    read: (value, path) =>
      typeof value === 'string' && value.trim() !== '' ? read(value.trim()) : mismatch(path, expected, value),
  };
}

/** Any text, as it is. */
export function exactText(): Schema<string> {
  return {
    expected: 'a text',
    json: { type: 'string' },
    read: (value, path) => (typeof value === 'string' ? read(value) : mismatch(path, 'a text', value)),
  };
}

/** A text that `parse` understands; it returns undefined for what it does not. */
export function parsed<T>(expected: string, parse: (text: string) => T | undefined): Schema<T> {
  return {
    expected,
    json: { type: 'string', minLength: 1, description: expected },
    read: (value, path) => {
      const result = typeof value === 'string' ? parse(value.trim()) : undefined;
      return result === undefined ? mismatch(path, expected, value) : read(result);
    },
  };
}

/** A whole number from `least` to `most`. */
export function integer(least: number, most: number): Schema<number> {
  const expected = `a whole number from ${least} to ${most}`;
  return {
    expected,
    json: { type: 'integer', minimum: least, maximum: most },
    read: (value, path) =>
      typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
        ? read(value)
        : mismatch(path, expected, value),
  };
}

/** Only `true`: a statement that is either made or left out. */
export function stated(): Schema<true> {
  return {
    expected: 'true, or left out',
    json: { const: true },
    read: (value, path) => (value === true ? read(true) : mismatch(path, 'true, or left out', value)),
  };
}

/** One of some words. */
export function oneOf<const T extends string>(...words: readonly T[]): Schema<T> {
  const expected = `one of ${words.join(', ')}`;
  return {
    expected,
    json: { enum: words },
    read: (value, path) => {
      const word = words.find(candidate => candidate === value);
      return word === undefined ? mismatch(path, expected, value) : read(word);
    },
  };
}

/** A list, possibly empty. */
export function list<T>(entry: Schema<T>): Schema<readonly T[]> {
  const expected = `a list, each entry ${entry.expected}`;
  return {
    expected,
    json: { type: 'array', items: entry.json },
    read: (value, path) => (isList(value) ? readEntries(entry, value, path) : mismatch(path, expected, value)),
  };
}

/** One value, or a list of at least one: `element: pod/web` means `element: [pod/web]`. */
export function oneOrMore<T>(entry: Schema<T>): Schema<readonly T[]> {
  const expected = `${entry.expected}, or a list of such`;
  return {
    expected,
    json: { anyOf: [entry.json, { type: 'array', items: entry.json, minItems: 1 }] },
    read: (value, path) => {
      if (!isList(value)) {
        const one = entry.read(value, path);
        return one.kind === 'read' ? read([one.value]) : one;
      }
      return value.length === 0 ? mismatch(path, expected, value) : readEntries(entry, value, path);
    },
  };
}

function readEntries<T>(entry: Schema<T>, values: readonly Json[], path: Path): Reading<readonly T[]> {
  const results: T[] = [];
  const faults: Fault[] = [];
  for (const [index, value] of values.entries()) {
    const result = entry.read(value, [...path, index]);
    if (result.kind === 'read') results.push(result.value);
    else faults.push(...result.faults);
  }
  return faults.length === 0 ? read(results) : { kind: 'faulty', faults };
}

/** A map of any content: a part of a Kubernetes object. */
export function anyMap(expected: string): Schema<{ readonly [key: string]: Json | undefined }> {
  return {
    expected,
    json: { type: 'object', description: expected },
    read: (value, path) => (isMap(value) ? read(value) : mismatch(path, expected, value)),
  };
}

/** A map from any key to values of one schema. */
export function mapOf<T>(entry: Schema<T>): Schema<Readonly<Record<string, T>>> {
  const expected = `a map, each value ${entry.expected}`;
  return {
    expected,
    json: { type: 'object', additionalProperties: entry.json },
    read: (value, path) => {
      if (!isMap(value)) return mismatch(path, expected, value);
      const results: [string, T][] = [];
      const faults: Fault[] = [];
      for (const [key, given] of Object.entries(value)) {
        const reading = entry.read(given ?? null, [...path, key]);
        if (reading.kind === 'read') results.push([key, reading.value]);
        else faults.push(...reading.faults);
      }
      return faults.length === 0 ? read(Object.fromEntries(results)) : { kind: 'faulty', faults };
    },
  };
}

/** One of several records, told apart by their field `kind`. */
export function variant<T>(schemas: Readonly<Record<string, Schema<T>>>): Schema<T> {
  const words = Object.keys(schemas);
  const expected = `a map whose "kind" is one of ${words.join(', ')}`;
  return {
    expected,
    json: { anyOf: Object.values(schemas).map(schema => schema.json) },
    read: (value, path) => {
      const kind = isMap(value) ? value.kind : undefined;
      const schema = typeof kind === 'string' && Object.hasOwn(schemas, kind) ? schemas[kind] : undefined;
      return schema === undefined ? mismatch(path, expected, value) : schema.read(value, path);
    },
  };
}

type Fields = Readonly<Record<string, Schema<unknown>>>;
type Values<F extends Fields> = { readonly [K in keyof F]: Read<F[K]> };
/** The type that {@link record} reads: fields that must be there, and fields that may. */
export type RecordOf<R extends Fields, O extends Fields> = Values<R> & Partial<Values<O>>;

/** A map with these keys and no others. */
export function record<R extends Fields, O extends Fields>(required: R, optional: O): Schema<RecordOf<R, O>> {
  const fields = new Map(Object.entries<Schema<unknown>>({ ...required, ...optional }));
  const names = [...fields.keys()];
  const expected = `a map of ${names.join(', ')}`;
  return {
    expected,
    json: {
      type: 'object',
      properties: Object.fromEntries([...fields].map(([name, field]) => [name, field.json])),
      required: Object.keys(required),
      additionalProperties: false,
    },
    read: (value, path) => {
      if (!isMap(value)) return mismatch(path, expected, value);
      const faults: Fault[] = [];
      const result: Record<string, unknown> = {};
      for (const name of Object.keys(value)) {
        if (!fields.has(name)) faults.push(unknownKey(path, name, 'a key here', names));
      }
      for (const [name, field] of fields) {
        const given = Object.hasOwn(value, name) ? value[name] : undefined;
        if (given === undefined) {
          if (Object.hasOwn(required, name)) faults.push({ kind: 'missing', path, expected: field.expected, name });
          continue;
        }
        const reading = field.read(given, [...path, name]);
        if (reading.kind === 'read') result[name] = reading.value;
        else faults.push(...reading.faults);
      }
      // Each key was read by its own schema above: the one place where the compiler cannot follow.
      return faults.length === 0 ? read(result as RecordOf<R, O>) : { kind: 'faulty', faults };
    },
  };
}
