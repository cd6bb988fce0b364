// JSON Merge Patch: what stands in the patch replaces what is there; null takes it away.
//
// Read:    RFC 7386.

import { field, isJsonObject, jsonObject } from '../json.ts';
import type { Json } from '../request.ts';

export function applyMergePatch(target: Json | undefined, patch: Json): Json {
  if (!isJsonObject(patch)) return patch;
  const base = isJsonObject(target) ? target : {};
  const merged = new Map<string, Json>();
  for (const [key, value] of Object.entries(base)) if (value !== undefined) merged.set(key, value);
  for (const [key, value] of Object.entries(patch)) {
    if (value === undefined) continue;
    if (value === null) merged.delete(key);
    else merged.set(key, applyMergePatch(field(base, key), value));
  }
  return jsonObject(merged);
}
