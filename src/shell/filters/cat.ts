// cat: prints files, or what comes through the pipe.

import type { Command } from '../command.ts';
import { parseOptions } from '../tools/flags.ts';
import { rawLinesOf, readSources, refuseOption } from './input.ts';

export const cat: Command = {
  name: 'cat',
  at: ['host', 'container'],
  summary: 'print files',
  run(words, context) {
    const parsed = parseOptions(words, { '-n': 'flag', '--number': 'flag' });
    if (parsed.kind !== 'parsed') return refuseOption('cat', parsed, context);
    const { sources, failed } = readSources('cat', parsed.rest, context);
    const text = sources.map(source => source.text).join('');
    const isNumbered = parsed.flags.has('-n') || parsed.flags.has('--number');
    const numbered = rawLinesOf(text).map((line, i) => `${String(i + 1).padStart(6)}\t${line}`);
    context.output.write('out', isNumbered ? numbered.join('') : text);
    return failed === 'some' ? 1 : 0;
  },
};
