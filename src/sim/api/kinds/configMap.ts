// ConfigMap: settings as text, for Pods to read.
//
// Read:    kubernetes pkg/apis/core/validation/validation.go, `ValidateConfigMap`, `ValidateConfigMapUpdate`.

import type { Draft } from '../draft.ts';
import { eachInvalid, type FieldError, forbidden, invalid, tooLong } from '../fieldError.ts';
import { entry, path, ROOT_PATH } from '../fieldPath.ts';
import { equalJson } from '../json.ts';
import type { ApiObject } from '../objects.ts';
import { age } from '../timestamps.ts';
import { byteLength, configMapKey, dnsSubdomain } from '../validation/formats.ts';
import { column, type Kind, nameColumn } from './kind.ts';

export interface ConfigMap extends ApiObject {
  readonly data?: Readonly<Record<string, string>>;
  /** Base64. */
  readonly binaryData?: Readonly<Record<string, string>>;
  readonly immutable?: boolean;
}

/** Bytes of all values together. Source: core, `MaxSecretSize`. */
const SIZE_LIMIT = 1024 * 1024;

export const configMaps: Kind<ConfigMap> = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  resource: 'configmaps',
  singular: 'configmap',
  shortNames: ['cm'],
  categories: [],
  namespaced: true,
  subresources: [],
  nameRule: dnsSubdomain,
  countsGenerations: false,
  deletionAnswers: 'status',
  defaults: configMap => configMap,
  validate: validateConfigMap,
  validateUpdate: validateConfigMapUpdate,
  columns: [
    nameColumn(),
    column('Data', ({ data = {}, binaryData = {} }) => Object.keys(data).length + Object.keys(binaryData).length),
    column('Age', (configMap, now) => age(configMap.metadata?.creationTimestamp, now)),
  ],
};

function validateConfigMap({ data = {}, binaryData = {} }: Draft<ConfigMap>): FieldError[] {
  const errors: FieldError[] = [];
  let size = 0;
  for (const [key, value = ''] of Object.entries(data)) {
    errors.push(...eachInvalid(entry(path('data'), key), key, configMapKey(key)));
    if (Object.hasOwn(binaryData, key))
      errors.push(invalid(entry(path('data'), key), key, 'duplicate of key present in binaryData'));
    size += byteLength(value);
  }
  for (const [key, value = ''] of Object.entries(binaryData)) {
    errors.push(...eachInvalid(entry(path('binaryData'), key), key, configMapKey(key)));
    size += Math.floor((value.replaceAll('=', '').length * 3) / 4);
  }
  // Upstream names no field here, which Go prints as an empty path.
  return size > SIZE_LIMIT ? [...errors, tooLong({ ...ROOT_PATH, text: '' }, SIZE_LIMIT)] : errors;
}

function validateConfigMapUpdate(configMap: Draft<ConfigMap>, old: ConfigMap): FieldError[] {
  if (old.immutable !== true) return [];
  const errors: FieldError[] = [];
  if (configMap.immutable !== true)
    errors.push(forbidden(path('immutable'), 'field is immutable when `immutable` is set'));
  for (const field of ['data', 'binaryData'] as const) {
    if (!equalJson(configMap[field] ?? {}, old[field] ?? {}))
      errors.push(forbidden(path(field), 'field is immutable when `immutable` is set'));
  }
  return errors;
}
