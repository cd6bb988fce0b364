// What the real kubectl printed, kept for machines without one.

import { readFileSync, writeFileSync } from 'node:fs';
import type { Printed } from '../../support/servedLab.ts';

export interface Goldens {
  /** When it printed it, in milliseconds since 1970: ages count up to here. */
  readonly recordedAt: number;
  /** By command line, without `kubectl`. */
  readonly lines: Readonly<Record<string, Printed>>;
}

const FILE = new URL('./golden/reading.json', import.meta.url);

export function readGoldens(): Goldens {
  return JSON.parse(readFileSync(FILE, 'utf8')) as Goldens;
}

export function writeGoldens(goldens: Goldens): void {
  writeFileSync(FILE, `${JSON.stringify(goldens, undefined, 2)}\n`);
}

/** What the seed of a lab decides: uids, versions, suffixes of names, addresses, moments. */
const SEEDED: readonly (readonly [RegExp, string])[] = [
  [/\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/g, 'UID'],
  [/\b[\da-f]{32}\b/g, 'ID'],
  [/(resourceVersion"?:\s*"?|Resource Version:\s*)\d+/g, '$1VERSION'],
  [/\.[\da-f]{16}\b/g, '.MOMENT'],
  [/-[\da-z]{8,10}\b(?=[-\s"',\]]|$)/gm, '-HASH'],
  [/-[\da-z]{5}\b/g, '-NAME'],
  [/\b10\.(?:244|96)\.\d+\.\d+\b/g, 'ADDRESS'],
  [/\b\d+(?:ms|s|m|h)\b/g, 'AGE'],
  [/\d\d:\d\d:\d\d/g, 'TIME'],
  [/ {2,}|-{4,}/g, '  '],
];

/** Lines in any order, without what the seed decides: rows are in the order of names. */
export function seedAside(printed: Printed | undefined): unknown {
  const plain = (text: string): readonly string[] =>
    SEEDED.reduce((rest, [pattern, word]) => rest.replace(pattern, word), text)
      .split('\n')
      .sort();
  return printed && { stdout: plain(printed.stdout), stderr: plain(printed.stderr), code: printed.code };
}
