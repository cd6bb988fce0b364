// What `kubectl --help`, `kubectl VERB --help` and `kubectl options` say.
//
// Models:  groups, verbs, flags with their values, usage lines, as kubectl lays them out.
// Simplified: what a verb or a flag does is said in words of the lab's own; no examples.
// Read:    kubectl pkg/util/templates, templater.go, help_flags_printer.go.

import { type FlagSpec, type FlagTable, GLOBAL_FLAGS } from './flags.ts';
import { FLAG_WORDS } from './flagWords.ts';
import { GROUPS } from './groups.ts';
import type { Verb } from './verb.ts';

const OPTIONS_LINE = 'Use "kubectl options" for a list of global command-line options (applies to all commands).\n';

export function helpText(verbs: Readonly<Record<string, Verb>>): string {
  const groups = GROUPS.flatMap(({ title, verbs: names }) => {
    const lines = names.flatMap(name => {
      const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
      return verb === undefined ? [] : [`  ${name.padEnd(13)}   ${verb.summary}\n`];
    });
    return lines.length === 0 ? [] : [`${title}\n${lines.join('')}`];
  });
  return (
    'kubectl controls the Kubernetes cluster manager. The kubectl of this lab has these commands:\n\n' +
    `${groups.join('\n')}\nUsage:\n  kubectl [flags] [options]\n\n` +
    `Use "kubectl <command> --help" for more information about a given command.\n${OPTIONS_LINE}`
  );
}

/** @param path the verb with its subcommand: `rollout status` */
export function helpOf(path: string, { summary, about, usage, flags, subcommands }: Verb): string {
  const parts = [`${summary}.\n`];
  if (about !== undefined) parts.push(` ${about}\n`);
  if (subcommands !== undefined) {
    const names = Object.keys(subcommands).sort();
    const width = Math.max(11, ...names.map(name => name.length));
    const lines = names.map(name => `  ${name.padEnd(width)}   ${subcommands[name]?.summary ?? ''}\n`);
    parts.push(`Available Commands:\n${lines.join('')}`);
  }
  if (Object.keys(flags).length > 0) parts.push(`Options:\n${flagLines(flags)}`);
  const suffix = usage.includes('[options]') ? '' : ' [options]';
  const more =
    subcommands === undefined
      ? ''
      : `Use "kubectl ${path} <command> --help" for more information about a given command.\n`;
  parts.push(`Usage:\n  ${usage}${suffix}\n`, `${more}${OPTIONS_LINE}`);
  return parts.join('\n');
}

/** `kubectl options`. */
export function optionsText(): string {
  return `The following options can be passed to any command:\n\n${flagLines(GLOBAL_FLAGS)}`;
}

function flagLines(flags: FlagTable): string {
  const entries = Object.entries(flags)
    .filter(([, { deprecated }]) => deprecated === undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return entries
    .map(([name, spec]) => {
      const short = spec.short === undefined ? '' : `-${spec.short}, `;
      return `    ${short}--${name}=${initialOf(spec)}:\n\t${FLAG_WORDS[name] ?? ''}\n`;
    })
    .join('\n');
}

function initialOf(spec: FlagSpec): string {
  return (
    spec.initial ?? { flag: 'false', value: "''", number: '0', duration: '0s', list: '[]', words: '[]' }[spec.kind]
  );
}
