// The interfaces of a namespace as the page shows them: the same for every kind of lab.

import type { Interface } from '../linux/interface.ts';
import type { Netns } from '../linux/netns.ts';
import type { World } from '../linux/world.ts';
import { formatInterfaceAddress } from '../net/address.ts';
import type { ElementId, InterfaceElement } from './elements.ts';

/** The element that a namespace belongs to. */
export type ElementOfNetns = (netns: string) => ElementId;

export function interfaceElements(
  world: World,
  netns: Netns | undefined,
  elementOf: ElementOfNetns,
): readonly InterfaceElement[] {
  return (netns?.config.interfaces ?? []).map(device => interfaceElement(world, device, elementOf));
}

function interfaceElement(world: World, device: Interface, elementOf: ElementOfNetns): InterfaceElement {
  return {
    name: device.name,
    kind: device.kind,
    mac: device.mac,
    mtu: device.mtu,
    addresses: device.addresses.map(formatInterfaceAddress),
    up: device.up,
    carrier: world.hasCarrier(device),
    ...(device.port !== undefined && { master: device.port.master }),
    ...(device.kind === 'veth' && { peer: `${elementOf(device.peer.netns)}#${device.peer.name}` }),
  };
}

/** Whether the other ends of cables are up decides what is drawn of this end. */
export function peerStates(world: World, netns: Netns | undefined): readonly boolean[] {
  return netns?.config.interfaces.flatMap(device => (device.kind === 'veth' ? [world.hasCarrier(device)] : [])) ?? [];
}
