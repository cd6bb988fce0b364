// What random labs have found: the smallest spec that shows it, and what the real kernel did. The model does the same,
// or the file says why not.

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compare } from '../conformance/compare.ts';
import { predict } from '../conformance/predict.ts';
import type { RecordedSpec, ResultDocument } from '../conformance/recording.ts';

interface Found {
  /** What the kernel does, in a sentence. */
  readonly what: string;
  /** The lab that showed it first, as `command.ts` drew it at that time; `beside`: read in the same part of the kernel. */
  readonly origin?: string;
  /** Why the model does something else; absent: it does not. */
  readonly open?: string;
  readonly spec: RecordedSpec;
  readonly measured: ResultDocument;
}

const folder = new URL('./found/', import.meta.url);

describe('found by random labs', () => {
  for (const file of readdirSync(folder)) {
    const { what, open, spec, measured }: Found = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
    const check = open === undefined ? it : it.fails;
    check(`${file.replace('.json', '')}: ${what}`, () => {
      expect(compare(measured, predict(spec, 'unconnected'))).toEqual([]);
    });
  }
});
