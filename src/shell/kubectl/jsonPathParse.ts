// kubectl's JSONPath templates, parsed: text with `{...}` in it.
//
// Read:    kubernetes.io/docs/reference/kubectl/jsonpath; k8s.io/client-go util/jsonpath/parser.go.

/** A template that does not parse: kubectl's words without `error: `. */
export class JsonPathSyntaxError extends Error {}

/** One bound of `[from:to:step]`. */
export type Bound =
  | { readonly kind: 'absent' }
  | { readonly kind: 'given'; readonly value: number }
  /** The end that a single index has. */
  | { readonly kind: 'derived'; readonly value: number };

export type PathNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'array'; readonly from: Bound; readonly to: Bound; readonly step: Bound }
  | {
      readonly kind: 'filter';
      readonly left: readonly PathNode[];
      readonly right: readonly PathNode[];
      /** `==`, `<`, ...; `exists` when there is nothing to compare with. */
      readonly operator: string;
    }
  | { readonly kind: 'literal'; readonly value: number | boolean }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'recursive' }
  | { readonly kind: 'union'; readonly paths: readonly (readonly PathNode[])[] }
  | { readonly kind: 'identifier'; readonly name: string };

/** What stands between two braces, or text between two of those. */
export type TemplatePart = readonly PathNode[];

/** @throws JsonPathSyntaxError */
export function parseJsonPath(template: string): readonly TemplatePart[] {
  try {
    const parts: TemplatePart[] = [];
    const reader = { text: template, at: 0 };
    while (reader.at < template.length) {
      const open = template.indexOf('{', reader.at);
      const end = open < 0 ? template.length : open;
      if (end > reader.at) parts.push([{ kind: 'text', text: template.slice(reader.at, end) }]);
      if (open < 0) break;
      reader.at = open + 1;
      parts.push(parseAction(reader));
    }
    return parts;
  } catch (error) {
    if (!(error instanceof JsonPathSyntaxError)) throw error;
    throw new JsonPathSyntaxError(`error parsing jsonpath ${template}, ${error.message}`);
  }
}

interface Reader {
  readonly text: string;
  at: number;
}

/** Reads up to the closing brace. */
function parseAction(reader: Reader): TemplatePart {
  const nodes: PathNode[] = [];
  for (;;) {
    const rest = reader.text.slice(reader.at);
    const letter = rest[0];
    if (letter === '}') {
      reader.at++;
      return nodes;
    }
    if (rest.startsWith('[?(')) nodes.push(parseFilter(reader));
    else if (rest.startsWith('..')) {
      if (nodes.at(-1)?.kind === 'recursive') throw new JsonPathSyntaxError('invalid multiple recursive descent');
      reader.at += 2;
      nodes.push({ kind: 'recursive' });
      if (/^[\p{L}\p{N}_]/u.test(reader.text.slice(reader.at))) nodes.push(parseField(reader));
    } else if (letter === undefined || letter === '\n' || letter === '\r')
      throw new JsonPathSyntaxError('unclosed action');
    else if (letter === ' ' || letter === '@' || letter === '$') reader.at++;
    else if (letter === '[') nodes.push(...parseArray(reader));
    else if (letter === '"' || letter === "'") nodes.push(parseQuote(reader, letter));
    else if (letter === '.') {
      reader.at++;
      nodes.push(parseField(reader));
    } else if (/[+\-\p{Nd}]/u.test(letter)) nodes.push(parseNumber(reader));
    else if (/[\p{L}\p{N}_]/u.test(letter)) nodes.push(parseIdentifier(reader));
    else {
      const code = letter.codePointAt(0) ?? 0;
      const point = code.toString(16).toUpperCase().padStart(4, '0');
      throw new JsonPathSyntaxError(`unrecognized character in action: U+${point} '${letter}'`);
    }
  }
}

const WORD_END = /[\s.,[\]$@{}]/;

function parseField(reader: Reader): PathNode {
  let name = '';
  while (reader.at < reader.text.length) {
    const letter = reader.text[reader.at] ?? '';
    if (letter === '\\') {
      name += reader.text[reader.at + 1] ?? '';
      reader.at += 2;
      continue;
    }
    if (WORD_END.test(letter)) break;
    name += letter;
    reader.at++;
  }
  return name === '*' ? { kind: 'wildcard' } : { kind: 'field', name };
}

function parseIdentifier(reader: Reader): PathNode {
  const from = reader.at;
  while (reader.at < reader.text.length && !WORD_END.test(reader.text[reader.at] ?? '')) reader.at++;
  const name = reader.text.slice(from, reader.at);
  return name === 'true' || name === 'false'
    ? { kind: 'literal', value: name === 'true' }
    : { kind: 'identifier', name };
}

function parseNumber(reader: Reader): PathNode {
  const text = /^[+-]?[\d.]*/.exec(reader.text.slice(reader.at))?.[0] ?? '';
  reader.at += text.length;
  const value = Number(text);
  if (text === '' || Number.isNaN(value) || !/\d/.test(text))
    throw new JsonPathSyntaxError(`cannot parse number ${text}`);
  return { kind: 'literal', value };
}

function parseQuote(reader: Reader, quote: string): PathNode {
  const from = reader.at;
  for (let at = from + 1; at < reader.text.length && reader.text[at] !== '\n'; at++) {
    if (reader.text[at] !== quote || reader.text[at - 1] === '\\') continue;
    reader.at = at + 1;
    return { kind: 'text', text: unquoted(reader.text.slice(from + 1, at)) };
  }
  throw new JsonPathSyntaxError('unterminated quoted string');
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v' };

function unquoted(text: string): string {
  return text.replace(
    /\\(?:u([\da-fA-F]{4})|x([\da-fA-F]{2})|(.))/g,
    (_, long?: string, short?: string, letter = '') => {
      const code = long ?? short;
      return code === undefined ? (ESCAPES[letter] ?? letter) : String.fromCharCode(Number.parseInt(code, 16));
    },
  );
}

function parseArray(reader: Reader): readonly PathNode[] {
  const rest = reader.text.slice(reader.at);
  const close = rest.search(/[\]\n]/);
  if (close < 0 || rest[close] === '\n') throw new JsonPathSyntaxError('unterminated array');
  reader.at += close + 1;
  const inside = rest.slice(1, close) === '*' ? ':' : rest.slice(1, close);
  const members = inside.split(',');
  if (members.length > 1)
    return [{ kind: 'union', paths: members.map(member => parseAlone(`[${member.replace(/^ +| +$/g, '')}]`)) }];
  const key = /^'([^']*)'$/.exec(inside)?.[1];
  if (key !== undefined) return parseAlone(`.${key}`);
  const slice = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/.exec(inside);
  if (slice === null) throw new JsonPathSyntaxError(`invalid array index ${inside}`);
  const [, from = '', to, step] = slice;
  const first = boundOf(from, from === '' ? undefined : from);
  const last: Bound =
    to === undefined ? { kind: 'derived', value: Number(from) + 1 } : boundOf(to.slice(1), to.slice(1) || undefined);
  return [{ kind: 'array', from: first, to: last, step: boundOf(step ?? '', step?.slice(1) || undefined) }];
}

function boundOf(text: string, value: string | undefined): Bound {
  if (value === undefined) return { kind: 'absent' };
  if (!/\d/.test(value)) throw new JsonPathSyntaxError(`array index ${text} is not a number`);
  return { kind: 'given', value: Number(value) };
}

function parseAlone(text: string): readonly PathNode[] {
  return parseAction({ text: `${text}}`, at: 0 });
}

function parseFilter(reader: Reader): PathNode {
  const from = reader.at + 3;
  let quote = '';
  let isClosed = false;
  let at = from;
  for (; ; at++) {
    const letter = reader.text[at];
    if (letter === undefined || letter === '\n') throw new JsonPathSyntaxError('unterminated filter');
    if (letter === '"' || letter === "'") {
      if (quote === '') quote = letter;
      else if (letter === quote && reader.text[at - 1] !== '\\') isClosed = true;
    }
    if (letter === ')' && (quote === '' || isClosed)) break;
  }
  if (reader.text[at + 1] !== ']') throw new JsonPathSyntaxError('unclosed array expect ]');
  reader.at = at + 2;
  const text = reader.text.slice(from, at);
  const comparison = /^([^!<>=]+)([!<>=]+)(.+?)$/.exec(text);
  if (comparison === null) return { kind: 'filter', left: parseAlone(text), right: [], operator: 'exists' };
  const [, left = '', operator = '', right = ''] = comparison;
  return { kind: 'filter', left: parseAlone(left), right: parseAlone(right), operator };
}
