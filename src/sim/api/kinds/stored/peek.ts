// Looking into objects whose types nobody needs but their table.

import type { Draft } from '../../draft.ts';
import { field, isJsonArray, isJsonObject } from '../../json.ts';
import type { ApiObject } from '../../objects.ts';
import type { Json } from '../../request.ts';

/** What stands at the end of some keys; undefined when there is nothing. */
export function peek(object: Draft<ApiObject>, ...keys: readonly string[]): Json | undefined {
  let value: unknown = object;
  for (const key of keys) {
    if (!isJsonObject(value)) return undefined;
    value = field(value, key);
  }
  return value as Json | undefined;
}

/** As it prints; empty when there is nothing. */
export function textAt(object: Draft<ApiObject>, ...keys: readonly string[]): string {
  const value = peek(object, ...keys);
  return value === undefined || value === null ? '' : String(value);
}

export function listAt(object: Draft<ApiObject>, ...keys: readonly string[]): readonly Json[] {
  const value = peek(object, ...keys);
  return isJsonArray(value) ? value : [];
}

/** Zero when there is nothing. */
export function numberAt(object: Draft<ApiObject>, ...keys: readonly string[]): number {
  const value = peek(object, ...keys);
  return typeof value === 'number' ? value : 0;
}

/** The keys of a map; none when there is nothing. */
export function keysAt(object: Draft<ApiObject>, ...keys: readonly string[]): readonly string[] {
  const value = peek(object, ...keys);
  return isJsonObject(value) ? Object.keys(value) : [];
}
