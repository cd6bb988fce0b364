// What `kubectl --help` says: the verbs that this kubectl has, and the flags of each.

import type { FlagTable } from './flags.ts';

interface Described {
  readonly summary: string;
  readonly usage: string;
  readonly flags: FlagTable;
}

export function helpText(verbs: Readonly<Record<string, Described>>): string {
  const width = Math.max(...Object.keys(verbs).map(name => name.length)) + 2;
  const lines = Object.entries(verbs).map(([name, { summary }]) => `  ${name.padEnd(width)}${summary}\n`);
  return (
    `kubectl controls the Kubernetes cluster manager. The kubectl of this lab has these commands:\n\n${lines.join('')}\n` +
    'Use "kubectl <command> --help" for more information about a given command.\n'
  );
}

export function helpOf({ summary, usage, flags }: Described): string {
  const names = Object.entries(flags).map(([name, { short, kind }]) => {
    const value = kind === 'flag' ? '' : '=...';
    return `    ${short === undefined ? '' : `-${short}, `}--${name}${value}\n`;
  });
  return `${summary}.\n\nOptions:\n${names.sort().join('')}\nUsage:\n  ${usage}\n`;
}
