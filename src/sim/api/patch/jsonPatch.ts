// JSON Patch: a list of operations on places of an object.
//
// Read:    RFC 6902, RFC 6901.

import { failure, type Result, success } from '../../runtime/errors.ts';
import { equalJson, field, isJsonArray, isJsonObject, jsonObject } from '../json.ts';
import type { Json } from '../request.ts';

/** More operations than this are refused. Source: apiserver patch.go, `maxJSONPatchOperations`. */
export const MAX_OPERATIONS = 10_000;

/** Applies all operations, or none: the error says why one of them did not fit. */
export function applyJsonPatch(target: Json, patch: readonly Json[]): Result<Json, string> {
  let result = target;
  for (const operation of patch) {
    const applied = applyOne(result, operation);
    if (!applied.ok) return applied;
    result = applied.value;
  }
  return success(result);
}

function applyOne(target: Json, operation: Json): Result<Json, string> {
  if (!isJsonObject(operation)) return failure('an operation must be an object');
  const { op, path, from } = operation;
  if (typeof path !== 'string') return failure('missing path');
  const value = field(operation, 'value');
  switch (op) {
    case 'add':
    case 'replace':
      return value === undefined
        ? failure(`${op} operation does not have a value`)
        : write(target, tokens(path), value, op);
    case 'remove':
      return write(target, tokens(path), undefined, 'replace');
    case 'test':
      return equalJson(read(target, tokens(path)) ?? null, value ?? null)
        ? success(target)
        : failure(`testing value ${path} failed`);
    case 'copy':
    case 'move': {
      const source = typeof from === 'string' ? read(target, tokens(from)) : undefined;
      if (source === undefined || typeof from !== 'string')
        return failure(`${op} operation: nothing at ${String(from)}`);
      if (op === 'copy') return write(target, tokens(path), source, 'add');
      const taken = write(target, tokens(from), undefined, 'replace');
      return taken.ok ? write(taken.value, tokens(path), source, 'add') : taken;
    }
    default:
      return failure(`unexpected kind: ${String(op)}`);
  }
}

/** `/metadata/labels/a~1b` as `metadata`, `labels`, `a/b`. */
function tokens(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map(token => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function read(target: Json | undefined, place: readonly string[]): Json | undefined {
  const [token, ...rest] = place;
  if (token === undefined || target === undefined) return target;
  if (isJsonArray(target)) {
    const index = indexOf(token, target.length - 1);
    return index === undefined ? undefined : read(target[index], rest);
  }
  return isJsonObject(target) ? read(field(target, token), rest) : undefined;
}

function indexOf(token: string, last: number): number | undefined {
  if (!/^(0|[1-9]\d*)$/.test(token)) return undefined;
  const index = Number(token);
  return index <= last ? index : undefined;
}

/** Puts `value` at the place, or takes away what is there when it is undefined. `replace` needs something there. */
function write(
  target: Json,
  place: readonly string[],
  value: Json | undefined,
  mode: 'add' | 'replace',
): Result<Json, string> {
  const [token, ...rest] = place;
  if (token === undefined) return success(value ?? null);
  if (isJsonArray(target)) return writeInList(target, token, rest, value, mode);
  if (!isJsonObject(target)) return failure(`doc is missing path: ${token}`);
  const current = field(target, token);
  let next = value;
  if (rest.length > 0) {
    if (current === undefined) return failure(`doc is missing path: ${token}`);
    const below = write(current, rest, value, mode);
    if (!below.ok) return below;
    next = below.value;
  } else if (mode === 'replace' && current === undefined) return failure(`doc is missing key: ${token}`);
  const entries = Object.entries(target).filter(([key, member]) => key !== token && member !== undefined);
  const kept = entries as [string, Json][];
  return success(jsonObject(next === undefined ? kept : [...kept, [token, next]]));
}

function writeInList(
  list: readonly Json[],
  token: string,
  rest: readonly string[],
  value: Json | undefined,
  mode: 'add' | 'replace',
): Result<Json, string> {
  const isAdding = mode === 'add' && rest.length === 0;
  const index = token === '-' && isAdding ? list.length : indexOf(token, isAdding ? list.length : list.length - 1);
  if (index === undefined) return failure(`unable to access invalid index: ${token}`);
  if (isAdding) return success(value === undefined ? list : [...list.slice(0, index), value, ...list.slice(index)]);
  let next = value;
  const current = list[index];
  if (rest.length > 0 && current !== undefined) {
    const below = write(current, rest, value, mode);
    if (!below.ok) return below;
    next = below.value;
  }
  const before = list.slice(0, index);
  return success(
    next === undefined ? [...before, ...list.slice(index + 1)] : [...before, next, ...list.slice(index + 1)],
  );
}
