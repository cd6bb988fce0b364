// ip addr: interfaces with their addresses.

import {
  addAddress,
  deleteAddress,
  formatInterfaceAddress,
  ParseError,
  parseInterfaceAddress,
} from '../../sim/index.ts';
import { type IpCall, pairs } from './ip.ts';
import { linkLines, linkName, select, stateOf } from './ipLink.ts';

export function addressCommand(call: IpCall): number {
  const [verb = 'show', ...rest] = call.words;
  if (verb === 'add' || verb === 'del' || verb === 'delete') return change(call, verb, rest);
  const shown = 'show'.startsWith(verb) || verb === 'list' || verb === 'ls' ? rest : call.words;
  const { values, rest: names } = pairs(shown, ['dev', 'master', 'type']);
  const name = values.get('dev') ?? names[0];
  const devices = select(call, name, values.get('master'));
  if (devices === undefined) return call.refuse(`Device "${name}" does not exist.`, 1);
  const { world } = call.context.lab;
  for (const device of devices) {
    if (call.brief) {
      const addresses = device.addresses.map(address => `${formatInterfaceAddress(address)} `).join('');
      call.print(`${linkName(world, device).padEnd(16)} ${stateOf(world, device).padEnd(14)} ${addresses}\n`);
      continue;
    }
    call.print(linkLines(call, device, 'address'));
    for (const address of device.addresses) {
      const scope = device.kind === 'loopback' ? 'host' : 'global';
      call.print(
        `    inet ${formatInterfaceAddress(address)} scope ${scope} ${device.name}\n       valid_lft forever preferred_lft forever\n`,
      );
    }
  }
  return 0;
}

function change(call: IpCall, verb: string, words: readonly string[]): number {
  const { values, rest } = pairs(words, ['dev']);
  const [text] = rest;
  const device = values.get('dev');
  if (text === undefined || device === undefined)
    return call.refuse('Not enough information: "dev" argument is required.', 255);
  try {
    const address = parseInterfaceAddress(text);
    const done = verb === 'add' ? addAddress(call.netns, device, address) : deleteAddress(call.netns, device, address);
    return done.ok ? 0 : call.refuse(done.error.message, done.error.message.startsWith('Cannot find') ? 1 : 2);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return call.refuse(`Error: any valid prefix is expected rather than "${text}".`, 1);
  }
}
