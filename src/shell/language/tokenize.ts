// A command line in tokens: words with their quotes taken off, operators, here-documents.
//
// Models:  '…', "…", backslash, comments, | && || ; newline, redirections, here-documents, $?.
// Omits:   variables, $(…), arithmetic, background jobs, brace expansion: refused by name.
// Read:    POSIX.1-2017, Shell Command Language, sections 2.2, 2.3 and 2.7.4; bash(1) for the words of errors.

/** A piece of a word: text, or something that is known only when the command runs. */
export type WordPart = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'exit-code' };

export type Operator = '|' | '|&' | '&&' | '||' | ';' | 'newline' | '>' | '>>' | '<' | '>&' | '&>';

interface Span {
  /** Offsets in the line; `to` is exclusive. */
  readonly from: number;
  readonly to: number;
}

export interface WordToken extends Span {
  readonly kind: 'word';
  readonly parts: readonly WordPart[];
  /** Without any quote or backslash: only such words can be reserved words or assignments. */
  readonly quoting: 'plain' | 'quoted';
  /** With an unquoted `*`, `?` or `[`: bash puts the names of matching files in its place. */
  readonly pattern: 'literal' | 'pattern';
}

export interface OperatorToken extends Span {
  readonly kind: 'operator';
  readonly text: Operator;
  /** The number in front of a redirection: `2` of `2>`. */
  readonly fd: number | undefined;
}

/** A here-document: what a command reads instead of the keyboard. */
export interface HereToken extends Span {
  readonly kind: 'here';
  readonly body: string;
}

export type Token = WordToken | OperatorToken | HereToken;

export type Tokens =
  | { readonly kind: 'tokens'; readonly tokens: readonly Token[] }
  /** More lines could complete it: an open quote, a here-document without its end. */
  | { readonly kind: 'incomplete'; readonly message: string }
  /** In bash's words, without the name of the shell in front. */
  | { readonly kind: 'refused'; readonly message: string };

/** Characters of a line without its here-documents, and of those. */
export const MAX_LINE = 64 * 1024;
export const MAX_HERE_DOCUMENT = 1024 * 1024;

const OPERATORS = [
  '&>>',
  '<<-',
  '<<<',
  '&&',
  '||',
  '|&',
  '&>',
  '>>',
  '<<',
  '>&',
  '<&',
  '|',
  ';',
  '>',
  '<',
  '&',
  '(',
  ')',
] as const;

class Refusal extends Error {
  readonly outcome: 'incomplete' | 'refused';
  constructor(outcome: 'incomplete' | 'refused', message: string) {
    super(message);
    this.outcome = outcome;
  }
}

const refuse = (message: string): never => {
  throw new Refusal('refused', message);
};
const unavailable = (text: string, what: string): never => refuse(`${text}: ${what} not available in this terminal`);

/** Takes a command line (of one or more lines) apart. */
export function tokenize(line: string): Tokens {
  try {
    return { kind: 'tokens', tokens: new Scanner(line).scan() };
  } catch (error) {
    if (error instanceof Refusal) return { kind: error.outcome, message: error.message };
    throw error;
  }
}

interface PendingHere {
  readonly from: number;
  readonly delimiter: string;
  readonly isLiteral: 'literal' | 'expanded';
  readonly tabs: 'kept' | 'stripped';
  /** Where in the tokens its body goes. */
  readonly at: number;
}

class Scanner {
  readonly #line: string;
  #at = 0;
  readonly #tokens: Token[] = [];
  #pending: PendingHere[] = [];
  #hereLength = 0;

  constructor(line: string) {
    this.#line = line.replaceAll('\r\n', '\n');
  }

  scan(): readonly Token[] {
    const line = this.#line;
    while (this.#at < line.length) {
      const char = line[this.#at] ?? '';
      if (char === ' ' || char === '\t') this.#at++;
      else if (line.startsWith('\\\n', this.#at)) this.#at += 2;
      else if (char === '\n') this.#newline();
      else if (char === '#') this.#skipComment();
      else {
        const operator = OPERATORS.find(text => line.startsWith(text, this.#at));
        if (operator === undefined) this.#word();
        else this.#operator(operator, this.#at, undefined);
      }
    }
    const [open] = this.#pending;
    if (open !== undefined)
      throw new Refusal('incomplete', `here-document delimited by end-of-file (wanted \`${open.delimiter}')`);
    if (line.length - this.#hereLength > MAX_LINE)
      refuse(`line of more than ${MAX_LINE} characters: Argument list too long`);
    return this.#tokens;
  }

  #skipComment(): void {
    const end = this.#line.indexOf('\n', this.#at);
    this.#at = end < 0 ? this.#line.length : end;
  }

  #newline(): void {
    this.#push({ kind: 'operator', text: 'newline', fd: undefined, from: this.#at, to: this.#at + 1 });
    this.#at++;
    for (const pending of this.#pending) this.#hereBody(pending);
    this.#pending = [];
  }

  #push(token: Token): void {
    this.#tokens.push(token);
  }

  #operator(text: (typeof OPERATORS)[number], from: number, fd: number | undefined): void {
    this.#at = from + (fd === undefined ? 0 : String(fd).length) + text.length;
    switch (text) {
      case '&':
        unavailable('&', 'background jobs are');
        break;
      case '(':
      case ')':
        unavailable(text, 'subshells are');
        break;
      case '<<<':
        unavailable('<<<', 'here-strings are');
        break;
      case '<&':
        unavailable('<&', 'copies of input are');
        break;
      case '<<':
      case '<<-':
        this.#hereStart(from, text);
        break;
      case '&>>':
        this.#push({ kind: 'operator', text: '&>', fd: undefined, from, to: this.#at });
        break;
      default:
        this.#push({ kind: 'operator', text, fd, from, to: this.#at });
    }
  }

  #hereStart(from: number, text: '<<' | '<<-'): void {
    while (this.#line[this.#at] === ' ' || this.#line[this.#at] === '\t') this.#at++;
    const before = this.#tokens.length;
    if (!/[\s|&;<>()#]/.test(this.#line[this.#at] ?? '\n')) this.#word();
    const word = this.#tokens[before];
    if (word?.kind !== 'word')
      throw new Refusal('refused', `syntax error near unexpected token \`${nameOf(word, this.#line, this.#at)}'`);
    this.#pending.push({
      from,
      delimiter: word.parts.map(part => (part.kind === 'text' ? part.text : '$?')).join(''),
      isLiteral: word.quoting === 'quoted' ? 'literal' : 'expanded',
      tabs: text === '<<-' ? 'stripped' : 'kept',
      at: before,
    });
    this.#tokens[before] = { kind: 'here', body: '', from, to: this.#at };
  }

  #hereBody(pending: PendingHere): void {
    const lines: string[] = [];
    const start = this.#at;
    for (;;) {
      if (this.#at >= this.#line.length)
        throw new Refusal('incomplete', `here-document delimited by end-of-file (wanted \`${pending.delimiter}')`);
      const end = this.#line.indexOf('\n', this.#at);
      const whole = this.#line.slice(this.#at, end < 0 ? this.#line.length : end);
      const text = pending.tabs === 'stripped' ? whole.replace(/^\t+/, '') : whole;
      this.#at = end < 0 ? this.#line.length : end + 1;
      if (text === pending.delimiter) break;
      lines.push(text);
    }
    this.#hereLength += this.#at - start;
    if (this.#hereLength > MAX_HERE_DOCUMENT) refuse('here-document of more than 1 MB: Argument list too long');
    const raw = lines.map(text => `${text}\n`).join('');
    const body = pending.isLiteral === 'literal' ? raw : expandedBody(raw, pending.delimiter);
    this.#tokens[pending.at] = { kind: 'here', body, from: pending.from, to: this.#at };
  }

  #word(): void {
    const from = this.#at;
    const line = this.#line;
    const parts: WordPart[] = [];
    let text = '';
    let quoting: WordToken['quoting'] = 'plain';
    let pattern: WordToken['pattern'] = 'literal';
    // The word with everything quoted blanked out, to look for braces.
    let bare = '';
    while (this.#at < line.length) {
      const char = line[this.#at] ?? '';
      if (/[\s|&;<>()]/.test(char)) break;
      if (char === '\\') {
        quoting = 'quoted';
        const next = line[this.#at + 1];
        if (next === undefined) text += '\\';
        else if (next !== '\n') text += next;
        bare += '_';
        this.#at += 2;
      } else if (char === "'") {
        quoting = 'quoted';
        const end = line.indexOf("'", this.#at + 1);
        if (end < 0) throw openQuote("'");
        text += line.slice(this.#at + 1, end);
        bare += '_';
        this.#at = end + 1;
      } else if (char === '"') {
        quoting = 'quoted';
        this.#at++;
        bare += '_';
        text = this.#doubleQuoted(parts, text);
      } else if (char === '$' || char === '`') {
        text = this.#dollar(parts, text);
        bare += '_';
      } else {
        if (char === '*' || char === '?' || char === '[') pattern = 'pattern';
        text += char;
        bare += char;
        this.#at++;
      }
    }
    if (/^\d$/.test(text) && quoting === 'plain' && parts.length === 0 && /[<>]/.test(line[this.#at] ?? '')) {
      const operator = OPERATORS.find(other => line.startsWith(other, this.#at));
      if (operator !== undefined) {
        this.#operator(operator, from, Number(text));
        return;
      }
    }
    const braces = /\{[^{}]*(?:,|\.\.)[^{}]*\}/.exec(bare);
    if (braces !== null)
      refuse(`${braces[0]}: brace expansion is not available in this terminal; put the word in quotes`);
    if (text !== '' || parts.length === 0) parts.push({ kind: 'text', text });
    this.#push({ kind: 'word', parts, quoting, pattern, from, to: this.#at });
  }

  /** From behind the opening quote to behind the closing one. Returns the text that is not in a part yet. */
  #doubleQuoted(parts: WordPart[], before: string): string {
    const line = this.#line;
    let text = before;
    for (;;) {
      const char = line[this.#at];
      if (char === undefined) throw openQuote('"');
      if (char === '"') {
        this.#at++;
        return text;
      }
      const next = line[this.#at + 1] ?? '';
      if (char === '\\' && '$`"\\\n'.includes(next) && next !== '') {
        if (next !== '\n') text += next;
        this.#at += 2;
      } else if (char === '$' || char === '`') text = this.#dollar(parts, text, 'in quotes');
      else {
        text += char;
        this.#at++;
      }
    }
  }

  #dollar(parts: WordPart[], text: string, where: 'bare' | 'in quotes' = 'bare'): string {
    const rest = this.#line.slice(this.#at, this.#at + 200);
    if (rest.startsWith('$?')) {
      this.#at += 2;
      if (text !== '') parts.push({ kind: 'text', text });
      parts.push({ kind: 'exit-code' });
      return '';
    }
    refuseExpansion(rest);
    if (where === 'bare' && /^\$['"]/.test(rest)) unavailable(rest.slice(0, 2), 'quotes of this kind are');
    this.#at++;
    return `${text}$`;
  }
}

const openQuote = (quote: string): Refusal =>
  new Refusal('incomplete', `unexpected EOF while looking for matching \`${quote}'`);

function nameOf(token: Token | undefined, line: string, at: number): string {
  const char = line[at];
  return token !== undefined || char === undefined || char === '\n' ? 'newline' : char;
}

/** Refuses what a text that begins with `$` or a backquote would stand for. A `$` alone is only a dollar. */
function refuseExpansion(rest: string): void {
  if (rest.startsWith('`')) unavailable('`…`', 'command substitution is');
  if (rest.startsWith('$((')) unavailable('$((…))', 'arithmetic is');
  if (rest.startsWith('$(')) unavailable('$(…)', 'command substitution is');
  const variable = /^\$(?:\{[^}]*\}?|[A-Za-z_]\w*|[0-9@*#$!-])/.exec(rest);
  if (variable !== null)
    refuse(`${variable[0]}: variables are not available in this terminal; a dollar sign as text goes in '…'`);
}

/** In a here-document whose end word has no quotes, bash expands; what cannot be expanded is refused. */
function expandedBody(raw: string, delimiter: string): string {
  const found = /(?<!\\)(?:\\\\)*(\$(?=[({A-Za-z_0-9@*#?$!-])|`)/.exec(raw);
  if (found !== null)
    refuse(
      `here-document: ${found[1] ?? '$'} is not expanded in this terminal; write <<'${delimiter}' to keep the text as it is`,
    );
  return raw.replaceAll(/\\(?:([$`\\])|\n)/g, (_whole, char: string | undefined) => char ?? '');
}

/** A word as it is typed so that the shell reads it back as it was. */
export function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
