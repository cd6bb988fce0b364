// PATCH: the three forms of patches on objects. The fourth, server-side apply, is in applyObject.ts.
//
// Read:    k8s.io/apiserver pkg/endpoints/handlers/patch.go.

import { failure, type Result, success } from '../../runtime/errors.ts';
import { badRequest, invalidObject, requestTooLarge, unprocessablePatch, unsupportedMediaType } from '../apiError.ts';
import type { ApiError } from '../client.ts';
import { decode, strictMessage } from '../decode.ts';
import { invalid } from '../fieldError.ts';
import { path } from '../fieldPath.ts';
import { isJsonArray, isJsonObject, type JsonObject } from '../json.ts';
import type { ApiObject } from '../objects.ts';
import { goText } from '../patch/goText.ts';
import { applyJsonPatch, MAX_OPERATIONS } from '../patch/jsonPatch.ts';
import { applyMergePatch } from '../patch/mergePatch.ts';
import { applyStrategicMergePatch } from '../patch/strategicMergePatch.ts';
import type { ApiRequest, Json } from '../request.ts';
import { definitionOf } from '../structure.ts';
import { asBody } from './answer.ts';
import { APPLY_PATCH, contentType, type FieldValidation, readBody, warningsOf } from './body.ts';

const PATCH_TYPES = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
] as const;

export interface Patched {
  readonly object: JsonObject;
  readonly warnings: readonly string[];
}

/** The object as the patch makes it, with nothing checked yet but its structure. */
export function patchObject(
  request: ApiRequest,
  object: ApiObject,
  validation: FieldValidation,
): Result<Patched, ApiError> {
  const type = PATCH_TYPES.find(known => known === contentType(request));
  if (type === undefined) return failure(unsupportedMediaType([...PATCH_TYPES, APPLY_PATCH]));
  const body = readBody(request);
  if (!body.ok) return body;
  const patched = applyPatch(type, object, body.value ?? null);
  if (!patched.ok) return patched;
  return checkStructure(type, object, patched.value, body.value ?? null, validation);
}

function applyPatch(type: (typeof PATCH_TYPES)[number], object: ApiObject, patch: Json): Result<Json, ApiError> {
  const target = asBody(object);
  if (type === 'application/json-patch+json') {
    if (!isJsonArray(patch))
      return failure(
        badRequest('error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp'),
      );
    if (patch.length > MAX_OPERATIONS) return failure(requestTooLarge(MAX_OPERATIONS));
    const applied = applyJsonPatch(target, patch);
    return applied.ok ? applied : failure(unprocessablePatch());
  }
  if (!isJsonObject(patch))
    return failure(
      badRequest('error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}'),
    );
  if (type === 'application/merge-patch+json') return success(applyMergePatch(target, patch));
  const definition = definitionOf(object.apiVersion, object.kind);
  if (definition === undefined) return failure(unsupportedMediaType(PATCH_TYPES));
  const merged = applyStrategicMergePatch(definition, target, patch);
  return merged.ok ? merged : failure({ code: 500, reason: '', message: merged.error });
}

function checkStructure(
  type: (typeof PATCH_TYPES)[number],
  object: ApiObject,
  patched: Json,
  patch: Json,
  validation: FieldValidation,
): Result<Patched, ApiError> {
  const definition = definitionOf(object.apiVersion, object.kind);
  if (definition === undefined || !isJsonObject(patched)) return success({ object: {}, warnings: [] });
  const { value, problems } = decode(definition, patched);
  const wrongType = problems.find(problem => problem.kind === 'wrong-type');
  if (wrongType !== undefined || (validation === 'Strict' && problems.length > 0)) {
    // A strategic patch is shown as it came, the others as what they made of the object.
    const shown = type === 'application/strategic-merge-patch+json' ? goText(patch) : JSON.stringify(patched);
    const detail = wrongType?.message ?? strictMessage(problems);
    return failure(invalidObject('', '', '', [invalid(path('patch'), shown, detail)]));
  }
  return success({
    object: isJsonObject(value) ? value : {},
    warnings: validation === 'Warn' ? warningsOf(problems) : [],
  });
}
