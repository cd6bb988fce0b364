// Looking into objects whose types nobody needs beyond a look.

import { field, isJsonArray, isJsonObject, type JsonObject } from './json.ts';
import type { Json } from './request.ts';

/** What stands at the end of some keys, or indexes of lists; undefined when there is nothing. */
export function peek(object: unknown, ...keys: readonly string[]): Json | undefined {
  let value: unknown = object;
  for (const key of keys) {
    if (isJsonArray(value)) value = value[Number(key)];
    else if (isJsonObject(value)) value = field(value, key);
    else return undefined;
  }
  return value as Json | undefined;
}

/** As it prints; empty when there is nothing. */
export function textAt(object: unknown, ...keys: readonly string[]): string {
  const value = peek(object, ...keys);
  return value === undefined || value === null ? '' : String(value);
}

export function listAt(object: unknown, ...keys: readonly string[]): readonly Json[] {
  const value = peek(object, ...keys);
  return isJsonArray(value) ? value : [];
}

/** Zero when there is nothing. */
export function numberAt(object: unknown, ...keys: readonly string[]): number {
  const value = peek(object, ...keys);
  return typeof value === 'number' ? value : 0;
}

/** Undefined when there is none. */
export function objectAt(object: unknown, ...keys: readonly string[]): JsonObject | undefined {
  const value = peek(object, ...keys);
  return isJsonObject(value) ? value : undefined;
}

/** The keys of a map; none when there is nothing. */
export function keysAt(object: unknown, ...keys: readonly string[]): readonly string[] {
  return Object.keys(objectAt(object, ...keys) ?? {});
}
