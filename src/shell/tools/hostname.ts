// hostname: the name of the machine or container.

import type { Command } from '../command.ts';

export const hostname: Command = {
  name: 'hostname',
  at: ['host', 'container'],
  summary: 'print the name of this host',
  run(_words, context) {
    context.output.write('out', `${context.place.hostname}\n`);
    return 0;
  },
};
