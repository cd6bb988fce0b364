// What a filter reads: the files that it names, or the output of the command before the pipe.

import type { CommandContext } from '../command.ts';
import { kernelFile } from '../tools/kernelFiles.ts';

export interface Source {
  /** The name as it was typed; `-` for the pipe. */
  readonly name: string;
  readonly text: string;
}

/**
 * The texts of the named files, `-` and no names at all standing for the pipe. Says on stderr which ones are missing,
 * as GNU tools do.
 * @param program what messages begin with
 * @param missing the words for a file that is not there
 */
export function readSources(
  program: string,
  names: readonly string[],
  context: CommandContext,
  missing: (name: string) => string = name => `${name}: No such file or directory`,
): { readonly sources: readonly Source[]; readonly failed: 'none' | 'some' } {
  const sources: Source[] = [];
  let failed: 'none' | 'some' = 'none';
  for (const name of names.length === 0 ? ['-'] : names) {
    const text = name === '-' ? context.stdin : fileText(name, context);
    if (text === undefined) {
      failed = 'some';
      context.output.write(
        'err',
        name === '-'
          ? `${program}: there is no input; put a command and a pipe in front\n`
          : `${program}: ${missing(name)}\n`,
      );
    } else sources.push({ name, text });
  }
  return { sources, failed };
}

/** The learner's machine has the editor's files; every machine those that its agents write; a container what is mounted. */
export function fileText(name: string, context: CommandContext): string | undefined {
  const { place, lab } = context;
  if (name === '/dev/null') return '';
  if (place.hasKubectl && !name.startsWith('/')) return context.files.get(name.replace(/^\.\//, ''));
  const made = kernelFile(name, context);
  if (made !== undefined) return made;
  const path = place.kind === 'container' ? place.mounts?.get(name) : name;
  if (path === undefined) return undefined;
  lab.read(place.netns);
  const machine = lab.world.find(place.netns)?.machine;
  return machine === undefined ? undefined : lab.world.filesOf(machine).get(path);
}

/** Lines without their newlines; a last newline ends a line, it does not begin one. */
export function linesOf(text: string): readonly string[] {
  if (text === '') return [];
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
}

/** Lines with their newlines; the last one may have none. */
export const rawLinesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** Each line with a newline behind it. */
export const asText = (lines: readonly string[]): string => lines.map(line => `${line}\n`).join('');

/** The message of GNU tools for an option that they do not have; returns the exit code. */
export function refuseOption(
  program: string,
  parsed: { readonly kind: 'unknown' | 'value-missing'; readonly option: string },
  context: CommandContext,
  code = 1,
): number {
  const { kind, option } = parsed;
  const said = option.startsWith('--')
    ? kind === 'unknown'
      ? `unrecognized option '${option}'`
      : `option '${option}' requires an argument`
    : kind === 'unknown'
      ? `invalid option -- '${option.slice(1)}'`
      : `option requires an argument -- '${option.slice(1)}'`;
  context.output.write('err', `${program}: ${said}\nTry '${program} --help' for more information.\n`);
  return code;
}
