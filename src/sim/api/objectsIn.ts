// The objects of one document: a List stands for its items.
//
// Read:    k8s.io/apimachinery pkg/apis/meta/v1/unstructured/helpers.go, `detectList`, `decodeToList`; kubectl flattens no
//          List inside a List.

import { field, isJsonArray, isJsonObject, type JsonObject } from './json.ts';
import type { Json } from './request.ts';

export interface ObjectInDocument {
  /** Keys and indexes from the root of the document. */
  readonly path: readonly (string | number)[];
  /** What should be an object. */
  readonly value: Json;
}

/** Whatever has `items` is a list, and they are its objects; anything else is the one object of its document. */
export function objectsIn(document: Json): readonly ObjectInDocument[] {
  const items = isJsonObject(document) ? field(document, 'items') : undefined;
  if (!isJsonObject(document) || !isJsonArray(items)) return [{ path: [], value: document }];
  return items.map((item, i) => ({ path: ['items', i], value: isJsonObject(item) ? typed(item, document) : item }));
}

/** Items of a typed list (`PodList`) need not say what they are. */
function typed(item: JsonObject, list: JsonObject): JsonObject {
  if ((field(item, 'kind') ?? '') !== '' || (field(item, 'apiVersion') ?? '') !== '') return item;
  const [kind, apiVersion] = [field(list, 'kind'), field(list, 'apiVersion')];
  if (typeof kind !== 'string' || kind === 'List' || apiVersion === undefined) return item;
  return { ...item, apiVersion, kind: kind.replace(/List$/, '') };
}
