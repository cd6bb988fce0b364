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
