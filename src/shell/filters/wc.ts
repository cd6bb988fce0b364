// wc: counts lines, words and bytes.
//
// Read:    wc(1) of GNU coreutils 9.1, for the widths of columns.

import type { Command } from '../command.ts';
import { parseOptions } from '../tools/flags.ts';
import { readSources, refuseOption } from './input.ts';

interface Counts {
  readonly lines: number;
  readonly words: number;
  readonly characters: number;
  readonly bytes: number;
}

const OPTIONS = {
  '-l': 'flag',
  '--lines': 'flag',
  '-w': 'flag',
  '--words': 'flag',
  '-m': 'flag',
  '--chars': 'flag',
  '-c': 'flag',
  '--bytes': 'flag',
} as const;

/** With several numbers from a pipe, whose length nobody knows, columns are this wide. */
const PIPE_WIDTH = 7;

export const wc: Command = {
  name: 'wc',
  at: ['host', 'container'],
  summary: 'count lines, words and characters',
  run(words, context) {
    const parsed = parseOptions(words, OPTIONS);
    if (parsed.kind !== 'parsed') return refuseOption('wc', parsed, context);
    const { flags, rest } = parsed;
    const isWanted = (short: string, long: string): boolean =>
      flags.has(short) || flags.has(long) || (flags.size === 0 && short !== '-m');
    const numbers = (counts: Counts): readonly number[] => [
      ...(isWanted('-l', '--lines') ? [counts.lines] : []),
      ...(isWanted('-w', '--words') ? [counts.words] : []),
      ...(isWanted('-m', '--chars') ? [counts.characters] : []),
      ...(isWanted('-c', '--bytes') ? [counts.bytes] : []),
    ];
    const { sources, failed } = readSources('wc', rest, context);
    const counted = sources.map(source => ({ name: source.name, counts: count(source.text) }));
    const total = counted.map(one => one.counts).reduce(add, count(''));
    const isSingle = numbers(total).length === 1 && rest.length <= 1;
    const width = isSingle ? 1 : rest.length === 0 || rest.includes('-') ? PIPE_WIDTH : String(total.bytes).length;
    const line = (counts: Counts, name: string): string =>
      `${numbers(counts)
        .map(number => String(number).padStart(width))
        .join(' ')}${name === '' ? '' : ` ${name}`}\n`;
    for (const { name, counts } of counted) context.output.write('out', line(counts, rest.length === 0 ? '' : name));
    if (rest.length > 1) context.output.write('out', line(total, 'total'));
    return failed === 'some' ? 1 : 0;
  },
};

const count = (text: string): Counts => ({
  lines: text.split('\n').length - 1,
  words: text.split(/\s+/).filter(word => word !== '').length,
  characters: [...text].length,
  bytes: new TextEncoder().encode(text).length,
});

const add = (a: Counts, b: Counts): Counts => ({
  lines: a.lines + b.lines,
  words: a.words + b.words,
  characters: a.characters + b.characters,
  bytes: a.bytes + b.bytes,
});
