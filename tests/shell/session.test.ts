import { describe, expect, it } from 'vitest';
import type { Command, Place } from '../../src/shell/command.ts';
import { findCommand, PROGRAMS } from '../../src/shell/programs.ts';
import { machines, type TestShell, testShell } from './shellAt.ts';

const AT: Command['at'] = ['host', 'container'];
const POD: Place = { kind: 'container', netns: 'pod:default:web', hostname: 'web', prompt: '/ #', hasKubectl: false };

/** Says what it was given. */
const say: Command = {
  name: 'say',
  at: AT,
  summary: 'print the words, where it runs and what it reads',
  run(words, { output, place, isTerminal, stdin }) {
    output.write(
      'out',
      `${place.hostname} ${isTerminal ? 'terminal' : 'pipe'} [${words.join('|')}] <${stdin ?? ''}>\n`,
    );
    output.write('err', 'note\n');
    return 0;
  },
};

/** Counts until it is stopped. */
const forever: Command = {
  name: 'forever',
  at: AT,
  summary: 'count',
  async run(_words, { output, isCancelled, breathe }) {
    let line = 0;
    for (; !isCancelled(); await breathe()) output.write('out', `${++line}\n`);
    output.write('err', `stopped after ${line}\n`);
    return 0;
  },
};

/** Ends with the code of its word. */
const end: Command = { name: 'end', at: AT, summary: 'end with a code', run: ([code = '0']) => Number(code) };

/** Like kubectl exec: `into` opens a session in a Pod, `into WORDS` runs them there. */
const into: Command = {
  name: 'into',
  at: ['host'],
  summary: 'go into a Pod',
  run(words, context) {
    if (words.length > 0) return context.runAt(POD, words, { isTerminal: false, stdin: context.stdin });
    context.enter(POD);
    return 0;
  },
};

/** Trips over the end of its Pod. */
const broken: Command = {
  name: 'broken',
  at: ['container'],
  summary: 'trip',
  run() {
    gone?.delete(POD.netns);
    throw new Error('no kernel');
  },
};
let gone: Set<string> | undefined;

const withPod = (): Set<string> => new Set(['cp', 'node-1', 'router', 'server', 'laptop', POD.netns]);

function open(namespaces = withPod(), onSleep?: (ms: number) => void): TestShell {
  return testShell({
    commands: [say, end, into, forever, broken, ...PROGRAMS],
    lab: machines(namespaces),
    files: { 'web.yaml': 'kind: Pod\n', 'db.yaml': 'kind: Service\n' },
    ...(onSleep !== undefined && { onSleep }),
  });
}

describe('a pipeline', () => {
  it.each([
    ['gives a command its words and the terminal', 'say a "b c"', 'laptop terminal [a|b c] <>\n', 'note\n', 0],
    ['gives the right side what the left one prints', 'echo x | say', 'laptop terminal [] <x\n>\n', 'note\n', 0],
    ['shows the left side a pipe', 'say | cat', 'laptop pipe [] <>\n', 'note\n', 0],
    ['shows a redirected command no terminal', 'say >/dev/stderr', '', 'laptop pipe [] <>\nnote\n', 0],
    ['lets errors pass by', 'say | wc -l', '1\n', 'note\n', 0],
    ['lets errors in where 2>&1 says so', 'say 2>&1 | wc -l', '2\n', '', 0],
    ['lets errors in with |&', 'say |& wc -l', '2\n', '', 0],
    ['swaps nothing: 2>&1 >/dev/null sends errors to the pipe', 'say 2>&1 >/dev/null | cat', 'note\n', '', 0],
    ['throws away what goes to /dev/null', 'say >/dev/null', '', 'note\n', 0],
    ['throws away both with &>', 'say &>/dev/null', '', '', 0],
    ['writes no files', 'echo x > file', '', 'bash: file: Read-only file system\n', 1],
    ['reads files of the editor', 'cat < web.yaml', 'kind: Pod\n', '', 0],
    ['reads a here-document', 'cat <<E | wc -l\na\nb\nE', '2\n', '', 0],
    ['ends with the code of its last command', 'end 3 | end 4', '', '', 4],
    ['runs what follows && after success', 'end 0 && echo yes', 'yes\n', '', 0],
    ['leaves out what follows && after failure', 'end 2 && echo yes', '', '', 2],
    ['runs what follows || after failure', 'end 2 && echo yes || echo no', 'no\n', '', 0],
    ['runs what follows a semicolon', 'end 2; echo $?', '2\n', '', 0],
    ['runs lines one after another', 'echo a\necho b', 'a\nb\n', '', 0],
    ['puts the names of files in place of a pattern', 'echo *.yaml', 'db.yaml web.yaml\n', '', 0],
    ['leaves a pattern without files as it is', 'echo http://web/?a=1', 'http://web/?a=1\n', '', 0],
    ['says which command is missing', 'foo', '', 'bash: foo: command not found\n', 127],
    ['suggests the nearest command', 'crul', '', 'bash: crul: command not found\nDid you mean curl?\n', 127],
    ['says which file is missing', './foo', '', 'bash: ./foo: No such file or directory\n', 127],
    ['finds programs by their paths', '/usr/bin/echo a', 'a\n', '', 0],
    ['says what is wrong with a line', 'a | | b', '', "bash: syntax error near unexpected token `|'\n", 2],
    ['does nothing for an empty line', '  # nothing', '', '', 0],
    ['runs texts', "sh -c 'echo a; end 3'", 'a\n', '', 3],
    ['runs lines that come through the pipe', "echo 'echo a' | sh", 'a\n', '', 0],
  ])('%s', async (_sentence, line, out, err, code) => {
    expect(await open().run(line)).toEqual({ code, out, err });
  });

  it.each([
    ['forever | head -2', '1\n2\n', 'stopped after 3\n'],
    ['forever | head -n 1', '1\n', 'stopped after 2\n'],
    ['forever | head -n1', '1\n', 'stopped after 2\n'],
    ['forever | head --lines=1', '1\n', 'stopped after 2\n'],
    ['forever | head | tail -1', '10\n', 'stopped after 11\n'],
  ])('%s stops who writes when nobody reads on', async (line, out, err) => {
    expect(await open().run(line)).toEqual({ code: 0, out, err });
  });

  it('remembers $? from line to line', async () => {
    const { run } = open();
    await run('end 7');
    expect((await run('echo $?')).out).toBe('7\n');
  });

  it('stops at a cancel and ends with 130', async () => {
    const cancel = new AbortController();
    const { run } = open(withPod(), () => cancel.abort());
    expect(await run('sleep 100; echo never', cancel.signal)).toEqual({ code: 130, out: '', err: '' });
  });

  it.each([
    ['sleep 5', 5000],
    ['sleep 0.5', 500],
    ['sleep 1m', 60_000],
    ['sleep 1 2s', 3000],
  ])('%s lets %i ms pass', async (line, ms) => {
    let slept = 0;
    await open(withPod(), piece => {
      slept += piece;
    }).run(line);
    expect(slept).toBe(ms);
  });

  it('sleep refuses what is no time', async () => {
    expect((await open().run('sleep soon')).err).toBe(
      "sleep: invalid time interval 'soon'\nTry 'sleep --help' for more information.\n",
    );
  });
});

describe('a session elsewhere', () => {
  it('opens with ssh and closes with exit', async () => {
    const { shell, run } = open();
    expect(shell.prompt()).toBe('laptop$');
    await run('ssh node-1');
    expect(shell.prompt()).toBe('root@node-1:~#');
    expect((await run('say')).out).toBe('node-1 terminal [] <>\n');
    expect(await run('exit')).toEqual({ code: 0, out: '', err: 'logout\nConnection to node-1 closed.\n' });
    expect(shell.prompt()).toBe('laptop$');
  });

  it('is inside another one when it was opened there', async () => {
    const { shell, run } = open();
    await run('ssh cp');
    await run('ssh router');
    expect(shell.prompt()).toBe('root@router:~#');
    await run('exit');
    expect(shell.prompt()).toBe('root@cp:~#');
    shell.reset();
    expect(shell.prompt()).toBe('laptop$');
  });

  it('in a container speaks as its shell does and hands its exit code back', async () => {
    const { shell, run } = open();
    await run('into');
    expect(shell.prompt()).toBe('/ #');
    expect(await run('into')).toEqual({ code: 127, out: '', err: 'sh: into: not found\n' });
    expect(await run('exit 3')).toEqual({ code: 3, out: '', err: 'command terminated with exit code 3\n' });
    expect((await run('echo $?')).out).toBe('3\n');
  });

  it('ends when its Pod goes; the line runs nowhere else', async () => {
    const namespaces = withPod();
    const { shell, run } = open(namespaces);
    await run('into');
    namespaces.delete(POD.netns);
    expect(shell.prompt()).toBe('laptop$');
    expect(await run('say')).toEqual({ code: 137, out: '', err: 'command terminated with exit code 137\n' });
    expect((await run('say')).out).toBe('laptop terminal [] <>\n');
  });

  it('ends when its Pod goes under a command; other failures are not hidden', async () => {
    const namespaces = withPod();
    const { shell, run } = open(namespaces);
    await run('into');
    await expect(run('broken')).rejects.toThrow('no kernel');
    expect(shell.prompt()).toBe('/ #');
    gone = namespaces;
    expect(await run('broken')).toEqual({ code: 137, out: '', err: 'command terminated with exit code 137\n' });
    expect(shell.prompt()).toBe('laptop$');
  });

  it('leaves out what is left of the line that opened it', async () => {
    expect((await open().run('ssh cp; say')).err).toBe(
      'bash: the rest of the line is left out: a session is open now\n',
    );
  });

  it('is not left from the outermost shell', async () => {
    const { shell, run } = open();
    expect(await run('exit 3')).toEqual({ code: 3, out: '', err: 'This is the outermost shell; it stays open.\n' });
    expect(shell.prompt()).toBe('laptop$');
  });

  it('is not left by the exit of a text or of a pipeline', async () => {
    const { shell, run } = open();
    await run('ssh cp');
    expect((await run("sh -c 'exit 4'")).code).toBe(4);
    expect((await run('exit 5 | cat')).code).toBe(0);
    expect(shell.prompt()).toBe('root@cp:~#');
  });

  it.each([
    ['ssh', '', 'usage: ssh destination [command [argument ...]]\n', 255],
    ['ssh foo', '', 'ssh: Could not resolve hostname foo: Name or service not known\n', 255],
    ['ssh server', '', 'ssh: connect to host server port 22: Connection refused\n', 255],
    ['ssh learner@cp', '', 'learner@cp: Permission denied (publickey).\n', 255],
    ['ssh root@cp say a', 'cp pipe [a] <>\n', 'note\n', 0],
    ["ssh cp 'say a | wc -l; end 3'", '1\n', 'note\n', 3],
    ['ssh cp foo', '', 'bash: foo: command not found\n', 127],
    ['echo x | ssh cp cat', 'x\n', '', 0],
  ])('%s', async (line, out, err, code) => {
    expect(await open().run(line)).toEqual({ code, out, err });
  });

  it.each([
    ['runs words without a shell', 'into say a', 'web pipe [a] <>\n', 0],
    ['writes where the command that runs it writes', 'into say a 2>/dev/null | wc -l', '1\n', 0],
    ['runs texts', "into sh -c 'echo a | cat && end 2'", 'a\n', 2],
    ['says nothing about unknown words but 127', 'into foo', '', 127],
  ])('runAt %s', async (_sentence, line, out, code) => {
    const printed = await open().run(line);
    expect({ code: printed.code, out: printed.out }).toEqual({ code, out });
  });

  it('findCommand knows programs, not words of the shell and not what is missing there', () => {
    expect(findCommand('curl', POD)?.name).toBe('curl');
    expect(findCommand('/bin/sh', POD)?.name).toBe('sh');
    expect(findCommand('exit', POD)).toBeUndefined();
    expect(findCommand('ssh', POD)).toBeUndefined();
    expect(findCommand('foo', POD)).toBeUndefined();
  });
});

describe('help', () => {
  it('lists what exists here, in order', async () => {
    const { run } = open();
    const names = (text: string): readonly string[] => text.split('\n').map(line => line.split(' ')[0] ?? '');
    const here = names((await run('help')).out);
    expect(here).toEqual(
      [...here]
        .filter(name => name !== '')
        .sort()
        .concat(''),
    );
    expect(here).toContain('ssh');
    await run('into');
    expect(names((await run('help')).out)).not.toContain('ssh');
  });

  it('says one line about one command, and what it does not know', async () => {
    expect((await open().run('help curl')).out).toBe('curl  make an HTTP request\n');
    expect(await open().run('help foo')).toEqual({ code: 1, out: '', err: "help: no help topics match `foo'.\n" });
  });
});
