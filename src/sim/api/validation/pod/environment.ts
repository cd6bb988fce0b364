// Variables of containers, and where they come from.
//
// Read:    kubernetes pkg/apis/core/validation/validation.go, `ValidateEnv`, `ValidateEnvFrom`.

import type { Draft } from '../../draft.ts';
import { eachInvalid, type FieldError, invalid, required } from '../../fieldError.ts';
import { child, type FieldPath } from '../../fieldPath.ts';
import type { EnvFromSource, EnvVar, EnvVarSource, KeyRef } from '../../kinds/podSpec.ts';
import { configMapKey, dnsLabel, dnsSubdomain, environmentName } from '../formats.ts';
import { VARIABLE_FIELDS, validateFieldRef, validateResourceRef } from './fieldSelector.ts';
import { validateNoBacksteps } from './paths.ts';

export function validateEnvironment(variables: readonly Draft<EnvVar>[], place: FieldPath): FieldError[] {
  return variables.flatMap(({ name = '', value = '', valueFrom }, i) => {
    const at = child(place, i);
    return [
      ...(name === '' ? [required(child(at, 'name'))] : eachInvalid(child(at, 'name'), name, environmentName(name))),
      ...(valueFrom === undefined ? [] : validateSource(valueFrom, value, child(at, 'valueFrom'))),
    ];
  });
}

function validateSource(source: Draft<EnvVarSource>, value: string, place: FieldPath): FieldError[] {
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef } = source;
  const errors = [
    ...(fieldRef === undefined ? [] : validateFieldRef(fieldRef, VARIABLE_FIELDS, child(place, 'fieldRef'))),
    ...(resourceFieldRef === undefined
      ? []
      : validateResourceRef(resourceFieldRef, 'of its container', child(place, 'resourceFieldRef'))),
    ...(configMapKeyRef === undefined ? [] : validateKeyRef(configMapKeyRef, child(place, 'configMapKeyRef'))),
    ...(secretKeyRef === undefined ? [] : validateKeyRef(secretKeyRef, child(place, 'secretKeyRef'))),
    ...(fileKeyRef === undefined ? [] : validateFileRef(fileKeyRef, child(place, 'fileKeyRef'))),
  ];
  const all = [fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef];
  const count = all.filter(one => one !== undefined).length;
  if (count === 0) {
    const known = '`fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`';
    errors.push(invalid(place, '', `must specify one of: ${known}`));
  } else if (value !== '') errors.push(invalid(place, '', 'may not be specified when `value` is not empty'));
  else if (count > 1) errors.push(invalid(place, '', 'may not have more than one field specified at a time'));
  return errors;
}

function validateKeyRef({ name = '', key = '' }: Draft<KeyRef>, place: FieldPath): FieldError[] {
  const at = child(place, 'key');
  return [
    ...eachInvalid(child(place, 'name'), name, dnsSubdomain(name)),
    ...(key === '' ? [required(at)] : eachInvalid(at, key, configMapKey(key))),
  ];
}

function validateFileRef(ref: Draft<NonNullable<EnvVarSource['fileKeyRef']>>, place: FieldPath): FieldError[] {
  const { key = '', volumeName = '', path = '' } = ref;
  const [keyAt, volumeAt, pathAt] = [child(place, 'key'), child(place, 'volumeName'), child(place, 'path')];
  return [
    ...(key === '' ? [required(keyAt)] : eachInvalid(keyAt, key, environmentName(key))),
    ...(volumeName === '' ? [required(volumeAt)] : eachInvalid(volumeAt, volumeName, dnsLabel(volumeName))),
    ...(path === '' ? [required(pathAt)] : validateNoBacksteps(pathAt, path)),
  ];
}

/** Whole ConfigMaps and Secrets. Some paths are upstream's: they name the list in place of its item. */
export function validateEnvironmentFrom(sources: readonly Draft<EnvFromSource>[], place: FieldPath): FieldError[] {
  return sources.flatMap(({ prefix = '', configMapRef, secretRef }, i) => {
    const at = child(place, i);
    const errors = prefix === '' ? [] : eachInvalid(child(at, 'prefix'), prefix, environmentName(prefix));
    if (configMapRef !== undefined) errors.push(...validateName(configMapRef.name, child(at, 'configMapRef')));
    if (secretRef !== undefined) errors.push(...validateName(secretRef.name, child(at, 'secretRef')));
    if (configMapRef === undefined && secretRef === undefined)
      errors.push(invalid(place, '', 'must specify one of: `configMapRef` or `secretRef`'));
    else if (configMapRef !== undefined && secretRef !== undefined)
      errors.push(invalid(place, '', 'may not have more than one field specified at a time'));
    return errors;
  });
}

function validateName(name = '', place: FieldPath): FieldError[] {
  const at = child(place, 'name');
  return name === '' ? [required(at)] : eachInvalid(at, name, dnsSubdomain(name, true));
}
