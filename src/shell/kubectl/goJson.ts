// JSON text as Go writes it where kubectl shows it to people: sorted keys, and no letters that could end an HTML script.
//
// Read:    Go encoding/json, `Marshal`, `HTMLEscape`.

import { canonicalJson, type Json } from '../../sim/index.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

export function goJson(value: Json): string {
  return canonicalJson(value).replaceAll(/[<>&\u2028\u2029]/g, letter => ESCAPES[letter] ?? letter);
}
