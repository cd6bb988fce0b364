// One command line of a terminal, its output where programs print theirs.

import type { LabClient } from '../../client/port.ts';
import { filesNamedIn } from './workingFiles.ts';

export interface OutputStreams {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

let lines = 0;

/**
 * Runs it where the prompt says; files of the working folder that it names are the files of the editor. Ctrl+C ends it.
 * @returns its exit code
 */
export async function runLine(client: LabClient, line: string, { stdout, stderr }: OutputStreams): Promise<number> {
  const id = `line-${++lines}`;
  const cancel = (): void => void client.cancel(id);
  process.on('SIGINT', cancel);
  try {
    const files = filesNamedIn(line);
    if (files.length > 0) await client.setFiles(files);
    const { exitCode } = await client.run(id, line, ({ stream, text }) => {
      (stream === 'out' ? stdout : stderr).write(text);
    });
    return exitCode;
  } finally {
    process.off('SIGINT', cancel);
  }
}
