// cut and tr: pieces of lines, and characters for characters.
//
// Read:    cut(1), tr(1) of GNU coreutils 9.1.

import type { Command } from '../command.ts';
import { parseOptions } from '../tools/flags.ts';
import { asText, linesOf, readSources, refuseOption } from './input.ts';

const CUT_OPTIONS = {
  '-d': 'value',
  '--delimiter': 'value',
  '-f': 'value',
  '--fields': 'value',
  '-c': 'value',
  '-b': 'value',
  '-s': 'flag',
} as const;

export const cut: Command = {
  name: 'cut',
  at: ['host', 'container'],
  summary: 'print columns of lines',
  run(words, context) {
    const parsed = parseOptions(words, CUT_OPTIONS);
    if (parsed.kind !== 'parsed') return refuseOption('cut', parsed, context);
    const refuse = (message: string): number => {
      context.output.write('err', `cut: ${message}\nTry 'cut --help' for more information.\n`);
      return 1;
    };
    const { values, flags } = parsed;
    const delimiter = values.get('-d') ?? values.get('--delimiter');
    const fields = values.get('-f') ?? values.get('--fields');
    const characters = values.get('-c') ?? values.get('-b');
    const list = fields ?? characters;
    if (list === undefined) return refuse('you must specify a list of bytes, characters, or fields');
    if (fields !== undefined && characters !== undefined) return refuse('only one list may be specified');
    if (delimiter !== undefined && delimiter.length !== 1) return refuse('the delimiter must be a single character');
    if (delimiter !== undefined && fields === undefined)
      return refuse('an input delimiter may be specified only when operating on fields');
    const isChosen = readList(list);
    if (/(?:^|,)0+(?:[-,]|$)/.test(list))
      return refuse(`${fields === undefined ? 'byte/character positions' : 'fields'} are numbered from 1`);
    if (isChosen === undefined)
      return refuse(
        fields === undefined ? `invalid byte/character position ‘${list}’` : `invalid field value ‘${list}’`,
      );
    const { sources, failed } = readSources('cut', parsed.rest, context);
    const separator = delimiter ?? '\t';
    const rows = sources
      .flatMap(source => linesOf(source.text))
      .flatMap(line => {
        if (fields === undefined) return [[...line].filter((_char, i) => isChosen(i + 1)).join('')];
        if (!line.includes(separator)) return flags.has('-s') ? [] : [line];
        return [
          line
            .split(separator)
            .filter((_field, i) => isChosen(i + 1))
            .join(separator),
        ];
      });
    context.output.write('out', asText(rows));
    return failed === 'some' ? 1 : 0;
  },
};

/** `1,3-5,7-`: whether a number is in the list. */
function readList(text: string): ((number: number) => boolean) | undefined {
  const ranges: (readonly [number, number])[] = [];
  for (const item of text.split(',')) {
    const found = /^(\d*)(-?)(\d*)$/.exec(item);
    if (found === null || (found[1] === '' && found[3] === '')) return undefined;
    const from = found[1] === '' ? 1 : Number(found[1]);
    const to = found[2] === '' ? from : found[3] === '' ? Number.POSITIVE_INFINITY : Number(found[3]);
    if (from === 0 || to < from) return undefined;
    ranges.push([from, to]);
  }
  return number => ranges.some(([from, to]) => number >= from && number <= to);
}

export const tr: Command = {
  name: 'tr',
  at: ['host', 'container'],
  summary: 'replace or delete characters',
  run(words, context) {
    const parsed = parseOptions(words, { '-d': 'flag', '-s': 'flag', '-c': 'flag', '-C': 'flag' });
    if (parsed.kind !== 'parsed') return refuseOption('tr', parsed, context);
    const refuse = (message: string): number => {
      context.output.write('err', `tr: ${message}\nTry 'tr --help' for more information.\n`);
      return 1;
    };
    const { flags, rest } = parsed;
    const [first, second] = rest;
    const isDelete = flags.has('-d');
    const isSqueeze = flags.has('-s');
    if (first === undefined) return refuse('missing operand');
    if (second === undefined && !isDelete && !isSqueeze)
      return refuse(`missing operand after ‘${first}’\nTwo strings must be given when translating.`);
    const extra = rest[isDelete && !isSqueeze ? 1 : 2];
    if (extra !== undefined) return refuse(`extra operand ‘${extra}’`);
    const { sources, failed } = readSources('tr', [], context);
    const from = readSet(first);
    const to = readSet(second ?? '');
    const isComplement = flags.has('-c') || flags.has('-C');
    const isIn = (char: string): boolean => from.includes(char) !== isComplement;
    const changed = (char: string): string => {
      if (!isIn(char)) return char;
      if (isDelete) return '';
      if (second === undefined || to.length === 0) return char;
      // The last character of the second set stands for all that are missing there.
      return to[isComplement ? to.length - 1 : Math.min(from.lastIndexOf(char), to.length - 1)] ?? char;
    };
    const squeezed = second === undefined ? isIn : (char: string): boolean => to.includes(char);
    let text = '';
    for (const char of [...(sources[0]?.text ?? '')].map(changed))
      if (!(isSqueeze && char !== '' && text.endsWith(char) && squeezed(char))) text += char;
    context.output.write('out', text);
    return failed === 'some' ? 1 : 0;
  },
};

const SET_CLASSES: Readonly<Record<string, string>> = {
  upper: 'A-Z',
  lower: 'a-z',
  digit: '0-9',
  alpha: 'A-Za-z',
  alnum: '0-9A-Za-z',
  blank: ' \\t',
  space: ' \\t\\n\\v\\f\\r',
  punct: '!-/:-@\\[-`{-~',
};
const SET_ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', v: '\v', f: '\f' };

/** The characters of `a-z[:digit:]\n`. */
function readSet(text: string): readonly string[] {
  const spelled = text.replaceAll(/\[:(\w+):\]/g, (whole, name: string) => SET_CLASSES[name] ?? whole);
  const chars = [...spelled.matchAll(/\\([\s\S])|([\s\S])/gu)].map(([, escaped, plain]) =>
    escaped === undefined
      ? { char: plain ?? '', is: 'plain' }
      : { char: SET_ESCAPES[escaped] ?? escaped, is: 'escaped' },
  );
  const set: string[] = [];
  for (let i = 0; i < chars.length; i++) {
    const from = chars[i]?.char ?? '';
    const to = chars[i + 2]?.char;
    const dash = chars[i + 1];
    if (dash?.char === '-' && dash.is === 'plain' && to !== undefined && to >= from) {
      for (let code = from.charCodeAt(0); code <= to.charCodeAt(0); code++) set.push(String.fromCharCode(code));
      i += 2;
    } else set.push(from);
  }
  return set;
}
