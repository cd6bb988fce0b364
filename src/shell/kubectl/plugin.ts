// kubectl plugin: there are no plugins in a lab.
//
// Read:    kubectl pkg/cmd/plugin.

import { KubectlError } from './session.ts';
import type { Verb } from './verb.ts';

export const plugin: Verb = {
  summary: 'Provides utilities for interacting with plugins',
  usage: 'kubectl plugin [flags]',
  flags: {},
  subcommands: {
    list: {
      summary: "List all visible plugin executables on a user's PATH",
      usage: 'kubectl plugin list [flags]',
      flags: { 'name-only': { kind: 'flag' } },
      run: async () => {
        throw new KubectlError('error: unable to find any kubectl plugins in your PATH');
      },
    },
  },
};
