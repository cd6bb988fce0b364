// Kinds that a CustomResourceDefinition brings: their instances are kept, checked by its schema and shown by its columns.
//
// Read:    k8s.io/apiextensions-apiserver pkg/apiserver/customresource_handler.go, pkg/registry/customresource.

import type { VirtualMs } from '../../../runtime/clock.ts';
import { decode } from '../../decode.ts';
import type { Draft } from '../../draft.ts';
import { ROOT_PATH } from '../../fieldPath.ts';
import { asJson, isJsonObject, type JsonObject } from '../../json.ts';
import type { ApiObject } from '../../objects.ts';
import { listAt, numberAt, objectAt, peek, textAt } from '../../peek.ts';
import type { Json } from '../../request.ts';
import { age } from '../../timestamps.ts';
import { dnsSubdomain } from '../../validation/formats.ts';
import { type Cell, type Column, column, type Kind, nameColumn } from '../kind.ts';
import { findAll, readColumnPath } from './columnPath.ts';
import { fillIn, prune, type Schema, validateSchema } from './jsonSchema.ts';

const made = new WeakMap<ApiObject, readonly Kind[]>();

/** The kinds of a definition: one a version that is served. The same definition always gives the same kinds. */
export function kindsOfDefinition(definition: ApiObject): readonly Kind[] {
  const known = made.get(definition);
  if (known !== undefined) return known;
  const kinds = listAt(definition, 'spec', 'versions')
    .filter(version => peek(version, 'served') === true)
    .map(version => instanceKind(definition, version));
  made.set(definition, kinds);
  return kinds;
}

function instanceKind(definition: ApiObject, version: Json): Kind {
  const names = (key: string) => textAt(definition, 'spec', 'names', key);
  const words = (key: string) => listAt(definition, 'spec', 'names', key).map(String);
  const schema: Schema = objectAt(version, 'schema', 'openAPIV3Schema') ?? {};
  const hasStatus = objectAt(version, 'subresources', 'status') !== undefined;
  const apiVersion = `${textAt(definition, 'spec', 'group')}/${textAt(version, 'name')}`;
  const deprecation = deprecationOf(version, `${apiVersion} ${names('kind')}`);
  return {
    apiVersion,
    kind: names('kind'),
    resource: names('plural'),
    singular: names('singular') || names('kind').toLowerCase(),
    shortNames: words('shortNames'),
    categories: words('categories'),
    namespaced: textAt(definition, 'spec', 'scope') === 'Namespaced',
    subresources: [...(hasStatus ? (['status'] as const) : []), ...(scaleOf(version) ? (['scale'] as const) : [])],
    nameRule: dnsSubdomain,
    countsGenerations: true,
    deletionAnswers: 'status',
    effect: 'none',
    ...(deprecation !== undefined && { deprecation }),
    decode: value => decodeInstance(schema, value),
    defaults: object => ({ ...object, ...ownFields(fillIn(schema, asJson(object))) }),
    ...(hasStatus && {
      prepareCreate: (object: Draft<ApiObject>) => without(object, 'status'),
      prepareUpdate: (object: Draft<ApiObject>, old: ApiObject) => ({
        ...without(object, 'status'),
        ...('status' in old && { status: old.status }),
      }),
    }),
    validate: object => validateInstance(schema, object),
    validateStatus: object => validateInstance(schema, object),
    columns: columnsOf(version),
    ...scaleOf(version),
  };
}

function deprecationOf(version: Json, name: string): string | undefined {
  if (peek(version, 'deprecated') !== true) return undefined;
  return textAt(version, 'deprecationWarning') || `${name} is deprecated`;
}

function without(object: Draft<ApiObject>, key: string): Draft<ApiObject> {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}

/** All but what every object has. */
function ownFields(value: Json): JsonObject {
  const { apiVersion: _apiVersion, kind: _kind, metadata: _metadata, ...own } = isJsonObject(value) ? value : {};
  return own;
}

/** The metadata is as strict as that of other kinds; the schema says the rest. */
function decodeInstance(schema: Schema, value: Json): ReturnType<typeof decode> {
  if (!isJsonObject(value)) return { value: {}, problems: [] };
  const { metadata: given = {} } = value;
  const common = decode('V1ConfigMap', { ...(value.metadata !== undefined && { metadata: given }) });
  const own = prune(schema, ownFields(value), ROOT_PATH);
  const identity = { apiVersion: value.apiVersion ?? '', kind: value.kind ?? '' };
  return {
    value: { ...identity, ...(isJsonObject(common.value) && common.value), ...(isJsonObject(own.value) && own.value) },
    problems: [
      ...common.problems,
      ...own.unknown.map(path => ({
        kind: 'unknown-field' as const,
        path,
        message: `unknown field ${JSON.stringify(path.text)}`,
      })),
    ],
  };
}

/** The schema says nothing of the metadata that counts. */
function validateInstance(schema: Schema, object: Draft<ApiObject>) {
  const { metadata: _metadata, ...properties } = objectAt(schema, 'properties') ?? {};
  const { apiVersion, kind, ...own } = objectAt(asJson(object)) ?? {};
  const { metadata: _own, ...rest } = own;
  const identity = { apiVersion: apiVersion ?? '', kind: kind ?? '' };
  return validateSchema({ ...schema, properties }, { ...identity, ...rest, metadata: {} }, ROOT_PATH);
}

const COLUMN_TYPES = ['string', 'integer', 'number', 'boolean', 'date'] as const;

function columnsOf(version: Json): readonly Column<ApiObject>[] {
  const columns = listAt(version, 'additionalPrinterColumns');
  const aged = column<ApiObject>('Age', (object, now) => age(object.metadata?.creationTimestamp, now));
  return [nameColumn(), ...(columns.length === 0 ? [aged] : columns.map(customColumn))];
}

function customColumn(given: Json): Column<ApiObject> {
  const steps = readColumnPath(textAt(given, 'jsonPath'));
  const type = COLUMN_TYPES.find(known => known === textAt(given, 'type')) ?? 'string';
  return {
    name: textAt(given, 'name'),
    type: type === 'integer' || type === 'boolean' ? type : 'string',
    priority: numberAt(given, 'priority') > 0 ? 1 : 0,
    cell(object, now) {
      const found = steps === undefined ? [] : findAll(steps, asJson(object));
      return found.length === 0 ? '' : cellOf(found, type, now);
    },
  };
}

function cellOf(found: readonly Json[], type: (typeof COLUMN_TYPES)[number], now: VirtualMs): Cell {
  const [first = null] = found;
  if (type === 'date') return age(String(first), now);
  if ((type === 'integer' || type === 'number') && typeof first === 'number') return first;
  if (type === 'boolean' && typeof first === 'boolean') return first;
  return found.map(value => (typeof value === 'string' ? value : JSON.stringify(value))).join(',');
}

/** The fields that a version's `scale` stands for. */
function scaleOf(version: Json): Pick<Kind, 'scale'> | undefined {
  const scale = objectAt(version, 'subresources', 'scale');
  if (scale === undefined) return undefined;
  const keys = (name: string) => textAt(scale, name).split('.').filter(Boolean);
  const [wanted, current, selector] = [keys('specReplicasPath'), keys('statusReplicasPath'), keys('labelSelectorPath')];
  return {
    scale: {
      specReplicas: object => numberAt(object, ...wanted),
      statusReplicas: object => numberAt(object, ...current),
      selector: object => (selector.length === 0 ? '' : textAt(object, ...selector)),
      withReplicas: (object, replicas) => withNumber(object, wanted, replicas),
    },
  };
}

function withNumber(object: Draft<ApiObject>, [key, ...rest]: readonly string[], value: number): Draft<ApiObject> {
  if (key === undefined) return object;
  const below = objectAt(object, key) ?? {};
  return { ...object, ...{ [key]: rest.length === 0 ? value : withNumber(below, rest, value) } };
}
