// The words of a Go template.
//
// Simplified: 1.0 is the number 1.
// Read:    pkg.go.dev/text/template, "Text and spaces", "Arguments".

import type { Json } from '../../../sim/index.ts';

interface Place {
  /** Offsets in the template. */
  readonly at: number;
  readonly end: number;
  readonly text: string;
}

export type Token =
  /** `field`: its name without the dot; `variable`: with its `$`. */
  | (Place & { readonly kind: 'text' | 'open' | 'close' | 'dot' | 'field' | 'variable' | 'word' | 'mark' })
  | (Place & { readonly kind: 'literal'; readonly value: Json });

export type Lexed =
  | { readonly kind: 'tokens'; readonly tokens: readonly Token[] }
  | { readonly kind: 'refused'; readonly at: number; readonly message: string };

const WORD =
  /(\s+)|("(?:[^"\\\n]|\\.)*"|`[^`]*`)|([+-]?(?:0[xX][\da-fA-F]+|\d+\.?\d*(?:[eE][+-]?\d+)?))|(\$\w*)|\.([\p{L}_]\w*)|(\.)|([\p{L}_]\w*)|(:=|[=|(),])/uy;

export function tokensOf(source: string): Lexed {
  const tokens: Token[] = [];
  let at = 0;
  let trims = false;
  while (at < source.length) {
    const open = source.indexOf('{{', at);
    const raw = source.slice(at, open < 0 ? source.length : open);
    const trimsBefore = open >= 0 && /^-\s/.test(source.slice(open + 2));
    const left = trims ? raw.trimStart() : raw;
    const text = trimsBefore ? left.trimEnd() : left;
    if (text !== '') tokens.push({ kind: 'text', at, end: at + raw.length, text });
    if (open < 0) break;
    const start = open + (trimsBefore ? 3 : 2);
    const comment = /^\s*\/\*[\s\S]*?\*\/\s*(-)?\}\}/.exec(source.slice(start));
    if (comment !== null) {
      trims = comment[1] !== undefined;
      at = start + comment[0].length;
      continue;
    }
    tokens.push({ kind: 'open', at: open, end: start, text: '{{' });
    const action = actionTokens(source, start);
    if (action.kind === 'refused') return action;
    tokens.push(...action.tokens);
    trims = action.trims;
    at = action.end;
  }
  return { kind: 'tokens', tokens };
}

type Action =
  | { readonly kind: 'tokens'; readonly tokens: readonly Token[]; readonly trims: boolean; readonly end: number }
  | Extract<Lexed, { readonly kind: 'refused' }>;

/** The words up to `}}`. */
function actionTokens(source: string, start: number): Action {
  const tokens: Token[] = [];
  let at = start;
  for (;;) {
    const end = /^(\s-)?\}\}/.exec(source.slice(at));
    if (end !== null) {
      tokens.push({ kind: 'close', at, end: at + end[0].length, text: '}}' });
      return { kind: 'tokens', tokens, trims: end[1] !== undefined, end: at + end[0].length };
    }
    if (at >= source.length) return { kind: 'refused', at, message: 'unclosed action' };
    WORD.lastIndex = at;
    const match = WORD.exec(source);
    if (match === null) return badWord(source, at);
    const place = { at, end: at + match[0].length, text: match[0] };
    at = place.end;
    const [, space, quoted, number, variable, field, dot, word] = match;
    if (space !== undefined) continue;
    if (quoted !== undefined) tokens.push({ kind: 'literal', ...place, value: unquoted(quoted) });
    else if (number !== undefined) tokens.push({ kind: 'literal', ...place, value: Number(number) });
    else if (variable !== undefined) tokens.push({ kind: 'variable', ...place });
    else if (field !== undefined) tokens.push({ kind: 'field', ...place, text: field });
    else if (dot !== undefined) tokens.push({ kind: 'dot', ...place });
    else if (word === 'true' || word === 'false') tokens.push({ kind: 'literal', ...place, value: word === 'true' });
    else tokens.push({ kind: word === undefined ? 'mark' : 'word', ...place });
  }
}

function badWord(source: string, at: number): Extract<Lexed, { readonly kind: 'refused' }> {
  const letter = source[at] ?? '';
  const isQuote = letter === '"' || letter === '`';
  const code = (letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const message = isQuote
    ? letter === '"'
      ? 'unterminated quoted string'
      : 'unterminated raw quoted string'
    : `unexpected ${JSON.stringify(letter)} in command`;
  return {
    kind: 'refused',
    at,
    message:
      /[\p{P}\p{S}]/u.test(letter) || isQuote ? message : `unrecognized character in action: U+${code} '${letter}'`,
  };
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
};

function unquoted(quoted: string): string {
  if (quoted.startsWith('`')) return quoted.slice(1, -1);
  return quoted
    .slice(1, -1)
    .replace(/\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|(.))/g, (_all, two, four, letter) =>
      letter === undefined ? String.fromCodePoint(Number.parseInt(two ?? four, 16)) : (ESCAPES[letter] ?? letter),
    );
}
