// OpenAPI schemas of the kinds and of what they are made of, without descriptions: those are not the lab's to ship.
//
// Models:  types, required fields, patch strategies, merge keys, list types, the values of fields that have only a few.
// Read:    api/openapi-spec/swagger.json and v3 of kubernetes; OpenAPI 2.0 and 3.0.0.

import type { JsonObject } from '../json.ts';
import type { Kind } from '../kinds/kind.ts';
import { isAtomicMap, isAtomicStruct, listTypeOf } from '../patch/listTypes.ts';
import { listStrategy } from '../patch/mergeKeys.ts';
import type { Json } from '../request.ts';
import { groupOf, versionOf } from '../scheme.ts';
import { definitionOf, FIELD_ENUMS, type FieldType, fieldsOf, requiredFieldsOf } from '../structure.ts';
import { packageOf, structOf } from './names.ts';

/** OpenAPI 2.0 is what older clients ask for. */
export type Dialect = 'v2' | 'v3';

/** Definition names of our schema to those of the document. */
type Names = ReadonlyMap<string, string>;

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1';
const INT_OR_STRING = 'io.k8s.apimachinery.pkg.util.intstr.IntOrString';
const QUANTITY = 'io.k8s.apimachinery.pkg.api.resource.Quantity';

export function referenceTo(name: string, dialect: Dialect): JsonObject {
  return { $ref: `${dialect === 'v2' ? '#/definitions/' : '#/components/schemas/'}${name}` };
}

/** The full name of a kind: `io.k8s.api.apps.v1.Deployment`. */
export function kindName(kind: Kind, names: Names): string {
  const definition = definitionOf(kind.apiVersion, kind.kind);
  return (definition && names.get(definition)) ?? `${packageOf(kind.apiVersion)}.${kind.kind}`;
}

/** `x-kubernetes-group-version-kind`, as operations have it. */
export function groupVersionKind(apiVersion: string, kind: string): JsonObject {
  return { group: groupOf(apiVersion), kind, version: versionOf(apiVersion) };
}

/** All schemas that these kinds need, by name. */
export function schemasOf(kinds: readonly Kind[], names: Names, dialect: Dialect): Record<string, JsonObject> {
  const schemas: Record<string, JsonObject> = scalarSchemas(dialect);
  const add = (definition: string): void => {
    const name = names.get(definition);
    if (name === undefined || Object.hasOwn(schemas, name)) return;
    schemas[name] = structSchema(definition, names, dialect);
    for (const type of fieldsOf(definition).values()) {
      const part = structOf(type);
      if (part !== undefined) add(part);
    }
  };
  for (const [apiVersion, kind] of SHARED) {
    const definition = definitionOf(apiVersion, kind);
    if (definition === undefined) continue;
    add(definition);
    mark(schemas, names.get(definition), apiVersion, kind);
  }
  for (const kind of kinds) {
    const name = kindName(kind, names);
    const definition = definitionOf(kind.apiVersion, kind.kind);
    if (definition !== undefined) add(definition);
    else schemas[name] = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
    mark(schemas, name, kind.apiVersion, kind.kind);
    schemas[`${name}List`] = listSchema(kind, name, dialect);
  }
  return schemas;
}

/** What requests to every kind are made with. */
const SHARED = [
  ['v1', 'DeleteOptions'],
  ['autoscaling/v1', 'Scale'],
] as const;

function mark(schemas: Record<string, JsonObject>, name: string | undefined, apiVersion: string, kind: string): void {
  const schema = name === undefined ? undefined : schemas[name];
  if (name === undefined || schema === undefined) return;
  schemas[name] = { ...schema, 'x-kubernetes-group-version-kind': [groupVersionKind(apiVersion, kind)] };
}

function scalarSchemas(dialect: Dialect): Record<string, JsonObject> {
  const either = (types: readonly string[]): JsonObject =>
    dialect === 'v2' ? { type: 'string' } : { oneOf: types.map(type => ({ type })) };
  return {
    [INT_OR_STRING]: { ...either(['integer', 'string']), format: 'int-or-string' },
    [QUANTITY]: either(['string', 'number']),
    [`${META}.ListMeta`]: {
      type: 'object',
      properties: {
        continue: { type: 'string' },
        remainingItemCount: { type: 'integer', format: 'int64' },
        resourceVersion: { type: 'string' },
        selfLink: { type: 'string' },
      },
    },
    [`${META}.MicroTime`]: { type: 'string', format: 'date-time' },
    [`${META}.Patch`]: { type: 'object' },
    [`${META}.Status`]: { type: 'object' },
    [`${META}.Time`]: { type: 'string', format: 'date-time' },
    [`${META}.WatchEvent`]: { type: 'object' },
  };
}

function listSchema(kind: Kind, name: string, dialect: Dialect): JsonObject {
  return {
    type: 'object',
    required: ['items'],
    properties: {
      apiVersion: { type: 'string' },
      items: { type: 'array', items: referenceTo(name, dialect) },
      kind: { type: 'string' },
      metadata: referenceTo(`${META}.ListMeta`, dialect),
    },
    'x-kubernetes-group-version-kind': [groupVersionKind(kind.apiVersion, `${kind.kind}List`)],
  };
}

function structSchema(definition: string, names: Names, dialect: Dialect): JsonObject {
  const required = requiredFieldsOf(definition);
  const properties = [...fieldsOf(definition)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([field, type]): [string, Json] => [field, fieldSchema(definition, field, type, names, dialect)]);
  return {
    type: 'object',
    ...(properties.length > 0 && { properties: Object.fromEntries(properties) }),
    ...(required.length > 0 && { required }),
    ...(isAtomicStruct(definition) && { 'x-kubernetes-map-type': 'atomic' }),
  };
}

function fieldSchema(definition: string, field: string, type: FieldType, names: Names, dialect: Dialect): JsonObject {
  const place = `${definition}.${field}`;
  const values = Object.hasOwn(FIELD_ENUMS, place) ? FIELD_ENUMS[place] : undefined;
  return {
    ...typeSchema(type, names, dialect),
    ...(values !== undefined && { enum: values }),
    ...(type.kind === 'list' && listExtensions(definition, field)),
    ...(type.kind === 'map' && isAtomicMap(definition, field) && { 'x-kubernetes-map-type': 'atomic' }),
    ...(place === 'V1DeploymentSpec.strategy' && { 'x-kubernetes-patch-strategy': 'retainKeys' }),
  };
}

function listExtensions(definition: string, field: string): JsonObject {
  const list = listTypeOf(definition, field);
  const strategy = listStrategy(definition, field);
  const merged = definition === 'V1PodSpec' && field === 'volumes' ? 'merge,retainKeys' : 'merge';
  return {
    'x-kubernetes-list-type': list.kind,
    ...(list.kind === 'map' && { 'x-kubernetes-list-map-keys': list.keys }),
    ...(strategy.kind === 'merge-by-key' && { 'x-kubernetes-patch-merge-key': strategy.key }),
    ...(strategy.kind !== 'replace' && { 'x-kubernetes-patch-strategy': merged }),
  };
}

function typeSchema(type: FieldType, names: Names, dialect: Dialect): JsonObject {
  const wrapped = (name: string): JsonObject => {
    const reference = referenceTo(name, dialect);
    // Beside a reference nothing else counts in OpenAPI 3.0.
    return dialect === 'v2' ? reference : { allOf: [reference] };
  };
  switch (type.kind) {
    case 'string':
    case 'boolean':
      return { type: type.kind };
    case 'int32':
    case 'int64':
      return { type: 'integer', format: type.kind };
    case 'double':
      return { type: 'number', format: 'double' };
    case 'bytes':
      return { type: 'string', format: 'byte' };
    case 'time':
      return wrapped(`${META}.Time`);
    case 'microTime':
      return wrapped(`${META}.MicroTime`);
    case 'quantity':
      return wrapped(QUANTITY);
    case 'intOrString':
      return wrapped(INT_OR_STRING);
    case 'any':
      return { type: 'object' };
    case 'list':
      return { type: 'array', items: typeSchema(type.item, names, dialect) };
    case 'map':
      return { type: 'object', additionalProperties: typeSchema(type.value, names, dialect) };
    case 'struct':
      return wrapped(names.get(type.definition) ?? type.definition);
  }
}
