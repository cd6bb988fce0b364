import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/shell/command.ts';
import { PROGRAMS } from '../../src/shell/programs.ts';
import { testShell } from './shellAt.ts';

/** Like kubectl: sub-commands, then names. */
const fruit: Command = {
  name: 'fruit',
  at: ['host'],
  summary: 'fruit',
  run: () => 0,
  complete: words => (words.length === 1 ? ['eat', 'peel'] : [`apple-${words.length}`, "o'range"]),
};

const { shell } = testShell({ commands: [fruit, ...PROGRAMS], files: { 'web.yaml': '', 'my file.yaml': '' } });

/** The `^` in a line is the cursor; without one the cursor is at the end. */
async function complete(line: string): Promise<{ readonly from: number; readonly candidates: readonly string[] }> {
  const cursor = line.indexOf('^');
  return shell.complete(line.replace('^', ''), cursor < 0 ? line.length : cursor);
}

describe('completion offers', () => {
  it.each([
    ['names of commands', 'ec', 0, ['echo']],
    ['names of commands after a pipe', 'fruit eat | gr', 12, ['grep']],
    ['names of commands after &&', 'true &&gr', 7, ['grep']],
    ['names of commands in a new line', 'true\ngr', 5, ['grep']],
    ['words of the command', 'fruit ', 6, ['eat', 'peel']],
    ['words of the command that go on', 'fruit p', 6, ['peel']],
    ['words that depend on those before, quoted', 'fruit eat ', 10, ['apple-2', "'o'\\''range'"]],
    ['words of the command, redirections left aside', 'fruit 2>&1 e', 11, ['eat']],
    ['words at the cursor, not at the end', 'fruit p^ x', 6, ['peel']],
    ['files after -f', 'fruit -f w', 9, ['web.yaml']],
    ['files where the command has nothing of its own', 'cat ', 4, ["'my file.yaml'", 'web.yaml']],
    ['files behind <', 'cat < w', 6, ['web.yaml']],
    ['machines after ssh', 'ssh n', 4, ['node-1']],
    ['objects of ip', 'ip r', 3, ['route', 'rule']],
    ['nothing that begins otherwise', 'fruit x', 6, []],
    ['nothing inside a quote that is open', "fruit 'e", 8, []],
  ])('%s', async (_sentence, line, from, candidates) => {
    expect(await complete(line)).toEqual({ from, candidates });
  });

  it('every command here for an empty line, kubectl and ssh only where they are', async () => {
    const { candidates } = await complete('');
    expect(candidates).toContain('help');
    expect(candidates).toContain('ssh');
    expect(candidates).toContain('sh');
  });
});
