// kubectl completion: the page's terminal completes words by itself, so there is no script to load.
//
// Read:    kubectl pkg/cmd/completion.

import { KubectlError, print, seeHelp } from './session.ts';
import type { Verb } from './verb.ts';

const SHELLS = ['bash', 'zsh', 'fish', 'powershell'];

export const completion: Verb = {
  summary: 'Output shell completion code for the specified shell (bash, zsh, fish, or powershell)',
  usage: 'kubectl completion SHELL',
  flags: {},
  run: async call => {
    const { words } = call.flags;
    const [shell] = words;
    const refuse = (message: string): never => {
      throw new KubectlError(`error: ${message}\n${seeHelp('completion')}`);
    };
    if (shell === undefined) return refuse('Shell not specified.');
    if (words.length > 1) return refuse('Too many arguments. Expected only the shell type.');
    if (!SHELLS.includes(shell)) return refuse(`Unsupported shell type ${JSON.stringify(shell)}.`);
    print(call, "# The terminal of this lab completes kubectl's words by itself: press Tab.\n");
    return 0;
  },
};
