// One command line of a terminal, its output where programs print theirs.

import type { LabClient } from '../../client/port.ts';
import { editElsewhere } from './editElsewhere.ts';

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
    const { exitCode, opened = [] } = await client.run(id, line, ({ stream, text }) => {
      (stream === 'out' ? stdout : stderr).write(text);
    });
    const [file] = opened;
    if (exitCode !== 0 || file === undefined) return exitCode;
    const edited = editElsewhere(file);
    if (edited.kind === 'failed') {
      stderr.write(`error: there was a problem with the editor ${JSON.stringify(edited.editor)}\n`);
      return 1;
    }
    // The same line again finds what was written (kubectl edit).
    await client.setFiles([edited.file]);
    return await runAgain(client, line, { stdout, stderr });
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

async function runAgain(client: LabClient, line: string, { stdout, stderr }: OutputStreams): Promise<number> {
  const { exitCode } = await client.run(`line-${++lines}`, line, ({ stream, text }) => {
    (stream === 'out' ? stdout : stderr).write(text);
  });
  return exitCode;
}
