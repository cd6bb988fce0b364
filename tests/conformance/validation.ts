// validation.json: objects that are valid or not, with upstream's field errors. As upstream's tests do, this asks the
// validation layer alone: nothing is defaulted before.

import { readFileSync } from 'node:fs';
import { decode } from '../../src/sim/api/decode.ts';
import type { Draft } from '../../src/sim/api/draft.ts';
import { type FieldError, formatFieldError, joinFieldErrors } from '../../src/sim/api/fieldError.ts';
import { path } from '../../src/sim/api/fieldPath.ts';
import { equalJson } from '../../src/sim/api/json.ts';
import type { Kind } from '../../src/sim/api/kinds/kind.ts';
import type { Pod } from '../../src/sim/api/kinds/pod.ts';
import type { ApiObject } from '../../src/sim/api/objects.ts';
import type { Json } from '../../src/sim/api/request.ts';
import { findKind } from '../../src/sim/api/scheme.ts';
import { definitionOf } from '../../src/sim/api/structure.ts';
import { environmentName } from '../../src/sim/api/validation/formats.ts';
import { validatePodSpec } from '../../src/sim/api/validation/pod/spec.ts';
import { validateNew } from '../../src/sim/api/write/create.ts';
import { validateChange } from '../../src/sim/api/write/update.ts';
import { type CaseResult, failed, type Outcome, PASSED, skipped } from './outcome.ts';

interface ExpectedError {
  readonly type?: string;
  readonly field?: string;
  readonly fieldContains?: string;
  readonly fieldPrefix?: string;
  readonly detail?: string;
  readonly detailContains?: string;
  readonly badValue?: Json;
}

type Manifest = { readonly apiVersion: string; readonly kind: string } & { readonly [field: string]: Json };

interface ValidationCase {
  readonly name: string;
  /** Repository, path and name of upstream's test. */
  readonly source: string;
  readonly operation: 'create' | 'update';
  readonly object: Manifest;
  readonly oldObject?: Manifest;
  readonly valid: boolean;
  readonly numErrs?: number;
  readonly errors?: readonly ExpectedError[];
  readonly derivedErrors?: readonly ExpectedError[];
  readonly errorContains?: string;
  /** Upstream's test calls a part of the validator: the whole may find more. */
  readonly scope?: string;
}

export function runValidation(file: string): readonly CaseResult[] {
  const { cases }: { readonly cases: readonly ValidationCase[] } = JSON.parse(readFileSync(file, 'utf8'));
  return cases.map(each => ({ name: each.name, outcome: validated(each) }));
}

function validated(each: ValidationCase): Outcome {
  const reason = otherwiseHere(each);
  if (reason !== undefined) return skipped(reason);
  const found = errorsOf(each);
  if (found.kind === 'undecodable')
    return each.valid ? failed('valid', found.message) : failed('a field error', found.message);
  const { errors } = found;
  const shown = errors.map(formatFieldError);
  if (each.valid) return errors.length === 0 ? PASSED : failed('valid', shown);
  const expected = [...(each.errors ?? []), ...(each.derivedErrors ?? [])];
  const missing = unmatched(expected, errors);
  if (errors.length === 0 || missing.length > 0) return failed(missing.length > 0 ? missing : 'invalid', shown);
  const { numErrs, scope, errorContains } = each;
  if (numErrs !== undefined && (scope === undefined ? errors.length !== numErrs : errors.length < numErrs))
    return failed(`${numErrs} errors`, shown);
  if (errorContains !== undefined && !joinFieldErrors(errors).includes(errorContains))
    return failed(errorContains, shown);
  return PASSED;
}

/** Cases about a server that is configured otherwise than any that the lab stands for. */
function otherwiseHere({ object, errors = [] }: ValidationCase): string | undefined {
  const isRelaxed = errors.some(({ type, field = '' }) => {
    const names = /^spec\.(containers|initContainers)\[(\d+)\]\.env\[(\d+)\]\.name$/.exec(field);
    return type === 'FieldValueInvalid' && names !== null && isRelaxedName(object, names.slice(1));
  });
  if (isRelaxed) return 'since v1.34 environment variables may have any printable ASCII name without "="';
  const isPrivileged = errors.some(
    ({ type, field = '' }) => type === 'FieldValueForbidden' && field.endsWith('securityContext.privileged'),
  );
  return isPrivileged ? 'clusters of kubeadm and kind run the API server with --allow-privileged=true' : undefined;
}

/** Is the name in `spec.containers[0].env[1]` one that v1.34 has come to accept? */
function isRelaxedName(object: Manifest, [list = '', container = '', variable = '']: readonly string[]): boolean {
  let value: Json | undefined = object;
  for (const key of ['spec', list, container, 'env', variable, 'name'])
    value = typeof value === 'object' && value !== null ? (value as { readonly [key: string]: Json })[key] : undefined;
  return typeof value === 'string' && environmentName(value).length === 0;
}

type Found =
  | { readonly kind: 'errors'; readonly errors: readonly FieldError[] }
  /** The structure is wrong: validation is never asked. */
  | { readonly kind: 'undecodable'; readonly message: string };

function errorsOf({ source, operation, object, oldObject }: ValidationCase): Found {
  const kind = findKind(object.apiVersion, object.kind);
  if (kind === undefined) return { kind: 'undecodable', message: `no kind ${object.apiVersion} ${object.kind}` };
  const decoded = decode(definitionOf(object.apiVersion, object.kind) ?? '', object);
  const [problem] = decoded.problems;
  if (problem !== undefined) return { kind: 'undecodable', message: problem.message };
  const next = decoded.value as Draft<ApiObject>;
  if (operation === 'update' && oldObject !== undefined)
    return { kind: 'errors', errors: changed(kind, next, oldObject) };
  return { kind: 'errors', errors: isAboutContainers(source) ? validateAsTemplate(next) : validateNew(kind, next) };
}

/** These tests of upstream put containers into a Pod only for the vectors: they ask what Pods and templates share. */
function isAboutContainers(source: string): boolean {
  return /:: TestValidate(Init)?Containers/.test(source);
}

function validateAsTemplate(object: Draft<ApiObject>): readonly FieldError[] {
  const pod: Draft<Pod> = object;
  return validatePodSpec(pod.spec ?? {}, 'template', path('spec'));
}

function changed(kind: Kind, next: Draft<ApiObject>, old: Manifest): readonly FieldError[] {
  return validateChange(kind, next, old as unknown as ApiObject);
}

/** The expected errors for which there is none, each error standing for one of them only. */
function unmatched(expected: readonly ExpectedError[], errors: readonly FieldError[]): readonly ExpectedError[] {
  const left = [...errors];
  return expected.filter(wanted => {
    const at = left.findIndex(error => matches(wanted, error));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function matches(wanted: ExpectedError, { type, path, detail, badValue }: FieldError): boolean {
  return (
    (wanted.type === undefined || wanted.type === type) &&
    (wanted.field === undefined || wanted.field === path.text) &&
    (wanted.fieldContains === undefined || path.text.includes(wanted.fieldContains)) &&
    (wanted.fieldPrefix === undefined || path.text.startsWith(wanted.fieldPrefix)) &&
    (wanted.detail === undefined || wanted.detail === detail) &&
    (wanted.detailContains === undefined || detail.includes(wanted.detailContains)) &&
    (wanted.badValue === undefined || badValue === undefined || equalJson(wanted.badValue, badValue))
  );
}
