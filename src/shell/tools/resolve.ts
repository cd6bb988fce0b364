// A host name as a program's C library resolves it: an address stands for itself, then the files, then DNS.

import { type Ip, isIp, parseIp } from '../../sim/index.ts';
import type { CommandContext } from '../command.ts';

export type Resolution =
  | { readonly kind: 'address'; readonly address: Ip }
  /** No such name, or nobody to ask. */
  | { readonly kind: 'unknown' }
  /** The server did not answer in time. */
  | { readonly kind: 'timeout'; readonly afterMs: number };

export function resolveName(host: string, context: CommandContext, _limitMs: number | undefined): Resolution {
  if (isIp(host)) return { kind: 'address', address: parseIp(host) };
  if (host === 'localhost') return { kind: 'address', address: parseIp('127.0.0.1') };
  const machine = context.place.kind === 'host' ? context.lab.host(host) : undefined;
  const address = machine === undefined ? undefined : firstAddress(context, machine.netns);
  return address === undefined ? { kind: 'unknown' } : { kind: 'address', address };
}

/** Machines know each other by name (`/etc/hosts`); containers do not. */
function firstAddress(context: CommandContext, netns: string): Ip | undefined {
  const found = context.lab.world
    .find(netns)
    ?.config.interfaces.find(
      device => device.kind !== 'loopback' && device.kind !== 'bridge' && device.addresses.length > 0,
    );
  return found?.addresses[0]?.address;
}
