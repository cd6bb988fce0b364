// ip link: the interfaces of a namespace.

import { type Interface, releasePort, setDeviceMtu, setLink, setMaster, type World } from '../../sim/index.ts';
import { type IpCall, pairs } from './ip.ts';
import { detailText } from './ipLinkDetails.ts';

/** Flags in the order in which iproute2 prints them. Source: iproute2 ip/ipaddress.c, `print_link_flags`. */
export function flagsOf(world: World, device: Interface): string {
  const carrier = world.hasCarrier(device);
  const words = [
    ...(device.up && !carrier ? ['NO-CARRIER'] : []),
    ...(device.kind === 'loopback' ? ['LOOPBACK'] : ['BROADCAST', 'MULTICAST']),
    ...(device.promiscuous ? ['PROMISC'] : []),
    ...(device.up ? ['UP'] : []),
    ...(carrier ? ['LOWER_UP'] : []),
  ];
  return `<${words.join(',')}>`;
}

/** The operational state. Source: RFC 2863; kernel Documentation/networking/operstates.rst. */
export function stateOf(world: World, device: Interface): string {
  // Devices without a cable report no state of their own.
  if (device.kind !== 'veth' && device.kind !== 'bridge') return device.up ? 'UNKNOWN' : 'DOWN';
  return world.hasCarrier(device) ? 'UP' : 'DOWN';
}

/** `eth0@if3`: the index of the other end, which lives in another namespace. */
export function linkName(world: World, device: Interface): string {
  const peer = world.peerOf(device);
  return peer === undefined ? device.name : `${device.name}@if${peer.index}`;
}

/** The two lines that `ip link` and `ip addr` begin an interface with. */
export function linkLines(call: IpCall, device: Interface, mode: 'link' | 'address'): string {
  const { world } = call.context.lab;
  const master = device.port === undefined ? '' : ` master ${device.port.master}`;
  const modeWords = mode === 'link' ? ' mode DEFAULT' : '';
  const head = `${device.index}: ${linkName(world, device)}: ${flagsOf(world, device)} mtu ${device.mtu} qdisc noqueue${master} state ${stateOf(world, device)}${modeWords} group default qlen 1000\n`;
  const kind = device.kind === 'loopback' ? 'loopback' : 'ether';
  const broadcast = device.kind === 'loopback' ? '00:00:00:00:00:00' : 'ff:ff:ff:ff:ff:ff';
  const details = call.details ? detailText(call, device, mode) : '';
  return `${head}    link/${kind} ${device.mac} brd ${broadcast}${netnsId(call, device)}${details}\n`;
}

/** Namespaces that hold other ends are numbered in the order in which this one got to know them. */
function netnsId(call: IpCall, device: Interface): string {
  if (device.kind !== 'veth') return '';
  const others = call.netns.config.interfaces.flatMap(other => (other.kind === 'veth' ? [other.peer.netns] : []));
  return ` link-netnsid ${[...new Set(others)].indexOf(device.peer.netns)}`;
}

export function linkCommand(call: IpCall): number {
  const [verb = 'show', ...rest] = call.words;
  if ('set'.startsWith(verb) && verb !== '') return setCommand(call, rest);
  const shown = 'show'.startsWith(verb) || verb === 'list' || verb === 'ls' ? rest : call.words;
  const { values, rest: names } = pairs(shown, ['dev', 'master', 'type']);
  const name = values.get('dev') ?? names[0];
  const devices = select(call, name, values.get('master'));
  if (devices === undefined) return call.refuse(`Device "${name}" does not exist.`, 1);
  const { world } = call.context.lab;
  for (const device of devices) {
    call.print(
      call.brief
        ? `${linkName(world, device).padEnd(16)} ${stateOf(world, device).padEnd(14)} ${device.mac} ${flagsOf(world, device)} \n`
        : linkLines(call, device, 'link'),
    );
  }
  return 0;
}

/** The interfaces asked for; undefined when the one named does not exist. */
export function select(
  call: IpCall,
  name: string | undefined,
  master: string | undefined,
): readonly Interface[] | undefined {
  if (name !== undefined) {
    const device = call.netns.interface(name.split('@')[0] ?? name);
    return device === undefined ? undefined : [device];
  }
  const all = call.netns.config.interfaces;
  return master === undefined ? all : all.filter(device => device.port?.master === master);
}

function setCommand(call: IpCall, words: readonly string[]): number {
  const { values, rest } = pairs(words, ['dev']);
  const [first, ...others] = rest;
  const name = values.get('dev') ?? first;
  const changes = values.has('dev') ? rest : others;
  if (name === undefined) return call.refuse('Not enough information: "dev" argument is required.', 255);
  const device = call.netns.interface(name);
  if (device === undefined) return call.refuse(`Cannot find device "${name}"`, 1);
  for (let i = 0; i < changes.length; i++) {
    const change = changes[i] ?? '';
    if (change === 'up' || change === 'down') setLink(call.netns, name, change);
    else if (change === 'nomaster') releasePort(call.netns, name);
    else if (change === 'mtu' || change === 'master') {
      const value = changes[++i] ?? '';
      const refused = change === 'mtu' ? setMtu(call, name, value) : enslave(call, name, value);
      if (refused !== undefined) return refused;
    } else return call.refuse(`Error: either "dev" is duplicate, or "${change}" is a garbage.`, 255);
  }
  return 0;
}

function setMtu(call: IpCall, name: string, value: string): number | undefined {
  if (!/^\d+$/.test(value)) return call.refuse(`Error: argument "${value}" is wrong: Invalid "mtu" value\n`, 255);
  const done = setDeviceMtu(call.netns, name, Number(value));
  return done.ok ? undefined : call.refuse(done.error.message);
}

function enslave(call: IpCall, name: string, master: string): number | undefined {
  if (call.netns.interface(master) === undefined)
    return call.refuse(`Error: argument "${master}" is wrong: Device does not exist\n`, 255);
  const done = setMaster(call.netns, name, master);
  return done.ok ? undefined : call.refuse('RTNETLINK answers: Operation not supported');
}
