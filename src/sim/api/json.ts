// JSON values: telling them apart, comparing them, walking into them.

import type { Json } from './request.ts';

export type JsonObject = { readonly [key: string]: Json | undefined };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isJsonArray(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

/** The object's own field: never something inherited, so that `constructor` is just a name. */
export function field(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** An object from entries. Unlike assignment it keeps a key named `__proto__` an ordinary key. */
export function jsonObject(entries: Iterable<readonly [string, Json]>): { [key: string]: Json } {
  return Object.fromEntries(entries);
}

/** Equal in content; fields that are `undefined` count as absent, and their order does not matter. */
export function equalJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => equalJson(item, b[i]));
  }
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  for (const key in a) if (!equalJson(field(a, key), field(b, key))) return false;
  for (const key in b) if (field(b, key) !== undefined && field(a, key) === undefined) return false;
  return true;
}

/** `next` with the parts of `old` that are equal: whoever compares the two later sees at once what has stayed. */
export function sharing<T>(old: unknown, next: T): T {
  if (old === next || typeof next !== 'object' || next === null) return next;
  if (Array.isArray(next)) {
    if (!Array.isArray(old)) return next;
    const items = next.map((item, i) => sharing(old[i], item));
    const isSame = items.length === old.length && items.every((item, i) => item === old[i]);
    return (isSame ? old : items) as T;
  }
  if (!isJsonObject(old) || !isJsonObject(next)) return next;
  const shared: { [key: string]: Json | undefined } = {};
  let isSame = true;
  for (const key in next) {
    const value = sharing(field(old, key), field(next, key));
    if (value !== undefined) shared[key] = value;
    if (value !== field(old, key)) isSame = false;
  }
  if (isSame) for (const key in old) if (field(old, key) !== undefined && !Object.hasOwn(shared, key)) isSame = false;
  return (isSame ? old : shared) as T;
}

/** JSON text with sorted keys: equal values give equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value) ?? 'null';
  const fields = Object.keys(value)
    .sort()
    .flatMap(key => {
      const member = field(value, key);
      return member === undefined ? [] : [`${JSON.stringify(key)}:${canonicalJson(member)}`];
    });
  return `{${fields.join(',')}}`;
}

/** A typed value as JSON: fields that are `undefined` are gone. */
export function asJson(value: unknown): Json {
  const text = JSON.stringify(value);
  return text === undefined ? null : JSON.parse(text);
}

/** The same with the keys in order, as Go prints maps. */
export function sortedJson(value: unknown): Json {
  return JSON.parse(canonicalJson(value));
}
