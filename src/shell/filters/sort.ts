// sort and uniq.
//
// Models:  -n -r -u -V, -k with fields (`-k2`, `-k2,2n`), -t; uniq -c -d -u -i. Order is that of LC_ALL=C.
// Read:    sort(1), uniq(1) of GNU coreutils 9.1.

import type { Command } from '../command.ts';
import { parseOptions } from '../tools/flags.ts';
import { asText, linesOf, readSources, refuseOption } from './input.ts';

type Order = 'text' | 'number' | 'version';

interface Key {
  /** Fields from 1; without an end the key goes to the end of the line. */
  readonly first: number;
  readonly last: number | undefined;
  readonly order: Order;
  readonly direction: 1 | -1;
  readonly blanks: 'kept' | 'skipped';
}

const OPTIONS = {
  '-n': 'flag',
  '-r': 'flag',
  '-u': 'flag',
  '-V': 'flag',
  '-b': 'flag',
  '-f': 'flag',
  '-s': 'flag',
  '-k': 'value',
  '--key': 'value',
  '-t': 'value',
} as const;

export const sort: Command = {
  name: 'sort',
  at: ['host', 'container'],
  summary: 'sort lines',
  run(words, context) {
    const parsed = parseOptions(words, OPTIONS);
    if (parsed.kind !== 'parsed') return refuseOption('sort', parsed, context, 2);
    const { flags, values } = parsed;
    const fallback: Omit<Key, 'first' | 'last'> = {
      order: flags.has('-n') ? 'number' : flags.has('-V') ? 'version' : 'text',
      direction: flags.has('-r') ? -1 : 1,
      blanks: flags.has('-b') ? 'skipped' : 'kept',
    };
    const keyText = values.get('-k') ?? values.get('--key');
    const key = keyText === undefined ? { first: 1, last: undefined, ...fallback } : readKey(keyText, fallback);
    if (key === undefined) {
      context.output.write('err', `sort: invalid number at field start: invalid count at start of ‘${keyText}’\n`);
      return 2;
    }
    const { sources, failed } = readSources('sort', parsed.rest, context);
    if (failed === 'some') return 2;
    const separator = values.get('-t');
    const folded = (text: string): string => (flags.has('-f') ? text.toUpperCase() : text);
    const rows = sources
      .flatMap(source => linesOf(source.text))
      .map(line => ({ line, key: folded(keyOf(line, key, separator)) }));
    const byKey = (a: (typeof rows)[number], b: (typeof rows)[number]): number =>
      compare(a.key, b.key, key.order) * key.direction;
    // Lines that are equal by their keys are put in order as wholes.
    const isStable = flags.has('-s') || flags.has('-u');
    rows.sort((a, b) => byKey(a, b) || (isStable ? 0 : compare(a.line, b.line, 'text') * fallback.direction));
    const kept = flags.has('-u')
      ? rows.filter((row, i) => {
          const before = rows[i - 1];
          return before === undefined || byKey(before, row) !== 0;
        })
      : rows;
    context.output.write('out', asText(kept.map(row => row.line)));
    return 0;
  },
};

function readKey(text: string, fallback: Omit<Key, 'first' | 'last'>): Key | undefined {
  const found = /^([1-9]\d*)([bnrV]*)(?:,([1-9]\d*)([bnrV]*))?$/.exec(text);
  if (found === null) return undefined;
  const letters = `${found[2] ?? ''}${found[4] ?? ''}`;
  const own: Omit<Key, 'first' | 'last'> = {
    order: letters.includes('n') ? 'number' : letters.includes('V') ? 'version' : 'text',
    direction: letters.includes('r') ? -1 : 1,
    blanks: letters.includes('b') ? 'skipped' : 'kept',
  };
  return {
    first: Number(found[1]),
    last: found[3] === undefined ? undefined : Number(found[3]),
    // Letters of its own take the place of the options before it.
    ...(letters === '' ? fallback : own),
  };
}

/** Without -t a field begins with the blanks in front of it. */
function keyOf(line: string, key: Key, separator: string | undefined): string {
  const fields = separator === undefined ? (line.match(/\s*\S+/g) ?? []) : line.split(separator);
  const text =
    key.first === 1 && key.last === undefined ? line : fields.slice(key.first - 1, key.last).join(separator ?? '');
  return key.blanks === 'skipped' ? text.trimStart() : text;
}

function compare(a: string, b: string, order: Order): number {
  if (order === 'number') return leadingNumber(a) - leadingNumber(b);
  if (order === 'version') return compareVersions(a, b);
  return a < b ? -1 : a > b ? 1 : 0;
}

const leadingNumber = (text: string): number => Number(/^\s*(-?\d*(?:\.\d+)?)/.exec(text)?.[1] ?? '') || 0;

function compareVersions(a: string, b: string): number {
  const pieces = (text: string): readonly string[] => text.match(/\d+|\D+/g) ?? [];
  const [left, right] = [pieces(a), pieces(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [one = '', other = ''] = [left[i], right[i]];
    const isNumber = /^\d/.test(one) && /^\d/.test(other);
    const difference = isNumber ? Number(one) - Number(other) : compare(one, other, 'text');
    if (difference !== 0) return difference;
  }
  return 0;
}

export const uniq: Command = {
  name: 'uniq',
  at: ['host', 'container'],
  summary: 'leave out repeated lines',
  run(words, context) {
    const parsed = parseOptions(words, { '-c': 'flag', '--count': 'flag', '-d': 'flag', '-u': 'flag', '-i': 'flag' });
    if (parsed.kind !== 'parsed') return refuseOption('uniq', parsed, context);
    const { flags, rest } = parsed;
    if (rest.length > 1) {
      context.output.write('err', `uniq: ${rest[1] ?? ''}: Read-only file system\n`);
      return 1;
    }
    const { sources, failed } = readSources('uniq', rest, context);
    const groups: { readonly line: string; count: number }[] = [];
    const folded = (line: string): string => (flags.has('-i') ? line.toLowerCase() : line);
    for (const line of sources.flatMap(source => linesOf(source.text))) {
      const last = groups.at(-1);
      if (last !== undefined && folded(last.line) === folded(line)) last.count++;
      else groups.push({ line, count: 1 });
    }
    const kept = groups.filter(
      group => (!flags.has('-d') || group.count > 1) && (!flags.has('-u') || group.count === 1),
    );
    const isCounted = flags.has('-c') || flags.has('--count');
    const rows = kept.map(({ line, count }) => (isCounted ? `${String(count).padStart(7)} ${line}` : line));
    context.output.write('out', asText(rows));
    return failed === 'some' ? 1 : 0;
  },
};
