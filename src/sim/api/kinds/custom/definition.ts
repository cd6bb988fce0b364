// CustomResourceDefinition: a kind that somebody adds to the server. Its instances are kept, checked and shown.
//
// Simplified: names are accepted, and the kind is served, as soon as the definition is there; versions are not converted.
// Read:    k8s.io/apiextensions-apiserver pkg/apis/apiextensions/validation/validation.go, `validateCustomResourceDefinitionSpec`;
//          pkg/apis/apiextensions/v1/defaults.go; pkg/registry/customresourcedefinition.

import type { Draft } from '../../draft.ts';
import { duplicate, eachInvalid, type FieldError, invalid, notSupported, required } from '../../fieldError.ts';
import { child, type FieldPath, path } from '../../fieldPath.ts';
import { asJson, isJsonObject, type JsonObject } from '../../json.ts';
import type { ApiObject } from '../../objects.ts';
import { listAt, objectAt, peek, textAt } from '../../peek.ts';
import type { Json } from '../../request.ts';
import { dns1035Label, dnsSubdomain } from '../../validation/formats.ts';
import { immutable } from '../../validation/objectMeta.ts';
import type { Kind } from '../kind.ts';
import { createdAtColumn, type StoredDraft, storedKind, withSpec } from '../stored/storedKind.ts';

const SPEC = path('spec');
const NAMES = child(SPEC, 'names');

export const customResourceDefinitions: Kind = {
  ...storedKind({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    resource: 'customresourcedefinitions',
    shortNames: ['crd', 'crds'],
    categories: ['api-extensions'],
    scope: 'Cluster',
    generations: 'counted',
    deletionAnswers: 'object',
    subresources: ['status'],
    defaults: withDefaults,
    validate: validateDefinition,
    validateUpdate: validateDefinitionUpdate,
    columns: [createdAtColumn],
  }),
  prepareCreate: definition => ({ ...definition, ...{ status: accepted(definition) } }),
  prepareUpdate: definition => ({ ...definition, ...{ status: accepted(definition) } }),
};

function withDefaults(definition: StoredDraft): StoredDraft {
  const spec = objectAt(definition, 'spec') ?? {};
  const kind = textAt(spec, 'names', 'kind');
  return withSpec(definition, {
    ...spec,
    conversion: spec.conversion ?? { strategy: 'None' },
    names: {
      ...objectAt(spec, 'names'),
      singular: textAt(spec, 'names', 'singular') || kind.toLowerCase(),
      listKind: textAt(spec, 'names', 'listKind') || (kind === '' ? '' : `${kind}List`),
    },
  });
}

/** What the server's own controllers say of a definition whose names nobody else has. */
function accepted(definition: StoredDraft): JsonObject {
  const since = definition.metadata?.creationTimestamp ?? '';
  const condition = (type: string, reason: string, message: string) => ({
    type,
    status: 'True',
    lastTransitionTime: since,
    reason,
    message,
  });
  const stored = listAt(definition, 'spec', 'versions').filter(version => peek(version, 'storage') === true);
  return {
    acceptedNames: objectAt(definition, 'spec', 'names') ?? {},
    conditions: [
      condition('NamesAccepted', 'NoConflicts', 'no conflicts found'),
      condition('Established', 'InitialNamesAccepted', 'the initial names have been accepted'),
    ],
    storedVersions: stored.map(version => textAt(version, 'name')),
  };
}

function validateDefinition(definition: StoredDraft): FieldError[] {
  const spec = objectAt(definition, 'spec') ?? {};
  const [group, scope, plural] = [textAt(spec, 'group'), textAt(spec, 'scope'), textAt(spec, 'names', 'plural')];
  const name = definition.metadata?.name ?? '';
  const errors: FieldError[] = [];
  if (name !== `${plural}.${group}`)
    errors.push(invalid(path('metadata', 'name'), name, 'must be spec.names.plural+"."+spec.group'));
  const at = child(SPEC, 'group');
  if (group === '') errors.push(required(at));
  else {
    errors.push(...eachInvalid(at, group, dnsSubdomain(group)));
    if (!group.includes('.')) errors.push(invalid(at, group, 'should be a domain with at least one dot'));
  }
  const scopes = ['Cluster', 'Namespaced'];
  if (scope === '') errors.push(required(child(SPEC, 'scope')));
  else if (!scopes.includes(scope)) errors.push(notSupported(child(SPEC, 'scope'), scope, scopes));
  return [...errors, ...validateNames(objectAt(spec, 'names') ?? {}), ...validateVersions(listAt(spec, 'versions'))];
}

function validateNames(names: JsonObject): FieldError[] {
  const label = (text: string, place: FieldPath) => eachInvalid(place, text, dns1035Label(text));
  const errors: FieldError[] = [];
  for (const key of ['plural', 'singular', 'kind', 'listKind']) {
    const text = textAt(names, key);
    const at = child(NAMES, key);
    if (text === '') errors.push(required(at));
    else errors.push(...label(key === 'kind' || key === 'listKind' ? text.toLowerCase() : text, at));
  }
  const [kind, listKind] = [textAt(names, 'kind'), textAt(names, 'listKind')];
  if (kind !== '' && kind === listKind)
    errors.push(invalid(child(NAMES, 'listKind'), listKind, 'kind and listKind may not be the same'));
  for (const key of ['shortNames', 'categories'])
    for (const [i, name] of listAt(names, key).entries()) errors.push(...label(String(name), child(NAMES, key, i)));
  return errors;
}

function validateVersions(versions: readonly Json[]): FieldError[] {
  const at = child(SPEC, 'versions');
  const seen = new Set<string>();
  const errors = versions.flatMap((version, i) => {
    const place = child(at, i);
    const name = textAt(version, 'name');
    const own = seen.has(name) ? [duplicate(child(place, 'name'), name)] : [];
    seen.add(name);
    if (name === '') own.push(required(child(place, 'name')));
    else own.push(...eachInvalid(child(place, 'name'), name, dns1035Label(name)));
    const schema = objectAt(version, 'schema', 'openAPIV3Schema');
    if (schema === undefined) own.push(required(child(place, 'schema', 'openAPIV3Schema'), 'schemas are required'));
    else own.push(...validateStructure(schema, child(place, 'schema', 'openAPIV3Schema')));
    return own;
  });
  const stored = versions.filter(version => peek(version, 'storage') === true).length;
  if (stored !== 1)
    errors.push(invalid(at, asJson(versions), 'must have exactly one version marked as storage version'));
  return errors;
}

/** Structural: every part says of what type it is. */
function validateStructure(schema: JsonObject, place: FieldPath, depth: 'root' | 'part' = 'root'): FieldError[] {
  const type = textAt(schema, 'type');
  const isOpen =
    schema['x-kubernetes-int-or-string'] === true || schema['x-kubernetes-preserve-unknown-fields'] === true;
  const errors: FieldError[] = [];
  if (type === '') {
    if (depth === 'root') errors.push(required(child(place, 'type'), 'must not be empty at the root'));
    else if (!isOpen) errors.push(required(child(place, 'type'), 'must not be empty for specified object fields'));
  } else if (depth === 'root' && type !== 'object')
    errors.push(invalid(child(place, 'type'), type, 'must be object at the root'));
  else if (!TYPES.includes(type)) errors.push(notSupported(child(place, 'type'), type, TYPES));
  for (const [name, part] of Object.entries(objectAt(schema, 'properties') ?? {}))
    if (isJsonObject(part)) errors.push(...validateStructure(part, child(place, `properties[${name}]`), 'part'));
  for (const key of ['items', 'additionalProperties']) {
    const part = objectAt(schema, key);
    if (part !== undefined) errors.push(...validateStructure(part, child(place, key), 'part'));
  }
  if (type === 'array' && objectAt(schema, 'items') === undefined)
    errors.push(required(child(place, 'items'), 'must be specified'));
  return errors;
}

const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string'];

function validateDefinitionUpdate(definition: Draft<ApiObject>, old: ApiObject): FieldError[] {
  const fixed = (...keys: readonly string[]) =>
    immutable(child(SPEC, ...keys), peek(definition, 'spec', ...keys), peek(old, 'spec', ...keys));
  return [...fixed('group'), ...fixed('scope'), ...fixed('names', 'kind'), ...fixed('names', 'plural')];
}
