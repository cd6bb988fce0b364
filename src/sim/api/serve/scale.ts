// The `scale` subresource: how many Pods a workload wants, in the same form for all kinds.
//
// Read:    kubernetes pkg/registry/apps/deployment/storage/storage.go, `ScaleREST`; pkg/apis/autoscaling/validation.

import { failure, type Result, success } from '../../runtime/errors.ts';
import { conflict, invalidObject, MODIFIED_MEANWHILE } from '../apiError.ts';
import type { ApiError } from '../client.ts';
import type { Draft } from '../draft.ts';
import { invalid } from '../fieldError.ts';
import { path } from '../fieldPath.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import type { Kind } from '../kinds/kind.ts';
import type { ApiObject } from '../objects.ts';
import { groupOf } from '../scheme.ts';

/** A Scale is an object of its own, made on request. */
export interface Scale extends ApiObject {
  readonly spec: { readonly replicas?: number };
  readonly status: { readonly replicas: number; readonly selector?: string };
}

/** The Scale of an object; `undefined` when its kind has none. */
export function scaleOf(kind: Kind, object: ApiObject): Scale | undefined {
  if (kind.scale === undefined) return undefined;
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, ...(namespace !== undefined && { namespace }), uid, resourceVersion, creationTimestamp },
    spec: { replicas: kind.scale.specReplicas(object) },
    status: { replicas: kind.scale.statusReplicas(object), selector: kind.scale.selector(object) },
  };
}

/** The object with the number of replicas that a Scale asks for. */
export function withScale(kind: Kind, object: ApiObject, scale: JsonObject): Result<Draft<ApiObject>, ApiError> {
  const { name } = object.metadata;
  const metadata = isJsonObject(scale.metadata) ? scale.metadata : {};
  const spec = isJsonObject(scale.spec) ? scale.spec : {};
  const version = metadata.resourceVersion;
  if (typeof version === 'string' && version !== '' && version !== object.metadata.resourceVersion) {
    const about = { group: groupOf(kind.apiVersion), resource: kind.resource };
    return failure(conflict(about, name, MODIFIED_MEANWHILE));
  }
  const replicas = typeof spec.replicas === 'number' ? spec.replicas : 0;
  if (replicas < 0) {
    const error = invalid(path('spec', 'replicas'), replicas, 'must be greater than or equal to 0');
    return failure(invalidObject('Scale', 'autoscaling', name, [error]));
  }
  return success(kind.scale?.withReplicas(object, replicas) ?? object);
}
