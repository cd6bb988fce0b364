// Line after line from a keyboard or a pipe, until there are no more.

import { type AsyncCompleter, createInterface } from 'node:readline';
import type { LabClient } from '../../client/port.ts';
import { parseLine } from '../../shell/language/parseLine.ts';
import { type OutputStreams, runLine } from './runLine.ts';

export interface Streams extends OutputStreams {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

export interface Conversation {
  /** Before each line that is run. */
  prepare?(line: string): Promise<void>;
  /** Ends it as soon as this is the prompt: what was entered before was left. */
  readonly outer?: string;
}

/** Before the second line of a command. */
const MORE = '> ';
/** What ends the conversation, where nothing else is left to leave. */
const LEAVE = /^\s*(exit|logout)\s*$/;

/** @returns the exit code of the last command line; 0: there was none */
export async function converse(
  client: LabClient,
  streams: Streams,
  { prepare, outer }: Conversation = {},
): Promise<number> {
  const isAsking = streams.stdin.isTTY === true && streams.stdout.isTTY === true;
  const lines = createInterface({
    input: streams.stdin,
    ...(isAsking && { output: streams.stdout, completer: completerOf(client), historySize: 200 }),
    terminal: isAsking,
  });
  // From now on no line is lost, however fast they come.
  const each = lines[Symbol.asyncIterator]();
  const home = await client.prompt();
  let code = 0;
  /** The lines of a command that is not yet complete. */
  let command = '';
  /** What Ctrl+C ends. */
  let running: AbortController | undefined;

  const ask = async (): Promise<void> => {
    if (!isAsking) return;
    lines.setPrompt(command === '' ? `${await client.prompt()} ` : MORE);
    lines.prompt();
  };
  const run = async (): Promise<void> => {
    running = new AbortController();
    const line = command;
    command = '';
    await prepare?.(line);
    code = await runLine(client, line, streams, running.signal);
    running = undefined;
  };

  lines.on('SIGINT', () => {
    streams.stdout.write('^C\n');
    if (running !== undefined) {
      running.abort();
      return;
    }
    command = '';
    void ask();
  });
  await ask();
  for await (const line of each) {
    command = command === '' ? line : `${command}\n${line}`;
    if (LEAVE.test(command) && (await client.prompt()) === home && outer === undefined) {
      command = '';
      break;
    }
    if (parseLine(command).kind !== 'incomplete') await run();
    if (outer !== undefined && (await client.prompt()) === outer) break;
    await ask();
  }
  lines.close();
  // What was never completed is told so.
  if (command !== '') await run();
  return code;
}

/** What the page proposes at the Tab key. */
function completerOf(client: LabClient): AsyncCompleter {
  return (line, done) => {
    client
      .complete(line, line.length)
      .then(({ from, candidates }) => done(null, [[...candidates], line.slice(from)]))
      .catch(() => done(null, [[], '']));
  };
}
