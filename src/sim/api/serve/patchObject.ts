// PATCH: the three forms of patches on objects. The fourth, server-side apply, is in applyObject.ts.
//
// Read:    k8s.io/apiserver pkg/endpoints/handlers/patch.go.

import { failure, type Result, success } from '../../runtime/errors.ts';
import { badRequest, invalidObject, requestTooLarge, unprocessablePatch, unsupportedMediaType } from '../apiError.ts';
import type { ApiError } from '../client.ts';
import { decode, type RepeatedField, strictMessage } from '../decode.ts';
import { invalid } from '../fieldError.ts';
import { path } from '../fieldPath.ts';
import { isJsonArray, isJsonObject, type JsonObject } from '../json.ts';
import type { Kind } from '../kinds/kind.ts';
import type { ApiObject } from '../objects.ts';
import { goText } from '../patch/goText.ts';
import { applyJsonPatch, MAX_OPERATIONS } from '../patch/jsonPatch.ts';
import { applyMergePatch } from '../patch/mergePatch.ts';
import { applyStrategicMergePatch } from '../patch/strategicMergePatch.ts';
import type { ApiRequest, Json } from '../request.ts';
import { definitionOf } from '../structure.ts';
import { asBody } from './answer.ts';
import { APPLY_PATCH, contentType, readBody } from './body.ts';
import { type FieldValidation, repeatedField, warningsOf } from './decodeBody.ts';

const JSON_PATCH = 'application/json-patch+json';
const STRATEGIC_PATCH = 'application/strategic-merge-patch+json';
const PATCH_TYPES = [JSON_PATCH, 'application/merge-patch+json', STRATEGIC_PATCH] as const;

export interface Patched {
  readonly object: JsonObject;
  readonly warnings: readonly string[];
}

/** What a patch has made, before anything is checked. */
interface Draft {
  readonly value: Json;
  /** The patch itself, where the server shows that instead. */
  readonly shown: string;
}

/** A PATCH of a type that the server does not have is refused before it looks for the object. */
export function checkPatchType(request: ApiRequest): ApiError | undefined {
  const types: readonly string[] = [...PATCH_TYPES, APPLY_PATCH];
  return types.includes(contentType(request)) ? undefined : unsupportedMediaType(types);
}

/** The object as the patch makes it, with nothing checked yet but its structure. */
export function patchObject(
  request: ApiRequest,
  object: ApiObject,
  kind: Pick<Kind, 'decode'>,
  validation: FieldValidation,
): Result<Patched, ApiError> {
  const type = PATCH_TYPES.find(known => known === contentType(request));
  if (type === undefined) return failure(unsupportedMediaType([...PATCH_TYPES, APPLY_PATCH]));
  const body = readBody(request);
  if (!body.ok) return body;
  const refuse = (why: string) => failure(badRequest(type === STRATEGIC_PATCH ? why : `error decoding patch: ${why}`));
  if (body.value.kind !== 'value') return refuse(body.value.why);
  const { value: patch, duplicates } = body.value;
  if (patch === undefined) return refuse('unexpected end of JSON input');
  const misfit = patchMisfit(type, patch);
  if (misfit !== undefined) return refuse(misfit);
  const patched = applyPatch(type, object, patch);
  if (!patched.ok) return patched;
  return checkStructure(object, kind, patched.value, duplicates.map(repeatedField), validation);
}

/** Why the patch is not of its type's form, in the words of Go's decoder. */
function patchMisfit(type: (typeof PATCH_TYPES)[number], patch: Json): string | undefined {
  const what = typeof patch === 'object' ? (isJsonArray(patch) ? 'array' : 'object') : typeof patch;
  const shown = what === 'boolean' ? 'bool' : what;
  const wanted = type === JSON_PATCH ? '[]handlers.jsonPatchOp' : 'map[string]interface {}';
  const isRight = type === JSON_PATCH ? isJsonArray(patch) : isJsonObject(patch);
  return isRight ? undefined : `json: cannot unmarshal ${shown} into Go value of type ${wanted}`;
}

function applyPatch(type: (typeof PATCH_TYPES)[number], object: ApiObject, patch: Json): Result<Draft, ApiError> {
  const target = asBody(object);
  if (isJsonArray(patch)) {
    if (patch.length > MAX_OPERATIONS) {
      const why = `The allowed maximum operations in a JSON patch is ${MAX_OPERATIONS}, got ${patch.length}`;
      return failure(requestTooLarge(why));
    }
    const applied = applyJsonPatch(target, patch);
    return applied.ok ? success(shownAsMade(applied.value)) : failure(unprocessablePatch());
  }
  if (!isJsonObject(patch)) return success(shownAsMade(target));
  const definition = definitionOf(object.apiVersion, object.kind);
  if (type !== STRATEGIC_PATCH) return success(shownAsMade(applyMergePatch(target, patch)));
  if (definition === undefined) return failure(unsupportedMediaType([...PATCH_TYPES, APPLY_PATCH]));
  const merged = applyStrategicMergePatch(definition, target, patch);
  return merged.ok
    ? success({ value: merged.value, shown: goText(patch) })
    : failure({ code: 500, reason: '', message: merged.error });
}

function shownAsMade(value: Json): Draft {
  return { value, shown: JSON.stringify(value) };
}

function checkStructure(
  object: ApiObject,
  kind: Pick<Kind, 'decode'>,
  { value: patched, shown }: Draft,
  repeated: readonly RepeatedField[],
  validation: FieldValidation,
): Result<Patched, ApiError> {
  const definition = definitionOf(object.apiVersion, object.kind);
  const decoded = definition === undefined ? kind.decode?.(patched) : decode(definition, patched);
  if (decoded === undefined || !isJsonObject(patched)) return success({ object: {}, warnings: [] });
  const { value, problems: found } = decoded;
  const problems = [...repeated, ...found];
  const wrongType = problems.find(problem => problem.kind === 'wrong-type');
  if (wrongType !== undefined || (validation === 'Strict' && problems.length > 0)) {
    const detail = wrongType?.message ?? strictMessage(problems);
    return failure(invalidObject('', '', '', [invalid(path('patch'), shown, detail)]));
  }
  return success({
    object: isJsonObject(value) ? value : {},
    warnings: validation === 'Warn' ? warningsOf(problems) : [],
  });
}
