// sysctl: kernel settings, as procps-ng 4.0.2 prints and takes them.
//
// Omits:   settings without effect in the lab (refused as unknown), files (-p, --system).
// Read:    sysctl(8); procps src/sysctl.c; recordings (tests/shell/tools/sysctl.test.ts).

import { knownSettings, type Netns, readSysctl, withSysctl } from '../../sim/index.ts';
import type { Command, CommandContext } from '../command.ts';
import { parseOptions } from './flags.ts';

const OPTIONS = {
  '-a': 'flag',
  '--all': 'flag',
  '-A': 'flag',
  '-b': 'flag',
  '--binary': 'flag',
  '-e': 'flag',
  '--ignore': 'flag',
  '-n': 'flag',
  '--values': 'flag',
  '-N': 'flag',
  '--names': 'flag',
  '-q': 'flag',
  '--quiet': 'flag',
  '-r': 'value',
  '--pattern': 'value',
  '-w': 'flag',
  '--write': 'flag',
} as const;

export const sysctl: Command = {
  name: 'sysctl',
  at: ['host', 'container'],
  summary: 'read and write kernel settings',
  run(words, context) {
    const parsed = parseOptions(words, OPTIONS);
    const complain = (message: string): number => {
      context.output.write('err', `sysctl: ${message}\n`);
      return 1;
    };
    if (parsed.kind === 'unknown')
      return complain(
        parsed.option.startsWith('--')
          ? `unrecognized option '${parsed.option}'`
          : `invalid option -- '${parsed.option.slice(1)}'`,
      );
    if (parsed.kind === 'value-missing')
      return complain(`option requires an argument -- '${parsed.option.replace(/^-+/, '')}'`);
    const { flags, values, rest } = parsed;
    const has = (...names: readonly string[]): boolean => names.some(name => flags.has(name));
    const isAll = has('-a', '-A', '--all');
    if (!isAll && rest.length === 0)
      return complain("no variables specified\nTry `sysctl --help' for more information.");
    context.lab.read(context.place.netns);
    const wishes: Wishes = {
      format: has('-b', '--binary') ? 'bare' : has('-n', '--values') ? 'value' : has('-N', '--names') ? 'name' : 'line',
      isQuiet: has('-q', '--quiet'),
      ignoresMissing: has('-e', '--ignore'),
      onlyWrites: has('-w', '--write'),
      netns: context.lab.world.get(context.place.netns),
    };
    if (!isAll) {
      const isWrong = (word: string): boolean =>
        word.trim().startsWith('=') || (wishes.onlyWrites && !word.includes('='));
      // Said once, however many there are; the others are done.
      const worst = rest.some(isWrong) ? complain('command line(0): invalid syntax, continuing...') : 0;
      return rest
        .filter(word => !isWrong(word))
        .reduce((code, word) => Math.max(code, one(word, wishes, context)), worst);
    }
    const pattern = new RegExp(values.get('-r') ?? values.get('--pattern') ?? '');
    for (const name of settingsOf(wishes.netns))
      if (pattern.test(shownName(name, wishes.netns))) print(name, wishes, context);
    return 0;
  },
  complete: (words, context) =>
    words.at(-1)?.startsWith('-') === true ? [] : settingsOf(context.lab.world.get(context.place.netns)),
};

interface Wishes {
  readonly format: 'line' | 'value' | 'name' | 'bare';
  readonly isQuiet: boolean;
  readonly ignoresMissing: boolean;
  readonly onlyWrites: boolean;
  readonly netns: Netns;
}

function one(word: string, wishes: Wishes, context: CommandContext): number {
  const complain = (message: string): number => {
    context.output.write('err', `sysctl: ${message}\n`);
    return 1;
  };
  const equals = word.indexOf('=');
  const written = (equals < 0 ? word : word.slice(0, equals)).trim();
  const path = pathOf(written);
  const name = path.join('.');
  if (!settingsOf(wishes.netns).includes(name)) {
    if (wishes.ignoresMissing) return 0;
    return complain(`cannot stat /proc/sys/${path.join('/')}: No such file or directory`);
  }
  if (equals >= 0) {
    const shown = shownName(name, wishes.netns);
    // The container has /proc/sys read-only.
    if (context.place.kind === 'container') return complain(`setting key "${shown}": Read-only file system`);
    const value = word.slice(equals + 1).trim();
    const done = withSysctl(wishes.netns.config.sysctls, name, value === '' ? Number.NaN : Number(value));
    if (!done.ok) return complain(`setting key "${shown}": Invalid argument`);
    wishes.netns.configure({ sysctls: done.value });
    if (wishes.isQuiet) return 0;
  }
  print(name, wishes, context);
  return 0;
}

/** Names in the kernel's files: dots or slashes part them, and the other of the two stands for itself. */
function pathOf(name: string): readonly string[] {
  const first = /[./]/.exec(name)?.[0];
  const swap = (part: string): string => part.replaceAll('/', '.');
  return first === '/' ? name.split('/') : name.split('.').map(swap);
}

function settingsOf(netns: Netns): readonly string[] {
  return knownSettings(netns.config.interfaces.map(device => device.name));
}

/** Dots inside an interface's name are shown as slashes. */
function shownName(name: string, netns: Netns): string {
  const device = netns.config.interfaces.find(
    ({ name: other }) => other.includes('.') && name.includes(`.${other}.`),
  )?.name;
  return device === undefined ? name : name.replace(`.${device}.`, `.${device.replaceAll('.', '/')}.`);
}

function print(name: string, { format, netns }: Wishes, context: CommandContext): void {
  const value = readSysctl(netns.config.sysctls, name) ?? 0;
  const shown = shownName(name, netns);
  const text = { line: `${shown} = ${value}\n`, value: `${value}\n`, name: `${shown}\n`, bare: `${value}` }[format];
  context.output.write('out', text);
}
