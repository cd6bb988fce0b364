// Strategic merge patch: a merge patch that knows which lists have keys.
//
// Models:  merge keys, `$patch: replace|delete`, `$retainKeys`, `$deleteFromPrimitiveList`, `$setElementOrder`.
// Read:    k8s.io/apimachinery pkg/util/strategicpatch/patch.go;
//          kubernetes/community contributors/devel/sig-api-machinery/strategic-merge-patch.md.

import { failure, type Result, success } from '../../runtime/errors.ts';
import { equalJson, field, isJsonArray, isJsonObject, type JsonObject, jsonObject } from '../json.ts';
import type { Json } from '../request.ts';
import { type FieldType, fieldsOf } from '../structure.ts';
import { goText } from './goText.ts';
import { listStrategy } from './mergeKeys.ts';

const DIRECTIVE = '$patch';
const RETAIN = '$retainKeys';
const DELETE_VALUES = '$deleteFromPrimitiveList/';
const ORDER = '$setElementOrder/';

/** A patch that does not fit; caught where the patch came in. */
class PatchMismatch extends Error {}

/** @param definition the structure of the object: `V1Deployment` */
export function applyStrategicMergePatch(definition: string, target: Json, patch: JsonObject): Result<Json, string> {
  try {
    const type: FieldType = { kind: 'struct', definition };
    return success(mergeObject(type, isJsonObject(target) ? target : {}, patch));
  } catch (error) {
    if (error instanceof PatchMismatch) return failure(error.message);
    throw error;
  }
}

function mergeObject(type: FieldType, target: JsonObject, patch: JsonObject): Json {
  const directive = field(patch, DIRECTIVE);
  if (directive === 'replace') return withoutDirectives(patch);
  if (directive === 'delete') return {};
  if (directive !== undefined && directive !== 'merge')
    throw new PatchMismatch(`Unknown patch type: ${goText(directive)}`);
  const merged = retained(target, patch);
  for (const [key, value] of Object.entries(patch)) {
    if (value === undefined || key === DIRECTIVE || key === RETAIN || key.startsWith(ORDER)) continue;
    if (key.startsWith(DELETE_VALUES)) deleteValues(merged, key.slice(DELETE_VALUES.length), value);
    else if (value === null) merged.delete(key);
    else merged.set(key, mergeField(type, key, merged.get(key), value));
  }
  // A patch may do nothing but order.
  for (const key of Object.keys(patch)) {
    const name = key.startsWith(ORDER) ? key.slice(ORDER.length) : undefined;
    const list = name === undefined ? undefined : merged.get(name);
    if (name === undefined || !isJsonArray(list)) continue;
    merged.set(name, ordered(list, field(target, name), field(patch, key), keyFor(type, name)));
  }
  return jsonObject(merged);
}

/** What of the target stays: everything, or what `$retainKeys` names. */
function retained(target: JsonObject, patch: JsonObject): Map<string, Json> {
  const keys = field(patch, RETAIN);
  const merged = new Map<string, Json>();
  for (const [key, value] of Object.entries(target)) {
    if (value === undefined || (isJsonArray(keys) && !keys.includes(key))) continue;
    merged.set(key, value);
  }
  return merged;
}

function typeOfField(type: FieldType, key: string): FieldType {
  if (type.kind === 'map') return type.value;
  return (type.kind === 'struct' ? fieldsOf(type.definition).get(key) : undefined) ?? { kind: 'any' };
}

function strategyFor(type: FieldType, key: string) {
  return type.kind === 'struct' ? listStrategy(type.definition, key) : ({ kind: 'replace' } as const);
}

function keyFor(type: FieldType, key: string): string | undefined {
  const strategy = strategyFor(type, key);
  return strategy.kind === 'merge-by-key' ? strategy.key : undefined;
}

function mergeField(type: FieldType, key: string, current: Json | undefined, value: Json): Json {
  const fieldType = typeOfField(type, key);
  if (isJsonObject(value)) return mergeObject(fieldType, isJsonObject(current) ? current : {}, value);
  if (!isJsonArray(value)) return value;
  const strategy = strategyFor(type, key);
  const list = isJsonArray(current) ? current : [];
  if (strategy.kind === 'replace') return value.map(withoutDirectives);
  if (strategy.kind === 'merge-values')
    return [...list, ...value.filter(item => !list.some(other => equalJson(other, item)))];
  const itemType = fieldType.kind === 'list' ? fieldType.item : ({ kind: 'any' } as const);
  return mergeList(itemType, strategy.key, list, value);
}

function mergeList(type: FieldType, key: string, list: readonly Json[], patch: readonly Json[]): readonly Json[] {
  const items = patch.map(item => {
    if (!isJsonObject(item)) throw new PatchMismatch(`list of primitives where a list of objects was expected`);
    return item;
  });
  if (items.some(item => field(item, DIRECTIVE) === 'replace')) {
    return items.filter(item => field(item, DIRECTIVE) !== 'replace').map(withoutDirectives);
  }
  const merged = [...list];
  for (const item of items) {
    const id = field(item, key);
    if (id === undefined) throw new PatchMismatch(`map: ${goText(item)} does not contain declared merge key: ${key}`);
    const at = merged.findIndex(other => isJsonObject(other) && equalJson(field(other, key), id));
    if (field(item, DIRECTIVE) === 'delete') {
      if (at >= 0) merged.splice(at, 1);
      continue;
    }
    const current = at >= 0 ? merged[at] : undefined;
    const next = mergeObject(type, isJsonObject(current) ? current : {}, item);
    if (at >= 0) merged[at] = next;
    else merged.push(next);
  }
  return merged;
}

function deleteValues(merged: Map<string, Json>, key: string, values: Json): void {
  const current = merged.get(key);
  if (!isJsonArray(current) || !isJsonArray(values)) return;
  merged.set(
    key,
    current.filter(item => !values.some(value => equalJson(value, item))),
  );
}

/**
 * The items that the patch orders, in that order; those that only the server has stay before the ordered item that they
 * stood before.
 */
function ordered(
  list: readonly Json[],
  before: Json | undefined,
  order: Json | undefined,
  key: string | undefined,
): readonly Json[] {
  if (!isJsonArray(order)) return list;
  const idOf = (item: Json) => (key !== undefined && isJsonObject(item) ? (field(item, key) ?? null) : item);
  const placeIn = (items: readonly Json[], id: Json) => items.findIndex(item => equalJson(idOf(item), id));
  const wanted = order.map(idOf);
  const sorted = wanted.flatMap(id => {
    const item = list[placeIn(list, id)];
    return item === undefined ? [] : [item];
  });
  const old = isJsonArray(before) ? before : [];
  const others = list.filter(item => !wanted.some(id => equalJson(id, idOf(item))));
  const result: Json[] = [];
  let next = 0;
  for (const item of sorted) {
    const place = placeIn(old, idOf(item));
    for (let other = others[next]; other !== undefined; other = others[next]) {
      const otherPlace = placeIn(old, idOf(other));
      if (place < 0 || otherPlace < 0 || otherPlace > place) break;
      result.push(other);
      next++;
    }
    result.push(item);
  }
  return [...result, ...others.slice(next)];
}

/** A value that is new: nothing is there that its directives or nulls could act on. */
function withoutDirectives(value: Json): Json {
  if (isJsonArray(value)) return value.map(withoutDirectives);
  if (!isJsonObject(value)) return value;
  return jsonObject(
    Object.entries(value).flatMap(([key, member]): [string, Json][] =>
      member === undefined || member === null || key.startsWith('$') ? [] : [[key, withoutDirectives(member)]],
    ),
  );
}
