// From a draft to an object: what validation promises, said to the compiler in one place.

import type { Draft } from '../draft.ts';
import { isJsonArray, isJsonObject, jsonObject } from '../json.ts';
import type { ApiObject } from '../objects.ts';
import type { Json } from '../request.ts';

/** A draft that has passed validation is whole: the required fields of its type are there. */
export function finished<T extends ApiObject>(draft: Draft<T>): T {
  return draft as T;
}

/** The object with these managedFields, or with none. It stays the same object when it has them already. */
export function withManagedFields(object: ApiObject, managedFields: Json | undefined): ApiObject {
  if (object.metadata.managedFields === managedFields) return object;
  const { managedFields: _old, ...rest } = object.metadata;
  return { ...object, metadata: { ...rest, ...(managedFields !== undefined && { managedFields }) } };
}

/** Without fields that are null or `undefined`: the API server stores neither. */
export function withoutNulls(value: Json): Json {
  if (isJsonArray(value)) return value.map(withoutNulls);
  if (!isJsonObject(value)) return value;
  return jsonObject(
    Object.entries(value).flatMap(([key, member]): [string, Json][] =>
      member === null || member === undefined ? [] : [[key, withoutNulls(member)]],
    ),
  );
}
