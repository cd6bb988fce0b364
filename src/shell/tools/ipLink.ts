// ip link: the interfaces of a namespace.

import type { Interface, World } from '../../sim/index.ts';
import type { IpCall } from './ip.ts';
import { detailText } from './ipLinkDetails.ts';
import { addLinkCommand, deleteLinkCommand, setLinkCommand } from './ipLinkEdit.ts';
import { readSelection } from './ipSelect.ts';
import { begins, IpWords, unknownVerb } from './ipWords.ts';

/** Flags in the order in which iproute2 prints them. Source: iproute2 ip/ipaddress.c, `print_link_flags`. */
export function flagsOf(world: World, device: Interface): string {
  const carrier = world.hasCarrier(device);
  const words = [
    ...(device.up && !carrier ? ['NO-CARRIER'] : []),
    ...(device.kind === 'loopback' ? ['LOOPBACK'] : ['BROADCAST', 'MULTICAST']),
    ...(device.promiscuous ? ['PROMISC'] : []),
    ...(device.up ? ['UP'] : []),
    ...(carrier ? ['LOWER_UP'] : []),
    ...(hasPeerBeside(world, device) && world.peerOf(device)?.up === false ? ['M-DOWN'] : []),
  ];
  return `<${words.join(',')}>`;
}

/** The operational state. Source: RFC 2863; kernel Documentation/networking/operstates.rst. */
export function stateOf(world: World, device: Interface): string {
  // Devices without a cable report no state of their own.
  if (device.kind !== 'veth' && device.kind !== 'bridge') return device.up ? 'UNKNOWN' : 'DOWN';
  return world.hasCarrier(device) ? 'UP' : 'DOWN';
}

/** Whether both ends of a cable are in one namespace. */
function hasPeerBeside(world: World, device: Interface): boolean {
  if (device.kind !== 'veth') return false;
  const beside = world.find(device.peer.netns)?.interface(device.peer.name);
  return beside?.kind === 'veth' && beside.peer.netns === device.peer.netns;
}

/** `eth0@if3`: the index of the other end, which lives in another namespace; `v1@v2`: beside it. */
export function linkName(world: World, device: Interface): string {
  const peer = world.peerOf(device);
  if (peer === undefined || device.kind !== 'veth') return device.name;
  return `${device.name}@${hasPeerBeside(world, device) ? peer.name : `if${peer.index}`}`;
}

/**
 * The two lines that `ip link` and `ip addr` begin an interface with.
 * @param part - `name`: the first of them alone, as -4 has it
 */
export function linkLines(
  call: IpCall,
  device: Interface,
  mode: 'link' | 'address',
  part: 'whole' | 'name' = 'whole',
): string {
  const { world } = call.context.lab;
  const master = device.port === undefined ? '' : ` master ${device.port.master}`;
  const modeWords = mode === 'link' ? ' mode DEFAULT' : '';
  const head = `${device.index}: ${linkName(world, device)}: ${flagsOf(world, device)} mtu ${device.mtu} qdisc noqueue${master} state ${stateOf(world, device)}${modeWords} group default qlen 1000`;
  if (part === 'name') return `${head}${netnsId(call, device)}\n`;
  const kind = device.kind === 'loopback' ? 'loopback' : 'ether';
  const broadcast = device.kind === 'loopback' ? '00:00:00:00:00:00' : 'ff:ff:ff:ff:ff:ff';
  const details = call.details ? detailText(call, device, mode) : '';
  return `${head}\n    link/${kind} ${device.mac} brd ${broadcast}${netnsId(call, device)}${details}\n`;
}

/** Namespaces that hold other ends are numbered in the order in which this one got to know them. */
function netnsId(call: IpCall, device: Interface): string {
  if (device.kind !== 'veth' || hasPeerBeside(call.context.lab.world, device)) return '';
  const others = call.netns.config.interfaces.flatMap(other =>
    other.kind === 'veth' && other.peer.netns !== call.netns.name ? [other.peer.netns] : [],
  );
  return ` link-netnsid ${[...new Set(others)].indexOf(device.peer.netns)}`;
}

export function linkCommand(call: IpCall): number {
  const [verb = 'show', ...rest] = call.words;
  const words = new IpWords(rest);
  if (begins(verb, 'set')) return setLinkCommand(call, words);
  if (begins(verb, 'add')) return addLinkCommand(call, words);
  if (begins(verb, 'delete')) return deleteLinkCommand(call, words);
  if (begins(verb, 'show') || verb === 'list' || verb === 'lst' || verb === 'ls') return show(call, words);
  throw unknownVerb(verb, 'link');
}

function show(call: IpCall, words: IpWords): number {
  if (words.left === 1 && words.peek() === 'dev') {
    words.next();
    words.value();
  }
  const { world } = call.context.lab;
  for (const device of readSelection(call, words).devices)
    call.print(
      call.brief
        ? `${linkName(world, device).padEnd(16)} ${stateOf(world, device).padEnd(14)} ${device.mac} ${flagsOf(world, device)} \n`
        : linkLines(call, device, 'link'),
    );
  return 0;
}
