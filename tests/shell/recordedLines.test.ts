import { describe, expect, it } from 'vitest';
import { PROGRAMS } from '../../src/shell/programs.ts';
import gnu from './recorded/gnu.json' with { type: 'json' };
import { testShell } from './shellAt.ts';

/** What this shell says in words of its own, on purpose. */
const OWN_WORDS = ['exit 3'];

describe('a line prints what bash and the GNU tools print for it', () => {
  it.each(gnu.recorded)('$line', async ({ line, code, out, err }) => {
    const { run } = testShell({ commands: PROGRAMS, files: gnu.files });
    const printed = await run(line);
    expect({ code: printed.code, out: printed.out }).toEqual({ code, out });
    if (!OWN_WORDS.includes(line)) expect(printed.err).toBe(err);
  });
});
