// PATCH with `application/apply-patch+yaml`: server-side apply. The object comes into being when there is none.
//
// Read:    k8s.io/apiserver pkg/endpoints/handlers/patch.go, `applyPatcher`.

import { failure, type Result, success } from '../../runtime/errors.ts';
import { badRequest } from '../apiError.ts';
import type { ApiError } from '../client.ts';
import { decode } from '../decode.ts';
import { type Applied, applyConfiguration } from '../fields/apply.ts';
import { jsonOf } from '../fields/track.ts';
import { isJsonArray, isJsonObject, type JsonObject } from '../json.ts';
import { type ApiObject, keyOf } from '../objects.ts';
import type { ApiRequest } from '../request.ts';
import { definitionOf } from '../structure.ts';
import type { ApiWorld } from '../world.ts';
import { createObject } from '../write/create.ts';
import { updateObject } from '../write/update.ts';
import { updateObjectStatus } from '../write/updateStatus.ts';
import { APPLY_PATCH, type Body, contentType, readBody } from './body.ts';
import { readWriteQuery, type WriteQuery } from './options.ts';
import type { Route } from './route.ts';
import { checkName, draftOf, find, keyOfItem } from './verbs.ts';

type Item = Extract<Route, { readonly kind: 'object' }>;

export function isApplyPatch(request: ApiRequest): boolean {
  return request.method === 'PATCH' && contentType(request) === APPLY_PATCH;
}

/** What was applied, and whether that made the object. */
export interface ApplyOutcome {
  readonly object: ApiObject;
  readonly status: 200 | 201;
}

export function applyObject(world: ApiWorld, request: ApiRequest, route: Item): Result<ApplyOutcome, ApiError> {
  const query = readWriteQuery(request, 'PatchOptions');
  if (!query.ok) return query;
  const body = readBody(request);
  if (!body.ok) return body;
  const config = configOf(body.value);
  if (!config.ok) return failure(badRequest(`error decoding YAML: ${config.error}`));
  const live = world.store.table(route.of).get(keyOf({ metadata: keyOfItem(route) }));
  const subresource = route.subresource === 'status' ? ({ subresource: 'status' } as const) : {};
  if (live === undefined && route.subresource !== undefined) return missing(world, route);
  const applied = applyConfiguration({
    kind: route.of,
    live: live === undefined ? undefined : jsonOf(live),
    config: config.value,
    who: {
      manager: query.value.manager ?? '',
      operation: 'Apply',
      apiVersion: route.of.apiVersion,
      ...subresource,
    },
    now: world.now,
    force: request.query?.force === 'true',
  });
  if (!applied.ok) return applied;
  const decoded = decodeApplied(route, applied.value.object);
  if (!decoded.ok) return decoded;
  const misnamed = checkName(decoded.value, route);
  if (misnamed !== undefined) return failure(misnamed);
  return store(world, route, { ...applied.value, object: decoded.value }, live, query.value);
}

/** The error is in the words of sigs.k8s.io/yaml. */
function configOf(body: Body): Result<JsonObject, string> {
  if (body.kind !== 'value')
    return failure(body.kind === 'malformed-yaml' ? `error converting YAML to JSON: ${body.why}` : body.why);
  const value = body.value ?? {};
  if (isJsonObject(value)) return success(value);
  const what = isJsonArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  const why = `json: cannot unmarshal ${what} into Go value of type map[string]interface {}`;
  return failure(`error unmarshaling JSON: while decoding JSON: ${why}`);
}

function missing(world: ApiWorld, route: Item): Result<ApplyOutcome, ApiError> {
  const found = find(world, route);
  return found.ok ? success({ object: found.value, status: 200 }) : found;
}

/** Quantities and the like as the server writes them. */
function decodeApplied(route: Item, object: JsonObject): Result<JsonObject, ApiError> {
  const definition = definitionOf(route.of.apiVersion, route.of.kind);
  const decoded = definition === undefined ? route.of.decode?.(object) : decode(definition, object);
  if (decoded === undefined) return success(object);
  const { value, problems } = decoded;
  const wrong = problems.find(problem => problem.kind === 'wrong-type');
  if (wrong !== undefined) return failure({ code: 500, reason: '', message: wrong.message });
  return success(isJsonObject(value) ? value : {});
}

function store(
  world: ApiWorld,
  route: Item,
  { object, managedFields }: Applied,
  live: ApiObject | undefined,
  query: WriteQuery,
): Result<ApplyOutcome, ApiError> {
  const request = { kind: route.of, object: draftOf(object), applied: { managedFields } };
  if (live === undefined) {
    const created = createObject(world, { ...request, namespace: route.namespace }, query);
    return created.ok ? success({ object: created.value, status: 201 }) : created;
  }
  const write = route.subresource === 'status' ? updateObjectStatus : updateObject;
  const updated = write(world, { ...request, key: keyOfItem(route) }, query);
  return updated.ok ? success({ object: updated.value, status: 200 }) : updated;
}
