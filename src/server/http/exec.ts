// `kubectl exec` on a served lab: a command, or a shell, in a container, over a WebSocket.
//
// Models:  v4.channel.k8s.io and v5.channel.k8s.io; -i, -t, exit codes, words of programs that do not exist.
// Omits:   SPDY (kubectl before 1.31); sizes of terminals.
// Read:    k8s.io/apimachinery pkg/util/remotecommand/constants.go; k8s.io/client-go tools/remotecommand/v4.go.

import { PassThrough, Writable } from 'node:stream';
import type { LabClient } from '../../client/port.ts';
import { converse } from '../terminal/converse.ts';
import { runLine } from '../terminal/runLine.ts';
import type { WebSocketPeer } from './webSocket.ts';

export const EXEC_PROTOCOLS = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];

/** The first byte of every message. `close`, of version 5: the channel whose number follows is over. */
const CHANNEL = { stdin: 0, stdout: 1, stderr: 2, status: 3, close: 255 } as const;
/** The file that is the input of the command. */
const INPUT = '/dev/stdin';

export interface ExecRequest {
  readonly namespace: string;
  readonly pod: string;
  readonly query: URLSearchParams;
}

export interface ExecSession {
  onMessage(message: Buffer): void;
  /** The client left. */
  onClose(): void;
}

/** @param client a seat of its own; whoever calls closes it */
export function startExec(client: LabClient, request: ExecRequest, peer: () => WebSocketPeer): ExecSession {
  const leave = new AbortController();
  const input = Object.assign(new PassThrough(), { isTTY: true as const });
  const send = (channel: number, text: string): void =>
    peer().send(Buffer.concat([Buffer.from([channel]), Buffer.from(text)]));
  const end = (status: object): void => {
    send(CHANNEL.status, JSON.stringify({ metadata: {}, ...status }));
    peer().close();
  };
  const isTerminal = request.query.get('tty') === 'true';
  const takesInput = request.query.get('stdin') === 'true';

  async function run(): Promise<void> {
    /** Why the command did not run. */
    let failure: object | undefined;
    const streams = {
      stdout: { write: (text: string): void => send(CHANNEL.stdout, isTerminal ? forTerminal(text) : text) },
      stderr: {
        write(text: string): void {
          // The client's own kubectl says this.
          if (EXIT_LINE.test(text)) return;
          failure ??= failureOf(text);
          if (failure !== undefined) return;
          if (isTerminal) streams.stdout.write(text);
          else send(CHANNEL.stderr, text);
        },
      },
    };
    const outer = await client.prompt();
    if (takesInput && !isTerminal) await client.setFiles([{ name: INPUT, text: await textOf(input) }]);
    const line = lineOf(request, takesInput && !isTerminal ? ` < ${INPUT}` : '');
    const code = await runLine(client, line, streams, leave.signal);
    if ((await client.prompt()) === outer) {
      end(failure ?? statusOf(code));
      return;
    }
    // A shell was entered: its lines come as they are typed.
    const stdout = Object.assign(
      new Writable({
        write(chunk, _, done) {
          streams.stdout.write(String(chunk));
          done();
        },
      }),
      { isTTY: true as const },
    );
    end(statusOf(await converse(client, { stdin: input, stdout, stderr: streams.stderr }, { outer })));
  }

  run().catch(error => end({ status: 'Failure', reason: 'InternalError', message: String(error), code: 500 }));
  return {
    onMessage(message) {
      const [channel, about] = message;
      if (channel === CHANNEL.stdin) input.write(message.subarray(1));
      else if (channel === CHANNEL.close && about === CHANNEL.stdin) input.end();
    },
    onClose() {
      leave.abort();
      input.end();
    },
  };
}

/** The same in the lab's own terminal. */
function lineOf({ namespace, pod, query }: ExecRequest, redirect: string): string {
  const container = query.get('container');
  const flags = [
    ...(query.get('stdin') === 'true' ? ['-i'] : []),
    ...(query.get('tty') === 'true' ? ['-t'] : []),
    ...(container === null ? [] : ['-c', container]),
  ];
  const words = ['kubectl', 'exec', '-n', namespace, pod, ...flags, '--', ...query.getAll('command')];
  return `${words.map(word => `'${word.replaceAll("'", "'\\''")}'`).join(' ')}${redirect}`;
}

const EXIT_LINE = /^command terminated with exit code \d+\n$/;

/** What the terminal's kubectl prints of a command that did not run, as the status of which the client's makes the same. */
function failureOf(text: string): object | undefined {
  const [, message] = /^error: ((?:Internal error occurred|unable to upgrade connection): [\s\S]*)\n$/.exec(text) ?? [];
  return message === undefined ? undefined : { status: 'Failure', reason: 'InternalError', message, code: 500 };
}

function statusOf(code: number): object {
  if (code === 0) return { status: 'Success' };
  return {
    status: 'Failure',
    reason: 'NonZeroExitCode',
    message: `command terminated with non-zero exit code: exit code ${code}`,
    details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
  };
}

/** A terminal in raw mode begins a line only where it is told to. */
function forTerminal(text: string): string {
  return text.replace(/\r?\n/g, '\r\n');
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString('utf8');
}
