// Secrets: their keys and size, and what their types must have.
//
// Omits:   whether the content of docker configurations is JSON.
// Read:    kubernetes pkg/apis/core/validation/validation.go, `ValidateSecret`, `ValidateSecretUpdate`.

import { base64Size } from '../base64.ts';
import type { Draft } from '../draft.ts';
import { eachInvalid, type FieldError, forbidden, required, tooLong } from '../fieldError.ts';
import { entry, path } from '../fieldPath.ts';
import { equalJson } from '../json.ts';
import type { ApiObject } from '../objects.ts';
import { keysAt, peek, textAt } from '../peek.ts';
import { configMapKey } from './formats.ts';
import { immutable } from './objectMeta.ts';

/** Bytes of all values together. Source: core, `MaxSecretSize`. */
const SIZE_LIMIT = 1024 * 1024;
const ACCOUNT_NAME = 'kubernetes.io/service-account.name';

/** What each type cannot do without. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
};

export function validateSecret(secret: Draft<ApiObject>): FieldError[] {
  const place = path('data');
  const keys = keysAt(secret, 'data');
  const errors = keys.flatMap(key => eachInvalid(entry(place, key), key, configMapKey(key)));
  const size = keys.reduce((sum, key) => sum + base64Size(textAt(secret, 'data', key)), 0);
  if (size > SIZE_LIMIT) errors.push(tooLong(place, SIZE_LIMIT));
  const type = textAt(secret, 'type');
  for (const key of Object.hasOwn(KEYS, type) ? (KEYS[type] ?? []) : [])
    if (!keys.includes(key)) errors.push(required(entry(place, key)));
  if (type === 'kubernetes.io/basic-auth' && !keys.includes('username') && !keys.includes('password'))
    errors.push(required(entry(place, 'username')), required(entry(place, 'password')));
  if (type === 'kubernetes.io/service-account-token' && !secret.metadata?.annotations?.[ACCOUNT_NAME])
    errors.push(required(entry(path('metadata', 'annotations'), ACCOUNT_NAME)));
  return errors;
}

export function validateSecretUpdate(secret: Draft<ApiObject>, old: ApiObject): FieldError[] {
  const errors = immutable(path('type'), textAt(secret, 'type'), textAt(old, 'type'));
  if (peek(old, 'immutable') !== true) return errors;
  const detail = 'field is immutable when `immutable` is set';
  if (peek(secret, 'immutable') !== true) errors.push(forbidden(path('immutable'), detail));
  if (!equalJson(peek(secret, 'data') ?? {}, peek(old, 'data') ?? {})) errors.push(forbidden(path('data'), detail));
  return errors;
}
