// The patch that `kubectl apply` sends: what the file adds or changes against the live object, and what it no longer
// says against what it said last time.
//
// Models:  three-way strategic merge with merge keys, `$patch: delete`, `$setElementOrder`, `$retainKeys`.
// Read:    k8s.io/apimachinery pkg/util/strategicpatch/patch.go, `CreateThreeWayMergePatch`.

import {
  definitionOf,
  equalJson,
  type FieldType,
  fieldOf,
  fieldsOf,
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  listStrategy,
} from '../../sim/index.ts';
import { lastApplied } from './lastApplied.ts';
import type { ApiResource } from './resources.ts';

type Members = Record<string, Json>;

/** The patch between what a file says now and what the server has. Objects of unknown structure get a merge patch. */
export function applyPatch(
  { apiVersion, kind }: ApiResource,
  modified: JsonObject,
  live: JsonObject,
): { readonly type: 'strategic' | 'merge'; readonly patch: JsonObject } {
  const definition = definitionOf(apiVersion, kind);
  const original = lastApplied(live) ?? {};
  if (definition === undefined) return { type: 'merge', patch: diffObject({ kind: 'any' }, original, modified, live) };
  return { type: 'strategic', patch: diffObject({ kind: 'struct', definition }, original, modified, live) };
}

/** The patch that makes one object of another. */
export function changesBetween(
  { apiVersion, kind }: ApiResource,
  before: JsonObject,
  after: JsonObject,
): { readonly type: 'strategic' | 'merge'; readonly body: JsonObject } {
  const definition = definitionOf(apiVersion, kind);
  return definition === undefined
    ? { type: 'merge', body: diffObject({ kind: 'any' }, before, after, before) }
    : { type: 'strategic', body: diffObject({ kind: 'struct', definition }, before, after, before) };
}

function typeOfField(type: FieldType, key: string): FieldType {
  if (type.kind === 'map') return type.value;
  return (type.kind === 'struct' ? fieldsOf(type.definition).get(key) : undefined) ?? { kind: 'any' };
}

function diffObject(type: FieldType, original: JsonObject, modified: JsonObject, current: JsonObject): JsonObject {
  const patch: Members = {};
  for (const [key, wanted] of Object.entries(modified)) {
    if (wanted === undefined) continue;
    const live = fieldOf(current, key);
    const before = fieldOf(original, key);
    if (live !== undefined && equalJson(live, wanted) && (before === undefined || equalJson(before, wanted))) continue;
    diffMember(patch, type, key, before, wanted, live);
  }
  // What the file said last time and says no more goes, whether or not somebody else has removed it already.
  for (const key of Object.keys(original)) {
    const wanted = fieldOf(modified, key);
    if (
      (wanted === undefined || wanted === null) &&
      fieldOf(original, key) !== null &&
      fieldOf(current, key) !== undefined
    )
      patch[key] = null;
  }
  return patch;
}

function diffMember(
  patch: Members,
  type: FieldType,
  key: string,
  before: Json | undefined,
  wanted: Json,
  live: Json | undefined,
): void {
  if (isJsonObject(wanted) && isJsonObject(live)) {
    const inner = diffObject(typeOfField(type, key), isJsonObject(before) ? before : {}, wanted, live);
    if (Object.keys(inner).length > 0) patch[key] = inner;
    return;
  }
  const strategy = type.kind === 'struct' ? listStrategy(type.definition, key) : { kind: 'replace' as const };
  if (isJsonArray(wanted) && isJsonArray(live) && strategy.kind === 'merge-by-key') {
    diffKeyedList(patch, typeOfField(type, key), key, strategy.key, isJsonArray(before) ? before : [], wanted, live);
    return;
  }
  if (isJsonArray(wanted) && isJsonArray(live) && strategy.kind === 'merge-values') {
    const added = wanted.filter(item => !live.some(other => equalJson(other, item)));
    const old = isJsonArray(before) ? before : [];
    const gone = old.filter(item => !wanted.some(other => equalJson(other, item)));
    if (added.length > 0) patch[key] = added;
    if (gone.length > 0) patch[`$deleteFromPrimitiveList/${key}`] = gone;
    return;
  }
  if (wanted === null) {
    if (live !== undefined) patch[key] = null;
    return;
  }
  if (live === undefined || !equalJson(live, wanted)) patch[key] = wanted;
}

function diffKeyedList(
  patch: Members,
  listType: FieldType,
  key: string,
  mergeKey: string,
  before: readonly Json[],
  wanted: readonly Json[],
  live: readonly Json[],
): void {
  const itemType: FieldType = listType.kind === 'list' ? listType.item : { kind: 'any' };
  const idOf = (item: Json): Json => (isJsonObject(item) ? (fieldOf(item, mergeKey) ?? null) : item);
  const find = (items: readonly Json[], id: Json): JsonObject | undefined => {
    const found = items.find(item => equalJson(idOf(item), id));
    return isJsonObject(found) ? found : undefined;
  };
  const items: Json[] = [];
  for (const item of wanted) {
    const current = find(live, idOf(item));
    if (!isJsonObject(item) || current === undefined) {
      items.push(item);
      continue;
    }
    const inner = diffObject(itemType, find(before, idOf(item)) ?? {}, item, current);
    if (Object.keys(inner).length > 0) items.push({ ...inner, [mergeKey]: idOf(item) });
  }
  for (const item of before) {
    const id = idOf(item);
    if (find(wanted, id) === undefined && find(live, id) !== undefined)
      items.push({ $patch: 'delete', [mergeKey]: id });
  }
  const order = wanted.map(item => ({ [mergeKey]: idOf(item) }));
  const isReordered = !equalJson(
    live.map(idOf).filter(id => wanted.some(item => equalJson(idOf(item), id))),
    wanted.map(idOf).filter(id => find(live, id) !== undefined),
  );
  if (items.length > 0) patch[key] = items;
  if (items.length > 0 || isReordered) patch[`$setElementOrder/${key}`] = order;
}
