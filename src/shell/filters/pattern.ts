// Patterns of grep and sed as regular expressions of JavaScript.
//
// Models:  basic and extended expressions with GNU's \+ \? \| \< \> \b \w \s, [:classes:], back-references.
// Omits:   [.collating.] and [=equivalence=] elements; the longest match (the first alternative wins instead).
// Read:    POSIX.1-2017, Base Definitions, chapter 9; regex(7).

export type PatternSyntax = 'basic' | 'extended' | 'fixed';

export type Compiled =
  | { readonly kind: 'pattern'; readonly source: string }
  /** In the words of glibc's regcomp. */
  | { readonly kind: 'bad'; readonly message: string };

const CLASSES: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: '0-9A-Za-z',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
  print: ' -~',
  graph: '!-~',
  cntrl: '\\x00-\\x1f\\x7f',
};

/** The source of a JavaScript regular expression (without the `u` flag) that means the same. */
export function compilePattern(text: string, syntax: PatternSyntax): Compiled {
  if (syntax === 'fixed') return { kind: 'pattern', source: escapeText(text) };
  const built = translate(text, syntax);
  if (built.kind === 'bad') return built;
  try {
    new RegExp(built.source);
    return built;
  } catch {
    return { kind: 'bad', message: 'Invalid regular expression' };
  }
}

export const escapeText = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

function translate(text: string, syntax: 'basic' | 'extended'): Compiled {
  let source = '';
  let open = 0;
  /** At the start of an expression, where `*` is an ordinary character in the basic syntax. */
  let isStart = true;
  const bad = (message: string): Compiled => ({ kind: 'bad', message });
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? '';
    if (char === '[') {
      const set = readSet(text, i);
      if (set.kind === 'bad') return set;
      source += set.source;
      i = set.end;
      isStart = false;
      continue;
    }
    // What an operator is called: with a backslash in the basic syntax, without one in the extended syntax.
    let operator: string | undefined;
    let literal: string | undefined;
    if (char === '\\') {
      const next = text[++i];
      if (next === undefined) return bad('Trailing backslash');
      if ('(){}+?|'.includes(next)) {
        if (syntax === 'basic') operator = next;
        else literal = next;
      } else if (/[wWsSbB1-9]/.test(next)) source += `\\${next}`;
      else if (next === '<') source += '\\b(?=\\w)';
      else if (next === '>') source += '\\b(?<=\\w)';
      else if (next === "'" || next === '`') source += next === '`' ? '^' : '$';
      else literal = next;
    } else if ('(){}+?|'.includes(char)) {
      if (syntax === 'extended') operator = char;
      else literal = char;
    } else if (char === '*') {
      if (isStart) literal = '*';
      else operator = '*';
    } else if (char === '^' || char === '$') {
      const isAnchor = syntax === 'extended' || (char === '^' ? isStart : isEnd(text, i));
      if (isAnchor) {
        source += char;
        if (char === '^') continue;
      } else literal = char;
    } else if (char === '.') source += '.';
    else literal = char;

    if (literal !== undefined) source += escapeText(literal);
    isStart = false;
    if (operator === undefined) continue;
    if (operator === '(') {
      open++;
      isStart = true;
      source += '(';
    } else if (operator === ')') {
      if (open === 0) {
        if (syntax === 'basic') return bad('Unmatched ) or \\)');
        // GNU takes it for a character.
        source += '\\)';
        continue;
      }
      open--;
      source += ')';
    } else if (operator === '|') {
      isStart = true;
      source += '|';
    } else if (operator === '{') {
      const close = text.indexOf(syntax === 'basic' ? '\\}' : '}', i);
      const inside = close < 0 ? '' : text.slice(i + 1, close);
      const isBound = /^(?:\d+(?:,\d*)?|,\d+)$/.test(inside);
      if (!isBound && syntax === 'extended') {
        source += '\\{';
        continue;
      }
      if (close < 0) return bad('Unmatched \\{');
      if (!isBound) return bad('Invalid content of \\{\\}');
      source += `{${inside.startsWith(',') ? `0${inside}` : inside}}`;
      i = close + (syntax === 'basic' ? 1 : 0);
    } else if (operator === '}') source += '\\}';
    else if (source === '' || /(?:^|[(|])$/.test(source)) source += syntax === 'extended' ? '' : escapeText(operator);
    // `a**` and `a+*` are no errors: the second one changes nothing that a match would show.
    else if (!/(?<!\\)[*+?]$/.test(source)) source += operator;
  }
  if (open > 0) return bad('Unmatched ( or \\(');
  return { kind: 'pattern', source };
}

const isEnd = (text: string, at: number): boolean => {
  const rest = text.slice(at + 1);
  return rest === '' || rest.startsWith('\\)') || rest.startsWith('\\|');
};

type SetSource = { readonly kind: 'set'; readonly source: string; readonly end: number };

/** A bracket expression from its `[`; `end` is where its `]` stands. */
function readSet(text: string, start: number): SetSource | { readonly kind: 'bad'; readonly message: string } {
  let i = start + 1;
  let source = '[';
  if (text[i] === '^') {
    source += '^';
    i++;
  }
  const first = i;
  for (; i < text.length; i++) {
    const char = text[i] ?? '';
    if (char === ']' && i > first) return { kind: 'set', source: `${source}]`, end: i };
    const named = /^\[:(\w+):\]/.exec(text.slice(i, i + 16));
    if (named !== null) {
      const members = CLASSES[named[1] ?? ''];
      if (members === undefined) return { kind: 'bad', message: 'Invalid character class name' };
      source += members;
      i += named[0].length - 1;
    } else if (char === '\\' || char === '[' || char === ']' || (char === '^' && i > first)) source += `\\${char}`;
    else source += char;
    if (text[i + 1] === '-' && text[i + 2] !== undefined && text[i + 2] !== ']' && char > (text[i + 2] ?? ''))
      return { kind: 'bad', message: 'Invalid range end' };
  }
  return {
    kind: 'bad',
    message: first >= text.length ? 'Invalid regular expression' : 'Unmatched [, [^, [:, [., or [=',
  };
}
