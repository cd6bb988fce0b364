// awk: programs that print fields, `/pattern/ {print $1, $NF}`; everything else is refused by name.
//
// Read:    awk(1p).

import type { Command } from '../command.ts';
import { parseOptions } from '../tools/flags.ts';
import { asText, linesOf, readSources, refuseOption } from './input.ts';
import { compilePattern, escapeText } from './pattern.ts';

/** What one `print` puts out, given the fields (the first one is the whole line) and the number of the line. */
type Expression = (fields: readonly string[], line: number) => string;
interface Rule {
  readonly matches: (fields: readonly string[], line: number) => boolean;
  /** Joined by a space. */
  readonly print: readonly Expression[];
}

export const awk: Command = {
  name: 'awk',
  at: ['host', 'container'],
  summary: "print fields of lines: awk '{print $1}'",
  run(words, context) {
    const parsed = parseOptions(words, { '-F': 'value' });
    if (parsed.kind !== 'parsed') return refuseOption('awk', parsed, context, 2);
    const [program, ...files] = parsed.rest;
    if (program === undefined) {
      context.output.write('err', "usage: awk [-F fs] 'prog' [file ...]\n");
      return 2;
    }
    const rule = readProgram(program);
    if (rule === undefined) {
      context.output.write(
        'err',
        `awk: ${program}: this terminal's awk knows the forms '{print $1, $NF}', 'NR>1 {print $2}' and '/pattern/ {print}'\n`,
      );
      return 2;
    }
    const { sources, failed } = readSources('awk', files, context);
    const split = splitter(parsed.values.get('-F') ?? ' ');
    const rows = sources
      .flatMap(source => linesOf(source.text))
      .map((line, i) => ({ fields: [line, ...split(line)], line: i + 1 }))
      .filter(({ fields, line }) => rule.matches(fields, line))
      .map(({ fields, line }) => rule.print.map(expression => expression(fields, line)).join(' '));
    context.output.write('out', asText(rows));
    return failed === 'some' ? 2 : 0;
  },
};

/** One blank means any run of blanks; another single character itself; more are a pattern. */
function splitter(separator: string): (line: string) => readonly string[] {
  if (separator === ' ') return line => line.split(/[ \t]+/).filter(field => field !== '');
  const text = separator === '\\t' || separator === 't' ? '\t' : separator;
  const compiled = text.length === 1 ? undefined : compilePattern(text, 'extended');
  const source = compiled?.kind === 'pattern' ? compiled.source : escapeText(text);
  return line => (line === '' ? [] : line.split(new RegExp(source)));
}

function readProgram(text: string): Rule | undefined {
  const found = /^\s*(.*?)\s*(?:\{\s*print\b\s*([^{}]*?)\s*;?\s*\})?\s*$/s.exec(text);
  const condition = found?.[1] ?? '';
  if (found === null || (condition === '' && found[2] === undefined)) return undefined;
  const matches = readCondition(condition);
  const print = readPrint(found[2] ?? '');
  return matches === undefined || print === undefined ? undefined : { matches, print };
}

function readCondition(text: string): Rule['matches'] | undefined {
  if (text === '') return () => true;
  const pattern = /^(!?)(?:(\$\w+)\s*(!?~)\s*)?\/((?:[^/\\]|\\.)*)\/$/.exec(text);
  if (pattern !== null) {
    const [, not, fieldText = '$0', operator = '~', source = ''] = pattern;
    const field = readTerm(fieldText);
    const compiled = compilePattern(source.replaceAll('\\/', '/'), 'extended');
    if (field === undefined || compiled.kind === 'bad') return undefined;
    const matcher = new RegExp(compiled.source);
    const isNegated = (not === '!') !== (operator === '!~');
    return (fields, line) => matcher.test(field(fields, line)) !== isNegated;
  }
  const comparison = /^(\$\w+|NR|NF)\s*(==|!=|<=|>=|<|>)\s*("[^"\\]*"|-?\d+(?:\.\d+)?)$/.exec(text);
  if (comparison === null) return undefined;
  const left = readTerm(comparison[1] ?? '');
  const [, , operator = '', right = ''] = comparison;
  if (left === undefined) return undefined;
  return (fields, line) => {
    const value = left(fields, line);
    const isNumeric = !right.startsWith('"') && /^\s*-?\d+(?:\.\d+)?\s*$/.test(value);
    const wanted = right.replaceAll('"', '');
    const order = isNumeric ? Number(value) - Number(wanted) : value < wanted ? -1 : value > wanted ? 1 : 0;
    return (
      { '==': order === 0, '!=': order !== 0, '<=': order <= 0, '>=': order >= 0, '<': order < 0 }[operator] ??
      order > 0
    );
  };
}

/** Terms joined by commas (a space between them) or side by side (nothing between them). */
function readPrint(text: string): readonly Expression[] | undefined {
  if (text === '') return [fields => fields[0] ?? ''];
  const expressions: Expression[] = [];
  let joined: Expression[] = [];
  let rest = text;
  while (rest !== '') {
    const found = /^\s*(?:(\$\w+|NR|NF|"(?:[^"\\]|\\.)*"|\d+)|(,))\s*/.exec(rest);
    if (found === null) return undefined;
    rest = rest.slice(found[0].length);
    if (found[2] !== undefined) {
      if (joined.length === 0 || rest === '') return undefined;
      expressions.push(concatenated(joined));
      joined = [];
      continue;
    }
    const term = readTerm(found[1] ?? '');
    if (term === undefined) return undefined;
    joined.push(term);
  }
  expressions.push(concatenated(joined));
  return expressions;
}

const concatenated =
  (terms: readonly Expression[]): Expression =>
  (fields, line) =>
    terms.map(term => term(fields, line)).join('');

function readTerm(text: string): Expression | undefined {
  if (text === 'NR') return (_fields, line) => String(line);
  if (text === 'NF') return fields => String(fields.length - 1);
  if (text === '$NF') return fields => fields.at(-1) ?? '';
  const field = /^\$(\d+)$/.exec(text);
  if (field !== null) return fields => fields[Number(field[1])] ?? '';
  if (text.startsWith('"')) {
    const plain = text
      .slice(1, -1)
      .replaceAll(/\\([nt"\\])/g, (_whole, letter: string) => ({ n: '\n', t: '\t' })[letter] ?? letter);
    return () => plain;
  }
  return /^\d+$/.test(text) ? () => text : undefined;
}
