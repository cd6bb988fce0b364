// One entry of a check block: exactly one key names its kind.

import type { Json } from '../../sim/index.ts';
import { faulty, isMap, mismatch, type Reading, unknownKey } from '../schema.ts';
import type { CheckKind, ReadyCheck } from './checkKind.ts';

/** Reads a check of one of these kinds. */
export function readCheck(spec: Json, kinds: readonly CheckKind[]): Reading<ReadyCheck> {
  const names = kinds.map(kind => kind.name);
  const expected = `a map with one of the keys ${names.join(', ')}`;
  if (!isMap(spec)) return mismatch([], expected, spec);
  const [name, another] = Object.keys(spec);
  if (name === undefined) return mismatch([], expected, spec);
  if (another !== undefined) {
    return faulty({ kind: 'both', path: [another], expected: 'one key', names: [name, another] });
  }
  const kind = kinds.find(candidate => candidate.name === name);
  if (kind === undefined) return faulty(unknownKey([], name, 'a kind of check', names));
  const value = spec[name];
  return kind.prepare(value === undefined ? null : value);
}
