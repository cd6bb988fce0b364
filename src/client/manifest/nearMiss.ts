// What somebody may have meant with a word that the API server does not know: a kind, or a field of a kind.

import { fieldsOf, knownKinds } from '../../sim/index.ts';
import { NEAR_MISS } from '../words.ts';
import { typeAt } from './fieldAt.ts';
import type { DocumentHead, PathStep } from './place.ts';

type Head = Pick<DocumentHead, 'apiVersion' | 'kind'>;

/** `Deployment is in apps/v1.`, `Did you mean Service?`; undefined: nothing is near. */
export function kindMeant({ apiVersion, kind }: Head): string | undefined {
  if (kind === undefined) return undefined;
  const all = knownKinds();
  const name = all.some(known => known.kind === kind) ? kind : nearest(kind, new Set(all.map(known => known.kind)));
  if (name === undefined) return undefined;
  const versions = [...new Set(all.filter(known => known.kind === name).map(known => known.apiVersion))];
  const isThere = versions.includes(apiVersion ?? '');
  if (name === kind) return isThere ? undefined : NEAR_MISS.isIn(name, versions);
  return isThere ? NEAR_MISS.meant(name) : NEAR_MISS.meantIn(name, versions);
}

/** `Did you mean ports?`; undefined: no field there is near, or nothing is known of the place. */
export function fieldMeant(head: Head, path: readonly (string | number)[]): string | undefined {
  const name = path.at(-1);
  const above = path.slice(0, -1).map(stepOf);
  const at = typeAt({ namespace: 'default', content: 'begun', apiVersion: head.apiVersion, kind: head.kind }, above);
  if (typeof name !== 'string' || at.kind === 'unknown' || at.type.kind !== 'struct') return undefined;
  const meant = nearest(name, fieldsOf(at.type.definition).keys());
  return meant === undefined ? undefined : NEAR_MISS.meant(meant);
}

const stepOf = (key: string | number): PathStep =>
  typeof key === 'number' ? { kind: 'item' } : { kind: 'key', name: key };

/** The word with the fewest slips of the keys, or one that begins like it; of several the first in the alphabet. */
function nearest(word: string, known: Iterable<string>): string | undefined {
  const asked = word.toLowerCase();
  // In a short word every other letter would make another one.
  const most = Math.min(2, Math.floor(asked.length / 3));
  let best: { readonly name: string; readonly slips: number } | undefined;
  for (const name of [...known].sort()) {
    const slips = slipsBetween(asked, name.toLowerCase());
    const isBegun = asked.length > 2 && name.toLowerCase().startsWith(asked);
    if ((slips <= most || isBegun) && (best === undefined || slips < best.slips)) best = { name, slips };
  }
  return best?.name;
}

/** Letters left out, put in, exchanged or turned round (the restricted distance of Damerau and Levenshtein). */
function slipsBetween(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const other = a[i - 1] === b[j - 1] ? 0 : 1;
      const isTurned = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + other, isTurned ? at(i - 2, j - 2) + 1 : 99),
      );
    }
  }
  return at(a.length, b.length);
}
