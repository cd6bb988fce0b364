// ls: the files that there are: the editor's on the learner's machine, those that agents write on a node.
//
// Omits:   owners, sizes and times; directories are only what names of files say.
// Read:    ls(1) of GNU coreutils 9.1.

import type { Command, CommandContext } from '../command.ts';
import { parseOptions } from '../tools/flags.ts';
import { refuseOption } from './input.ts';

export const ls: Command = {
  name: 'ls',
  at: ['host', 'container'],
  summary: 'list files',
  run(words, context) {
    const parsed = parseOptions(words, { '-1': 'flag', '-a': 'flag', '-A': 'flag', '-l': 'flag' });
    if (parsed.kind !== 'parsed') return refuseOption('ls', parsed, context, 2);
    const names = allFiles(context);
    let code = 0;
    for (const target of parsed.rest.length === 0 ? ['.'] : parsed.rest) {
      const found = listing(names, target);
      if (found.length > 0) context.output.write('out', found.map(name => `${name}\n`).join(''));
      else if (target !== '.') {
        context.output.write('err', `ls: cannot access '${target}': No such file or directory\n`);
        code = 2;
      }
    }
    return code;
  },
};

function allFiles({ place, files, lab }: CommandContext): readonly string[] {
  if (place.kind === 'container') return [...(place.mounts?.keys() ?? [])];
  lab.read(place.netns);
  const machine = lab.world.find(place.netns)?.machine;
  const onMachine = machine === undefined ? [] : [...lab.world.filesOf(machine).view().keys()];
  return place.hasKubectl ? [...files.keys(), ...onMachine] : onMachine;
}

/** A file itself, or what is directly under a directory. */
function listing(names: readonly string[], target: string): readonly string[] {
  if (names.includes(target)) return [target];
  const folder = target === '.' ? '' : `${target.replace(/\/+$/, '')}/`;
  const inside = names.filter(name => name.startsWith(folder) && (folder !== '' || !name.startsWith('/')));
  return [...new Set(inside.map(name => name.slice(folder.length).split('/')[0] ?? ''))].sort();
}
