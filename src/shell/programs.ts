// The programs that machines and containers have: everything except kubectl, which only the learner's machine has.

import { BUILTINS } from './builtins/index.ts';
import { shellProgram } from './builtins/sh.ts';
import type { Command, Place } from './command.ts';
import { FILTERS } from './filters/index.ts';
import { commandAt } from './language/runLine.ts';
import { ssh } from './ssh.ts';
import { TOOLS } from './tools/index.ts';

export const PROGRAMS: readonly Command[] = [
  ...TOOLS,
  ...FILTERS,
  ...BUILTINS,
  ssh,
  shellProgram('sh', () => PROGRAMS),
  shellProgram('bash', () => PROGRAMS),
];

/** Words of a shell that are no files: `kubectl exec POD -- exit` finds no such program. */
const NO_FILES = ['exit', 'logout'];

/** The program of this name at a place; undefined: "executable file not found". */
export function findCommand(name: string, place: Place): Command | undefined {
  return NO_FILES.includes(name) ? undefined : commandAt(PROGRAMS, name, place);
}
