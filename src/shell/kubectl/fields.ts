// Walking into objects as the API server sends them, whose fields may be absent.

import { fieldOf, isJsonArray, isJsonObject, type Json, type JsonObject } from '../../sim/index.ts';

/** What stands at a path: `at(pod, 'status', 'podIP')`; undefined where the path ends early. */
export function at(value: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  let here = value;
  for (const key of path) {
    if (typeof key === 'number') here = isJsonArray(here) ? here[key] : undefined;
    else here = isJsonObject(here) ? fieldOf(here, key) : undefined;
  }
  return here;
}

/** The text at a path; empty when there is none. */
export function textAt(value: Json | undefined, ...path: readonly (string | number)[]): string {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : typeof found === 'number' ? String(found) : '';
}

export function numberAt(value: Json | undefined, ...path: readonly (string | number)[]): number | undefined {
  const found = at(value, ...path);
  return typeof found === 'number' ? found : undefined;
}

export function listAt(value: Json | undefined, ...path: readonly (string | number)[]): readonly Json[] {
  const found = at(value, ...path);
  return isJsonArray(found) ? found : [];
}

export function objectAt(value: Json | undefined, ...path: readonly (string | number)[]): JsonObject {
  const found = at(value, ...path);
  return isJsonObject(found) ? found : {};
}

/** The object with a field of its metadata set. */
export function withMetadata(object: JsonObject, fields: JsonObject): JsonObject {
  return { ...object, metadata: { ...objectAt(object, 'metadata'), ...fields } };
}
