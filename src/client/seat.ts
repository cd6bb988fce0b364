// A place to type at: a terminal with a session of its own, and the editor's files that its `-f` names.

import type { CommandRun } from '../lesson/checkContext.ts';
import { COMMANDS, RECORDED_COMMANDS } from '../shell/commands.ts';
import { createShell, type Shell, type ShellOptions, type ShellPlaces } from '../shell/session.ts';
import type { Exchange, Lab } from '../sim/index.ts';
import { explain } from './explain.ts';
import type { JournalEntry } from './journal.ts';
import type { Pace } from './pace.ts';
import type { CommandOutput, CommandResult, Completion, EditorFile } from './port.ts';

/** The part of a command's output that checks can see, in characters. */
const SEEN_OUTPUT = 100_000;

/** A seat as plain data. */
export interface SeatSnapshot {
  readonly files: ReadonlyMap<string, string>;
  readonly told: string;
  readonly terminal: ShellPlaces;
}

export interface Seat {
  run(line: string, onOutput: (output: CommandOutput) => void, signal: AbortSignal): Promise<CommandResult>;
  /** A command line on the learner's own machine, wherever the terminal is. */
  runHome(line: string, onOutput: (output: CommandOutput) => void, signal: AbortSignal): Promise<CommandResult>;
  /** `kubectl VERB -f` of files, there. */
  runOnFiles(
    verb: 'apply' | 'delete',
    names: readonly string[],
    onOutput: (output: CommandOutput) => void,
    signal: AbortSignal,
  ): Promise<CommandResult>;
  setFiles(files: readonly EditorFile[]): void;
  prompt(): string;
  complete(line: string, cursor: number): Promise<Completion>;
  /** A command line whose text is all that counts: it is not the learner's, and nothing of it is kept. */
  print(line: string): Promise<string>;
  /** The terminal is at home again. */
  reset(): void;
  snapshot(): SeatSnapshot;
  restore(snapshot: SeatSnapshot): void;
}

/** What a seat tells the lab's session. */
export interface SeatEvents {
  /** An act that makes the lab what it is begins; what is returned is called when it is over. */
  onAct(entry: Extract<JournalEntry, { readonly kind: 'run' | 'files' }>): () => void;
  onCommand(command: CommandRun): void;
  /** @param sequence the number of the event with which the journey was logged */
  onJourney(id: string, sequence: number): void;
}

/** Where programs reach the lab: `http://127.0.0.1:8001`; undefined when it is not served. */
export interface ServedAt {
  url: string | undefined;
}

export function createSeat(lab: Lab, pace: Pace, address: ServedAt, { onAct, onCommand, onJourney }: SeatEvents): Seat {
  let files: ReadonlyMap<string, string> = new Map();
  /** The files as they were last told. */
  let told = '[]';
  /** Journeys of the command that runs now. */
  let journeys: { readonly id: string; readonly exchange: Exchange }[] = [];
  /** Files that the command that runs now has put into the editor. */
  let opened: readonly EditorFile[] = [];
  /** Virtual time that commands slept since they last held still. */
  let slept = 0;

  const options: ShellOptions = {
    lab: () => lab,
    request: request => Promise.resolve(lab.request(request)),
    server: () => address.url,
    files: () => files,
    openFile(name, text) {
      files = new Map([...files, [name, text]]);
      opened = [...opened.filter(file => file.name !== name), { name, text }];
    },
    exchange(question, target, probe) {
      const sequence = lab.eventCount;
      const sent = lab.exchange(question, target, probe);
      onJourney(sent.summary.id, sequence);
      journeys.push({ id: sent.summary.id, exchange: sent.exchange });
      return sent;
    },
    sleep(ms) {
      slept += ms;
      lab.advance(pace.sleep(lab.now, ms));
    },
    breathe() {
      const pause = pace.pause(slept);
      slept = 0;
      return pause;
    },
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
    opened = [];
    const sequence = lab.logCommand(line);
    const seen: string[] = [];
    let room = SEEN_OUTPUT;
    const output = {
      write(stream: 'out' | 'err', text: string): void {
        if (text === '') return;
        if (room > 0) seen.push(text.slice(0, room));
        room -= text.length;
        onOutput({ stream, text });
      },
    };
    const exitCode = await lab.change(line, () => shell.run(line, output, signal));
    onCommand({ sequence, line, exitCode, output: seen.join('') });
    const ids = new Set(journeys.map(journey => journey.id));
    const exchanges = lab
      .exchangesSince(0)
      .filter(record => ids.has(record.id))
      .map(record => lab.summarize(record));
    const explanation = explain(lab, journeys, shell.prompt());
    return {
      exitCode,
      exchanges,
      ...(exitCode !== 0 && explanation !== undefined && { explanation }),
      ...(opened.length > 0 && { opened }),
    };
  }

  async function runHome(
    line: string,
    onOutput: (output: CommandOutput) => void,
    signal: AbortSignal,
  ): Promise<CommandResult> {
    tellFiles();
    const over = onAct({ kind: 'run', line, from: 'home' });
    const result = await command(createShell(options), line, onOutput, signal);
    over();
    return result;
  }

  function tellFiles(): void {
    const list = [...files].map(([name, text]) => ({ name, text }));
    const text = JSON.stringify(list);
    if (text === told) return;
    told = text;
    onAct({ kind: 'files', files: list })();
  }

  return {
    async run(line, onOutput, signal) {
      if (/(^|\s)(-f|--filename|edit)|[<*?]/.test(line)) tellFiles();
      const over = onAct({ kind: 'run', line });
      const result = await command(terminal, line, onOutput, signal);
      over();
      return result;
    },
    runHome,
    runOnFiles: (verb, names, onOutput, signal) =>
      runHome(`kubectl ${verb} ${names.map(name => `-f ${quoted(name)}`).join(' ')}`, onOutput, signal),
    setFiles(list) {
      files = new Map(list.map(file => [file.name, file.text]));
    },
    prompt: () => terminal.prompt(),
    complete: (line, cursor) => terminal.complete(line, cursor),
    async print(line) {
      const parts: string[] = [];
      const output = { write: (_: 'out' | 'err', text: string): number => parts.push(text) };
      await createShell(options).run(line, output, new AbortController().signal);
      return parts.join('');
    },
    reset: () => terminal.reset(),
    snapshot: () => ({ files, told, terminal: terminal.snapshot() }),
    restore(snapshot) {
      ({ files, told } = snapshot);
      terminal.restore(snapshot.terminal);
    },
  };
}

/** A file's name as the shell reads it as one word. */
function quoted(name: string): string {
  return /^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}
