// Requests to what lies below an object: its status, its scale, a Pod's binding, eviction and log, the end of a namespace.
//
// Read:    kubernetes pkg/registry/core/pod/storage/storage.go, pkg/registry/core/namespace/storage/storage.go.

import { failure, type Result, success } from '../../runtime/errors.ts';
import { badRequest, methodNotAllowed } from '../apiError.ts';
import type { ApiError } from '../client.ts';
import { isJsonObject } from '../json.ts';
import { namespaces } from '../kinds/namespace.ts';
import { isPod, type Pod } from '../kinds/pod.ts';
import type { ApiObject } from '../objects.ts';
import type { ApiRequest, ApiResponse } from '../request.ts';
import type { ApiWorld } from '../world.ts';
import { bindPod } from '../write/bind.ts';
import { evictPod } from '../write/evict.ts';
import { replace, updateObject } from '../write/update.ts';
import { updateObjectStatus } from '../write/updateStatus.ts';
import { answer, asBody } from './answer.ts';
import { applyObject, isApplyPatch } from './applyObject.ts';
import { type DecodedBody, type ExpectedKind, readObject } from './decodeBody.ts';
import { readDeleteOptions } from './deleteOptions.ts';
import { readWriteQuery, type WriteQuery } from './options.ts';
import { patchObject } from './patchObject.ts';
import { refuseConnection } from './podConnect.ts';
import { onLog } from './podLog.ts';
import type { Route } from './route.ts';
import { scaleOf, withScale } from './scale.ts';
import { checkName, draftOf, find, keyOfItem, shown } from './verbs.ts';

type Item = Extract<Route, { readonly kind: 'object' }>;
type Outcome = Result<ApiResponse, ApiError>;

export function onSubresource(world: ApiWorld, request: ApiRequest, route: Item): Outcome {
  switch (route.subresource) {
    case 'status':
      return onStatus(world, request, route);
    case 'scale':
      return onScale(world, request, route);
    case 'binding':
      return onBinding(world, request, route);
    case 'eviction':
      return onEviction(world, request, route);
    case 'log':
      return onPod(world, route, pod =>
        request.method === 'GET' ? onLog(world, request, pod) : failure(methodNotAllowed()),
      );
    case 'exec':
    case 'attach':
    case 'portforward': {
      const { subresource } = route;
      return onPod(world, route, pod => failure(refuseConnection(request, pod, subresource)));
    }
    case 'finalize':
      return onFinalize(world, request, route);
    default:
      return failure(methodNotAllowed());
  }
}

interface Written extends DecodedBody {
  readonly query: WriteQuery;
}

/** What a PUT or PATCH makes of `current`. */
function written(request: ApiRequest, current: ApiObject, expected: ExpectedKind): Result<Written, ApiError> {
  if (request.method === 'PATCH') {
    const query = readWriteQuery(request, 'PatchOptions');
    if (!query.ok) return query;
    const patched = patchObject(request, current, expected, query.value.validation);
    return patched.ok ? success({ ...patched.value, query: query.value }) : patched;
  }
  const query = readWriteQuery(request, 'UpdateOptions');
  if (!query.ok) return query;
  const decoded = readObject(request, expected, query.value.validation);
  return decoded.ok ? success({ ...decoded.value, query: query.value }) : decoded;
}

function onStatus(world: ApiWorld, request: ApiRequest, route: Item): Outcome {
  const found = find(world, route);
  if (!found.ok) return found;
  if (request.method === 'GET') return success(shown(world, request, route.of, found.value, 200));
  if (request.method !== 'PUT' && request.method !== 'PATCH') return failure(methodNotAllowed());
  if (isApplyPatch(request)) {
    const applied = applyObject(world, request, route);
    return applied.ok ? success(shown(world, request, route.of, applied.value.object, 200)) : applied;
  }
  const next = written(request, found.value, route.of);
  if (!next.ok) return next;
  const { object, warnings, query } = next.value;
  const misnamed = checkName(object, route);
  if (misnamed !== undefined) return failure(misnamed);
  const updated = updateObjectStatus(world, { kind: route.of, key: keyOfItem(route), object: draftOf(object) }, query);
  return updated.ok ? success(shown(world, request, route.of, updated.value, 200, warnings)) : updated;
}

function onScale(world: ApiWorld, request: ApiRequest, route: Item): Outcome {
  const found = find(world, route);
  if (!found.ok) return found;
  const scale = scaleOf(route.of, found.value);
  if (scale === undefined) return failure(methodNotAllowed());
  if (request.method === 'GET') return success(answer(200, asBody(scale)));
  if (request.method !== 'PUT' && request.method !== 'PATCH') return failure(methodNotAllowed());
  const next = written(request, scale, { apiVersion: 'autoscaling/v1', kind: 'Scale' });
  if (!next.ok) return next;
  const scaled = withScale(route.of, found.value, next.value.object);
  if (!scaled.ok) return scaled;
  const request_ = { kind: route.of, key: keyOfItem(route), object: scaled.value };
  const updated = updateObject(world, request_, { ...next.value.query, subresource: 'scale' });
  if (!updated.ok) return updated;
  const result = scaleOf(route.of, updated.value) ?? scale;
  return success(answer(200, asBody(result), next.value.warnings));
}

function onBinding(world: ApiWorld, request: ApiRequest, route: Item): Outcome {
  if (request.method !== 'POST') return failure(methodNotAllowed());
  const query = readWriteQuery(request, 'CreateOptions');
  if (!query.ok) return query;
  const decoded = readObject(request, { apiVersion: 'v1', kind: 'Binding' }, query.value.validation);
  if (!decoded.ok) return decoded;
  const { target } = decoded.value.object;
  const node = isJsonObject(target) && typeof target.name === 'string' ? target.name : '';
  const bound = bindPod(world, keyOfItem(route), node, query.value);
  if (!bound.ok) return bound;
  return success(created());
}

function onEviction(world: ApiWorld, request: ApiRequest, route: Item): Outcome {
  if (request.method !== 'POST') return failure(methodNotAllowed());
  const query = readWriteQuery(request, 'CreateOptions');
  if (!query.ok) return query;
  const decoded = readObject(request, { apiVersion: 'policy/v1', kind: 'Eviction' }, query.value.validation);
  if (!decoded.ok) return decoded;
  const { metadata, deleteOptions } = decoded.value.object;
  const name = isJsonObject(metadata) ? metadata.name : undefined;
  if (name !== route.name) return failure(badRequest('name in URL does not match name in Eviction object'));
  const wanted = readDeleteOptions(isJsonObject(deleteOptions) ? deleteOptions : {}, query.value.actor);
  if (!wanted.ok) return wanted;
  const { write, remove } = wanted.value;
  const mode = query.value.mode === 'dry-run' ? 'dry-run' : write.mode;
  const evicted = evictPod(world, { key: keyOfItem(route), options: remove }, { ...write, mode });
  return evicted.ok ? success(created()) : evicted;
}

/** The answer to something that was made and cannot be read back. */
function created(): ApiResponse {
  return answer(201, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 });
}

function onPod(world: ApiWorld, route: Item, answerFor: (pod: Pod) => Outcome): Outcome {
  const found = find(world, route);
  if (!found.ok) return found;
  return isPod(found.value) ? answerFor(found.value) : failure(methodNotAllowed());
}

function onFinalize(world: ApiWorld, request: ApiRequest, route: Item): Outcome {
  if (request.method !== 'PUT') return failure(methodNotAllowed());
  const found = find(world, route);
  if (!found.ok) return found;
  const next = written(request, found.value, namespaces);
  if (!next.ok) return next;
  const spec = isJsonObject(next.value.object.spec) ? next.value.object.spec : {};
  const finalizers = Array.isArray(spec.finalizers) ? spec.finalizers : [];
  const finalized: ApiObject = { ...found.value, ...{ spec: { finalizers } } };
  if (next.value.query.mode === 'dry-run') return success(shown(world, request, route.of, found.value, 200));
  const isOver = finalizers.length === 0 && found.value.metadata.deletionTimestamp !== undefined;
  const result = isOver
    ? world.store.remove(route.of, found.value)
    : replace(world, route.of, found.value, finalized, next.value.query);
  return success(shown(world, request, route.of, result, 200));
}
