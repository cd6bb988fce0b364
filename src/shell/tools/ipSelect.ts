// Which interfaces `ip addr show` and `ip link show` are about.

import { type Interface, type Prefix, prefixContains } from '../../sim/index.ts';
import type { IpCall } from './ip.ts';
import { deviceOf, garbage, IpRefusal, type IpWords, prefixOf } from './ipWords.ts';

export interface Selection {
  readonly devices: readonly Interface[];
  /** Addresses outside of it are not shown. */
  readonly to: Prefix | undefined;
}

type Test = (device: Interface) => boolean;

/** Source: iproute2 ip/ipaddress.c, `ipaddr_list_flush_or_save`. */
export function readSelection(call: IpCall, words: IpWords): Selection {
  const tests: Test[] = [];
  let name: string | undefined;
  let to: Prefix | undefined;
  for (let word = words.next(); word !== undefined; word = words.next()) {
    switch (word) {
      case 'up':
        tests.push(device => device.up);
        break;
      case 'master': {
        const master = words.value();
        if (call.netns.interface(master) === undefined)
          throw new IpRefusal(`Error: argument "${master}" is wrong: Device does not exist\n`, 255);
        tests.push(device => device.port?.master === master);
        break;
      }
      case 'nomaster':
        tests.push(device => device.port === undefined);
        break;
      case 'type': {
        const kind = words.value();
        tests.push(device => device.kind === kind || (kind === 'bridge_slave' && device.port !== undefined));
        break;
      }
      case 'to':
        to = prefixOf(words.value());
        break;
      case 'scope': {
        const scope = words.value();
        tests.push(device => (device.kind === 'loopback' ? 'host' : 'global') === scope);
        break;
      }
      case 'permanent':
      case 'primary':
        break;
      default: {
        const named = word === 'dev' ? words.value() : word;
        if (name !== undefined) throw garbage(named);
        name = named.split('@')[0] ?? named;
      }
    }
  }
  if (name !== undefined && call.netns.interface(name) === undefined)
    throw new IpRefusal(`Device "${name}" does not exist.`, 1);
  const all = name === undefined ? call.netns.config.interfaces : [deviceOf(call, name)];
  const range = to;
  if (range !== undefined) tests.push(device => device.addresses.some(({ address }) => prefixContains(range, address)));
  return { devices: all.filter(device => tests.every(test => test(device))), to };
}
