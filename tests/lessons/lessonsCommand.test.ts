import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { main } from '../../src/server/lessonsCommand.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function run(...args: readonly string[]): { code: number; lines: readonly string[] } {
  const lines: string[] = [];
  const code = main(args, line => lines.push(line));
  return { code, lines };
}

describe('npm run lessons', () => {
  it('finds nothing to correct in the lessons of this project', () => {
    const { code, lines } = run();
    expect(lines.at(-1)).toMatch(/^\d+ lessons? in \d+ modules?: nothing to correct$/);
    expect(code).toBe(0);
  });

  it('prints file, line and what was expected, and fails', () => {
    const root = mkdtempSync(join(tmpdir(), 'hoplab-lessons-'));
    folders.push(root);
    const folder = join(root, 'lessons/01-pods');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'module.yaml'), 'title: Pods\nsummary: Addresses.\n');
    writeFileSync(
      join(folder, '01-first.yaml'),
      'apiVersion: lab.hoplab.dev/v1alpha1\nkind: Lab\nmetadata: {name: x}\n',
    );
    writeFileSync(
      join(folder, '01-first.md'),
      '---\nid: first\nversion: 1\ntitle: First\nminutes: 5\nobjectives: [One.]\n---\n:::::step{#s title="S"}\n```yaml check\n- seen: {expect: okay}\n```\n:::::\n',
    );
    expect(run('--root', root)).toEqual({
      code: 1,
      lines: [
        'lessons/01-pods/01-first.md:10:10: "expect" must be one of ok, refused, no-route, not-permitted, timeout, stall, too-big, dns-fail, http:CODE (found "okay")',
        '1 lesson in 1 module: 1 problem',
      ],
    });
  });

  it('says how it is used', () => {
    expect(run('--bogus').code).toBe(2);
    expect(run('--bogus').lines.at(-1)).toMatch(/usage: npm run lessons/);
    expect(run('--root', '/nowhere')).toMatchObject({
      code: 2,
      lines: [expect.stringContaining('cannot read /nowhere/lessons')],
    });
  });
});
