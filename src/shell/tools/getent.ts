// getent hosts: what the C library makes of a name, or of an address.
//
// Omits:   every database but hosts; without a key it prints the file only, as the real one does.
// Read:    getent(1) of glibc 2.36, nss/getent.c `print_hosts`.

import { findHost, isIp, resolveHost } from '../../sim/index.ts';
import type { Command, CommandContext } from '../command.ts';
import { fileText, rawLinesOf } from '../filters/input.ts';
import { namesOfAddress, resolverOf } from './resolve.ts';

/** A key was not found. */
const NOT_FOUND = 2;

export const getent: Command = {
  name: 'getent',
  at: ['host', 'container'],
  summary: 'look a name up as programs do: getent hosts NAME',
  run([database, ...keys], context) {
    const refuse = (message: string): number => {
      context.output.write('err', `${message}Try \`getent --help' or \`getent --usage' for more information.\n`);
      return 1;
    };
    if (database === undefined) return refuse('getent: wrong number of arguments\n');
    if (database !== 'hosts') return refuse(`Unknown database: ${database}\n`);
    if (keys.length === 0) {
      for (const line of rawLinesOf(fileText('/etc/hosts', context) ?? '')) {
        const [address, ...names] = line.replace(/#.*$/, '').trim().split(/\s+/);
        if (address !== undefined && names.length > 0) print(context, address, names);
      }
      return 0;
    }
    return keys.map(key => lookUp(key, context)).some(found => found === 'missing') ? NOT_FOUND : 0;
  },
};

function print(context: CommandContext, address: string, names: readonly string[]): 'found' {
  context.output.write('out', `${address.padEnd(15)} ${names.join(' ')}\n`);
  return 'found';
}

function lookUp(key: string, context: CommandContext): 'found' | 'missing' {
  const host = resolverOf(context);
  if (isIp(key)) return ownerOf(key, context);
  const line = findHost(host.hosts, key, 'IPv6') ?? findHost(host.hosts, key);
  if (line !== undefined) return print(context, line.address, line.names);
  const resolved = resolveHost(key, host);
  if (resolved.kind !== 'found') return 'missing';
  for (const address of resolved.addresses) print(context, address, [resolved.name]);
  return 'found';
}

function ownerOf(address: string, context: CommandContext): 'found' | 'missing' {
  const names = namesOfAddress(address, resolverOf(context));
  return names.length === 0 ? 'missing' : print(context, address, names);
}
