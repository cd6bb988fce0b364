// The files of the working folder as a terminal's command lines name them: `-f web.yaml`, `-f *.yaml`, `< web.yaml`.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { EditorFile } from '../../client/port.ts';

/** Bytes. The API server takes no more either. */
const MOST_BYTES = 3 * 1024 * 1024;
const MANIFEST = /\.(ya?ml|json)$/;

/** Files that a command line may name; words that name none are no concern of this. */
export function filesNamedIn(line: string): readonly EditorFile[] {
  const words = line.split(/[\s=<>|;&,'"()]+/);
  const isPattern = words.some(word => /[*?[]/.test(word));
  const names = new Set([...words, ...(isPattern ? readdirSync('.').filter(name => MANIFEST.test(name)) : [])]);
  return [...names].flatMap(name => {
    const found = name === '' ? undefined : statSync(name, { throwIfNoEntry: false });
    return found?.isFile() === true && found.size <= MOST_BYTES ? [{ name, text: readFileSync(name, 'utf8') }] : [];
  });
}
