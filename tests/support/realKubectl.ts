// The real kubectl, if this machine has one: the judge of how the lab's own behaves.

import { spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Printed } from './servedLab.ts';

/** After this long it is ended, in milliseconds: `-w` goes on for ever. */
const PATIENCE_MS = 30_000;

/** Where kubectl is on the PATH. */
const path = (process.env.PATH ?? '')
  .split(delimiter)
  .map(folder => join(folder, process.platform === 'win32' ? 'kubectl.exe' : 'kubectl'))
  .find(isProgram);

/** Why tests with the real kubectl are skipped; undefined when they are not. Put it into the name of what is skipped. */
export const NO_KUBECTL = path === undefined ? 'skipped: there is no kubectl on the PATH' : undefined;

export interface RealKubectl {
  /** Runs it with these arguments against the server, in a folder that holds the files. */
  run(args: readonly string[], options?: { readonly stdin?: string; readonly patienceMs?: number }): Promise<Printed>;
  /** Takes its folder away. */
  close(): void;
}

/** The kubeconfig of a cluster that asks nobody who they are. @param server its URL */
function kubeconfig(server: string): string {
  return `apiVersion: v1
kind: Config
clusters: [{ name: hoplab, cluster: { server: '${server}' } }]
contexts: [{ name: hoplab, context: { cluster: hoplab, user: '' } }]
current-context: hoplab
`;
}

/**
 * A kubectl without anybody's settings: home, configuration and cache are a fresh folder, times are in UTC.
 * @param url where the lab is served
 * @param files names and texts of files in its working folder
 */
export function realKubectl(url: string, files: Readonly<Record<string, string>> = {}): RealKubectl {
  const folder = mkdtempSync(join(tmpdir(), 'hoplab-kubectl-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const home = mkdtempSync(join(tmpdir(), 'hoplab-home-'));
  const config = join(home, 'config');
  writeFileSync(config, kubeconfig(url));
  return {
    run: (args, { stdin = '', patienceMs = PATIENCE_MS } = {}) =>
      new Promise((resolve, reject) => {
        if (path === undefined) throw new Error('there is no kubectl on the PATH');
        const child = spawn(path, [...args], {
          cwd: folder,
          env: { PATH: process.env.PATH, HOME: home, KUBECONFIG: config, TZ: 'UTC', LANG: 'C' },
        });
        const printed = { stdout: '', stderr: '' };
        child.stdout.setEncoding('utf8').on('data', text => {
          printed.stdout += text;
        });
        child.stderr.setEncoding('utf8').on('data', text => {
          printed.stderr += text;
        });
        const timer = setTimeout(() => child.kill('SIGINT'), patienceMs);
        child.on('error', reject);
        child.on('close', code => {
          clearTimeout(timer);
          // As a shell reports it: 128 and the number of SIGINT.
          resolve({ ...printed, code: code ?? 130 });
        });
        child.stdin.on('error', () => undefined);
        child.stdin.end(stdin);
      }),
    close() {
      for (const each of [folder, home]) rmSync(each, { recursive: true, force: true });
    },
  };
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
