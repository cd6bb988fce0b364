// One opened lab with its terminal, the learner's acts, and the journal from which it can be made again.

import type { LabFacts } from '../lesson/checkContext.ts';
import { COMMANDS, RECORDED_COMMANDS } from '../shell/commands.ts';
import { createShell, type Shell, type ShellOptions } from '../shell/session.ts';
import {
  type ApiRequest,
  type ApiResponse,
  type Exchange,
  Lab,
  type OpenProblem,
  type VirtualMs,
} from '../sim/index.ts';
import { explain } from './explain.ts';
import { type JournalEntry, type LabRecord, withEntry } from './journal.ts';
import { type LearnerActs, labFacts } from './labFacts.ts';
import type { CommandOutput, CommandResult, Completion, EditorFile } from './port.ts';

/** The part of a command's output that checks can see, in characters. */
const SEEN_OUTPUT = 100_000;

export interface LabSession {
  readonly lab: Lab;
  /** A request from outside the terminal. What it changes is the learner's act: undo takes it back. */
  request(request: ApiRequest): Promise<ApiResponse>;
  run(line: string, onOutput: (output: CommandOutput) => void, signal: AbortSignal): Promise<CommandResult>;
  /** `kubectl apply -f` of one file, from the learner's own machine. */
  apply(file: EditorFile, onOutput: (output: CommandOutput) => void, signal: AbortSignal): Promise<CommandResult>;
  setFiles(files: readonly EditorFile[]): void;
  undo(): void;
  redo(): void;
  reset(): void;
  advance(ms: VirtualMs): void;
  step(): void;
  prompt(): string;
  complete(line: string, cursor: number): Promise<Completion>;
  /** A command line whose text is all that counts: it is not the learner's, and nothing of it is kept. */
  print(line: string): Promise<string>;
  facts(since: number): LabFacts;
  record(): LabRecord;
}

export type OpenedSession =
  | { readonly kind: 'opened'; readonly session: LabSession }
  | { readonly kind: 'refused'; readonly problems: readonly OpenProblem[] };

/** @param breathe gives others a turn between the parts of a long command */
export function openSession(source: LabText, breathe: () => Promise<void>): OpenedSession {
  const opened = source.form === 'kernel' ? Lab.openRecorded(source.source) : Lab.open(source.source, source.startsAt);
  return opened.kind === 'refused' ? opened : { kind: 'opened', session: sessionOf(opened.lab, source, breathe) };
}

/** A text that a lab opens from, and what it is. */
export type LabText = Pick<LabRecord, 'source' | 'form' | 'startsAt'>;

function sessionOf(lab: Lab, text: LabText, breathe: () => Promise<void>): LabSession {
  const commands: LearnerActs['commands'][number][] = [];
  const journeySequence = new Map<string, number>();
  let files: ReadonlyMap<string, string> = new Map();
  let entries: readonly JournalEntry[] = [];
  /** Journeys of the command that runs now. */
  let journeys: { readonly id: string; readonly exchange: Exchange }[] = [];
  const note = (entry: JournalEntry): void => {
    entries = withEntry(entries, entry);
  };

  const options: ShellOptions = {
    lab: () => lab,
    request: request => Promise.resolve(lab.request(request)),
    files: () => files,
    exchange(question, target, probe) {
      const sequence = lab.eventCount;
      const sent = lab.exchange(question, target, probe);
      journeySequence.set(sent.summary.id, sequence);
      journeys.push({ id: sent.summary.id, exchange: sent.exchange });
      return sent;
    },
    sleep: ms => lab.advance(ms),
    breathe,
    commands: lab.kind === 'recorded' ? RECORDED_COMMANDS : COMMANDS,
  };
  const terminal = createShell(options);

  async function command(
    shell: Shell,
    line: string,
    onOutput: (output: CommandOutput) => void,
    signal: AbortSignal,
  ): Promise<CommandResult> {
    journeys = [];
    const sequence = lab.logCommand(line);
    let seen = '';
    const output = {
      write(stream: 'out' | 'err', text: string): void {
        if (text === '') return;
        if (seen.length < SEEN_OUTPUT) seen = (seen + text).slice(0, SEEN_OUTPUT);
        onOutput({ stream, text });
      },
    };
    const exitCode = await lab.change(line, () => shell.run(line, output, signal));
    commands.push({ sequence, line, exitCode, output: seen });
    const ids = new Set(journeys.map(journey => journey.id));
    const exchanges = lab
      .exchangesSince(0)
      .filter(record => ids.has(record.id))
      .map(record => lab.summarize(record));
    const explanation = explain(lab, journeys, shell.prompt());
    return { exitCode, exchanges, ...(exitCode !== 0 && explanation !== undefined && { explanation }) };
  }

  const session: LabSession = {
    lab,
    async request(request) {
      if (request.method === 'GET') return lab.request(request);
      const before = lab.eventCount;
      const response = await lab.change(`${request.method} ${request.path}`, () => lab.request(request));
      // What left no event changed nothing: a refusal, a dry run, a probe.
      if (lab.eventCount > before) note({ kind: 'request', request });
      return response;
    },
    run(line, onOutput, signal) {
      if (/(^|\s)(-f|--filename)|[<*?]/.test(line)) noteFiles();
      note({ kind: 'run', line });
      return command(terminal, line, onOutput, signal);
    },
    apply(file, onOutput, signal) {
      files = new Map([...files, [file.name, file.text]]);
      note({ kind: 'apply', file });
      return command(createShell(options), `kubectl apply -f ${quoted(file.name)}`, onOutput, signal);
    },
    setFiles(list) {
      files = new Map(list.map(file => [file.name, file.text]));
    },
    undo() {
      note({ kind: 'undo' });
      lab.undo();
    },
    redo() {
      note({ kind: 'redo' });
      lab.redo();
    },
    reset() {
      note({ kind: 'reset' });
      lab.reset();
      terminal.reset();
    },
    advance(ms) {
      note({ kind: 'advance', ms });
      lab.advance(ms);
    },
    step() {
      const before = lab.now;
      lab.step();
      note({ kind: 'advance', ms: lab.now - before });
    },
    prompt: () => terminal.prompt(),
    complete: (line, cursor) => terminal.complete(line, cursor),
    async print(line) {
      const parts: string[] = [];
      const output = { write: (_: 'out' | 'err', text: string): number => parts.push(text) };
      await createShell(options).run(line, output, new AbortController().signal);
      return parts.join('');
    },
    facts: since => labFacts(lab, { commands, journeySequence }, since),
    record: () => ({ ...text, entries }),
  };

  function noteFiles(): void {
    const list = [...files].map(([name, text]) => ({ name, text }));
    const last = entries.findLast(entry => entry.kind === 'files');
    if (last?.kind === 'files' && JSON.stringify(last.files) === JSON.stringify(list)) return;
    note({ kind: 'files', files: list });
  }
  return session;
}

/** A file's name as the shell reads it as one word. */
function quoted(name: string): string {
  return /^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}

/** Does again what a journal says. */
export async function replay(session: LabSession, entries: readonly JournalEntry[]): Promise<void> {
  const signal = new AbortController().signal;
  const ignore = (): void => undefined;
  for (const entry of entries) {
    switch (entry.kind) {
      case 'run':
        await session.run(entry.line, ignore, signal);
        break;
      case 'apply':
        await session.apply(entry.file, ignore, signal);
        break;
      case 'request':
        await session.request(entry.request);
        break;
      case 'files':
        session.setFiles(entry.files);
        break;
      case 'advance':
        session.advance(entry.ms);
        break;
      default:
        session[entry.kind]();
    }
  }
}
