// `npm run shell`: the page's terminal in a terminal, on a lab that is served or on a fresh one.
//
//   npm run -s shell                                          asks for lines, on the sandbox's cluster
//   npm run -s shell -- -c 'kubectl get nodes'                one command line; its exit code is this program's
//   npm run -s shell -- --config lab.yaml -c 'ip route'       a Lab config, and manifests that are applied to it
//   npm run -s shell -- --server http://127.0.0.1:8001        the lab of `npm run apiserver`

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openHttpWire } from '../client/http.ts';
import { createInProcessClient } from '../client/inProcess.ts';
import { linkOver } from '../client/link.ts';
import type { LabClient, LabSource } from '../client/port.ts';
import { createRemoteClient } from '../client/remoteClient.ts';
import { SANDBOX_LAB } from '../client/sandboxLab.ts';
import { converse, type Streams } from './terminal/converse.ts';
import { runLine } from './terminal/runLine.ts';
import { filesNamedIn } from './terminal/workingFiles.ts';

const USAGE = "usage: npm run shell -- [--server URL | --config FILE] [-c 'COMMAND LINE']";

/**
 * Runs the command.
 * @returns the exit code of the command line, or of the last one; 1: there is no lab; 2: the arguments cannot be read
 */
export async function main(args: readonly string[], streams: Streams = process): Promise<number> {
  const say = (text: string): unknown => streams.stderr.write(`${text}\n`);
  const options = readOptions(args);
  if (options.kind === 'usage') {
    say(options.message);
    return 2;
  }
  const { source, name, line } = options;
  const client = source.kind === 'served' ? servedClient() : createInProcessClient();
  try {
    const opened = await client.open(source);
    if (opened.kind === 'refused') {
      for (const { message, range } of opened.problems) say(`${name}:${range.startLine}: ${message}`);
      return 1;
    }
    const prepare = async (next: string): Promise<void> => {
      const files = filesNamedIn(next);
      if (files.length > 0) await client.setFiles(files);
    };
    if (line === undefined) return await converse(client, streams, { prepare });
    await prepare(line);
    const interrupt = new AbortController();
    process.once('SIGINT', () => interrupt.abort());
    return await runLine(client, line, streams, interrupt.signal);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return 1;
  } finally {
    client.close();
  }
}

function servedClient(): LabClient {
  return createRemoteClient({
    start(place, events) {
      if (place === undefined) throw new Error('a lab that is served was expected');
      return linkOver(on => openHttpWire(place, on), events);
    },
    link: 'late',
    // Whatever was under way fails with the same words.
    onFailure: () => undefined,
  });
}

type Options =
  | {
      readonly kind: 'shell';
      readonly source: LabSource;
      /** What the manifests are called in messages. */
      readonly name: string;
      readonly line: string | undefined;
    }
  | { readonly kind: 'usage'; readonly message: string };

function readOptions(args: readonly string[]): Options {
  const usage = (reason: string): Options => ({ kind: 'usage', message: `${reason}\n${USAGE}` });
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { server: { type: 'string' }, config: { type: 'string' }, command: { type: 'string', short: 'c' } },
    });
    const { server, config, command } = values;
    if (server !== undefined && config !== undefined) return usage('--server and --config: one of them was expected');
    const common = { kind: 'shell', line: command, name: config ?? 'the sandbox' } as const;
    if (server === undefined) {
      const text = config === undefined ? SANDBOX_LAB : readFileSync(config, 'utf8');
      return { ...common, source: { kind: 'manifests', text } };
    }
    if (!/^http:\/\/[^/]+\/?$/.test(server))
      return usage(`--server ${server}: an address such as http://127.0.0.1:8001 was expected`);
    return { ...common, source: { kind: 'served', url: server.replace(/\/$/, '') } };
  } catch (error) {
    return usage(error instanceof Error ? error.message : String(error));
  }
}
