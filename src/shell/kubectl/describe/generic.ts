// A description of any other kind: its fields in the order of their names, under titles made from them.
//
// Read:    kubectl v1.34 pkg/describe/describe.go, `genericDescriber`, `smartLabelFor`; github.com/fatih/camelcase.

import { goText, isJsonArray, isJsonObject, type Json, type JsonObject } from '../../../sim/index.ts';
import { eventLines } from './events.ts';
import { compare, headLines, line } from './lines.ts';
import type { Lines, Related } from './related.ts';

/** Said already, or of no interest. */
const SKIPPED = [
  '.metadata.managedFields',
  '.metadata.name',
  '.metadata.namespace',
  '.metadata.labels',
  '.metadata.annotations',
];
const ACRONYMS = ['API', 'URL', 'UID', 'OSB', 'GUID'];

export function genericLines(object: Json, related: Related): Lines {
  return [...headLines(object), ...(isJsonObject(object) ? fieldLines(object, 0, '') : []), ...eventLines(related)];
}

function fieldLines(object: JsonObject, level: number, prefix: string): Lines {
  return Object.keys(object)
    .sort(compare)
    .flatMap(field => {
      const path = `${prefix}.${field}`;
      const value = object[field];
      if (value === undefined || SKIPPED.includes(path)) return [];
      const title = `${titleOf(field)}:`;
      if (isJsonObject(value)) return [line(level, title), ...fieldLines(value, level + 1, path)];
      if (isJsonArray(value)) {
        return [
          line(level, title),
          ...value.flatMap(item =>
            isJsonObject(item) ? fieldLines(item, level + 1, path) : [line(level + 1, goText(item))],
          ),
        ];
      }
      return [line(level, title, goText(value))];
    });
}

/** `Creation Timestamp` of `creationTimestamp`; a name with anything but letters and hyphens stays as it is. */
function titleOf(field: string): string {
  if (/[^\p{L}-]/u.test(field)) return field;
  return camelWords(field)
    .map(word => {
      const upper = word.toUpperCase();
      return ACRONYMS.includes(upper) ? upper : `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
    })
    .join(' ');
}

/** `pod`, `CID`, `Rs` of `podCIDRs`: runs of one case, where the last capital belongs to the small letters after it. */
function camelWords(field: string): readonly string[] {
  const runs = field.match(/\p{Ll}+|\p{Lu}+|[^\p{Ll}\p{Lu}]+/gu) ?? [];
  const words = [...runs];
  for (let i = 0; i + 1 < words.length; i++) {
    const [here = '', next = ''] = [words[i], words[i + 1]];
    if (!/^\p{Lu}/u.test(here) || !/^\p{Ll}/u.test(next)) continue;
    words[i + 1] = `${here.slice(-1)}${next}`;
    words[i] = here.slice(0, -1);
  }
  return words.filter(word => word !== '');
}
