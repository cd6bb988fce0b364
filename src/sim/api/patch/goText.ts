// Values as Go's `%v` prints them: `map[spec:map[replicas:3]]`.

import { isJsonArray, isJsonObject } from '../json.ts';
import type { Json } from '../request.ts';

export function goText(value: Json | undefined): string {
  if (value === null || value === undefined) return '<nil>';
  if (isJsonArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (!isJsonObject(value)) return String(value);
  const entries = Object.keys(value)
    .sort()
    .map(key => `${key}:${goText(value[key])}`);
  return `map[${entries.join(' ')}]`;
}
