// Types what was typed into the real tools into a lab's terminal, in the world that was recorded with it, and compares.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KernelSpec } from '../../src/sim/linux/kernelSpec.ts';
import { kernelShell } from '../shell/tools/kernelShell.ts';
import { linesBefore } from './before.ts';
import { plainText } from './plain.ts';
import { parseRecording, type ToolRecording } from './recording.ts';
import { zoneOf } from './zone.ts';

export interface Compared {
  readonly recording: ToolRecording;
  /** Without what no two runs have in common; the last line is the exit code. */
  readonly wanted: string;
  readonly got: string;
}

/** All recordings of a folder, by name; each runs in a world of its own. */
export async function compareFolder(folder: string, only = ''): Promise<readonly Compared[]> {
  const worlds = new Map<string, KernelSpec>();
  const worldOf = (name: string): KernelSpec => {
    const known = worlds.get(name);
    if (known !== undefined) return known;
    const read: KernelSpec = JSON.parse(readFileSync(join(folder, 'worlds', `${name}.json`), 'utf8'));
    worlds.set(name, read);
    return read;
  };
  const files = readdirSync(folder).filter(file => /^\S+--\S+\.txt$/.test(file) && file.includes(only));
  const compared: Compared[] = [];
  for (const file of files.sort()) {
    const recording = parseRecording(file.slice(0, -'.txt'.length), readFileSync(join(folder, file), 'utf8'));
    compared.push(await compareOne(recording, worldOf(recording.world)));
  }
  return compared;
}

/** The recorded kernel drew endpoints by chance; so many seeds of the lab are tried until one draws the same. */
const SEEDS = 8;

async function compareOne(recording: ToolRecording, world: KernelSpec): Promise<Compared> {
  const plain = (text: string, code: number): string => `${plainText(recording.line, text, world)}=> ${code}\n`;
  const wanted = plain(recording.text, recording.code);
  let first: string | undefined;
  for (let seed = 1; seed <= SEEDS; seed++) {
    const shell = kernelShell(world, zoneOf(world), seed);
    for (const { host, line } of linesBefore(recording, world)) await shell.run(host, line, 'pipe');
    const printed = await shell.run(recording.host, recording.line, recording.into);
    const got = plain(printed.text, printed.code);
    if (got === wanted) return { recording, wanted, got };
    first ??= got;
  }
  return { recording, wanted, got: first ?? '' };
}
