// The reverse of defaulting: an object without the fields that the server would fill in again.

import { equalJson, field, isJsonArray, isJsonObject, type JsonObject } from './json.ts';
import type { Json } from './request.ts';
import { findKind } from './scheme.ts';

type Path = readonly (string | number)[];

/** What was found of a value at a place of a kind, indexes left out: most objects of a kind have the same defaults. */
const known = new Map<string, 'default' | 'said'>();
const MOST_KNOWN = 20_000;

/** The object as its kind needs to be told of it; one of a kind that is not built in stays as it is. */
export function withoutDefaults(object: JsonObject): JsonObject {
  const name = `${String(object.apiVersion)} ${String(object.kind)}`;
  const kind = findKind(String(object.apiVersion), String(object.kind));
  if (kind === undefined) return object;
  const filled = (value: JsonObject): unknown => kind.defaults(value);
  const whole = filled(object);
  const saysTheSame = (candidate: JsonObject): boolean => equalJson(filled(candidate), whole);

  const prune = (root: JsonObject, path: Path): JsonObject => {
    let left = root;
    const here = valueAt(left, path);
    const keys = isJsonArray(here) ? here.map((_, i) => i) : isJsonObject(here) ? Object.keys(here) : [];
    for (const key of keys) if (path.length > 0 || !IDENTITY.has(String(key))) left = prune(left, [...path, key]);
    const value = valueAt(left, path);
    const isLeaf = !isJsonArray(value) && !(isJsonObject(value) && Object.keys(value).length > 0);
    if (!isLeaf || typeof path.at(-1) !== 'string') return left;
    const place = `${name} ${path.filter(part => typeof part === 'string').join(' ')} ${JSON.stringify(value)}`;
    const candidate = without(left, path);
    const found = known.get(place) ?? (saysTheSame(candidate) ? 'default' : 'said');
    if (known.size < MOST_KNOWN) known.set(place, found);
    return found === 'default' ? candidate : left;
  };

  const pruned = prune(object, []);
  // A default may hang on what stands beside it: then what was found of another object does not hold here.
  return saysTheSame(pruned) ? pruned : object;
}

const IDENTITY = new Set(['apiVersion', 'kind', 'metadata', 'status']);

function valueAt(root: Json, path: Path): Json | undefined {
  let here: Json | undefined = root;
  for (const key of path) {
    if (isJsonArray(here)) here = here[Number(key)];
    else here = isJsonObject(here) ? field(here, String(key)) : undefined;
  }
  return here;
}

function without(root: JsonObject, path: Path): JsonObject {
  const [key, ...rest] = path;
  const entries = Object.entries(root).flatMap(([name, value]): [string, Json][] => {
    if (value === undefined || (name === key && rest.length === 0)) return [];
    return [[name, name === key ? withoutIn(value, rest) : value]];
  });
  return Object.fromEntries(entries);
}

function withoutIn(value: Json, path: Path): Json {
  if (isJsonObject(value)) return without(value, path);
  const [index, ...rest] = path;
  return isJsonArray(value) ? value.map((item, i) => (i === index ? withoutIn(item, rest) : item)) : value;
}
