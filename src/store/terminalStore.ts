// The terminal as a log of command blocks. One command runs at a time; its text arrives while it runs.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CommandOutput, CommandResult, Completion, Explanation, LabClient } from '../client/port.ts';
import type { ExchangeSummary } from '../sim/index.ts';
import { messageOf } from './labStore.ts';
import { parseStored, type TextStorage } from './storage.ts';
import * as WORDS from './words.ts';

/** One command with what it printed. */
export interface TerminalBlock {
  readonly id: string;
  readonly prompt: string;
  readonly command: string;
  readonly output: readonly CommandOutput[];
  /** How many lines it printed after these that were not kept. */
  readonly more: number;
  readonly state:
    | { readonly kind: 'running' }
    | {
        readonly kind: 'done';
        readonly exitCode: number;
        readonly exchanges: readonly ExchangeSummary[];
        readonly explanation?: Explanation;
      }
    /** The lab could not run it: our fault. */
    | { readonly kind: 'failed'; readonly message: string };
}

export interface TerminalState {
  readonly blocks: readonly TerminalBlock[];
  /** Oldest first. */
  readonly history: readonly string[];
  /** Where the next command runs, in its own words. */
  readonly prompt: string;
  /** Counts commands that ended. */
  readonly finished: number;
  /** Text that another part of the page put into the input, counted so that the same text is noticed twice. */
  readonly proposal: { readonly text: string; readonly number: number };
}

/** Until the lab says where its terminal is: nearly every lab begins on the laptop. */
const FIRST_PROMPT = 'laptop$';
const MOST_BLOCKS = 100;
const MOST_HISTORY = 200;
/** Characters that are kept of one command's output. */
const MOST_OUTPUT = 200_000;
const HISTORY_KEY = 'terminal-history';
/** Output is shown this often, in milliseconds. */
const SHOW_EVERY = 30;

export interface TerminalStore extends StoreApi<TerminalState> {
  /** Runs what was entered: one command, or several lines one after the other. Resolves to the last result. */
  run(text: string): Promise<CommandResult | undefined>;
  cancel(): void;
  complete(line: string, cursor: number): Promise<Completion>;
  refreshPrompt(): Promise<void>;
  /** Puts a command into the input, for the learner to run. */
  propose(text: string): void;
  clear(): void;
}

/**
 * The command lines of a text. A here-document stays one command with its lines, a backslash at the end of a line joins
 * it with the next.
 */
export function commandLines(text: string): readonly string[] {
  if (text.includes('<<')) return [text];
  return text
    .replace(/\\\n/g, ' ')
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');
}

/** What is kept of what a command printed. */
export type KeptOutput = Pick<TerminalBlock, 'output' | 'more'>;

/**
 * The output with more text; two texts of the same stream become one. What is beyond the most that is kept is cut at the
 * end of a line, and its lines are counted.
 */
export function withOutput({ output, more }: KeptOutput, added: CommandOutput): KeptOutput {
  const room = MOST_OUTPUT - output.reduce((sum, part) => sum + part.text.length, 0);
  if (more > 0) return { output, more: more + lineEnds(added.text) };
  if (added.text.length <= room) return { output: joined(output, added), more };
  const end = added.text.lastIndexOf('\n', room - 1) + 1;
  const rest = added.text.slice(end);
  const kept = end === 0 ? output : joined(output, { ...added, text: added.text.slice(0, end) });
  return { output: kept, more: lineEnds(rest) + (rest.endsWith('\n') ? 0 : 1) };
}

function joined(output: readonly CommandOutput[], { stream, text }: CommandOutput): readonly CommandOutput[] {
  const last = output[output.length - 1];
  return last?.stream === stream
    ? [...output.slice(0, -1), { stream, text: last.text + text }]
    : [...output, { stream, text }];
}

const lineEnds = (text: string): number => text.split('\n').length - 1;

/** @param whenEntered resolves when the lab that is on its way is there, or will not be: what is typed meanwhile waits */
export function createTerminalStore(
  client: LabClient,
  storage: TextStorage,
  whenEntered: () => Promise<unknown>,
  onFinished: (result: CommandResult) => void,
): TerminalStore {
  const store = createStore<TerminalState>(() => ({
    blocks: [],
    history: readHistory(storage.read(HISTORY_KEY)),
    prompt: FIRST_PROMPT,
    finished: 0,
    proposal: { text: '', number: 0 },
  }));
  let nextId = 1;
  let queue: Promise<unknown> = Promise.resolve();

  const change = (id: string, with_: (block: TerminalBlock) => TerminalBlock): void =>
    store.setState(({ blocks }) => ({ blocks: blocks.map(block => (block.id === id ? with_(block) : block)) }));

  const remember = (text: string): void => {
    const history = [...store.getState().history.filter(line => line !== text), text].slice(-MOST_HISTORY);
    store.setState({ history });
    storage.write(HISTORY_KEY, JSON.stringify(history));
  };

  const refreshPrompt = async (): Promise<void> => {
    try {
      store.setState({ prompt: await client.prompt() });
    } catch {
      // The prompt stays as it was; the next command says what is wrong.
    }
  };

  async function runLine(command: string): Promise<CommandResult | undefined> {
    const id = `c${nextId++}`;
    const block: TerminalBlock = {
      id,
      prompt: store.getState().prompt,
      command,
      output: [],
      more: 0,
      state: { kind: 'running' },
    };
    store.setState(({ blocks }) => ({ blocks: [...blocks, block].slice(-MOST_BLOCKS) }));
    const shown = new OutputBuffer(added =>
      change(id, old => ({ ...old, ...added.reduce<KeptOutput>(withOutput, old) })),
    );
    try {
      await whenEntered();
      const result = await client.run(id, command, output => shown.add(output));
      const file = result.opened?.at(-1);
      if (file !== undefined && result.exitCode === 0)
        shown.add({ stream: 'err', text: `${WORDS.toEditor(file.name)}\n` });
      shown.flush();
      const { exitCode, exchanges, explanation } = result;
      change(id, old => ({
        ...old,
        state: { kind: 'done', exitCode, exchanges, ...(explanation !== undefined && { explanation }) },
      }));
      await refreshPrompt();
      onFinished(result);
      return result;
    } catch (error) {
      shown.flush();
      change(id, old => ({ ...old, state: { kind: 'failed', message: messageOf(error) } }));
      return undefined;
    } finally {
      store.setState(({ finished }) => ({ finished: finished + 1 }));
    }
  }

  return {
    ...store,
    run(text) {
      const trimmed = text.trim();
      if (trimmed === '') return Promise.resolve(undefined);
      remember(trimmed);
      const all = queue.then(async () => {
        let result: CommandResult | undefined;
        for (const line of commandLines(trimmed)) result = await runLine(line);
        return result;
      });
      queue = all;
      return all;
    },
    cancel() {
      const running = store.getState().blocks.find(block => block.state.kind === 'running');
      if (running !== undefined)
        whenEntered()
          .then(() => client.cancel(running.id))
          .catch(() => undefined);
    },
    complete: (line, cursor) =>
      whenEntered()
        .then(() => client.complete(line, cursor))
        .catch(() => ({ from: cursor, candidates: [] })),
    refreshPrompt,
    propose: text => store.setState(({ proposal }) => ({ proposal: { text, number: proposal.number + 1 } })),
    clear: () => store.setState(({ blocks }) => ({ blocks: blocks.filter(block => block.state.kind === 'running') })),
  };
}

/** Collects text for a moment, so that a command that prints a lot does not render the page for every line. */
class OutputBuffer {
  #waiting: CommandOutput[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #show: (output: readonly CommandOutput[]) => void;

  constructor(show: (output: readonly CommandOutput[]) => void) {
    this.#show = show;
  }

  add(output: CommandOutput): void {
    this.#waiting.push(output);
    this.#timer ??= setTimeout(() => this.flush(), SHOW_EVERY);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const waiting = this.#waiting;
    this.#waiting = [];
    if (waiting.length > 0) this.#show(waiting);
  }
}

function readHistory(text: string | undefined): readonly string[] {
  const stored = parseStored(text);
  return Array.isArray(stored) ? stored.filter(line => typeof line === 'string').slice(-MOST_HISTORY) : [];
}
