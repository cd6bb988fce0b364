// `npm run apiserver` as a program of its own, and the learner's own tools beside the page.

import { type ChildProcess, spawn } from 'node:child_process';
import { NO_KUBECTL, realKubectl } from '../../support/realKubectl.ts';

export interface ServedLab {
  /** `http://127.0.0.1:40123` */
  readonly url: string;
  /** Ends the program, unless it ended: the lab is gone. */
  stop(): Promise<void>;
}

/**
 * Serves the sandbox's cluster to the page of this origin.
 * @param port 0: any that is free
 */
export function serveLab(origin: string, port = 0): Promise<ServedLab> {
  const program = spawn(
    process.execPath,
    ['src/server/run.mjs', 'src/server/apiServerCommand.ts', '--port', String(port), '--origin', origin],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  return new Promise((resolve, reject) => {
    let printed = '';
    program.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      const url = /at (http:\/\/127\.0\.0\.1:\d+)/.exec(printed)?.[1];
      if (url !== undefined) resolve({ url, stop: () => ended(program) });
    });
    program.on('exit', code => reject(new Error(`npm run apiserver ended with ${code}: ${printed}`)));
  });
}

function ended(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return Promise.resolve();
  return new Promise(resolve => {
    program.on('exit', () => resolve());
    program.kill('SIGKILL');
  });
}

/** What a learner types elsewhere: into a real kubectl where there is one, else into `npm run shell`. */
export async function typeElsewhere(url: string, args: readonly string[]): Promise<string> {
  if (NO_KUBECTL === undefined) {
    const kubectl = realKubectl(url);
    const { stdout, stderr } = await kubectl.run(args).finally(() => kubectl.close());
    return stdout + stderr;
  }
  const line = ['kubectl', ...args].join(' ');
  const shell = spawn(process.execPath, [
    'src/server/run.mjs',
    'src/server/shellCommand.ts',
    '--server',
    url,
    '-c',
    line,
  ]);
  let printed = '';
  for (const stream of [shell.stdout, shell.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  await new Promise(resolve => shell.on('close', resolve));
  return printed;
}
