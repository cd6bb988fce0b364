// ip link set, add and del: what changes the interfaces of a namespace.
//
// Omits:   names (`name`), moving to another namespace (`netns`), kinds of interfaces that the lab does not have.

import {
  addInterface,
  addVethPair,
  addVxlan,
  deleteInterface,
  drawnMac,
  ETHERNET_MTU,
  type Mac,
  parseMac,
  releasePort,
  setDeviceMtu,
  setLink,
  setMaster,
  updateInterface,
  VXLAN_PORT,
} from '../../sim/index.ts';
import type { IpCall } from './ip.ts';
import { addressOf, carry, deviceOf, garbage, IpRefusal, type IpWords, numberOf, wrongArgument } from './ipWords.ts';

export function setLinkCommand(call: IpCall, words: IpWords): number {
  let name: string | undefined;
  const changes: (() => void)[] = [];
  const here = (): string => name ?? '';
  for (let word = words.next(); word !== undefined; word = words.next()) {
    switch (word) {
      case 'up':
      case 'down': {
        const state = word;
        changes.push(() => carry(setLink(call.netns, here(), state)));
        break;
      }
      case 'mtu': {
        const text = words.value();
        if (!/^\d+$/.test(text)) throw wrongArgument(text, 'Invalid "mtu" value');
        changes.push(() => carry(setDeviceMtu(call.netns, here(), Number(text))));
        break;
      }
      case 'master': {
        const master = words.value();
        if (call.netns.interface(master) === undefined) throw wrongArgument(master, 'Device does not exist');
        changes.push(() => {
          if (!setMaster(call.netns, here(), master).ok)
            throw new IpRefusal('RTNETLINK answers: Operation not supported', 2);
        });
        break;
      }
      case 'nomaster':
        changes.push(() => releasePort(call.netns, here()));
        break;
      case 'address': {
        const mac = macOf(words.value());
        changes.push(() => updateInterface(call.netns, here(), { mac }));
        break;
      }
      case 'promisc': {
        const value = words.value();
        if (value !== 'on' && value !== 'off')
          throw new IpRefusal(`Error: argument of "promisc" must be "on" or "off", not "${value}"\n`, 255);
        changes.push(() => updateInterface(call.netns, here(), { promiscuous: value === 'on' }));
        break;
      }
      case 'name':
      case 'netns':
      case 'type':
      case 'alias':
        throw new IpRefusal(`ip: this lab has no "ip link set ... ${word}"`, 255);
      case 'txqueuelen':
      case 'multicast':
      case 'arp':
        words.value();
        break;
      default: {
        const named = word === 'dev' ? words.value() : word;
        if (name !== undefined) throw garbage(named);
        name = named;
      }
    }
  }
  if (name === undefined) throw new IpRefusal('Not enough information: "dev" argument is required.', 255);
  deviceOf(call, name);
  for (const change of changes) change();
  return 0;
}

function macOf(text: string): Mac {
  const octets = text.toLowerCase();
  if (!/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(octets)) throw new IpRefusal(`"${text}" is invalid lladdr.`, 1);
  return parseMac(octets);
}

/** Kinds of the real one that the lab does not have. */
const OTHER_KINDS = ['vlan', 'macvlan', 'ipvlan', 'bond', 'team', 'vrf', 'ipip', 'gre', 'geneve', 'wireguard', 'tun'];

export function addLinkCommand(call: IpCall, words: IpWords): number {
  let name: string | undefined;
  let kind: string | undefined;
  const options = new Map<string, string>();
  for (let word = words.next(); word !== undefined; word = words.next()) {
    if (word === 'type') kind = words.value();
    else if ((word === 'name' || word === 'dev') && name === undefined) name = words.value();
    else if (word === 'dev') options.set(word, words.value());
    else if (['mtu', 'address', 'id', 'local', 'dstport', 'link'].includes(word)) options.set(word, words.value());
    else if (word === 'peer') {
      if (words.peek() === 'name') words.next();
      options.set('peer', words.value());
    } else if (word === 'nolearning' || word === 'learning') options.set('learning', word);
    else if (name === undefined) name = word;
    else throw garbage(word);
  }
  if (kind === undefined) throw new IpRefusal('Not enough information: "type" argument is required', 255);
  if (name === undefined) throw new IpRefusal('Not enough of information: "dev" argument is required.', 255);
  const address = options.get('address');
  const mtu = numberOf(options.get('mtu') ?? String(ETHERNET_MTU), 'Invalid "mtu" value');
  const plain = { name, mac: address === undefined ? drawnMac(call.netns.name, name) : macOf(address), mtu };
  switch (kind) {
    case 'bridge':
    case 'dummy':
      carry(addInterface(call.netns, { ...plain, kind }));
      return 0;
    case 'veth': {
      const peer = options.get('peer') ?? 'veth0';
      const other = { ...plain, name: peer, mac: drawnMac(call.netns.name, peer) };
      carry(
        addVethPair([
          { netns: call.netns, ...plain },
          { netns: call.netns, ...other },
        ]),
      );
      return 0;
    }
    case 'vxlan': {
      const { name: device, mac } = plain;
      const local = options.get('local');
      const lower = options.get('dev');
      if (lower !== undefined) deviceOf(call, lower);
      const id = options.get('id');
      if (id === undefined) throw new IpRefusal('vxlan: missing virtual network identifier', 255);
      carry(
        addVxlan(call.netns, {
          name: device,
          mac,
          vni: numberOf(id, 'invalid id'),
          udpPort: numberOf(options.get('dstport') ?? String(VXLAN_PORT), 'dst port'),
          learning: options.get('learning') !== 'nolearning',
          df: 'unset',
          ...(local !== undefined && { local: addressOf(local) }),
          ...(lower !== undefined && { dev: lower }),
          ...(options.has('mtu') && { mtu }),
        }),
      );
      return 0;
    }
    default:
      if (OTHER_KINDS.includes(kind))
        throw new IpRefusal(`ip: this lab adds bridge, dummy, veth and vxlan interfaces, no ${kind}`, 2);
      throw new IpRefusal('Error: Unknown device type.', 2);
  }
}

export function deleteLinkCommand(call: IpCall, words: IpWords): number {
  const word = words.value();
  const name = word === 'dev' ? words.value() : word;
  if (deviceOf(call, name).kind === 'loopback') throw new IpRefusal('RTNETLINK answers: Operation not supported', 2);
  carry(deleteInterface(call.context.lab.world, call.netns, name));
  return 0;
}
