// Runs a command line: pipelines one after another, each command with its input, its output and its exit code.
//
// Models:  pipes (the left side runs to its end, then the right one reads), && || ;, redirections, here-documents, $?.
// Omits:   writing files; commands of a pipeline that run at the same time.
// Read:    POSIX.1-2017, Shell Command Language, section 2.9; bash(1) for the words of errors and exit codes.

import type { Command, CommandContext, Output, Place } from '../command.ts';
import { isKernelSetting, writeKernelFile } from '../tools/kernelFiles.ts';
import { matchingFiles } from './glob.ts';
import { nearestCommand } from './nearestCommand.ts';
import { parseLine, type Redirect, type SimpleCommand, type Word } from './parseLine.ts';

/** What a shell knows beside the place it runs in. */
export interface ShellState {
  readonly commands: readonly Command[];
  /** `$?` */
  lastCode: number;
  /** Whether a command has opened a session elsewhere: what is left of the line would run after that. */
  readonly hasMoved: () => boolean;
}

export interface LineEnd {
  readonly code: number;
  /** - `exit`: the line asked to leave this shell. */
  readonly end: 'finished' | 'exit';
}

/** 128 + SIGINT. */
export const CANCELLED = 130;

/** The name that messages of a place's shell begin with. */
export const shellName = (place: Place): string => (place.kind === 'container' ? 'sh' : 'bash');

/** The command of this name, where it exists: `curl`, `/usr/bin/curl`. */
export function commandAt(commands: readonly Command[], name: string, place: Place): Command | undefined {
  const plain = name.replace(/^(?:\/usr)?\/s?bin\//, '');
  return commands.find(
    command =>
      command.name === plain && command.at.includes(place.kind) && (command.name !== 'kubectl' || place.hasKubectl),
  );
}

/** Runs a line of one or more lines at the place of `context`. */
export async function runLine(text: string, context: CommandContext, state: ShellState): Promise<LineEnd> {
  const shell = shellName(context.place);
  const parsed = parseLine(text);
  if (parsed.kind !== 'line') {
    context.output.write('err', `${shell}: ${parsed.message}\n`);
    state.lastCode = 2;
    return { code: 2, end: 'finished' };
  }
  for (const [i, step] of parsed.steps.entries()) {
    if (step.when === 'succeeded' && state.lastCode !== 0) continue;
    if (step.when === 'failed' && state.lastCode === 0) continue;
    if (i > 0) await context.breathe();
    if (context.isCancelled()) {
      state.lastCode = CANCELLED;
      break;
    }
    const { code, end } = await runPipeline(step.pipeline, context, state);
    state.lastCode = code;
    if (end === 'exit') return { code, end };
    if (state.hasMoved() && i < parsed.steps.length - 1) {
      context.output.write('err', `${shell}: the rest of the line is left out: a session is open now\n`);
      break;
    }
  }
  return { code: state.lastCode, end: 'finished' };
}

async function runPipeline(
  pipeline: readonly SimpleCommand[],
  context: CommandContext,
  state: ShellState,
): Promise<LineEnd> {
  let stdin = context.stdin;
  let code = 0;
  for (const [i, command] of pipeline.entries()) {
    const isLast = i === pipeline.length - 1;
    const pipe = pipeInto(pipeline[i + 1], context, state);
    const own: CommandContext = isLast ? { ...context, stdin } : { ...pipe.context, stdin };
    const ended = await runSimple(command, own, state);
    if (ended.end === 'exit' && pipeline.length === 1) return ended;
    code = ended.code;
    stdin = pipe.text();
  }
  return { code, end: 'finished' };
}

/** Collects what goes into a pipe, and stops who writes when nobody reads on. */
function pipeInto(
  reader: SimpleCommand | undefined,
  context: CommandContext,
  state: ShellState,
): { readonly context: CommandContext; text(): string } {
  const [name = '', ...words] = reader?.words.flatMap(word => expand(word, context, state)) ?? [];
  const most = commandAt(state.commands, name, context.place)?.readsAtMost?.(words) ?? Number.POSITIVE_INFINITY;
  const captured: string[] = [];
  let lines = 0;
  return {
    context: {
      ...context,
      isTerminal: false,
      isCancelled: () => lines > most || context.isCancelled(),
      output: {
        write(stream, text) {
          if (stream === 'err') return context.output.write('err', text);
          captured.push(text);
          lines += text.split('\n').length - 1;
        },
      },
    },
    text: () => captured.join(''),
  };
}

async function runSimple(command: SimpleCommand, context: CommandContext, state: ShellState): Promise<LineEnd> {
  const shell = shellName(context.place);
  const refuse = (message: string, code: number): LineEnd => {
    context.output.write('err', `${shell}: ${message}\n`);
    return { code, end: 'finished' };
  };
  const redirected = redirect(command.redirects, context, state);
  if (redirected.kind === 'refused') return refuse(redirected.message, 1);
  const [name, ...words] = command.words.flatMap(word => expand(word, context, state));
  if (name === undefined) return { code: 0, end: 'finished' };
  if (name === 'exit' || name === 'logout') return { code: exitCode(words, state.lastCode, refuse), end: 'exit' };
  const found = commandAt(state.commands, name, context.place);
  if (found === undefined) {
    if (name.includes('/')) return refuse(`${name}: ${NO_FILE}`, 127);
    const near = nearestCommand(name, state.commands, context.place);
    const hint = near === undefined ? '' : `\nDid you mean ${near}?`;
    return refuse(`${name}: ${unknownWords(context.place)}${hint}`, 127);
  }
  return { code: await found.run(words, withRunAt(redirected.context, state.commands)), end: 'finished' };
}

/**
 * Gives a command the way to run words elsewhere with its own output. An unknown name ends with 127 and without a text:
 * the command says it in its own words, or asks `findCommand` (programs.ts) first.
 */
function withRunAt(context: CommandContext, commands: readonly Command[]): CommandContext {
  return {
    ...context,
    async runAt(place, words, { isTerminal, stdin }) {
      const [name = '', ...rest] = words;
      const found = commandAt(commands, name, place);
      return found === undefined ? 127 : found.run(rest, withRunAt({ ...context, place, isTerminal, stdin }, commands));
    },
  };
}

const NO_FILE = 'No such file or directory';
const unknownWords = (place: Place): string => (place.kind === 'container' ? 'not found' : 'command not found');

function exitCode(words: readonly string[], last: number, refuse: (message: string, code: number) => LineEnd): number {
  const [text] = words;
  if (text === undefined) return last;
  if (!/^-?\d+$/.test(text)) return refuse(`exit: ${text}: numeric argument required`, 2).code;
  return Number(text) & 255;
}

/** The text of a word; with an unquoted `*`, `?` or `[` the names of the files that match, if there are any. */
function expand(word: Word, context: CommandContext, state: ShellState): readonly string[] {
  const text = word.parts.map(part => (part.kind === 'text' ? part.text : String(state.lastCode))).join('');
  if (word.pattern === 'literal' || !context.place.hasKubectl) return [text];
  const files = matchingFiles(text, [...context.files.keys()]);
  return files.length > 0 ? files : [text];
}

/** `setting`: a file of /proc/sys. */
type Sink = 'out' | 'err' | 'nowhere' | { readonly setting: string };

function redirect(
  redirects: readonly Redirect[],
  context: CommandContext,
  state: ShellState,
):
  | { readonly kind: 'context'; readonly context: CommandContext }
  | { readonly kind: 'refused'; readonly message: string } {
  const sinks: Record<1 | 2, Sink> = { 1: 'out', 2: 'err' };
  let { stdin } = context;
  for (const one of redirects) {
    if (one.kind === 'copy') sinks[one.from] = sinks[one.to];
    else if (one.kind === 'here') stdin = one.body;
    else {
      const names = expand(one.file, context, state);
      const name = names[0] ?? '';
      if (names.length > 1) return { kind: 'refused', message: `${name}: ambiguous redirect` };
      if (one.kind === 'read') {
        const text = name === '/dev/null' ? '' : context.place.hasKubectl ? context.files.get(name) : undefined;
        if (text === undefined) return { kind: 'refused', message: `${name}: ${NO_FILE}` };
        stdin = text;
      } else {
        const isSetting = context.place.kind === 'host' && isKernelSetting(name, context);
        const sink: Sink | undefined = isSetting ? { setting: name } : SINKS[name];
        if (sink === undefined) return { kind: 'refused', message: `${name}: Read-only file system` };
        if (one.from === 'both' || one.from === 1) sinks[1] = sink;
        if (one.from === 'both' || one.from === 2) sinks[2] = sink;
      }
    }
  }
  const output: Output = {
    write(stream, text) {
      const sink = sinks[stream === 'out' ? 1 : 2];
      if (typeof sink === 'object') {
        if (writeKernelFile(sink.setting, text, context) !== 'written')
          context.output.write('err', `${shellName(context.place)}: write error: Invalid argument\n`);
      } else if (sink !== 'nowhere') context.output.write(sink, text);
    },
  };
  return {
    kind: 'context',
    context: { ...context, stdin, output, isTerminal: context.isTerminal && sinks[1] === 'out' },
  };
}

/** Files that can be written to: nothing here keeps what is written. */
const SINKS: Readonly<Record<string, Sink>> = { '/dev/null': 'nowhere', '/dev/stdout': 'out', '/dev/stderr': 'err' };
