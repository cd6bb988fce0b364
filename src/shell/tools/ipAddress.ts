// ip addr: interfaces with their addresses.

import {
  addAddress,
  deleteAddress,
  formatInterfaceAddress,
  type Interface,
  ParseError,
  parseInterfaceAddress,
  prefixContains,
} from '../../sim/index.ts';
import type { IpCall } from './ip.ts';
import { linkLines, linkName, stateOf } from './ipLink.ts';
import { readSelection } from './ipSelect.ts';
import { begins, carry, deviceOf, garbage, IpRefusal, IpWords, unknownVerb } from './ipWords.ts';

export function addressCommand(call: IpCall): number {
  const [verb = 'show', ...rest] = call.words;
  const words = new IpWords(rest);
  if (begins(verb, 'add') || verb === 'replace' || verb === 'change') return change(call, verb, words);
  if (begins(verb, 'delete')) return change(call, 'del', words);
  if (begins(verb, 'show') || verb === 'list' || verb === 'lst' || verb === 'ls') return show(call, words);
  if (begins(verb, 'flush')) return flush(call, words);
  throw unknownVerb(verb, 'address');
}

function show(call: IpCall, words: IpWords): number {
  const { devices, to } = readSelection(call, words);
  const { world } = call.context.lab;
  if (call.family === 'IPv6') return 0;
  // With a choice of addresses the link itself is not the matter.
  const isChosen = call.family === 'IPv4' || to !== undefined;
  for (const device of devices) {
    const addresses = device.addresses.filter(({ address }) => to === undefined || prefixContains(to, address));
    if (isChosen && addresses.length === 0) continue;
    if (call.brief) {
      const shown = addresses.map(address => `${formatInterfaceAddress(address)} `).join('');
      call.print(`${linkName(world, device).padEnd(16)} ${stateOf(world, device).padEnd(14)} ${shown}\n`);
    } else if (call.oneline) {
      for (const address of addresses) call.print(`${device.index}: ${device.name}${addressLines(device, address)}`);
    } else {
      const link = linkLines(call, device, 'address', isChosen ? 'name' : 'whole');
      call.print(`${link}${addresses.map(address => addressLines(device, address)).join('')}`);
    }
  }
  return 0;
}

function addressLines(device: Interface, address: Interface['addresses'][number]): string {
  const scope = device.kind === 'loopback' ? 'host' : 'global';
  // A later address of the same network is a secondary one.
  const first = device.addresses.find(other => networkText(other) === networkText(address));
  const secondary = first === address ? '' : ' secondary';
  return `    inet ${formatInterfaceAddress(address)} scope ${scope}${secondary} ${device.name}\n       valid_lft forever preferred_lft forever\n`;
}

function networkText({ address, prefixLength }: Interface['addresses'][number]): string {
  const bits = address
    .split('.')
    .map(octet => Number(octet).toString(2).padStart(8, '0'))
    .join('');
  return `${bits.slice(0, prefixLength)}/${prefixLength}`;
}

function change(call: IpCall, verb: string, words: IpWords): number {
  let text: string | undefined;
  let name: string | undefined;
  for (let word = words.next(); word !== undefined; word = words.next()) {
    if (word === 'dev') name = words.value();
    else if (word === 'brd' || word === 'broadcast' || word === 'scope' || word === 'label') words.value();
    else if (text === undefined) text = word === 'local' ? words.value() : word;
    else throw garbage(word);
  }
  const address = text === undefined ? undefined : parsed(text);
  if (name === undefined) throw new IpRefusal('Not enough information: "dev" argument is required.', 1);
  if (address === undefined) throw new IpRefusal('RTNETLINK answers: Invalid argument', 2);
  const device = deviceOf(call, name);
  if (verb === 'del') carry(deleteAddress(call.netns, name, withKnownLength(device, text ?? '', address)));
  else {
    const isThere = device.addresses.some(old => formatInterfaceAddress(old) === formatInterfaceAddress(address));
    if (!isThere || begins(verb, 'add')) carry(addAddress(call.netns, name, address));
  }
  return 0;
}

/** Without a length `del` takes the address whatever its length is. */
function withKnownLength(
  device: Interface,
  text: string,
  address: Interface['addresses'][number],
): Interface['addresses'][number] {
  if (text.includes('/')) return address;
  return device.addresses.find(old => old.address === address.address) ?? address;
}

function parsed(text: string): Interface['addresses'][number] {
  try {
    return parseInterfaceAddress(text.includes('/') ? text : `${text}/32`);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    throw new IpRefusal(`Error: any valid prefix is expected rather than "${text}".`, 1);
  }
}

function flush(call: IpCall, words: IpWords): number {
  if (words.left === 0) throw new IpRefusal('Flush requires arguments.', 255);
  const { devices } = readSelection(call, words);
  for (const device of devices)
    for (const address of device.addresses) carry(deleteAddress(call.netns, device.name, address));
  return 0;
}
