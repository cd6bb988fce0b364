// sed: `s/old/new/`, `Np`, `/pattern/d`; everything else is refused by name.
//
// Read:    sed(1) of GNU sed 4.9.

import type { Command } from '../command.ts';
import { parseOptions } from '../tools/flags.ts';
import { asText, linesOf, readSources, refuseOption } from './input.ts';
import { compilePattern, type PatternSyntax } from './pattern.ts';

/** Which lines an action is for. */
type Address = (line: string, number: number, count: number) => boolean;

type Action =
  | {
      readonly kind: 'substitute';
      readonly matcher: RegExp;
      readonly replacement: string;
      readonly prints: 'prints' | 'quiet';
    }
  | { readonly kind: 'print' }
  | { readonly kind: 'delete' };

type Step = { readonly address: Address; readonly action: Action };

export const sed: Command = {
  name: 'sed',
  at: ['host', 'container'],
  summary: "change lines: sed 's/old/new/'",
  run(words, context) {
    const parsed = parseOptions(words, { '-n': 'flag', '-E': 'flag', '-r': 'flag', '-e': 'value' });
    if (parsed.kind !== 'parsed') return refuseOption('sed', parsed, context);
    const several = words.flatMap((word, i) => (word === '-e' ? [words[i + 1] ?? ''] : []));
    const given = several.length > 1 ? several.join('\n') : parsed.values.get('-e');
    const [first, ...others] = parsed.rest;
    const script = given ?? first;
    if (script === undefined) {
      context.output.write('err', 'Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...\n');
      return 1;
    }
    const syntax = parsed.flags.has('-E') || parsed.flags.has('-r') ? 'extended' : 'basic';
    const steps = readScript(script, syntax);
    if (steps === undefined) {
      context.output.write(
        'err',
        `sed: ${script}: this terminal's sed knows the forms 's/old/new/g', '2p', '2,5p', '/pattern/p' and '/pattern/d'\n`,
      );
      return 1;
    }
    const { sources, failed } = readSources('sed', given === undefined ? others : parsed.rest, context);
    const lines = sources.flatMap(source => linesOf(source.text));
    const isQuiet = parsed.flags.has('-n');
    const printed = lines.map((line, i) => {
      const { extra, rest } = apply(steps, line, i + 1, lines.length);
      return asText(isQuiet ? extra : [...extra, ...rest]);
    });
    // A last line without a newline gets none.
    const last = sources.at(-1)?.text ?? '';
    if (last !== '' && !last.endsWith('\n')) printed.push((printed.pop() ?? '').replace(/\n$/, ''));
    context.output.write('out', printed.join(''));
    return failed === 'some' ? 2 : 0;
  },
};

function apply(
  steps: readonly Step[],
  line: string,
  number: number,
  count: number,
): { readonly extra: readonly string[]; readonly rest: readonly string[] } {
  const extra: string[] = [];
  let text = line;
  for (const { address, action } of steps) {
    if (!address(text, number, count)) continue;
    if (action.kind === 'delete') return { extra, rest: [] };
    if (action.kind === 'print') extra.push(text);
    else {
      action.matcher.lastIndex = 0;
      const isFound = action.matcher.test(text);
      action.matcher.lastIndex = 0;
      text = text.replace(action.matcher, action.replacement);
      if (isFound && action.prints === 'prints') extra.push(text);
    }
  }
  return { extra, rest: [text] };
}

/** Actions one after another, joined by `;`. */
function readScript(script: string, syntax: PatternSyntax): readonly Step[] | undefined {
  const steps: Step[] = [];
  let rest = script.trim();
  while (rest !== '') {
    const at = readAddress(rest, syntax);
    if (at === undefined) return undefined;
    const body = rest.slice(at.length).trimStart();
    const taken = readAction(body, syntax);
    if (taken === undefined) return undefined;
    const after = body.slice(taken.length).replace(/^[ \t]+/, '');
    if (after !== '' && !/^[;\n]/.test(after)) return undefined;
    steps.push({ address: at.address, action: taken.action });
    rest = after.replace(/^[;\n]\s*/, '');
  }
  return steps;
}

function readAddress(
  text: string,
  syntax: PatternSyntax,
): { readonly address: Address; readonly length: number } | undefined {
  const numbers = /^(\d+|\$)(?:,(\d+|\$))?/.exec(text);
  if (numbers !== null) {
    const place = (word: string, count: number): number => (word === '$' ? count : Number(word));
    const [all, from = '', to = from] = numbers;
    return {
      length: all.length,
      address: (_line, number, count) =>
        number === place(from, count) || (number > place(from, count) && number <= place(to, count)),
    };
  }
  const pattern = /^\/((?:[^/\\]|\\.)*)\//.exec(text);
  if (pattern === null) return { address: () => true, length: 0 };
  const compiled = compilePattern((pattern[1] ?? '').replaceAll('\\/', '/'), syntax);
  if (compiled.kind === 'bad') return undefined;
  const matcher = new RegExp(compiled.source);
  return { length: pattern[0].length, address: line => matcher.test(line) };
}

function readAction(
  text: string,
  syntax: PatternSyntax,
): { readonly action: Action; readonly length: number } | undefined {
  if (text.startsWith('p')) return { action: { kind: 'print' }, length: 1 };
  if (text.startsWith('d')) return { action: { kind: 'delete' }, length: 1 };
  const mark = text[1] ?? '';
  if (!text.startsWith('s') || /[\w\s\\]/.test(mark) || mark === '') return undefined;
  const pieces = splitAt(text.slice(2), mark);
  if (pieces === undefined) return undefined;
  const { pattern, replacement, length } = pieces;
  const flags = /^[gpiI]*/.exec(text.slice(2 + length))?.[0] ?? '';
  const compiled = compilePattern(pattern, syntax);
  if (compiled.kind === 'bad') return undefined;
  const options = `${flags.includes('g') ? 'g' : ''}${/i/i.test(flags) ? 'i' : ''}`;
  return {
    action: {
      kind: 'substitute',
      matcher: new RegExp(compiled.source, options),
      replacement: replacementOf(replacement),
      prints: flags.includes('p') ? 'prints' : 'quiet',
    },
    length: 2 + length + flags.length,
  };
}

/** The two texts between three marks; a mark with a backslash in front is only a character. */
function splitAt(
  text: string,
  mark: string,
): { readonly pattern: string; readonly replacement: string; readonly length: number } | undefined {
  const parts = [''];
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? '';
    if (char === mark) {
      const [pattern = '', replacement] = parts;
      if (replacement !== undefined) return { pattern, replacement, length: i + 1 };
      parts.push('');
      continue;
    }
    const escaped = char === '\\' ? (text[++i] ?? '') : '';
    parts[parts.length - 1] += char !== '\\' ? char : escaped === mark ? mark : `\\${escaped}`;
  }
  return undefined;
}

/** `&` is the match and `\1` a group; a dollar sign is only a dollar sign. */
function replacementOf(text: string): string {
  return text.replaceAll('$', '$$$$').replaceAll(/\\([\s\S])|&/g, (whole, char: string | undefined) => {
    if (whole === '&') return '$&';
    if (char === 'n') return '\n';
    if (char === 't') return '\t';
    return /[1-9]/.test(char ?? '') ? `$${char}` : (char ?? '');
  });
}
