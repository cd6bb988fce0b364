// What the schema of a custom resource makes of an object: fields that it does not have are left out, missing ones get their
// defaults, and what is wrong is said in the API server's words.
//
// Models:  types, required, enum, bounds of numbers, texts, lists and maps, pattern, nullable, default, int-or-string,
//          preserve-unknown-fields, embedded objects, allOf, anyOf, oneOf, not.
// Omits:   rules in CEL (x-kubernetes-validations) and formats but date-time: they are kept, not applied.
// Read:    k8s.io/apiextensions-apiserver pkg/apiserver/validation/validation.go, pkg/apiserver/schema/pruning and defaulting;
//          k8s.io/kube-openapi pkg/validation.

import { duplicate, type FieldError, invalid, notSupported, required, tooLong, tooMany } from '../../fieldError.ts';
import { child, type FieldPath } from '../../fieldPath.ts';
import { equalJson, field, isJsonArray, isJsonObject, type JsonObject } from '../../json.ts';
import type { Json } from '../../request.ts';
import { parseTimestamp } from '../../timestamps.ts';

/** A schema as a CustomResourceDefinition has it. */
export type Schema = JsonObject;

function schemaAt(schema: Schema, key: string): Schema | undefined {
  const found = field(schema, key);
  return isJsonObject(found) ? found : undefined;
}

/** What a field of an object has to be; `any` when the schema leaves it open, nothing when there is no such field. */
function memberSchema(schema: Schema, key: string): Schema | 'any' | undefined {
  const own = schemaAt(schemaAt(schema, 'properties') ?? {}, key);
  if (own !== undefined) return own;
  const others = field(schema, 'additionalProperties');
  if (isJsonObject(others)) return others;
  return others === true || field(schema, 'x-kubernetes-preserve-unknown-fields') === true ? 'any' : undefined;
}

export interface Pruned {
  readonly value: Json;
  /** What was left out. */
  readonly unknown: readonly FieldPath[];
}

const EMBEDDED = ['apiVersion', 'kind', 'metadata'];

/** Leaves out what the schema does not have. */
export function prune(schema: Schema, value: Json, place: FieldPath): Pruned {
  if (isJsonArray(value)) {
    const items = schemaAt(schema, 'items');
    const pruned = value.map((item, i) => (items === undefined ? kept(item) : prune(items, item, child(place, i))));
    return { value: pruned.map(each => each.value), unknown: pruned.flatMap(each => each.unknown) };
  }
  if (!isJsonObject(value)) return kept(value);
  const isEmbedded = field(schema, 'x-kubernetes-embedded-resource') === true;
  const unknown: FieldPath[] = [];
  const members = Object.entries(value).flatMap(([key, member = null]): [string, Json][] => {
    const own = memberSchema(schema, key);
    if (own === 'any' || (isEmbedded && EMBEDDED.includes(key))) return [[key, member]];
    if (own === undefined) {
      unknown.push(child(place, key));
      return [];
    }
    const pruned = prune(own, member, child(place, key));
    unknown.push(...pruned.unknown);
    return [[key, pruned.value]];
  });
  return { value: Object.fromEntries(members), unknown };
}

function kept(value: Json): Pruned {
  return { value, unknown: [] };
}

/** Fills in what is missing and has a default. Null counts as missing where nothing can be null. */
export function fillIn(schema: Schema, value: Json): Json {
  if (isJsonArray(value)) {
    const items = schemaAt(schema, 'items');
    return items === undefined ? value : value.map(item => fillIn(items, item));
  }
  if (!isJsonObject(value)) return value;
  const members = new Map<string, Json>();
  for (const [key, member = null] of Object.entries(value)) {
    const own = memberSchema(schema, key);
    if (own === undefined || own === 'any') members.set(key, member);
    else if (member !== null || own.nullable === true || own.default === undefined)
      members.set(key, fillIn(own, member));
  }
  for (const [key, own] of Object.entries(schemaAt(schema, 'properties') ?? {})) {
    const preset = isJsonObject(own) ? field(own, 'default') : undefined;
    if (!members.has(key) && preset !== undefined && isJsonObject(own)) members.set(key, fillIn(own, preset));
  }
  return Object.fromEntries(members);
}

/** All that the schema finds wrong. */
export function validateSchema(schema: Schema, value: Json, place: FieldPath): FieldError[] {
  if (value === null && schema.nullable === true) return [];
  const wrongType = typeError(schema, value, place);
  if (wrongType !== undefined) return [wrongType];
  return [
    ...validateEnum(schema, value, place),
    ...(typeof value === 'number' ? validateNumber(schema, value, place) : []),
    ...(typeof value === 'string' ? validateText(schema, value, place) : []),
    ...(isJsonArray(value) ? validateList(schema, value, place) : []),
    ...(isJsonObject(value) ? validateMembers(schema, value, place) : []),
    ...validateCombined(schema, value, place),
  ];
}

function typeName(value: Json): string {
  if (value === null) return 'null';
  if (isJsonArray(value)) return 'array';
  return typeof value === 'number' ? (Number.isInteger(value) ? 'integer' : 'number') : typeof value;
}

function inBody(place: FieldPath, complaint: string): string {
  return `${place.text} in body ${complaint}`;
}

function typeError(schema: Schema, value: Json, place: FieldPath): FieldError | undefined {
  const name = typeName(value);
  if (schema['x-kubernetes-int-or-string'] === true) {
    if (name === 'integer' || name === 'string') return undefined;
    const detail = inBody(place, `must be of type integer,string: ${JSON.stringify(name)}`);
    return { type: 'FieldValueTypeInvalid', path: place, badValue: name, detail };
  }
  const { type, format } = schema;
  if (typeof type !== 'string' || type === '' || type === name || (type === 'number' && name === 'integer')) {
    if (format !== 'date-time' || typeof value !== 'string' || parseTimestamp(value) !== undefined) return undefined;
    return invalid(place, value, inBody(place, `must be of type date-time: ${JSON.stringify(value)}`));
  }
  const detail = inBody(place, `must be of type ${type}: ${JSON.stringify(name)}`);
  return { type: 'FieldValueTypeInvalid', path: place, badValue: name, detail };
}

function validateEnum(schema: Schema, value: Json, place: FieldPath): FieldError[] {
  const values = field(schema, 'enum');
  if (!isJsonArray(values) || values.some(known => equalJson(known, value))) return [];
  return [notSupported(place, value, values.map(String))];
}

function validateNumber(schema: Schema, value: number, place: FieldPath): FieldError[] {
  const { minimum, maximum, multipleOf } = schema;
  const wrong = (complaint: string) => [invalid(place, value, inBody(place, complaint))];
  const errors: FieldError[] = [];
  if (typeof minimum === 'number') {
    const isExclusive = schema.exclusiveMinimum === true;
    if (isExclusive ? value <= minimum : value < minimum)
      errors.push(...wrong(`should be greater than ${isExclusive ? '' : 'or equal to '}${minimum}`));
  }
  if (typeof maximum === 'number') {
    const isExclusive = schema.exclusiveMaximum === true;
    if (isExclusive ? value >= maximum : value > maximum)
      errors.push(...wrong(`should be less than ${isExclusive ? '' : 'or equal to '}${maximum}`));
  }
  if (typeof multipleOf === 'number' && multipleOf > 0 && !Number.isInteger(value / multipleOf))
    errors.push(...wrong(`should be a multiple of ${multipleOf}`));
  return errors;
}

function validateText(schema: Schema, value: string, place: FieldPath): FieldError[] {
  const { minLength, maxLength, pattern } = schema;
  const length = Array.from(value).length;
  const errors: FieldError[] = [];
  if (typeof maxLength === 'number' && length > maxLength) errors.push(tooLong(place, maxLength));
  if (typeof minLength === 'number' && length < minLength)
    errors.push(invalid(place, value, inBody(place, `should be at least ${minLength} chars long`)));
  if (typeof pattern === 'string' && !matchesPattern(pattern, value))
    errors.push(invalid(place, value, inBody(place, `should match '${pattern}'`)));
  return errors;
}

/** A pattern of Go's that has no meaning here counts as matched. */
function matchesPattern(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch (error) {
    if (error instanceof SyntaxError) return true;
    throw error;
  }
}

function validateList(schema: Schema, value: readonly Json[], place: FieldPath): FieldError[] {
  const { minItems, maxItems } = schema;
  const errors: FieldError[] = [];
  if (typeof maxItems === 'number' && value.length > maxItems) errors.push(tooMany(place, value.length, maxItems));
  if (typeof minItems === 'number' && value.length < minItems)
    errors.push(invalid(place, value, inBody(place, `should have at least ${minItems} items`)));
  if (schema['x-kubernetes-list-type'] === 'set' || schema.uniqueItems === true)
    for (const [i, item] of value.entries())
      if (value.slice(0, i).some(other => equalJson(other, item))) errors.push(duplicate(child(place, i), item));
  const keys = field(schema, 'x-kubernetes-list-map-keys');
  if (schema['x-kubernetes-list-type'] === 'map' && isJsonArray(keys)) {
    const seen = new Set<string>();
    for (const [i, item] of value.entries()) {
      const identity = Object.fromEntries(
        keys.map(key => [String(key), isJsonObject(item) ? (field(item, String(key)) ?? null) : null]),
      );
      if (seen.has(JSON.stringify(identity))) errors.push(duplicate(child(place, i), identity));
      seen.add(JSON.stringify(identity));
    }
  }
  const items = schemaAt(schema, 'items');
  return items === undefined
    ? errors
    : [...errors, ...value.flatMap((item, i) => validateSchema(items, item, child(place, i)))];
}

function validateMembers(schema: Schema, value: JsonObject, place: FieldPath): FieldError[] {
  const { minProperties, maxProperties } = schema;
  const needed = field(schema, 'required');
  const names = Object.keys(value);
  const errors: FieldError[] = (isJsonArray(needed) ? needed : [])
    .map(String)
    .filter(name => !Object.hasOwn(value, name))
    .map(name => required(child(place, name)));
  if (typeof maxProperties === 'number' && names.length > maxProperties)
    errors.push(tooMany(place, names.length, maxProperties));
  if (typeof minProperties === 'number' && names.length < minProperties)
    errors.push(invalid(place, value, inBody(place, `should have at least ${minProperties} properties`)));
  for (const [name, member = null] of Object.entries(value)) {
    const own = memberSchema(schema, name);
    if (own !== undefined && own !== 'any') errors.push(...validateSchema(own, member, child(place, name)));
  }
  return errors;
}

function validateCombined(schema: Schema, value: Json, place: FieldPath): FieldError[] {
  const of = (key: string) => {
    const list = field(schema, key);
    return isJsonArray(list) ? list.filter(isJsonObject) : [];
  };
  const fits = (one: Schema) => validateSchema(one, value, place).length === 0;
  const wrong = (complaint: string) => [invalid(place, value, inBody(place, complaint))];
  const errors = of('allOf').flatMap(one => validateSchema(one, value, place));
  const [any, one] = [of('anyOf'), of('oneOf')];
  if (any.length > 0 && !any.some(fits)) errors.push(...wrong('must validate at least one schema (anyOf)'));
  if (one.length > 0 && one.filter(fits).length !== 1)
    errors.push(...wrong('must validate one and only one schema (oneOf)'));
  const not = schemaAt(schema, 'not');
  if (not !== undefined && fits(not)) errors.push(...wrong('must not validate the schema (not)'));
  return errors;
}
