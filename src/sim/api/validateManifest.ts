// Everything that is wrong with a manifest, at once and with its place: what an editor underlines.
//
// The API server stops at the first sort of problem; here fields that do not exist, wrong types and broken rules are all
// reported together. Nothing is stored, and nothing is asked of the store.

import { decode } from './decode.ts';
import type { Draft } from './draft.ts';
import { formatFieldError } from './fieldError.ts';
import { field, isJsonObject, type JsonObject } from './json.ts';
import type { ApiObject } from './objects.ts';
import type { Json } from './request.ts';
import { findKind } from './scheme.ts';
import { definitionOf } from './structure.ts';
import { validateNew } from './write/create.ts';

export interface ManifestProblem {
  /**
   * - `not-an-object`: a manifest is a mapping.
   * - `no-kind`: apiVersion or kind is missing.
   * - `unknown-kind`: the server has no such kind.
   * - `unknown-field`: the kind has no such field.
   * - `wrong-type`: the value is not of the field's type.
   * - `invalid`: a rule of the kind is broken.
   */
  readonly kind: 'not-an-object' | 'no-kind' | 'unknown-kind' | 'unknown-field' | 'wrong-type' | 'invalid';
  /** Keys and indexes from the root: `['spec', 'ports', 0, 'port']`. The field may be missing: then its parent is meant. */
  readonly path: readonly (string | number)[];
  /** In the words of kubectl and the API server. */
  readonly message: string;
}

export interface ManifestOptions {
  /** Where objects go that name no namespace. */
  readonly namespace: string;
}

/** All problems of one document. None means that the API server would take it (unless the name is taken). */
export function validateManifest(value: Json, { namespace }: ManifestOptions): readonly ManifestProblem[] {
  if (!isJsonObject(value)) {
    const message = "couldn't get version/kind; json parse error: an object was expected";
    return [{ kind: 'not-an-object', path: [], message }];
  }
  const missing = missingIdentity(value);
  if (missing.length > 0) return missing;
  const { apiVersion, kind: kindName } = value;
  if (typeof apiVersion !== 'string' || typeof kindName !== 'string') return [];
  const kind = findKind(apiVersion, kindName);
  const definition = definitionOf(apiVersion, kindName);
  if (kind === undefined || definition === undefined) {
    const message = `no matches for kind ${JSON.stringify(kindName)} in version ${JSON.stringify(apiVersion)}`;
    return [{ kind: 'unknown-kind', path: ['kind'], message }];
  }
  const decoded = decode(definition, value);
  const problems = decoded.problems.map(
    (problem): ManifestProblem => ({ kind: problem.kind, path: problem.path.keys, message: problem.message }),
  );
  if (problems.some(problem => problem.kind === 'wrong-type')) return problems;
  const draft = kind.defaults(named(decoded.value, kind.namespaced ? namespace : undefined));
  const errors = validateNew(kind, kind.prepareCreate?.(draft) ?? draft);
  return [
    ...problems,
    ...errors.map(
      (error): ManifestProblem => ({ kind: 'invalid', path: error.path.keys, message: formatFieldError(error) }),
    ),
  ];
}

/** kubectl's own check, before it asks anybody. */
function missingIdentity(value: JsonObject): readonly ManifestProblem[] {
  return (['apiVersion', 'kind'] as const).flatMap((name): ManifestProblem[] => {
    const text = field(value, name);
    if (typeof text === 'string' && text !== '') return [];
    return [{ kind: 'no-kind', path: [name], message: `${name} not set` }];
  });
}

/** What the request would add: the namespace, and a name for those that ask for one. */
function named(value: Json, namespace: string | undefined): Draft<ApiObject> {
  const object: Draft<ApiObject> = isJsonObject(value) ? value : {};
  const { generateName, name, ...metadata } = object.metadata ?? {};
  const given = name || (generateName ? `${generateName}x` : '');
  return {
    ...object,
    metadata: {
      ...metadata,
      ...(generateName !== undefined && { generateName }),
      ...(given !== '' && { name: given }),
      // Every object gets one; no rule looks at its form.
      uid: metadata.uid || '0',
      ...(namespace !== undefined && { namespace: metadata.namespace || namespace }),
    },
  };
}
