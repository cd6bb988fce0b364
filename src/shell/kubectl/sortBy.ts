// `--sort-by`: the order of objects by a field.
//
// Models:  numbers, texts, quantities; objects without the field come first.
// Read:    kubectl pkg/cmd/get/sorter.go.

import { isJsonArray, isJsonObject, type Json } from '../../sim/index.ts';
import { parseQuantity } from './describe/quantity.ts';
import { goSort } from './goSort.ts';
import { findJsonPath } from './jsonPath.ts';
import { KubectlError } from './session.ts';

export type Sorted<T> =
  | { readonly kind: 'sorted'; readonly items: readonly T[] }
  /** No object has the field. */
  | { readonly kind: 'no-such-field' };

/**
 * @param path a JSONPath template
 * @throws JsonPathSyntaxError @throws JsonPathError
 */
export function sortBy<T>(items: readonly T[], path: string, objectOf: (item: T) => Json): Sorted<T> {
  const keyed = items.map(item => ({ item, key: findJsonPath(path, objectOf(item))[0]?.[0] }));
  if (items.length > 0 && keyed.every(({ key }) => key === undefined)) return { kind: 'no-such-field' };
  // "Less" also holds between two that lack the field.
  const sorted = goSort(keyed, (a, b) => isLess(a.key, b.key));
  return { kind: 'sorted', items: sorted.map(({ item }) => item) };
}

const QUANTITY = /^[+-]?(\d+\.?\d*|\.\d+)(m|k|[MGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/;

function isLess(a: Json | undefined, b: Json | undefined): boolean {
  if (a === undefined) return true;
  if (b === undefined) return false;
  if (typeof a === 'number' && typeof b === 'number') return a < b;
  if (typeof a === 'string' && typeof b === 'string')
    return QUANTITY.test(a) && QUANTITY.test(b) ? numberOf(a) < numberOf(b) : isNaturallyLess(a, b);
  const type = isJsonArray(a) ? '[]interface {}' : isJsonObject(a) ? 'map[string]interface {}' : typeof a;
  throw new KubectlError(`error: the objects cannot be sorted by a field of type ${type}`);
}

function numberOf(quantity: string): number {
  return Number(parseQuantity(quantity).nano);
}

/** Runs of digits count as numbers: `web-2` comes before `web-10`. Source: github.com/fvbommel/sortorder. */
function isNaturallyLess(a: string, b: string): boolean {
  const [x, y] = [a.match(/\d+|\D/g) ?? [], b.match(/\d+|\D/g) ?? []];
  const i = x.findIndex((part, k) => part !== y[k]);
  const [p, q] = [x[i], y[i]];
  if (i < 0 || p === undefined || q === undefined) return x.length < y.length;
  if (!/\d/.test(p) || !/\d/.test(q)) return p < q;
  return Number(p) === Number(q) ? p.length < q.length : Number(p) < Number(q);
}
