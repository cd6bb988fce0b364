// The changes between the probes of a recording, as lines that the terminal takes.

import type { FieldPath } from '../manifest/read.ts';
import { type Fields, fields, list, ShapeError, text } from './reader.ts';

/** `ssh n1 ip route del 10.244.2.0/24`, and `sleep 5` for time that passes. */
export function changeLines(step: Fields, path: FieldPath): readonly string[] {
  const lines = list(step.change, [...path, 'change'], (item, at) => {
    const change = fields(item, at, 'a change');
    const words = list(change.argv, [...at, 'argv'], text);
    if (words.length === 0) throw new ShapeError([...at, 'argv'], 'a command');
    const inner = words.map(quoted).join(' ');
    // The far shell reads the words once more.
    const line = `ssh ${text(change.host, [...at, 'host'], 'a host')} ${words.every(isPlain) ? inner : quoted(inner)}`;
    return typeof change.stdin === 'string' ? `${line} <<'END'\n${change.stdin.replace(/\n?$/, '\n')}END` : line;
  });
  return typeof step.sleep === 'number' && step.sleep > 0 ? [...lines, `sleep ${step.sleep}`] : lines;
}

const isPlain = (word: string): boolean => /^[\w./:=,@%+-]+$/.test(word);

/** One word of a shell. */
const quoted = (word: string): string => (isPlain(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
