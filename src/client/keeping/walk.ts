// Walking into JSON values that may be anything.

import { fieldOf, isJsonArray, isJsonObject, type Json, type JsonObject } from '../../sim/index.ts';

/** What stands at a path of fields. */
export function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  let here: Json | undefined = value;
  for (const key of path) here = isJsonObject(here) ? fieldOf(here, key) : undefined;
  return here;
}

/** The text at a path; empty when there is none. */
export function textAt(value: Json | undefined, ...path: readonly string[]): string {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : '';
}

/** The list at a path; empty when there is none. */
export function listAt(value: Json | undefined, ...path: readonly string[]): readonly Json[] {
  const found = at(value, ...path);
  return isJsonArray(found) ? found : [];
}

/** The object without some of its fields. */
export function without(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}

/** The object with a field, or without it when the value is empty. */
export function withFilled(object: JsonObject, key: string, value: readonly Json[] | JsonObject): JsonObject {
  return Object.keys(value).length > 0 ? { ...object, [key]: value } : without(object, [key]);
}
