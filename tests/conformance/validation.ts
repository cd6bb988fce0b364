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
import { listAt, numberAt, textAt } from '../../src/sim/api/peek.ts';
import type { Json } from '../../src/sim/api/request.ts';
import { findKind } from '../../src/sim/api/scheme.ts';
import { definitionOf, fieldsOf } from '../../src/sim/api/structure.ts';
import { environmentName } from '../../src/sim/api/validation/formats.ts';
import { validatePodSpec } from '../../src/sim/api/validation/pod/spec.ts';
import { validateNew } from '../../src/sim/api/write/create.ts';
import { validateChange } from '../../src/sim/api/write/update.ts';
import { attempt, type CaseResult, failed, type Outcome, PASSED, skipped } from './outcome.ts';

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
  return cases.map(each => ({ name: each.name, outcome: attempt(() => validated(each)) }));
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
  if (errorContains !== undefined && !joinFieldErrors(errors).includes(inTodaysWords(errorContains)))
    return failed(errorContains, shown);
  return PASSED;
}

/** What upstream's tests of an older version ask for, and this version does not. */
function otherwiseHere(each: ValidationCase): string | undefined {
  if (each.valid) return undefined;
  const { object, errors = [] } = each;
  const expects = (type: string, pattern: RegExp) =>
    errors.some(error => error.type === type && pattern.test(error.field ?? ''));
  const names = errors.flatMap(
    ({ field = '' }) => /^spec\.(containers|initContainers)\[(\d+)\]\.env\[(\d+)\]\.name$/.exec(field)?.slice(1) ?? [],
  );
  if (names.length > 0 && isRelaxedName(object, names))
    return 'since v1.34 environment variables may have any printable ASCII name without "="';
  if (expects('FieldValueForbidden', /securityContext\.privileged$/))
    return 'clusters of kubeadm and kind run the API server with --allow-privileged=true';
  if (listAt(object, 'spec', 'initContainers').some(container => listAt(container, 'resizePolicy').length > 0))
    return 'since v1.33 init containers may have a resizePolicy';
  const isKubelet = (port: Json) => numberAt(port, 'port') === 10_250;
  if (object.kind === 'Service' && listAt(object, 'spec', 'ports').some(isKubelet))
    return 'since v1.34 a load balancer may have the port of the kubelet';
  return undefined;
}

/** Is the name in `spec.containers[0].env[1]` one that v1.34 has come to accept? */
function isRelaxedName(object: Manifest, [list = '', container = '', variable = '']: readonly string[]): boolean {
  return environmentName(textAt(object, 'spec', list, container, 'env', variable, 'name')).length === 0;
}

/** Since v1.32 lengths are said in bytes. */
function inTodaysWords(text: string): string {
  return text.replace(/may not be longer than (\d+)/, 'may not be more than $1 bytes');
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

/** Stored objects have a spec, if their kind has one. */
function changed(kind: Kind, next: Draft<ApiObject>, old: Manifest): readonly FieldError[] {
  const definition = definitionOf(kind.apiVersion, kind.kind) ?? '';
  const spec = fieldsOf(definition).has('spec') ? { spec: {} } : {};
  return validateChange(kind, { ...spec, ...next }, { ...spec, ...old } as unknown as ApiObject);
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
