// ages.json: how long ago something was, as the AGE columns print it.

import { readFileSync } from 'node:fs';
import { age, microTimestamp } from '../../src/sim/api/timestamps.ts';
import { type CaseResult, expectEqual } from './outcome.ts';

interface AgeCase {
  readonly name: string;
  /** Seconds from the time of printing; negative: in the past; null: no time at all. */
  readonly offsetSeconds: number | null;
  readonly expect: string;
}

/** The time of printing, in virtual milliseconds: any will do. */
export const PRINTED_AT = 0;

export function runAges(file: string): readonly CaseResult[] {
  const { cases }: { readonly cases: readonly AgeCase[] } = JSON.parse(readFileSync(file, 'utf8'));
  return cases.map(({ name, offsetSeconds, expect }) => {
    const since = offsetSeconds === null ? undefined : microTimestamp(PRINTED_AT + offsetSeconds * 1000);
    return { name, outcome: expectEqual(age(since, PRINTED_AT), expect) };
  });
}
