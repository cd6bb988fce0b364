// The annotation in which `kubectl apply` remembers what it was given last time.
//
// Read:    kubectl pkg/util/apply.go.

import { isJsonObject, type Json, type JsonObject } from '../../sim/index.ts';
import { objectAt, textAt, withMetadata } from './fields.ts';
import { goJson } from './goSyntax.ts';
import { KubectlError } from './session.ts';

export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** The object with the annotation that remembers it. Source: `GetModifiedConfiguration`, `CreateOrUpdateAnnotation`. */
export function withLastApplied(object: JsonObject): JsonObject {
  const annotations = objectAt(object, 'metadata', 'annotations');
  return withMetadata(object, { annotations: { ...annotations, [LAST_APPLIED]: rememberedText(object) } });
}

/** What the annotation of an object says. */
export function rememberedText(object: JsonObject): string {
  const annotations = objectAt(object, 'metadata', 'annotations');
  const rest: JsonObject = { ...annotations, [LAST_APPLIED]: undefined };
  return `${goJson(withMetadata(object, { annotations: rest }))}\n`;
}

/** What was applied last; undefined when the object does not say. @throws KubectlError when what it says is no JSON */
export function lastApplied(object: Json): JsonObject | undefined {
  const text = textAt(object, 'metadata', 'annotations', LAST_APPLIED);
  if (text === '') return undefined;
  try {
    const value: Json = JSON.parse(text);
    return isJsonObject(value) ? value : {};
  } catch {
    throw new KubectlError(`error: the annotation ${LAST_APPLIED} holds no JSON: ${text.slice(0, 60)}`);
  }
}
