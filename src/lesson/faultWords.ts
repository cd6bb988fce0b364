// What is wrong with a value, in words for authors: `"expect" must be one of ok, refused, ... (found "okay")`.

import type { Json } from '../sim/index.ts';
import { type Fault, isList, isMap, type Path } from './schema.ts';

/** The whole sentence, without a full stop. */
export function faultMessage(fault: Fault): string {
  const { path, expected } = fault;
  switch (fault.kind) {
    case 'mismatch':
      return `${nameOf(path)} must be ${expected} (found ${show(fault.found)})`;
    case 'missing':
      return `"${fault.name}" is missing (it must be ${expected})`;
    case 'unknown': {
      const near = nearest(fault.name, fault.known);
      const hint = near === undefined ? '' : `; did you mean "${near}"?`;
      return `"${fault.name}" is not ${fault.what} (expected ${expected}${hint})`;
    }
    case 'both':
      return `"${fault.names[0]}" and "${fault.names[1]}" stand in one check; each needs its own entry`;
  }
}

/** How a value is called in a message: by its nearest key. */
function nameOf(path: Path): string {
  const last = path[path.length - 1];
  if (last === undefined) return 'the block';
  if (typeof last === 'string') return `"${last}"`;
  const owner = path[path.length - 2];
  return typeof owner === 'string' ? `entry ${last + 1} of "${owner}"` : `entry ${last + 1}`;
}

/** A value as it is shown in a message, shortened. */
function show(value: Json): string {
  if (isList(value)) return 'a list';
  if (isMap(value)) return 'a map';
  if (value === null) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** The known word that is at most two letters away from what was written. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.min(2, Math.floor(word.length / 2)) + 1;
  for (const candidate of known) {
    const distance = editDistance(word.slice(0, 60).toLowerCase(), candidate.toLowerCase());
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/** Letters to add, remove or replace (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
