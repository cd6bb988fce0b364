// Values while a template is filled in.

import { isJsonArray, isJsonObject, type Json } from '../../../sim/index.ts';

/** `undefined`: there is nothing, which prints as `<no value>`. */
export type Value = Json | undefined;

/** Zero, an empty text, list or map and nothing at all are false. */
export function isTrue(value: Value): boolean {
  if (isJsonArray(value)) return value.length > 0;
  if (isJsonObject(value)) return Object.keys(value).length > 0;
  return Boolean(value);
}
