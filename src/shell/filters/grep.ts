// grep: the lines that match, in the words and with the exit codes of GNU grep 3.8.
//
// Omits:   colours, -r, -P, -f, -L, -m beyond a count.
// Read:    grep(1).

import type { Command, CommandContext } from '../command.ts';
import { parseOptions } from '../tools/flags.ts';
import { linesOf, readSources, refuseOption, type Source } from './input.ts';
import { compilePattern, type PatternSyntax } from './pattern.ts';

const OPTIONS = {
  '-i': 'flag',
  '--ignore-case': 'flag',
  '-v': 'flag',
  '--invert-match': 'flag',
  '-E': 'flag',
  '--extended-regexp': 'flag',
  '-F': 'flag',
  '--fixed-strings': 'flag',
  '-G': 'flag',
  '-o': 'flag',
  '--only-matching': 'flag',
  '-c': 'flag',
  '--count': 'flag',
  '-n': 'flag',
  '--line-number': 'flag',
  '-w': 'flag',
  '--word-regexp': 'flag',
  '-x': 'flag',
  '--line-regexp': 'flag',
  '-q': 'flag',
  '--quiet': 'flag',
  '-s': 'flag',
  '-l': 'flag',
  '--files-with-matches': 'flag',
  '-h': 'flag',
  '-H': 'flag',
  '--color': 'flag',
  '-e': 'value',
  '--regexp': 'value',
  '-m': 'value',
  '--max-count': 'value',
  '-A': 'value',
  '--after-context': 'value',
  '-B': 'value',
  '--before-context': 'value',
  '-C': 'value',
  '--context': 'value',
} as const;

const USAGE = "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n";

/** What was asked for. */
interface Search {
  readonly matcher: RegExp;
  readonly has: (...names: readonly string[]) => boolean;
  readonly maximum: number;
  readonly before: number;
  readonly after: number;
  /** Whether context was asked for, if only for none: then a line stands between what is apart. */
  readonly groups: 'separated' | 'joined';
  readonly names: 'shown' | 'hidden';
}

export const grep: Command = {
  name: 'grep',
  at: ['host', 'container'],
  summary: 'print the lines that match a pattern',
  run(words, context) {
    const parsed = parseOptions(
      words.map(word => word.replace(/^--colou?r=.*/, '--color').replace(/^-(\d+)$/, '-C$1')),
      OPTIONS,
    );
    const refuse = (message: string): number => {
      context.output.write('err', `grep: ${message}\n`);
      return 2;
    };
    if (parsed.kind !== 'parsed') {
      if (parsed.option.startsWith('--')) return refuseOption('grep', parsed, context, 2);
      const said = parsed.kind === 'unknown' ? 'invalid option' : 'option requires an argument';
      context.output.write('err', `grep: ${said} -- '${parsed.option.slice(1)}'\n${USAGE}`);
      return 2;
    }
    const has = (...names: readonly string[]): boolean => names.some(name => parsed.flags.has(name));
    const value = (...names: readonly string[]): string | undefined =>
      names.map(name => parsed.values.get(name)).find(found => found !== undefined);
    // Several patterns are alternatives, as lines of one pattern are.
    const several = words.flatMap((word, i) => (word === '-e' || word === '--regexp' ? [words[i + 1] ?? ''] : []));
    const given = several.length > 1 ? several.join('\n') : value('-e', '--regexp');
    const [first, ...others] = parsed.rest;
    const pattern = given ?? first;
    const files = given === undefined ? others : parsed.rest;
    if (pattern === undefined) {
      context.output.write('err', USAGE);
      return 2;
    }
    const syntax = has('-F', '--fixed-strings') ? 'fixed' : has('-E', '--extended-regexp') ? 'extended' : 'basic';
    const compiled = matcherOf(pattern, syntax, has);
    if (compiled.kind === 'bad') return refuse(compiled.message);
    const around = value('-C', '--context') ?? '0';
    const numbers = {
      before: value('-B', '--before-context') ?? around,
      after: value('-A', '--after-context') ?? around,
      maximum: value('-m', '--max-count') ?? 'Infinity',
    };
    for (const text of [numbers.before, numbers.after])
      if (!/^\d+$/.test(text)) return refuse(`${text}: invalid context length argument`);
    if (!/^\d+$|^Infinity$/.test(numbers.maximum)) return refuse('invalid max count');
    const { sources, failed } = readSources('grep', files, has('-s') ? silently(context) : context);
    const search: Search = {
      matcher: compiled.matcher,
      has,
      maximum: Number(numbers.maximum),
      before: Number(numbers.before),
      after: Number(numbers.after),
      groups: value('-A', '-B', '-C', '--after-context', '--before-context', '--context') ? 'separated' : 'joined',
      names: has('-H') || (files.length > 1 && !has('-h')) ? 'shown' : 'hidden',
    };
    const found = sources.map(source => searchSource(source, search, context));
    const isFound = found.some(count => count > 0);
    if (failed === 'some' && !(isFound && has('-q', '--quiet'))) return 2;
    return isFound ? 0 : 1;
  },
};

const silently = (context: CommandContext): CommandContext => ({ ...context, output: { write: () => undefined } });

function matcherOf(
  pattern: string,
  syntax: PatternSyntax,
  has: Search['has'],
): { readonly kind: 'matcher'; readonly matcher: RegExp } | { readonly kind: 'bad'; readonly message: string } {
  const sources: string[] = [];
  for (const line of pattern.split('\n')) {
    const compiled = compilePattern(line, syntax);
    if (compiled.kind === 'bad') return compiled;
    sources.push(compiled.source);
  }
  let source = sources.length === 1 ? (sources[0] ?? '') : sources.map(one => `(?:${one})`).join('|');
  if (has('-w', '--word-regexp')) source = `(?<!\\w)(?:${source})(?!\\w)`;
  if (has('-x', '--line-regexp')) source = `^(?:${source})$`;
  return { kind: 'matcher', matcher: new RegExp(source, has('-i', '--ignore-case') ? 'gi' : 'g') };
}

/** Prints what was asked for; returns how many lines were selected. */
function searchSource(source: Source, search: Search, context: CommandContext): number {
  const { has } = search;
  const lines = linesOf(source.text);
  const isInverted = has('-v', '--invert-match');
  const selected: number[] = [];
  for (const [i, line] of lines.entries()) {
    if (selected.length >= search.maximum) break;
    search.matcher.lastIndex = 0;
    if (search.matcher.test(line) !== isInverted) selected.push(i);
  }
  const name = source.name === '-' ? '(standard input)' : source.name;
  const print = (i: number, text: string, separator: ':' | '-'): void => {
    const file = search.names === 'shown' ? `${name}${separator}` : '';
    const number = has('-n', '--line-number') ? `${i + 1}${separator}` : '';
    context.output.write('out', `${file}${number}${text}\n`);
  };
  if (has('-q', '--quiet')) return selected.length;
  if (has('-l', '--files-with-matches')) {
    if (selected.length > 0) context.output.write('out', `${name}\n`);
  } else if (has('-c', '--count')) {
    context.output.write('out', `${search.names === 'shown' ? `${name}:` : ''}${selected.length}\n`);
  } else if (has('-o', '--only-matching')) {
    if (!isInverted)
      for (const i of selected) {
        search.matcher.lastIndex = 0;
        for (const [text] of (lines[i] ?? '').matchAll(search.matcher)) if (text !== '') print(i, text, ':');
      }
  } else printWithContext(lines, selected, search, print, context);
  return selected.length;
}

function printWithContext(
  lines: readonly string[],
  selected: readonly number[],
  search: Search,
  print: (i: number, text: string, separator: ':' | '-') => void,
  context: CommandContext,
): void {
  const chosen = new Set(selected);
  let printed = -1;
  for (const at of selected) {
    const from = Math.max(printed + 1, at - search.before);
    if (search.groups === 'separated' && printed >= 0 && from > printed + 1) context.output.write('out', '--\n');
    for (let i = from; i <= Math.min(lines.length - 1, at + search.after); i++) {
      // The context of one line ends where the next selected line begins its own.
      if (i > at && chosen.has(i)) break;
      print(i, lines[i] ?? '', chosen.has(i) ? ':' : '-');
      printed = i;
    }
  }
}
