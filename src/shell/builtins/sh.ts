// sh and bash: `-c 'TEXT'` runs a text, without words lines of the input, in a terminal a shell inside the shell.

import type { Command } from '../command.ts';
import { runLine, type ShellState } from '../language/runLine.ts';

/** @param commandsOf what the lines can run; asked for when the first one does. */
export function shellProgram(name: 'sh' | 'bash', commandsOf: () => readonly Command[]): Command {
  return {
    name,
    at: ['host', 'container'],
    summary: 'run a command line, or open a shell',
    async run(words, context) {
      const [option, text] = words;
      if (option?.startsWith('-') === true && !/^-[cilex]*$/.test(option)) {
        context.output.write('err', `${name}: ${option}: invalid option\n`);
        return 2;
      }
      const isText = option?.includes('c') === true && option.startsWith('-');
      if (isText && text === undefined) {
        context.output.write('err', `${name}: -c: option requires an argument\n`);
        return 2;
      }
      if (!isText && option !== undefined && !option.startsWith('-')) {
        context.output.write('err', `${name}: ${option}: No such file or directory\n`);
        return 127;
      }
      const line = isText ? text : context.stdin;
      if (line === undefined) {
        if (context.isTerminal) context.enter(context.place);
        return 0;
      }
      let hasMoved = false;
      const state: ShellState = { commands: commandsOf(), lastCode: 0, hasMoved: () => hasMoved };
      const inner = {
        ...context,
        stdin: isText ? context.stdin : undefined,
        enter: (place: typeof context.place) => {
          hasMoved = true;
          context.enter(place);
        },
      };
      return (await runLine(line, inner, state)).code;
    },
  };
}
