// How an object is to be deleted: the body of the request says it, or else its query.
//
// Read:    k8s.io/apiserver pkg/endpoints/handlers/delete.go; k8s.io/apimachinery pkg/apis/meta/v1/validation.

import { failure, type Result, success } from '../../runtime/errors.ts';
import { badRequest, invalidObject } from '../apiError.ts';
import type { ApiError, DeleteOptions } from '../client.ts';
import { type FieldError, invalid, notSupported } from '../fieldError.ts';
import { path } from '../fieldPath.ts';
import { isJsonArray, isJsonObject, type JsonObject } from '../json.ts';
import type { Kind } from '../kinds/kind.ts';
import type { ApiRequest } from '../request.ts';
import type { WriteOptions } from '../world.ts';
import { readObject } from './decodeBody.ts';
import { isSwitchedOn } from './listOptions.ts';
import { META_GROUP, readWriteQuery } from './options.ts';

export interface DeleteQuery {
  readonly write: WriteOptions;
  readonly remove: DeleteOptions;
}

export function readDeleteQuery(request: ApiRequest, of: Kind): Result<DeleteQuery, ApiError> {
  const given = readGiven(request, of);
  if (!given.ok) return given;
  const write = readWriteQuery({ ...request, query: {} }, 'DeleteOptions');
  return write.ok ? readDeleteOptions(given.value, write.value.actor) : write;
}

/** @param given an object DeleteOptions */
export function readDeleteOptions(given: JsonObject, actor: string): Result<DeleteQuery, ApiError> {
  const { gracePeriodSeconds, propagationPolicy, orphanDependents, dryRun } = given;
  const dry = isJsonArray(dryRun) ? dryRun.map(String) : [];
  const errors: FieldError[] = [];
  const policy = POLICIES.find(known => known === propagationPolicy);
  if (orphanDependents !== undefined && propagationPolicy !== undefined) {
    const why = 'orphanDependents and deletionPropagation cannot be both set';
    errors.push(invalid(path('propagationPolicy'), propagationPolicy, why));
  }
  if (propagationPolicy !== undefined && policy === undefined)
    errors.push(notSupported(path('propagationPolicy'), propagationPolicy, [...POLICIES, 'nil']));
  if (dry.some(value => value !== 'All')) errors.push(notSupported(path('dryRun'), dry, ['All']));
  if (errors.length > 0) return failure(invalidObject('DeleteOptions', META_GROUP, '', errors));
  const preconditions = isJsonObject(given.preconditions) ? given.preconditions : {};
  const { uid, resourceVersion } = preconditions;
  // The older way of saying it.
  const older = orphanDependents === undefined ? undefined : orphanDependents === true ? 'Orphan' : 'Background';
  const propagation = policy ?? older;
  return success({
    write: { actor, mode: dry.length > 0 ? 'dry-run' : 'store' },
    remove: {
      ...(typeof gracePeriodSeconds === 'number' && { gracePeriodSeconds }),
      ...(propagation !== undefined && { propagationPolicy: propagation }),
      ...(typeof uid === 'string' && { uid }),
      ...(typeof resourceVersion === 'string' && { resourceVersion }),
    },
  });
}

const POLICIES = ['Foreground', 'Background', 'Orphan'] as const;

/** Every group has its own DeleteOptions, and all of them are the same. */
function readGiven(request: ApiRequest, of: Kind): Result<JsonObject, ApiError> {
  if (request.body === undefined || request.body === '') return readQuery(request);
  const expected = { apiVersion: 'v1', kind: 'DeleteOptions', aliases: [of.apiVersion, `${META_GROUP}/v1`] };
  const decoded = readObject(request, expected, 'Ignore');
  return decoded.ok ? success(decoded.value.object) : decoded;
}

function readQuery({ query = {} }: ApiRequest): Result<JsonObject, ApiError> {
  const { gracePeriodSeconds: grace, propagationPolicy, orphanDependents, dryRun } = query;
  if (grace !== undefined && !/^[-+]?\d+$/.test(grace))
    return failure(badRequest(`strconv.ParseInt: parsing ${JSON.stringify(grace)}: invalid syntax`));
  return success({
    ...(grace !== undefined && { gracePeriodSeconds: Number(grace) }),
    ...(propagationPolicy !== undefined && { propagationPolicy }),
    ...(orphanDependents !== undefined && { orphanDependents: isSwitchedOn(orphanDependents) }),
    ...(dryRun !== undefined && { dryRun: [dryRun] }),
  });
}
