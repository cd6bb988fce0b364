// Why an applied configuration does not fit its kind.
//
// Read:    sigs.k8s.io/structured-merge-diff typed/validate.go, typed/helpers.go: the words.

import { field, isJsonArray, isJsonObject } from '../json.ts';
import type { Json } from '../request.ts';
import { pathText } from './fieldSet.ts';
import { hasMember, itemElement, itemPlace, memberPlace, type Place } from './items.ts';

/** `.spec.replicas: expected numeric (int or float), got string`; several are put together. None: undefined. */
export function misfit(place: Place, config: Json): string | undefined {
  const [first, ...others] = misfitsAt(place, config, '');
  if (first === undefined || others.length === 0) return first;
  return ['errors:', ...[first, ...others].map(text => `  ${text}`)].join('\n');
}

function misfitsAt(place: Place, value: Json, path: string): readonly string[] {
  const prefix = path === '' ? '' : `${path}: `;
  if (value === null) return [];
  switch (place.type.kind) {
    case 'struct':
    case 'map':
      if (!isJsonObject(value)) return [`${prefix}expected map, got ${goValue(value)}`];
      return Object.keys(value).flatMap(key => {
        const member = field(value, key);
        if (member === undefined) return [];
        const at = `${path}.${key}`;
        return hasMember(place, key)
          ? misfitsAt(memberPlace(place, key), member, at)
          : [`${at}: field not declared in schema`];
      });
    case 'list':
      return isJsonArray(value) ? misfitsInList(place, value, path) : [`${prefix}expected list, got ${goValue(value)}`];
    case 'int32':
    case 'int64':
    case 'double':
      return typeof value === 'number' ? [] : [`${prefix}expected numeric (int or float), got ${goType(value)}`];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`${prefix}expected boolean, got ${goValue(value)}`];
    case 'string':
      return typeof value === 'string' ? [] : [`${prefix}expected string, got ${goLiteral(value)}`];
    default:
      return [];
  }
}

function misfitsInList(place: Place, list: readonly Json[], path: string): readonly string[] {
  const seen = new Set<string>();
  const found: string[] = [];
  for (const [i, item] of list.entries()) {
    let element = `i:${i}`;
    if (place.list.kind !== 'atomic') {
      const named = itemElement(place.list, item);
      if (named === undefined) {
        const keys = place.list.kind === 'map' ? place.list.keys.map(key => JSON.stringify(key)).join(' ') : '';
        const why = isJsonObject(item)
          ? `has an element that omits all key fields [${keys}] (and doesn't have default values for any key fields)`
          : 'may not have non-map elements';
        return [...found, `${path}: element ${i}: associative list with keys ${why}`];
      }
      if (seen.has(named)) found.push(`${path}: duplicate entries for key ${pathText([named])}`);
      seen.add(named);
      element = named;
    }
    found.push(...misfitsAt(itemPlace(place), item, `${path}${pathText([element])}`));
  }
  return found;
}

function goType(value: Json): string {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return isJsonArray(value) ? '[]interface {}' : 'map[string]interface {}';
}

/** As `%v` prints a value of the Go library: `&{abc}`. */
function goValue(value: Json): string {
  return `&{${typeof value === 'object' ? goType(value) : String(value)}}`;
}

/** As `%#v` prints it. */
function goLiteral(value: Json): string {
  return `&value.valueUnstructured{Value:${typeof value === 'object' ? `${goType(value)}{}` : JSON.stringify(value)}}`;
}
