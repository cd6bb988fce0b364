// What the schema alone can say of an object: texts that are required, and fields that have a few values only.
//
// Simplified: the API server checks each kind by hand; for kinds without effect in the lab this comes to the same in most cases.
//          As in Go, a required object that is missing counts as an empty one: its own required fields are missing.

import type { Draft } from '../draft.ts';
import { type FieldError, notSupported, required } from '../fieldError.ts';
import { child, type FieldPath, ROOT_PATH } from '../fieldPath.ts';
import { field, isJsonArray, isJsonObject } from '../json.ts';
import type { ApiObject } from '../objects.ts';
import { definitionOf, FIELD_ENUMS, type FieldType, fieldsOf, isRequired } from '../structure.ts';

/** Texts that must be there and may be empty: the core group has no name. Source: the patterns of the Gateway API's CRDs. */
const MAY_BE_EMPTY: ReadonlySet<string> = new Set([
  'GatewayV1beta1ReferenceGrantFrom.group',
  'GatewayV1beta1ReferenceGrantTo.group',
]);

/** All of an object but its metadata and status. */
export function validateBySchema(apiVersion: string, kind: string, object: Draft<ApiObject>): FieldError[] {
  const definition = definitionOf(apiVersion, kind);
  return definition === undefined ? [] : checkStruct(definition, object, ROOT_PATH, new Set(['metadata', 'status']));
}

function checkStruct(definition: string, value: unknown, place: FieldPath, without: ReadonlySet<string>): FieldError[] {
  const object = isJsonObject(value) ? value : {};
  return Array.from(fieldsOf(definition)).flatMap(([name, type]) => {
    if (without.has(name)) return [];
    const member = field(object, name);
    const at = child(place, name);
    const isNeeded = isRequired(definition, name);
    if (type.kind === 'string') {
      const text = typeof member === 'string' ? member : '';
      if (text === '')
        return isNeeded && !(member === '' && MAY_BE_EMPTY.has(`${definition}.${name}`)) ? [required(at)] : [];
      const supported = FIELD_ENUMS[`${definition}.${name}`];
      return supported === undefined || supported.includes(text) ? [] : [notSupported(at, text, supported)];
    }
    return member === undefined && !isNeeded ? [] : checkValue(type, member, at);
  });
}

function checkValue(type: FieldType, value: unknown, place: FieldPath): FieldError[] {
  switch (type.kind) {
    case 'struct':
      return checkStruct(type.definition, value, place, new Set());
    case 'list':
      return isJsonArray(value) ? value.flatMap((item, i) => checkValue(type.item, item, child(place, i))) : [];
    case 'map':
      return isJsonObject(value)
        ? Object.entries(value).flatMap(([key, item]) => checkValue(type.value, item, child(place, key)))
        : [];
    default:
      return [];
  }
}
