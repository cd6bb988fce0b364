// head and tail: the first or the last lines.
//
// Omits:   tail -f (texts do not grow here), units such as `-c 1K`.
// Read:    head(1), tail(1) of GNU coreutils 9.1.

import type { Command, CommandContext } from '../command.ts';
import { parseOptions } from '../tools/flags.ts';
import { rawLinesOf, readSources, refuseOption } from './input.ts';

const OPTIONS = {
  '-n': 'value',
  '--lines': 'value',
  '-c': 'value',
  '--bytes': 'value',
  '-q': 'flag',
  '-v': 'flag',
} as const;

export const head: Command = {
  name: 'head',
  at: ['host', 'container'],
  summary: 'print the first lines',
  // It ends with the lines that it prints; counts from the end need all of them.
  readsAtMost(words) {
    const found = /^(?:(?:-n|--lines=)?(\d+)|-(\d+))$/.exec(words.join('').replace(/^--lines(?=\d)/, '-n'));
    return words.length === 0 ? 10 : found === null ? undefined : Number(found[1] ?? found[2]);
  },
  // `-n -3`: all but the last three.
  run: (words, context) =>
    part('head', words, context, (items, count, sign) =>
      sign === '-' ? items.slice(0, Math.max(0, items.length - count)) : items.slice(0, count),
    ),
};

export const tail: Command = {
  name: 'tail',
  at: ['host', 'container'],
  summary: 'print the last lines',
  // `-n +3`: from the third on.
  run: (words, context) =>
    part('tail', words, context, (items, count, sign) =>
      sign === '+' ? items.slice(Math.max(0, count - 1)) : count === 0 ? [] : items.slice(-count),
    ),
};

type Pick = (items: readonly string[], count: number, sign: string) => readonly string[];

function part(program: 'head' | 'tail', words: readonly string[], context: CommandContext, pick: Pick): number {
  // `-5` is the old way to write `-n 5`.
  const modern = words.map((word, i) =>
    /^-\d+$/.test(word) && !takesValue(words[i - 1]) ? `-n${word.slice(1)}` : word,
  );
  const parsed = parseOptions(modern, OPTIONS);
  if (parsed.kind !== 'parsed') return refuseOption(program, parsed, context);
  const bytes = parsed.values.get('-c') ?? parsed.values.get('--bytes');
  const text = bytes ?? parsed.values.get('-n') ?? parsed.values.get('--lines') ?? '10';
  const count = /^([-+]?)(\d+)$/.exec(text);
  if (count === null) {
    const what = bytes === undefined ? 'lines' : 'bytes';
    context.output.write('err', `${program}: invalid number of ${what}: ‘${text}’\n`);
    return 1;
  }
  const { sources, failed } = readSources(
    program,
    parsed.rest,
    context,
    name => `cannot open '${name}' for reading: No such file or directory`,
  );
  const isTitled = parsed.flags.has('-v') || (parsed.rest.length > 1 && !parsed.flags.has('-q'));
  for (const [i, source] of sources.entries()) {
    const title = `${i > 0 ? '\n' : ''}==> ${source.name === '-' ? 'standard input' : source.name} <==\n`;
    if (isTitled) context.output.write('out', title);
    const [, sign = '', digits = '0'] = count;
    context.output.write(
      'out',
      bytes === undefined
        ? pick(rawLinesOf(source.text), Number(digits), sign).join('')
        : pick([...source.text], Number(digits), sign).join(''),
    );
  }
  return failed === 'some' ? 1 : 0;
}

const takesValue = (word: string | undefined): boolean => ['-n', '-c', '--lines', '--bytes'].includes(word ?? '');
