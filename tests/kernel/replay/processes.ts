// Child processes: run one to its end, or talk to one that stays.

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';

/**
 * Runs a command to its end.
 * @throws Error with what it wrote to standard error, when it fails
 */
export function run(command: string, args: readonly string[], input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args);
    const output = collected(child.stdout);
    const errors = collected(child.stderr);
    child.on('error', reject);
    // It may end without reading all: its exit code says so.
    child.stdin.on('error', () => {});
    child.on('close', code => {
      if (code === 0) resolve(output().toString());
      else reject(new Error(`${command} ${args.join(' ')}: ${errors().toString().trim()}`));
    });
    child.stdin.end(input);
  });
}

/** All that a stream has said so far. */
export function collected(stream: NodeJS.ReadableStream): () => Buffer {
  const parts: Buffer[] = [];
  stream.on('data', (part: Buffer) => parts.push(part));
  return () => Buffer.concat(parts);
}

/** Ends a process that was started here, and waits until it is gone. */
export function end(child: ChildProcessWithoutNullStreams): Promise<void> {
  return new Promise(resolve => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('close', () => resolve());
    child.kill('SIGTERM');
  });
}
