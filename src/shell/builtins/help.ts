// help: the commands that exist where it is typed, one line each.

import type { Command } from '../command.ts';
import { commandAt } from '../language/runLine.ts';

export function help(commandsOf: () => readonly Command[]): Command {
  return {
    name: 'help',
    at: ['host', 'container'],
    summary: 'list the commands',
    run(words, context) {
      const [wanted] = words;
      const here = commandsOf()
        .filter(command => commandAt([command], command.name, context.place) !== undefined)
        .filter(command => wanted === undefined || command.name === wanted)
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      if (here.length === 0) {
        context.output.write('err', `help: no help topics match \`${wanted ?? ''}'.\n`);
        return 1;
      }
      const width = Math.max(...here.map(command => command.name.length));
      for (const { name, summary } of here) context.output.write('out', `${name.padEnd(width)}  ${summary}\n`);
      return 0;
    },
    complete: (words, context) =>
      words.length > 1
        ? []
        : commandsOf().flatMap(({ name }) =>
            commandAt(commandsOf(), name, context.place) === undefined ? [] : [name],
          ),
  };
}
