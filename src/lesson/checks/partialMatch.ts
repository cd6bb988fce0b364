// Partial objects: what is written must be there, what is not written may be anything (as in chainsaw and kuttl).

import type { Json } from '../../sim/index.ts';
import { isList, isMap } from '../schema.ts';

/**
 * The first place where an object is not as the partial one, in words; undefined when it fits. An entry of a list fits
 * when any entry of the object's list does, each for one: conditions and ports are asked for without their neighbours.
 */
export function differenceFrom(partial: Json, actual: Json | undefined, at = ''): string | undefined {
  if (isMap(partial)) {
    if (!isMap(actual)) return `${at || 'the object'} is ${show(actual)}`;
    for (const [key, wanted] of Object.entries(partial)) {
      const found = Object.hasOwn(actual, key) ? actual[key] : undefined;
      const difference =
        wanted === undefined ? undefined : differenceFrom(wanted, found, at === '' ? key : `${at}.${key}`);
      if (difference !== undefined) return difference;
    }
    return undefined;
  }
  if (isList(partial)) {
    if (!isList(actual)) return `${at} is ${show(actual)}, not a list`;
    return differenceOfLists(partial, actual, at);
  }
  return partial === actual ? undefined : `${at} is ${show(actual)}, not ${show(partial)}`;
}

function differenceOfLists(partial: readonly Json[], actual: readonly Json[], at: string): string | undefined {
  const free = new Set(actual.keys());
  for (const wanted of partial) {
    const index = [...free].find(candidate => differenceFrom(wanted, actual[candidate], at) === undefined);
    if (index === undefined) {
      const only = partial.length === 1 && actual.length === 1 ? actual[0] : undefined;
      return only === undefined ? `no entry of ${at} is ${show(wanted)}` : differenceFrom(wanted, only, `${at}[0]`);
    }
    free.delete(index);
  }
  return undefined;
}

function show(value: Json | undefined): string {
  if (value === undefined || value === null) return 'not set';
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
