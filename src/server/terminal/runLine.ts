// One command line of a terminal, its output where programs print theirs.

import type { LabClient } from '../../client/port.ts';

export interface OutputStreams {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

let lines = 0;

/**
 * Runs it where the prompt says.
 * @param signal Ctrl+C
 * @returns its exit code
 */
export async function runLine(
  client: LabClient,
  line: string,
  { stdout, stderr }: OutputStreams,
  signal: AbortSignal,
): Promise<number> {
  const id = `line-${++lines}`;
  const cancel = (): void => void client.cancel(id);
  signal.addEventListener('abort', cancel);
  try {
    const { exitCode } = await client.run(id, line, ({ stream, text }) => {
      (stream === 'out' ? stdout : stderr).write(text);
    });
    return exitCode;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
