// How the parts of a value are named in a set of fields, by the structure of its kind.
//
// Read:    sigs.k8s.io/structured-merge-diff typed/helpers.go, `listItemToPathElement`.

import { canonicalJson, field, isJsonObject } from '../json.ts';
import { isAtomicMap, isAtomicStruct, type ListType, listTypeOf } from '../patch/listTypes.ts';
import type { Json } from '../request.ts';
import { type FieldType, fieldsOf } from '../structure.ts';

/** A place in the structure: the type, and which field of which definition it is. */
export interface Place {
  readonly type: FieldType;
  /** How it is owned when it is a list; `atomic` lists, maps and structs are owned as a whole. */
  readonly list: ListType;
  readonly isAtomic: boolean;
}

const ATOMIC_LIST: ListType = { kind: 'atomic' };
const UNKNOWN: Place = { type: { kind: 'any' }, list: ATOMIC_LIST, isAtomic: false };

export function rootPlace(definition: string | undefined): Place {
  return definition === undefined ? UNKNOWN : placeOfType({ kind: 'struct', definition });
}

function placeOfType(type: FieldType): Place {
  const isAtomic = type.kind === 'list' || (type.kind === 'struct' && isAtomicStruct(type.definition));
  return { type, list: ATOMIC_LIST, isAtomic };
}

const places = new Map<string, ReadonlyMap<string, Place>>();

/** The places of a definition's fields. */
function placesOf(definition: string): ReadonlyMap<string, Place> {
  const known = places.get(definition);
  if (known !== undefined) return known;
  const made = new Map<string, Place>();
  for (const [name, type] of fieldsOf(definition)) {
    const list = type.kind === 'list' ? listTypeOf(definition, name) : ATOMIC_LIST;
    const isAtomic =
      type.kind === 'list'
        ? list.kind === 'atomic'
        : type.kind === 'map'
          ? isAtomicMap(definition, name)
          : placeOfType(type).isAtomic;
    made.set(name, { type, list, isAtomic });
  }
  places.set(definition, made);
  return made;
}

/** The place of a member of an object: a field of a struct, or the value of a key. */
export function memberPlace({ type }: Place, key: string): Place {
  if (type.kind === 'struct') return placesOf(type.definition).get(key) ?? UNKNOWN;
  return type.kind === 'map' ? placeOfType(type.value) : UNKNOWN;
}

/** Does the structure know the member? Maps know every key. */
export function hasMember({ type }: Place, key: string): boolean {
  return type.kind === 'struct' ? placesOf(type.definition).has(key) : true;
}

/** Items of a list that is a map or a set. */
export function itemPlace({ type }: Place): Place {
  return type.kind === 'list' ? placeOfType(type.item) : UNKNOWN;
}

/** Fields that tell items apart and may be left out. Source: the defaults of k8s.io/api core/v1 types.go. */
const KEY_DEFAULTS: Readonly<Record<string, Json>> = { protocol: 'TCP' };

/** The path element of an item; `undefined` when nothing tells it apart. */
export function itemElement(list: ListType, item: Json): string | undefined {
  if (list.kind !== 'map') return `v:${JSON.stringify(item)}`;
  const keys: Record<string, Json> = {};
  for (const key of list.keys) {
    const value = (isJsonObject(item) ? field(item, key) : undefined) ?? KEY_DEFAULTS[key];
    if (value !== undefined) keys[key] = value;
  }
  return isJsonObject(item) && Object.keys(keys).length > 0 ? `k:${canonicalJson(keys)}` : undefined;
}
