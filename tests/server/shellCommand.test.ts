// `npm run shell`: the bytes and exit codes of the page's terminal, on a fresh lab and on one that is served.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createInProcessClient } from '../../src/client/inProcess.ts';
import { SANDBOX_LAB } from '../../src/client/sandboxLab.ts';
import { main } from '../../src/server/shellCommand.ts';
import { type Printed, type ServedLabForTest, serveLabForTest } from '../support/servedLab.ts';

const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: theirs}\n';

let folder: string;
let served: ServedLabForTest;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hoplab-shell-'));
  writeFileSync(join(folder, 'namespace.yaml'), NAMESPACE);
  writeFileSync(join(folder, 'lab.yaml'), `${SANDBOX_LAB}---\n${NAMESPACE}`);
  writeFileSync(join(folder, 'bad.yaml'), 'apiVersion: v1\nkind: Pod\nmetadata: {name: A}\nspec: {containers: []}\n');
  served = await serveLabForTest();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await served.close();
});

/** Runs it in this process, with this text to read. */
async function shell(args: readonly string[], stdin = ''): Promise<Printed> {
  const [input, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  input.end(stdin);
  const code = await main(args, { stdin: input, stdout, stderr });
  return { stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? ''), code };
}

/** The same in a terminal of the page. */
async function page(line: string): Promise<Printed> {
  const client = createInProcessClient();
  await client.open({ kind: 'manifests', text: SANDBOX_LAB });
  const printed = { out: '', err: '' };
  const { exitCode } = await client.run('1', line, ({ stream, text }) => {
    printed[stream] += text;
  });
  client.close();
  return { stdout: printed.out, stderr: printed.err, code: exitCode };
}

const LINES: readonly string[] = [
  'kubectl get nodes -o wide',
  'kubectl get pods -A',
  'kubectl get nothing',
  'kubectl exec client -- curl -s -m 1 http://10.96.1.1/',
  'ssh node-1 iptables-save | grep -c KUBE',
  'ssh node-1 ip route; false',
  'nosuchcommand || echo instead',
  'sh -c "exit 7"',
  'cat <<E | grep b\nabc\nxyz\nE',
  "echo 'open",
];

describe('one command line', () => {
  it.each(LINES)('%j prints in a fresh lab what the page prints, and ends as there', async line => {
    expect(await shell(['-c', line])).toEqual(await page(line));
  });

  it.each(LINES)('%j prints in a served lab what the page prints, and ends as there', async line => {
    expect(await shell(['--server', served.url, '-c', line])).toEqual(await served.run(line));
  });

  it('changes the lab that is served', async () => {
    const created = await shell(['--server', `${served.url}/`, '-c', 'kubectl create namespace made']);
    expect(created).toEqual({ stdout: 'namespace/made created\n', stderr: '', code: 0 });
    expect((await served.run('kubectl get namespace made -o name')).stdout).toBe('namespace/made\n');
  });
});

describe('files', () => {
  let before: string;
  beforeEach(() => {
    before = process.cwd();
    return () => process.chdir(before);
  });

  it.each([
    ['by its name', 'kubectl apply -f namespace.yaml'],
    ['as input', 'kubectl apply -f - < namespace.yaml'],
    ['by a pattern', 'cat name*.yaml | kubectl apply -f -'],
  ])('of the working folder can be named: %s', async (_, line) => {
    process.chdir(folder);
    expect(await shell(['-c', line])).toEqual({ stdout: 'namespace/theirs created\n', stderr: '', code: 0 });
  });

  it('--config names the lab to begin with', async () => {
    const printed = await shell(['--config', join(folder, 'lab.yaml'), '-c', 'kubectl get namespace theirs -o name']);
    expect(printed).toEqual({ stdout: 'namespace/theirs\n', stderr: '', code: 0 });
  });

  it('of a lab that is refused are named with the line', async () => {
    const file = join(folder, 'bad.yaml');
    const { stderr, code } = await shell(['--config', file, '-c', 'kubectl get pods']);
    expect(stderr).toContain(`${file}:1: Pod "A" is invalid`);
    expect(code).toBe(1);
  });
});

describe('line after line', () => {
  it('goes on where the line before went, and ends as the last one', async () => {
    const lines = 'ssh node-1\nhostname\nexit\nhostname\nkubectl get nothing\n';
    expect(await shell([], lines)).toEqual({
      stdout: 'node-1\nlaptop\n',
      stderr: 'logout\nConnection to node-1 closed.\nerror: the server doesn\'t have a resource type "nothing"\n',
      code: 1,
    });
  });

  it('reads on while a command is not complete', async () => {
    expect(await shell([], 'cat <<E\none\ntwo\nE\necho "a\nb"\n')).toMatchObject({
      stdout: 'one\ntwo\na\nb\n',
      code: 0,
    });
    expect(await shell([], "echo 'open")).toEqual(await page("echo 'open"));
  });

  it('ends at exit where there is nothing left to leave', async () => {
    expect(await shell([], 'echo a\nexit\necho b\n')).toEqual({ stdout: 'a\n', stderr: '', code: 0 });
  });
});

describe('arguments', () => {
  it.each([
    [['--nothing'], 2, "Unknown option '--nothing'"],
    [['--config', '/no/such/file'], 2, 'no such file'],
    [['--server', 'http://127.0.0.1:1', '--config', 'x'], 2, 'one of them was expected'],
    [['--server', '127.0.0.1:8001'], 2, 'http://127.0.0.1:8001 was expected'],
    [['--server', 'http://127.0.0.1:1', '-c', 'true'], 1, 'no lab answers at http://127.0.0.1:1'],
  ])('%j: %i, %s', async (args, code, message) => {
    const printed = await shell(args);
    expect(printed.code).toBe(code);
    expect(printed.stderr).toContain(message);
  });

  it('as npm runs it', async () => {
    const line = 'kubectl get nodes; ssh node-1 ip route; sh -c "exit 3"';
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ['src/server/run.mjs', 'src/server/shellCommand.ts', '-c', line],
      { encoding: 'utf8' },
    );
    expect({ stdout, stderr, code: status }).toEqual(await page(line));
  });
});
