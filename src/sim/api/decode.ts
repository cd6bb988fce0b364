// Decoding: fits a JSON value to the structure of its kind, as the API server's strict decoder does.
//
// Models:  unknown fields, wrong types with Go's words, fields that are null, numbers that do not fit, quantities, times.
//          All problems are found; of wrong types the API server itself reports the first alone.
// Omits:   fields that stand twice (who reads the text finds them).
// Read:    sigs.k8s.io/json; Go encoding/json decode.go; k8s.io/apimachinery pkg/runtime/error.go, pkg/api/resource.

import { child, type FieldPath, ROOT_PATH } from './fieldPath.ts';
import { isJsonArray, isJsonObject, jsonObject } from './json.ts';
import type { Json } from './request.ts';
import { type FieldType, fieldsOf, goType, goTypeOf, isRequired, type ScalarKind, structName } from './structure.ts';
import { parseTimestamp } from './timestamps.ts';

export interface DecodeProblem {
  /**
   * - `unknown-field`: the kind has no such field; what stands in it is left out.
   * - `wrong-type`: the value is not of the field's type; nothing can be made of the object.
   */
  readonly kind: 'unknown-field' | 'wrong-type';
  readonly path: FieldPath;
  /** `unknown field "spec.prots"`, or `json: cannot unmarshal string into Go struct field ...`. */
  readonly message: string;
}

/** A field that stands twice in the text; the last one counts. */
export interface RepeatedField {
  readonly kind: 'repeated-field';
  /** `duplicate field "spec.replicas"` */
  readonly message: string;
}

export interface Decoded {
  /** The value with the fields that the kind has. Not to be used when a problem is a wrong type. */
  readonly value: Json;
  readonly problems: readonly DecodeProblem[];
}

/** More unknown fields than this are not reported. Source: sigs.k8s.io/json, `saveStrictError`. */
const PROBLEM_LIMIT = 100;

/** Where the decoder is. Paths and Go's types are made of it only when something is wrong. */
interface Place {
  readonly parent: Place | undefined;
  /** A field, a key of a map, or an index of a list. */
  readonly key: string | number;
  readonly type: FieldType;
  /** The definition that the field belongs to; undefined for items of lists and maps, and for the whole. */
  readonly definition: string | undefined;
}

function pathOf({ parent, key }: Place): FieldPath {
  return parent === undefined ? ROOT_PATH : child(pathOf(parent), key);
}

/** The names of the fields down to a place, without indexes and keys. */
function fieldNames({ parent, key, definition }: Place): readonly string[] {
  const above = parent === undefined ? [] : fieldNames(parent);
  return definition === undefined ? above : [...above, String(key)];
}

/** The struct that the field belongs to, of which this is a part. */
function structOf({ parent, definition }: Place): string {
  if (definition !== undefined) return structName(definition);
  return parent === undefined ? '' : structOf(parent);
}

function goTypeAt({ parent, key, type, definition }: Place): string {
  if (definition !== undefined) return goTypeOf(definition, String(key), type);
  return parent?.type.kind === 'list' ? goTypeAt(parent).replace(/^\[\]/, '') : goType(type);
}

/** Fits `value` to a definition of the schema (`V1Service`). */
export function decode(definition: string, value: Json): Decoded {
  const problems: DecodeProblem[] = [];
  const type: FieldType = { kind: 'struct', definition };
  const place: Place = { parent: undefined, key: '', type, definition: undefined };
  const decoded = decodeValue(type, value, place, problems);
  return { value: decoded ?? {}, problems };
}

function decodeValue(type: FieldType, value: Json, place: Place, problems: DecodeProblem[]): Json | undefined {
  if (value === null) return undefined;
  switch (type.kind) {
    case 'struct':
      return isJsonObject(value)
        ? decodeStruct(type.definition, value, place, problems)
        : wrong(value, place, problems);
    case 'list':
      if (!isJsonArray(value)) return wrong(value, place, problems);
      return value.map((item, i) => {
        const at: Place = { parent: place, key: i, type: type.item, definition: undefined };
        return decodeValue(type.item, item, at, problems) ?? zero(type.item);
      });
    case 'map':
      if (!isJsonObject(value)) return wrong(value, place, problems);
      return jsonObject(
        Object.entries(value).map(([key, item = null]) => {
          const at: Place = { parent: place, key, type: type.value, definition: undefined };
          return [key, decodeValue(type.value, item, at, problems) ?? zero(type.value)];
        }),
      );
    case 'any':
      return value;
    default:
      return decodeScalar(type.kind, value, place, problems);
  }
}

function decodeStruct(
  definition: string,
  value: { readonly [key: string]: Json | undefined },
  place: Place,
  problems: DecodeProblem[],
): Json {
  const known = fieldsOf(definition);
  const members: [string, Json][] = [];
  for (const [name, member = null] of Object.entries(value)) {
    const type = known.get(name);
    if (type === undefined) {
      const at = child(pathOf(place), name);
      if (problems.length < PROBLEM_LIMIT)
        problems.push({ kind: 'unknown-field', path: at, message: `unknown field ${JSON.stringify(at.text)}` });
      continue;
    }
    const decoded = decodeValue(type, member, { parent: place, key: name, type, definition }, problems);
    if (decoded !== undefined && !(isEmpty(type, decoded) && !isRequired(definition, name)))
      members.push([name, decoded]);
  }
  return jsonObject(members);
}

/** Lists and maps without content are as good as absent. Source: `omitempty` in k8s.io/api types.go. */
function isEmpty(type: FieldType, value: Json): boolean {
  if (type.kind === 'list') return isJsonArray(value) && value.length === 0;
  return type.kind === 'map' && isJsonObject(value) && Object.keys(value).length === 0;
}

function decodeScalar(
  kind: Exclude<ScalarKind, 'any'>,
  value: Json,
  place: Place,
  problems: DecodeProblem[],
): Json | undefined {
  switch (kind) {
    case 'string':
      return typeof value === 'string' ? value : wrong(value, place, problems);
    case 'boolean':
      return typeof value === 'boolean' ? value : wrong(value, place, problems);
    case 'double':
      return typeof value === 'number' ? value : wrong(value, place, problems);
    case 'int32':
      return decodeInteger(value, 2 ** 31, place, problems);
    case 'int64':
      return decodeInteger(value, 2 ** 63, place, problems);
    case 'intOrString':
      return typeof value === 'string' ? value : decodeInteger(value, 2 ** 31, place, problems);
    case 'bytes':
      if (typeof value !== 'string') return wrong(value, place, problems);
      return isBase64(value) ? value : problem(`illegal base64 data at input byte ${badByte(value)}`, place, problems);
    case 'time':
    case 'microTime':
      if (typeof value !== 'string') return wrong(value, place, problems);
      return parseTimestamp(value) === undefined ? problem(timeComplaint(value, kind), place, problems) : value;
    case 'quantity':
      return decodeQuantity(value, place, problems);
  }
}

function decodeInteger(value: Json, bound: number, place: Place, problems: DecodeProblem[]): Json | undefined {
  if (typeof value !== 'number') return wrong(value, place, problems);
  if (Number.isInteger(value) && value >= -bound && value < bound) return value;
  return problem(unmarshalComplaint(`number ${value}`, place), place, problems);
}

/** Source: k8s.io/apimachinery pkg/api/resource/quantity.go. */
const QUANTITY = /^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$/;
const QUANTITY_SUFFIX = /^(|[numkMGTPE]|[KMGTPE]i|[eE][-+]?[0-9]+)$/;

/** Numbers become text, fractions become thousandths, as the API server writes quantities. */
function decodeQuantity(value: Json, place: Place, problems: DecodeProblem[]): Json | undefined {
  const text = typeof value === 'string' ? value.trim() : JSON.stringify(value);
  const match = QUANTITY.exec(text);
  if (match === null || (match[1]?.split('.').length ?? 0) > 2 || !/\d/.test(match[1] ?? '')) {
    return problem(
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
      place,
      problems,
    );
  }
  if (!QUANTITY_SUFFIX.test(match[2] ?? '')) return problem("unable to parse quantity's suffix", place, problems);
  if (match[2] !== '' || Number.isInteger(Number(text))) return match[2] === '' ? String(Number(text)) : text;
  return `${Math.ceil(Number(text) * 1000)}m`;
}

function isBase64(text: string): boolean {
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text.replaceAll(/[\r\n]/g, ''));
}

function badByte(text: string): number {
  const at = text.search(/[^A-Za-z0-9+/=\r\n]/);
  return at < 0 ? text.length : at;
}

/** Simplified: Go names the element of the layout that failed; here it is always the first. */
function timeComplaint(text: string, kind: 'time' | 'microTime'): string {
  const layout = kind === 'time' ? '2006-01-02T15:04:05Z07:00' : '2006-01-02T15:04:05.000000Z07:00';
  return `parsing time ${JSON.stringify(text)} as ${JSON.stringify(layout)}: cannot parse ${JSON.stringify(text)} as "2006"`;
}

function wrong(value: Json, place: Place, problems: DecodeProblem[]): undefined {
  return problem(unmarshalComplaint(jsonKind(value), place), place, problems);
}

function problem(message: string, place: Place, problems: DecodeProblem[]): undefined {
  problems.push({ kind: 'wrong-type', path: pathOf(place), message });
  return undefined;
}

function unmarshalComplaint(what: string, place: Place): string {
  const fields = fieldNames(place);
  if (fields.length === 0) return `json: cannot unmarshal ${what} into Go value of type ${goTypeAt(place)}`;
  const field = `${structOf(place)}.${fields.join('.')}`;
  return `json: cannot unmarshal ${what} into Go struct field ${field} of type ${goTypeAt(place)}`;
}

/** What Go calls the JSON value. */
function jsonKind(value: Json): string {
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'object') return isJsonArray(value) ? 'array' : 'object';
  return typeof value;
}

/** What Go makes of a null in a list or a map. */
function zero(type: FieldType): Json {
  switch (type.kind) {
    case 'struct':
    case 'map':
    case 'any':
      return {};
    case 'list':
      return [];
    case 'boolean':
      return false;
    case 'int32':
    case 'int64':
    case 'double':
    case 'intOrString':
      return 0;
    default:
      return '';
  }
}

/**
 * The message of a body that cannot be decoded, as in `Service in version "v1" cannot be handled as a Service: ...`.
 * A wrong type hides all unknown fields.
 */
export function decodeMessage(
  { version, kind }: { readonly version: string; readonly kind: string },
  expectedKind: string,
  problems: readonly (DecodeProblem | RepeatedField)[],
): string {
  const wrongType = problems.find(other => other.kind === 'wrong-type');
  const why = wrongType?.message ?? strictMessage(problems);
  return `${kind} in version ${JSON.stringify(version)} cannot be handled as a ${expectedKind}: ${why}`;
}

/** `strict decoding error: unknown field "a", unknown field "b"` */
export function strictMessage(problems: readonly (DecodeProblem | RepeatedField)[]): string {
  return `strict decoding error: ${problems.map(other => other.message).join(', ')}`;
}
