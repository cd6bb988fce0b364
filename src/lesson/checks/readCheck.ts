// One entry of a check block: exactly one key names its kind.

import type { Json } from '../../sim/index.ts';
import { faulty, isMap, mismatch, nearest, type Reading } from '../schema.ts';
import type { CheckKind, ReadyCheck } from './checkKind.ts';

/** Reads a check of one of these kinds. */
export function readCheck(spec: Json, kinds: readonly CheckKind[]): Reading<ReadyCheck> {
  const names = kinds.map(kind => kind.name);
  const expected = `a map with one of the keys ${names.join(', ')}`;
  if (!isMap(spec)) return mismatch([], expected, spec);
  const [name, another] = Object.keys(spec);
  if (name === undefined) return mismatch([], expected, spec);
  if (another !== undefined) {
    return faulty([another], `"${name}" and "${another}" stand in one check; each needs its own entry`, 'one key');
  }
  const kind = kinds.find(candidate => candidate.name === name);
  if (kind === undefined) {
    const near = nearest(name, names);
    const hint = near === undefined ? '' : `; did you mean "${near}"?`;
    return faulty(
      [name],
      `"${name}" is not a kind of check (expected one of ${names.join(', ')}${hint})`,
      `one of ${names.join(', ')}`,
    );
  }
  const value = spec[name];
  return kind.prepare(value === undefined ? null : value);
}
