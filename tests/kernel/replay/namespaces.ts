// The hosts of a spec as real network namespaces.

import { existsSync, readdirSync } from 'node:fs';
import type { KernelSpec } from '../../../src/sim/linux/kernelSpec.ts';
import { cableLines, hostScript, settingsScript } from './commands.ts';
import { run } from './processes.ts';

export interface Namespaces {
  readonly names: ReadonlyMap<string, string>;
  /** Names of interfaces by their index, of each host. */
  readonly devices: ReadonlyMap<string, ReadonlyMap<number, string>>;
}

let made = 0;

/** Names that no other run on this machine has. */
export function drawNames(spec: KernelSpec): ReadonlyMap<string, string> {
  const lab = ++made;
  return new Map(spec.hosts.map(({ name }) => [name, `hoplab-${process.pid}-${lab}-${name}`]));
}

const OWN_NAME = /^hoplab-(\d+)-/;
const FOLDER = '/run/netns';

/** Takes away what runs that were killed have left: namespaces of processes that are no more, and who listens there. */
export async function removeLeftOvers(): Promise<void> {
  if (!existsSync(FOLDER)) return;
  for (const name of readdirSync(FOLDER)) {
    const owner = OWN_NAME.exec(name)?.[1];
    if (owner === undefined || existsSync(`/proc/${owner}`)) continue;
    const processes = (await run('ip', ['netns', 'pids', name]).catch(() => ''))
      .split('\n')
      .filter(line => line !== '');
    for (const id of processes) process.kill(Number(id), 'SIGTERM');
    await run('ip', ['netns', 'del', name]).catch(() => undefined);
  }
}

/** @throws Error in the words of the tool that refused */
export async function build(spec: KernelSpec, names: ReadonlyMap<string, string>): Promise<Namespaces> {
  const netnsOf = (host: string): string => names.get(host) ?? host;
  const inside = (host: string, text: string): Promise<string> =>
    run('ip', ['netns', 'exec', netnsOf(host), 'sh', '-s'], text);
  await run('ip', ['-batch', '-'], [...names.values()].map(name => `netns add ${name}\n`).join(''));
  for (const host of spec.hosts) await inside(host.name, settingsScript(host));
  await run('ip', ['-batch', '-'], cableLines(spec.links, netnsOf));
  for (const host of spec.hosts) await inside(host.name, hostScript(host));
  const devices = new Map<string, ReadonlyMap<number, string>>();
  for (const { name } of spec.hosts) {
    const links: readonly { readonly ifindex: number; readonly ifname: string }[] = JSON.parse(
      await run('ip', ['-n', netnsOf(name), '-json', 'link']),
    );
    devices.set(name, new Map(links.map(({ ifindex, ifname }) => [ifindex, ifname])));
  }
  return { names, devices };
}

/** Takes away those that exist. */
export async function tearDown(names: ReadonlyMap<string, string>): Promise<void> {
  await run('ip', ['-force', '-batch', '-'], [...names.values()].map(name => `netns del ${name}\n`).join('')).catch(
    () => undefined,
  );
}
