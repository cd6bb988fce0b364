// What the real tools print, line by line: each transcript is typed into a new namespace, and printed must be the same.

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { kernelShell } from './kernelShell.ts';

const ROOT = new URL('./recorded/', import.meta.url);

interface Typed {
  readonly line: string;
  readonly text: string;
  readonly code: number;
}

/** `$ LINE`, what it printed, `=> EXIT CODE`; the first line says which tool it was. */
function typedLines(transcript: string): readonly Typed[] {
  return [...transcript.matchAll(/^\$ (.*)\n([\s\S]*?)^=> (\d+)$/gm)].map(([, line = '', text = '', code]) => ({
    line,
    text,
    code: Number(code),
  }));
}

describe('the real tools', () => {
  it.each(readdirSync(ROOT))('%s', async file => {
    const shell = kernelShell({ name: 'empty', links: [], hosts: [{ name: 'host' }] });
    const typed = typedLines(readFileSync(new URL(file, ROOT), 'utf8'));
    expect(typed.length).toBeGreaterThan(5);
    for (const { line, text, code } of typed) {
      const printed = await shell.run('host', line);
      expect({ line, text: printed.text, code: printed.code }).toEqual({ line, text, code });
    }
  });
});
