// Small commands of the shell itself. One line a command.

import type { Command } from '../command.ts';
import { sleep } from './sleep.ts';

const HERE: Command['at'] = ['host', 'container'];

export const BUILTINS: readonly Command[] = [
  { name: 'true', at: HERE, summary: 'do nothing, successfully', run: () => 0 },
  { name: 'false', at: HERE, summary: 'do nothing, unsuccessfully', run: () => 1 },
  // The page takes its text away when it sees the line.
  { name: 'clear', at: HERE, summary: 'clear the terminal', run: () => 0 },
  // The line's runner acts on these two (language/runLine.ts); here they are for help and completion.
  { name: 'exit', at: HERE, summary: 'leave this shell', run: () => 0 },
  { name: 'logout', at: ['host'], summary: 'leave this shell', run: () => 0 },
  {
    name: 'whoami',
    at: HERE,
    summary: 'print the name of the user',
    run(_words, context) {
      context.output.write('out', context.place.hasKubectl ? 'learner\n' : 'root\n');
      return 0;
    },
  },
  sleep,
];
