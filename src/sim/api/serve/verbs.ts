// What a method does to an object or a collection.
//
// Read:    k8s.io/apiserver pkg/endpoints/installer.go: which method is which verb; pkg/endpoints/handlers.

import { failure, type Result, success } from '../../runtime/errors.ts';
import { badRequest, methodNotAllowed, notFound } from '../apiError.ts';
import type { ApiError } from '../client.ts';
import type { Draft } from '../draft.ts';
import { field, isJsonObject, type JsonObject } from '../json.ts';
import type { Kind } from '../kinds/kind.ts';
import { type ApiObject, keyOf, type ObjectKey } from '../objects.ts';
import type { ApiRequest, ApiResponse } from '../request.ts';
import { groupOf } from '../scheme.ts';
import type { ApiWorld } from '../world.ts';
import { createObject } from '../write/create.ts';
import { removeObject } from '../write/remove.ts';
import { updateObject } from '../write/update.ts';
import { answer, deletedStatus, showList, showObject } from './answer.ts';
import { applyObject, isApplyPatch } from './applyObject.ts';
import { readObject } from './decodeBody.ts';
import { readDeleteQuery } from './deleteOptions.ts';
import { isSwitchedOn, readListQuery } from './listOptions.ts';
import { shapeOf } from './negotiate.ts';
import { readWriteQuery, type WriteQuery } from './options.ts';
import { readPage } from './page.ts';
import { checkPatchType, patchObject } from './patchObject.ts';
import type { Route } from './route.ts';
import { readSelection, select } from './selection.ts';
import { openWatch } from './watch.ts';

type Collection = Extract<Route, { readonly kind: 'collection' }>;
type Item = Extract<Route, { readonly kind: 'object' }>;
type Outcome = Result<ApiResponse, ApiError>;

/** An object handed in as JSON is a draft: decoding has made sure of its types. */
export function draftOf(object: JsonObject): Draft<ApiObject> {
  return object as Draft<ApiObject>;
}

export function keyOfItem({
  namespace,
  name,
}: {
  readonly namespace: string | undefined;
  readonly name: string;
}): ObjectKey {
  return namespace === undefined ? { name } : { namespace, name };
}

/** The object that a path names. */
export function find(world: ApiWorld, { of, namespace, name }: Item): Result<ApiObject, ApiError> {
  const object = world.store.table(of).get(keyOf({ metadata: keyOfItem({ namespace, name }) }));
  return object === undefined
    ? failure(notFound({ group: groupOf(of.apiVersion), resource: of.resource }, name))
    : success(object);
}

export function onCollection(world: ApiWorld, request: ApiRequest, route: Collection): Outcome {
  switch (request.method) {
    case 'GET':
      return isWatch(request) ? watch(world, request, route.of, route.namespace) : list(world, request, route);
    case 'POST':
      return create(world, request, route);
    case 'DELETE':
      return deleteCollection(world, request, route);
    default:
      return failure(methodNotAllowed());
  }
}

export function onObject(world: ApiWorld, request: ApiRequest, route: Item): Outcome {
  switch (request.method) {
    case 'GET': {
      if (isWatch(request)) return watch(world, request, route.of, route.namespace, route.name);
      const found = find(world, route);
      return found.ok ? success(shown(world, request, route.of, found.value, 200)) : found;
    }
    case 'PUT':
      return update(world, request, route);
    case 'PATCH':
      return patch(world, request, route);
    case 'DELETE':
      return remove(world, request, route);
    default:
      return failure(methodNotAllowed());
  }
}

function isWatch({ query }: ApiRequest): boolean {
  return isSwitchedOn(query?.watch);
}

export function shown(
  world: ApiWorld,
  request: ApiRequest,
  kind: Kind,
  object: ApiObject,
  status: number,
  warnings: readonly string[] = [],
): ApiResponse {
  return answer(status, showObject(kind, object, shapeOf(request), world.clock.now), warnings);
}

function list(world: ApiWorld, request: ApiRequest, { of, namespace }: Collection): Outcome {
  const selection = readSelection(request, of, namespace);
  if (!selection.ok) return selection;
  const query = readListQuery(request);
  if (!query.ok) return query;
  const page = readPage(world.store, selection.value, query.value);
  if (!page.ok) return page;
  const { objects, metadata } = page.value;
  return success(answer(200, showList(of, objects, shapeOf(request), metadata, world.clock.now)));
}

function watch(world: ApiWorld, request: ApiRequest, of: Kind, namespace: string | undefined, name?: string): Outcome {
  const selection = readSelection(request, of, namespace, name);
  if (!selection.ok) return selection;
  const stream = openWatch(world, request, selection.value, shapeOf(request));
  return stream.ok ? success({ ...answer(200, {}), watch: stream.value }) : stream;
}

function create(world: ApiWorld, request: ApiRequest, { of, namespace }: Collection): Outcome {
  if (of.namespaced && namespace === undefined) return failure(methodNotAllowed());
  const query = readWriteQuery(request, 'CreateOptions');
  if (!query.ok) return query;
  const decoded = readObject(request, of, query.value.validation);
  if (!decoded.ok) return decoded;
  const created = createObject(world, { kind: of, object: draftOf(decoded.value.object), namespace }, query.value);
  if (!created.ok) return created;
  const { value: object } = created;
  const warnings = [...decoded.value.warnings, ...warningsOn(of, object)];
  return success(shown(world, request, of, object, 201, warnings));
}

function update(world: ApiWorld, request: ApiRequest, route: Item): Outcome {
  const query = readWriteQuery(request, 'UpdateOptions');
  if (!query.ok) return query;
  const decoded = readObject(request, route.of, query.value.validation);
  if (!decoded.ok) return decoded;
  const { object, warnings } = decoded.value;
  const misnamed = checkName(object, route);
  if (misnamed !== undefined) return failure(misnamed);
  return changed(world, request, route, { object, warnings, query: query.value });
}

interface Change {
  readonly object: JsonObject;
  readonly warnings: readonly string[];
  readonly query: WriteQuery;
}

function changed(world: ApiWorld, request: ApiRequest, route: Item, { object, warnings, query }: Change): Outcome {
  const old = find(world, route);
  const updated = updateObject(world, { kind: route.of, key: keyOfItem(route), object: draftOf(object) }, query);
  if (!updated.ok) return updated;
  const own = old.ok ? warningsOn(route.of, updated.value, old.value) : [];
  return success(shown(world, request, route.of, updated.value, 200, [...warnings, ...own]));
}

function warningsOn(kind: Kind, object: ApiObject, old?: ApiObject): readonly string[] {
  return kind.warnings?.(object, old) ?? [];
}

/** The body names the object that the path names. */
export function checkName(object: JsonObject, { name, namespace }: Item): ApiError | undefined {
  const metadata = field(object, 'metadata');
  const own = isJsonObject(metadata) ? metadata : {};
  if (typeof own.name !== 'string' || own.name === '')
    return badRequest(`the name of the object (${name} based on URL) was undeterminable: name must be provided`);
  if (own.name !== name)
    return badRequest(`the name of the object (${own.name}) does not match the name on the URL (${name})`);
  if (
    namespace !== undefined &&
    typeof own.namespace === 'string' &&
    own.namespace !== '' &&
    own.namespace !== namespace
  )
    return badRequest(
      `the namespace of the object (${own.namespace}) does not match the namespace on the request (${namespace})`,
    );
  return undefined;
}

function patch(world: ApiWorld, request: ApiRequest, route: Item): Outcome {
  if (isApplyPatch(request)) {
    const old = find(world, route);
    const applied = applyObject(world, request, route);
    if (!applied.ok) return applied;
    const { object, status } = applied.value;
    const own = warningsOn(route.of, object, old.ok ? old.value : undefined);
    return success(shown(world, request, route.of, object, status, own));
  }
  const mistyped = checkPatchType(request);
  if (mistyped !== undefined) return failure(mistyped);
  const query = readWriteQuery(request, 'PatchOptions');
  if (!query.ok) return query;
  const found = find(world, route);
  if (!found.ok) return found;
  const patched = patchObject(request, found.value, route.of, query.value.validation);
  if (!patched.ok) return patched;
  const { object, warnings } = patched.value;
  const misnamed = checkName(object, route);
  if (misnamed !== undefined) return failure(misnamed);
  return changed(world, request, route, { object, warnings, query: query.value });
}

function remove(world: ApiWorld, request: ApiRequest, route: Item): Outcome {
  const query = readDeleteQuery(request, route.of);
  if (!query.ok) return query;
  const { write, remove: options } = query.value;
  const removed = removeObject(world, { kind: route.of, key: keyOfItem(route), options }, write);
  if (!removed.ok) return removed;
  const { kind, object } = removed.value;
  if (kind === 'terminating' || route.of.deletionAnswers === 'object')
    return success(shown(world, request, route.of, object, 200));
  return success(answer(200, deletedStatus(route.of, groupOf(route.of.apiVersion), object)));
}

function deleteCollection(world: ApiWorld, request: ApiRequest, { of, namespace }: Collection): Outcome {
  if ((of.namespaced && namespace === undefined) || of.kind === 'Namespace') return failure(methodNotAllowed());
  const query = readDeleteQuery(request, of);
  if (!query.ok) return query;
  const selection = readSelection(request, of, namespace);
  if (!selection.ok) return selection;
  const { write, remove: options } = query.value;
  const chosen = select(world.store.table(of), selection.value);
  for (const object of chosen) {
    const removed = removeObject(world, { kind: of, key: object.metadata, options }, write);
    // Somebody who reacts to the first deletion may have deleted the next one already.
    if (!removed.ok && removed.error.reason !== 'NotFound') return removed;
  }
  const metadata = { resourceVersion: String(world.store.resourceVersion) };
  return success(answer(200, showList(of, chosen, shapeOf(request), metadata, world.clock.now)));
}
