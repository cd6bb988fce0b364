// The words of an nft text, one after the other.
//
// Read:    nft(8), LEXICAL CONVENTIONS; nftables src/scanner.l.

import { ParseError } from '../../runtime/errors.ts';

export interface Token {
  /** `break` stands for the end of a line; `;` is a mark of its own. */
  readonly kind: 'word' | 'string' | 'mark' | 'break' | 'end';
  readonly text: string;
  readonly line: number;
}

const TOKEN =
  /(?<space>[ \t\r]+|\\\n|#[^\n]*)|(?<break>\n)|"(?<string>[^"\n]*)"|(?<word>[\w.*/\\-]+)|(?<mark>!=|==|[{}();:,=@&|^+])/y;

function scan(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let line = 1;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const groups = TOKEN.exec(text)?.groups;
    if (groups === undefined) throw new ParseError(`line ${line}: unexpected ${JSON.stringify(text[at])}`);
    if (groups.break !== undefined) tokens.push({ kind: 'break', text: 'the end of the line', line: line++ });
    else if (groups.space !== undefined) line += groups.space === '\\\n' ? 1 : 0;
    else if (groups.string !== undefined) tokens.push({ kind: 'string', text: groups.string, line });
    else if (groups.word !== undefined) tokens.push({ kind: 'word', text: groups.word, line });
    else if (groups.mark !== undefined) tokens.push({ kind: 'mark', text: groups.mark, line });
  }
  tokens.push({ kind: 'end', text: 'the end of the text', line });
  return tokens;
}

/** The tokens of a text, taken one after the other. */
export class Tokens {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(text: string) {
    this.#tokens = scan(text);
  }

  get next(): Token {
    return this.after(0);
  }

  get isDone(): boolean {
    return this.next.kind === 'end';
  }

  get line(): number {
    return this.next.line;
  }

  /** The token that comes so many after the next one. */
  after(count: number): Token {
    return this.#tokens[this.#at + count] ?? { kind: 'end', text: 'the end of the text', line: 0 };
  }

  /** Takes the next token if it is this word or mark. */
  take(text: string): boolean {
    if (!this.sees(text)) return false;
    this.#at++;
    return true;
  }

  sees(text: string): boolean {
    const { kind, text: found } = this.next;
    return (kind === 'word' || kind === 'mark') && found === text;
  }

  expect(text: string): void {
    if (!this.take(text)) throw this.wrong(`"${text}"`);
  }

  word(expected: string): string {
    const { kind, text } = this.next;
    if (kind !== 'word') throw this.wrong(expected);
    this.#at++;
    return text;
  }

  /** A word, or a string in quotes. */
  text(expected: string): string {
    const { kind, text } = this.next;
    if (kind !== 'word' && kind !== 'string') throw this.wrong(expected);
    this.#at++;
    return text;
  }

  oneOf<T extends string>(known: readonly T[]): T {
    const found = known.find(word => this.sees(word));
    if (found === undefined) throw this.wrong(known.map(word => `"${word}"`).join(' or '));
    this.#at++;
    return found;
  }

  number(expected: string): number {
    const { kind, text } = this.next;
    if (kind !== 'word' || !/^(-?\d+|0x[0-9a-fA-F]+)$/.test(text)) throw this.wrong(expected);
    this.#at++;
    return Number(text);
  }

  quoted(expected: string): string {
    if (this.next.kind !== 'string') throw this.wrong(expected);
    return this.text(expected);
  }

  /** Ends of lines, and semicolons: what stands between statements. */
  skipBreaks(): void {
    while (this.next.kind === 'break' || this.sees(';')) this.#at++;
  }

  /** Inside the braces of elements an end of line means nothing. */
  skipLines(): void {
    while (this.next.kind === 'break') this.#at++;
  }

  /** Whether a statement ends here: a semicolon, the end of a line, a closing brace. */
  get atEnd(): boolean {
    return this.next.kind === 'break' || this.next.kind === 'end' || this.sees(';') || this.sees('}');
  }

  expectEnd(expected: string): void {
    if (!this.atEnd) throw this.wrong(expected);
  }

  wrong(expected: string): ParseError {
    const { kind, text, line } = this.next;
    const found = kind === 'break' || kind === 'end' ? text : `"${text}"`;
    return new ParseError(`line ${line}: ${expected} was expected, not ${found}`);
  }

  /** An error of the words' meaning, at a line. */
  problem(message: string, line = this.line): ParseError {
    return new ParseError(`line ${line}: ${message}`);
  }
}
