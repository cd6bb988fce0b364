// Line after line from a keyboard or a pipe, until there are no more.

import { type AsyncCompleter, createInterface } from 'node:readline';
import type { LabClient } from '../../client/port.ts';
import { parseLine } from '../../shell/language/parseLine.ts';
import { type OutputStreams, runLine } from './runLine.ts';

export interface Streams extends OutputStreams {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/** Before the second line of a command. */
const MORE = '> ';
/** What ends the conversation, where nothing else is left to leave. */
const LEAVE = /^\s*(exit|logout)\s*$/;

/** @returns the exit code of the last command line; 0: there was none */
export async function converse(client: LabClient, streams: Streams): Promise<number> {
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
  const ask = async (): Promise<void> => {
    if (!isAsking) return;
    lines.setPrompt(command === '' ? `${await client.prompt()} ` : MORE);
    lines.prompt();
  };
  // While a command runs, Ctrl+C is its own (runLine.ts).
  let isRunning = false;
  lines.on('SIGINT', () => {
    if (isRunning) process.emit('SIGINT');
    else {
      streams.stdout.write('^C\n');
      command = '';
      void ask();
    }
  });
  await ask();
  for await (const line of each) {
    command = command === '' ? line : `${command}\n${line}`;
    if (LEAVE.test(command) && (await client.prompt()) === home) {
      command = '';
      break;
    }
    if (parseLine(command).kind !== 'incomplete') {
      isRunning = true;
      code = await runLine(client, command, streams).finally(() => {
        isRunning = false;
      });
      command = '';
    }
    await ask();
  }
  lines.close();
  // What was never completed is told so.
  return command === '' ? code : await runLine(client, command, streams);
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
