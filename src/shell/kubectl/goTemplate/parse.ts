// Go templates, parsed: text with `{{...}}` in it.
//
// Omits:   character literals, complex numbers, `block`.
// Read:    pkg.go.dev/text/template; its words about what does not parse.

import type { Json } from '../../../sim/index.ts';
import { type Token, tokensOf } from './lex.ts';

/** A template that does not parse, in Go's words. */
export class TemplateSyntaxError extends Error {}

/** One word of a command, and where it stands: `.metadata.name`, `$x.a`, `"text"`, `len`, `(index .items 0).kind`. */
export interface Operand {
  readonly base:
    | { readonly kind: 'dot' }
    | { readonly kind: 'variable'; readonly name: string }
    | { readonly kind: 'literal'; readonly value: Json }
    | { readonly kind: 'function'; readonly name: string }
    | { readonly kind: 'pipe'; readonly pipe: Pipe };
  readonly fields: readonly string[];
  readonly text: string;
  readonly at: number;
  /** Where each of the fields stands. */
  readonly fieldsAt: readonly number[];
}

export interface Pipe {
  readonly variables: readonly string[];
  readonly sets: 'new' | 'known';
  readonly commands: readonly (readonly Operand[])[];
}

export type TemplateNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'print'; readonly pipe: Pipe }
  | {
      readonly kind: 'if' | 'with' | 'range';
      readonly pipe: Pipe;
      readonly body: readonly TemplateNode[];
      readonly otherwise: readonly TemplateNode[];
    }
  | { readonly kind: 'template'; readonly name: string; readonly pipe: Pipe | undefined }
  | { readonly kind: 'break' | 'continue' };

export interface ParsedTemplate {
  readonly nodes: readonly TemplateNode[];
  readonly defined: ReadonlyMap<string, readonly TemplateNode[]>;
}

interface Parser {
  readonly source: string;
  readonly tokens: readonly Token[];
  readonly functions: readonly string[];
  readonly defined: Map<string, readonly TemplateNode[]>;
  next: number;
}

/** @throws TemplateSyntaxError */
export function parseTemplate(source: string, functions: readonly string[]): ParsedTemplate {
  const lexed = tokensOf(source);
  if (lexed.kind === 'refused') throw new TemplateSyntaxError(where(source, lexed.at, lexed.message));
  const parser: Parser = { source, tokens: lexed.tokens, functions, defined: new Map(), next: 0 };
  const { nodes, end } = listOf(parser);
  if (end !== 'EOF') throw unexpected(parser, `{{${end}}}`);
  return { nodes, defined: parser.defined };
}

function where(source: string, at: number, message: string): string {
  return `template: output:${source.slice(0, at).split('\n').length}: ${message}`;
}

function refused(parser: Parser, message: string): TemplateSyntaxError {
  const token = parser.tokens[Math.min(parser.next, parser.tokens.length - 1)];
  return new TemplateSyntaxError(where(parser.source, token?.at ?? parser.source.length, message));
}

function unexpected(parser: Parser, what: string): TemplateSyntaxError {
  return refused(parser, `unexpected ${what}`);
}

function peek(parser: Parser): Token | undefined {
  return parser.tokens[parser.next];
}

/** Nodes up to what ends them. */
function listOf(parser: Parser): {
  readonly nodes: readonly TemplateNode[];
  readonly end: 'EOF' | 'end' | 'else';
} {
  const nodes: TemplateNode[] = [];
  for (;;) {
    const token = peek(parser);
    if (token === undefined) return { nodes, end: 'EOF' };
    parser.next++;
    if (token.kind === 'text') {
      nodes.push({ kind: 'text', text: token.text });
      continue;
    }
    const word = peek(parser);
    if (word?.kind === 'word' && (word.text === 'end' || word.text === 'else')) {
      parser.next++;
      if (word.text === 'end') close(parser);
      return { nodes, end: word.text };
    }
    nodes.push(...actionOf(parser));
  }
}

function close(parser: Parser): void {
  const token = peek(parser);
  if (token?.kind !== 'close') throw unexpected(parser, `${describe(token)} in command`);
  parser.next++;
}

function describe(token: Token | undefined): string {
  return token === undefined ? 'EOF' : token.kind === 'close' ? '"}}"' : `<${token.text}>`;
}

function actionOf(parser: Parser): readonly TemplateNode[] {
  const word = peek(parser);
  switch (word?.kind === 'word' ? word.text : '') {
    case 'if':
    case 'with':
    case 'range':
      parser.next++;
      return [controlOf(parser, word?.text as 'if' | 'with' | 'range')];
    case 'break':
    case 'continue':
      parser.next++;
      close(parser);
      return [{ kind: word?.text as 'break' | 'continue' }];
    case 'define': {
      parser.next++;
      const name = nameOf(parser);
      close(parser);
      const { nodes, end } = listOf(parser);
      if (end !== 'end') throw unexpected(parser, end);
      parser.defined.set(name, nodes);
      return [];
    }
    case 'template': {
      parser.next++;
      const name = nameOf(parser);
      const pipe = peek(parser)?.kind === 'close' ? undefined : pipeOf(parser);
      close(parser);
      return [{ kind: 'template', name, pipe }];
    }
    default: {
      const pipe = pipeOf(parser);
      close(parser);
      return [{ kind: 'print', pipe }];
    }
  }
}

function nameOf(parser: Parser): string {
  const token = peek(parser);
  if (token?.kind !== 'literal' || typeof token.value !== 'string')
    throw unexpected(parser, `${describe(token)} in template clause`);
  parser.next++;
  return token.value;
}

function controlOf(parser: Parser, kind: 'if' | 'with' | 'range'): TemplateNode {
  const pipe = pipeOf(parser);
  close(parser);
  const { nodes: body, end } = listOf(parser);
  if (end === 'EOF') throw unexpected(parser, 'EOF');
  if (end === 'end') return { kind, pipe, body, otherwise: [] };
  const next = peek(parser);
  if (next?.kind === 'word' && next.text === kind && kind !== 'range') {
    // `else if` closes both with one end.
    parser.next++;
    return { kind, pipe, body, otherwise: [controlOf(parser, kind)] };
  }
  close(parser);
  const rest = listOf(parser);
  if (rest.end !== 'end') throw unexpected(parser, rest.end === 'EOF' ? 'EOF' : '{{else}}');
  return { kind, pipe, body, otherwise: rest.nodes };
}

function pipeOf(parser: Parser): Pipe {
  const { variables, sets } = declarationOf(parser);
  const commands: Operand[][] = [];
  for (;;) {
    const command: Operand[] = [];
    for (;;) {
      const token = peek(parser);
      if (token === undefined || token.kind === 'close' || token.text === ')' || token.text === '|') break;
      command.push(operandOf(parser, token));
    }
    if (command.length === 0) {
      if (commands.length === 0 || peek(parser)?.kind === 'close') throw refused(parser, 'missing value for command');
      throw unexpected(parser, describe(peek(parser)));
    }
    commands.push(command);
    if (peek(parser)?.text !== '|' || peek(parser)?.kind !== 'mark') return { variables, sets, commands };
    parser.next++;
  }
}

/** `$i, $x :=`, `$x =`. */
function declarationOf(parser: Parser): Pick<Pipe, 'variables' | 'sets'> {
  const start = parser.next;
  const variables: string[] = [];
  for (;;) {
    const token = peek(parser);
    const after = parser.tokens[parser.next + 1];
    if (token?.kind !== 'variable' || after?.kind !== 'mark' || ![',', ':=', '='].includes(after.text)) break;
    variables.push(token.text);
    parser.next += 2;
    if (after.text !== ',') return { variables, sets: after.text === ':=' ? 'new' : 'known' };
  }
  parser.next = start;
  return { variables: [], sets: 'new' };
}

function operandOf(parser: Parser, token: Token): Operand {
  const base = baseOf(parser, token);
  const fields: string[] = [];
  const fieldsAt: number[] = [];
  let end = token.kind === 'field' ? token.at : (parser.tokens[parser.next - 1]?.end ?? token.end);
  // Fields that stand right behind belong to it.
  for (let field = peek(parser); field?.kind === 'field' && field.at === end; field = peek(parser)) {
    fields.push(field.text);
    fieldsAt.push(field.at);
    end = field.end;
    parser.next++;
  }
  return { base, fields, fieldsAt, at: token.at, text: parser.source.slice(token.at, end) };
}

function baseOf(parser: Parser, token: Token): Operand['base'] {
  if (token.kind === 'field') return { kind: 'dot' };
  parser.next++;
  switch (token.kind) {
    case 'dot':
      return { kind: 'dot' };
    case 'variable':
      return { kind: 'variable', name: token.text };
    case 'literal':
      return { kind: 'literal', value: token.value };
    case 'word':
      if (!parser.functions.includes(token.text) && token.text !== 'nil') {
        parser.next--;
        throw refused(parser, `function ${JSON.stringify(token.text)} not defined`);
      }
      return { kind: 'function', name: token.text };
    default: {
      if (token.text !== '(') throw unexpected(parser, `${describe(token)} in operand`);
      const pipe = pipeOf(parser);
      if (peek(parser)?.text !== ')') throw refused(parser, 'unclosed left paren');
      parser.next++;
      return { kind: 'pipe', pipe };
    }
  }
}
