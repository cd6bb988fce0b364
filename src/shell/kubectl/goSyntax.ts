// Values as Go writes them: as JSON, and as `%#v`.
//
// Read:    pkg.go.dev/encoding/json (Marshal escapes <, > and &), pkg.go.dev/fmt.

import { isJsonArray, isJsonObject, type Json } from '../../sim/index.ts';

/** JSON as Go's encoder writes it: sorted keys, `<`, `>` and `&` escaped. @param indent spaces a level; 0: one line */
export function goJson(value: Json, indent = 0, keys: 'sorted' | 'as they are' = 'sorted'): string {
  return JSON.stringify(keys === 'sorted' ? sortedKeys(value) : value, undefined, indent).replace(
    /[<>&\u2028\u2029]/g,
    letter => `\\u${(letter.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

/** The same with the fields of all objects in order, and without those that are undefined. */
export function sortedKeys(value: Json): Json {
  if (isJsonArray(value)) return value.map(sortedKeys);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).flatMap(([key, member]): [string, Json][] =>
    member === undefined ? [] : [[key, sortedKeys(member)]],
  );
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** `%#v` of a decoded object: `map[string]interface {}{"kind":"Pod"}`. */
export function goSyntax(value: Json | undefined): string {
  if (value === null || value === undefined) return 'interface {}(nil)';
  if (isJsonArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const fields = Object.keys(value)
    .sort()
    .flatMap(key => (value[key] === undefined ? [] : [`${JSON.stringify(key)}:${goSyntax(value[key])}`]));
  return `map[string]interface {}{${fields.join(', ')}}`;
}

/** The type that a decoded value has in Go. */
export function goKind(value: Json): string {
  if (isJsonArray(value)) return '[]interface {}';
  if (isJsonObject(value)) return 'map[string]interface {}';
  return typeof value === 'number' ? 'int64' : typeof value === 'boolean' ? 'bool' : 'string';
}
