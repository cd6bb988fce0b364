// Merging an applied configuration into an object, and taking out what is no longer applied.
//
// Read:    sigs.k8s.io/structured-merge-diff typed/merge.go (the order of lists), merge/update.go (`prune`).

import { isJsonArray, isJsonObject, type JsonObject, jsonObject } from '../json.ts';
import type { Json } from '../request.ts';
import { childOf, childrenOf, type FieldSet, isMember } from './fieldSet.ts';
import { itemElement, itemPlace, memberPlace, type Place } from './items.ts';

/** The object with everything that the configuration says. */
export function mergeApplied(place: Place, live: Json | undefined, config: Json): Json {
  if (live === undefined || place.isAtomic) return config;
  if (isJsonObject(live) && isJsonObject(config)) return mergeObject(place, live, config);
  if (isJsonArray(live) && isJsonArray(config) && place.list.kind !== 'atomic') return mergeList(place, live, config);
  return config;
}

function mergeObject(place: Place, live: JsonObject, config: JsonObject): Json {
  const merged = new Map<string, Json>();
  for (const [key, value] of Object.entries(live)) if (value !== undefined) merged.set(key, value);
  for (const [key, value] of Object.entries(config)) {
    if (value !== undefined) merged.set(key, mergeApplied(memberPlace(place, key), merged.get(key), value));
  }
  return jsonObject(merged);
}

/** Items of both in the configuration's order; those of the object alone stay before the item that they stood before. */
function mergeList(place: Place, live: readonly Json[], config: readonly Json[]): Json {
  const at = itemPlace(place);
  const elementOf = (item: Json): string | undefined => itemElement(place.list, item);
  const old = new Map(live.map(item => [elementOf(item), item]));
  const applied = new Set(config.map(elementOf));
  const merged: Json[] = [];
  let next = 0;
  /** Takes over items that only the object has, up to the one with this element (or the end). */
  const takeOthers = (until: string | undefined): void => {
    for (; next < live.length; next++) {
      const item = live[next];
      const element = item === undefined ? undefined : elementOf(item);
      if (item === undefined) continue;
      if (!applied.has(element)) merged.push(item);
      else if (element === until) return;
    }
  };
  for (const item of config) {
    const element = elementOf(item);
    const isShared = old.has(element);
    if (isShared && live.slice(next).some(other => elementOf(other) === element)) {
      takeOthers(element);
      next++;
    }
    merged.push(mergeApplied(at, old.get(element), item));
  }
  takeOthers(undefined);
  return merged;
}

/**
 * The object without what a manager has applied before and nobody owns any more. What goes takes with it what is below it;
 * what somebody owns stays, with all that it is in.
 * @param last what the manager applied before
 * @param owned what anybody owns now
 */
export function pruneApplied(place: Place, value: Json, last: FieldSet, owned: FieldSet): Json {
  const goes = new Set<string>();
  const inner = new Map<string, readonly [FieldSet, FieldSet]>();
  for (const [element, node] of childrenOf(last)) {
    const kept = childOf(owned, element);
    if (kept !== undefined) inner.set(element, [node, kept]);
    else if (isMember(node) || element.startsWith('f:')) goes.add(element);
  }
  if (goes.size + inner.size === 0) return value;
  if (isJsonObject(value)) {
    const members = Object.entries(value).flatMap(([key, member]): [string, Json][] => {
      if (member === undefined || goes.has(`f:${key}`)) return [];
      const sets = inner.get(`f:${key}`);
      return [[key, sets === undefined ? member : pruneApplied(memberPlace(place, key), member, ...sets)]];
    });
    return jsonObject(members);
  }
  if (!isJsonArray(value) || place.list.kind === 'atomic') return value;
  const at = itemPlace(place);
  return value.flatMap(item => {
    const element = itemElement(place.list, item) ?? '';
    if (goes.has(element)) return [];
    const sets = inner.get(element);
    return [sets === undefined ? item : pruneApplied(at, item, ...sets)];
  });
}
