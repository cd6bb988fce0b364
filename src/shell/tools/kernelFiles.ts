// Files that a kernel makes up when they are read: settings under /proc/sys, the neighbour table, what /sys says of
// interfaces.
//
// Omits:   everything else of /proc and /sys.
// Read:    proc(5); kernel Documentation/ABI/testing/sysfs-class-net; net/ipv4/arp.c, `arp_format_neigh_entry`.

import { agedNeighbor, knownSettings, type Netns, readSysctl, withSysctl } from '../../sim/index.ts';
import type { CommandContext } from '../command.ts';
import { stateOf } from './ipLink.ts';

/** The text of such a file; undefined: there is none. */
export function kernelFile(path: string, context: CommandContext): string | undefined {
  if (!path.startsWith('/proc/') && !path.startsWith('/sys/')) return undefined;
  const { lab, place } = context;
  lab.read(place.netns);
  const netns = lab.world.find(place.netns);
  if (netns === undefined) return undefined;
  if (path === '/proc/net/arp') return arpTable(netns, lab.now);
  const setting = settingAt(path, netns);
  if (setting !== undefined) return `${readSysctl(netns.config.sysctls, setting) ?? 0}\n`;
  const [, name = '', field = ''] = /^\/sys\/class\/net\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
  const device = netns.interface(name);
  if (device === undefined) return undefined;
  const fields: Readonly<Record<string, string>> = {
    address: device.mac,
    mtu: String(device.mtu),
    ifindex: String(device.index),
    operstate: stateOf(lab.world, device).toLowerCase(),
    carrier: lab.world.hasCarrier(device) ? '1' : '0',
  };
  return fields[field] === undefined ? undefined : `${fields[field]}\n`;
}

/** The setting that a file under /proc/sys is: `net.ipv4.ip_forward`. */
function settingAt(path: string, netns: Netns): string | undefined {
  if (!path.startsWith('/proc/sys/')) return undefined;
  const name = path.slice('/proc/sys/'.length).replaceAll('/', '.');
  return knownSettings(netns.config.interfaces.map(device => device.name)).find(known => known === name);
}

export type KernelWrite = 'written' | 'invalid' | 'no-such-file';

/** Like `echo VALUE > /proc/sys/...`. */
export function writeKernelFile(path: string, text: string, context: CommandContext): KernelWrite {
  const { lab, place } = context;
  lab.read(place.netns);
  const netns = lab.world.get(place.netns);
  const setting = settingAt(path, netns);
  if (setting === undefined) return 'no-such-file';
  const value = text.trim();
  const done = withSysctl(netns.config.sysctls, setting, value === '' ? Number.NaN : Number(value));
  if (!done.ok) return 'invalid';
  netns.configure({ sysctls: done.value });
  return 'written';
}

/** Whether a file is there to be written to. */
export function isKernelSetting(path: string, context: CommandContext): boolean {
  const netns = context.lab.world.find(context.place.netns);
  return netns !== undefined && settingAt(path, netns) !== undefined;
}

function arpTable(netns: Netns, now: number): string {
  const rows = [...netns.neighbors.values()].map(known => {
    const { address, mac, state, device } = agedNeighbor(known, now);
    const flags = state === 'PERMANENT' ? '0x6' : mac === undefined || state === 'FAILED' ? '0x0' : '0x2';
    const shown = flags === '0x0' ? '00:00:00:00:00:00' : (mac ?? '');
    return `${address.padEnd(16)} 0x1         ${flags}         ${shown}     *        ${device}\n`;
  });
  return `IP address       HW type     Flags       HW address            Mask     Device\n${rows.join('')}`;
}
