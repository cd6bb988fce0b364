// A command line as pipelines joined by `;`, `&&` and `||`.
//
// Read:    POSIX.1-2017, Shell Command Language, section 2.10; bash(1) for the words of errors.

import { type OperatorToken, type Token, tokenize, type WordPart, type WordToken } from './tokenize.ts';

/** One word of a command, before it is expanded. */
export interface Word {
  readonly parts: readonly WordPart[];
  readonly pattern: WordToken['pattern'];
}

export type Redirect =
  /** `2>&1`: what goes to `from` goes where `to` goes at this moment. */
  | { readonly kind: 'copy'; readonly from: 1 | 2; readonly to: 1 | 2 }
  /** `>FILE`, `2>FILE`, `&>FILE`. */
  | { readonly kind: 'write'; readonly from: 1 | 2 | 'both'; readonly file: Word }
  | { readonly kind: 'read'; readonly file: Word }
  | { readonly kind: 'here'; readonly body: string };

export interface SimpleCommand {
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
}

/** A pipeline and when it runs: always, only after success, only after failure of what was before it. */
export interface Step {
  readonly when: 'always' | 'succeeded' | 'failed';
  readonly pipeline: readonly SimpleCommand[];
}

export type ParsedLine =
  | { readonly kind: 'line'; readonly steps: readonly Step[] }
  | { readonly kind: 'incomplete'; readonly message: string }
  | { readonly kind: 'refused'; readonly message: string };

/** Words that begin what this shell does not have, and what they are called. */
const RESERVED: Readonly<Record<string, string>> = {
  for: 'loops are',
  while: 'loops are',
  until: 'loops are',
  select: 'loops are',
  if: 'conditions are',
  case: 'conditions are',
  '[[': 'conditions are',
  '{': 'groups of commands are',
  '!': 'negation is',
  function: 'functions are',
};
const MISPLACED = ['do', 'done', 'then', 'else', 'elif', 'fi', 'esac', '}', 'in'];

type Problem = { readonly kind: 'incomplete' | 'refused'; readonly message: string };

const unexpected = (token: string): Problem => ({
  kind: 'refused',
  message: `syntax error near unexpected token \`${token}'`,
});

/** Reads a command line of one or more lines. */
export function parseLine(text: string): ParsedLine {
  const read = tokenize(text);
  if (read.kind !== 'tokens') return read;
  const steps: Step[] = [];
  let when: Step['when'] = 'always';
  let pipeline: SimpleCommand[] = [];
  let command: Draft = emptyDraft();
  /** What has to be followed by a command. */
  let dangling: string | undefined;

  const finishStep = (): void => {
    if (!isEmpty(command)) pipeline.push(command);
    if (pipeline.length > 0) steps.push({ when, pipeline });
    pipeline = [];
    command = emptyDraft();
  };

  for (let i = 0; i < read.tokens.length; i++) {
    const token = read.tokens[i];
    if (token === undefined) break;
    if (token.kind === 'word') {
      const problem = command.words.length === 0 ? problemOfFirstWord(token) : undefined;
      if (problem !== undefined) return problem;
      command.words.push(token);
      dangling = undefined;
    } else if (token.kind === 'here') {
      command.redirects.push({ kind: 'here', body: token.body });
      dangling = undefined;
    } else if (isRedirection(token)) {
      const taken = readRedirect(token, read.tokens[i + 1]);
      if (taken.kind !== 'redirects') return taken;
      command.redirects.push(...taken.redirects);
      i++;
      dangling = undefined;
    } else if (token.text === 'newline') {
      // A newline after an operator that wants a command is only space.
      if (dangling === undefined) {
        finishStep();
        when = 'always';
      }
    } else {
      if (isEmpty(command)) return unexpected(token.text);
      if (token.text === '|' || token.text === '|&') {
        if (token.text === '|&') command.redirects.push({ kind: 'copy', from: 2, to: 1 });
        pipeline.push(command);
        command = emptyDraft();
        dangling = token.text;
      } else {
        finishStep();
        when = token.text === '&&' ? 'succeeded' : token.text === '||' ? 'failed' : 'always';
        dangling = token.text === ';' ? undefined : token.text;
      }
    }
  }
  if (dangling !== undefined) return { kind: 'incomplete', message: 'syntax error: unexpected end of file' };
  finishStep();
  return { kind: 'line', steps };
}

interface Draft {
  readonly words: Word[];
  readonly redirects: Redirect[];
}

const emptyDraft = (): Draft => ({ words: [], redirects: [] });
const isEmpty = (draft: Draft): boolean => draft.words.length === 0 && draft.redirects.length === 0;

const plainText = (token: WordToken): string =>
  token.quoting === 'plain' ? token.parts.map(part => (part.kind === 'text' ? part.text : '$?')).join('') : '';

function problemOfFirstWord(token: WordToken): Problem | undefined {
  const text = plainText(token);
  if (Object.hasOwn(RESERVED, text))
    return { kind: 'refused', message: `${text}: ${RESERVED[text] ?? ''} not available in this terminal` };
  if (MISPLACED.includes(text)) return unexpected(text);
  const assignment = /^[A-Za-z_]\w*\+?=/.exec(text);
  if (assignment !== null) return { kind: 'refused', message: `${text}: variables are not available in this terminal` };
  return undefined;
}

type Redirection = OperatorToken & { readonly text: '>' | '>>' | '<' | '>&' | '&>' };

function isRedirection(token: OperatorToken): token is Redirection {
  return ['>', '>>', '<', '>&', '&>'].includes(token.text);
}

function readRedirect(
  operator: Redirection,
  target: Token | undefined,
): { readonly kind: 'redirects'; readonly redirects: readonly Redirect[] } | Problem {
  if (target === undefined) return unexpected('newline');
  if (target.kind !== 'word') return unexpected(target.kind === 'here' ? '<<' : target.text);
  if (operator.text === '<') {
    if ((operator.fd ?? 0) !== 0) return badDescriptor(operator.fd);
    return { kind: 'redirects', redirects: [{ kind: 'read', file: target }] };
  }
  if (operator.text === '&>') return { kind: 'redirects', redirects: [{ kind: 'write', from: 'both', file: target }] };
  const fd = operator.fd ?? 1;
  if (fd !== 1 && fd !== 2) return badDescriptor(fd);
  if (operator.text !== '>&') return { kind: 'redirects', redirects: [{ kind: 'write', from: fd, file: target }] };
  const to = plainText(target);
  if (to === '1' || to === '2')
    return { kind: 'redirects', redirects: [{ kind: 'copy', from: fd, to: to === '1' ? 1 : 2 }] };
  if (/^\d+$|^-$/.test(to)) return badDescriptor(Number(to));
  return { kind: 'redirects', redirects: [{ kind: 'write', from: 'both', file: target }] };
}

const badDescriptor = (fd: number | undefined): Problem => ({
  kind: 'refused',
  message: `${fd === undefined || Number.isNaN(fd) ? '-' : fd}: Bad file descriptor`,
});
