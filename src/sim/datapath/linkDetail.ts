// What a step at an interface tells about it. Most steps of a journey are of this kind, so it is made once a device.

import type { Interface, InterfaceRef } from '../linux/interface.ts';
import type { Frame } from '../net/packet.ts';
import { ipBytes } from '../net/size.ts';
import type { StepDetail } from './trace.ts';

type LinkDetail = Extract<StepDetail, { kind: 'link' }>;

const receiving = new WeakMap<Interface, LinkDetail>();
const transmitting = new WeakMap<Interface, LinkDetail>();

/** A frame comes in by the device, or ends there. */
export function receiveDetail(device: Interface): LinkDetail {
  return receiving.get(device) ?? remember(receiving, device, undefined);
}

/** A frame leaves by the device, for the other end of its cable if it is one. */
export function transmitDetail(device: Interface): LinkDetail {
  return transmitting.get(device) ?? remember(transmitting, device, device.kind === 'veth' ? device.peer : undefined);
}

function remember(
  details: WeakMap<Interface, LinkDetail>,
  device: Interface,
  peer: InterfaceRef | undefined,
): LinkDetail {
  const detail: LinkDetail = { kind: 'link', device: device.name, deviceKind: device.kind, peer, takes: undefined };
  details.set(device, detail);
  return detail;
}

/** There is no such device (any more). */
export function missingDetail(name: string): LinkDetail {
  return { kind: 'link', device: name, deviceKind: 'veth', peer: undefined, takes: undefined };
}

/** A frame ends at a device that takes less. */
export function tooLargeDetail(device: Interface, takes: number): LinkDetail {
  return { kind: 'link', device: device.name, deviceKind: device.kind, peer: undefined, takes };
}

/** Room for a VLAN tag, tagged or not. Source: kernel include/linux/netdevice.h, `__is_skb_forwardable`. */
const TAG_BYTES = 4;

/** Whether a frame is more than a device takes that it did not come from by routing: no ICMP error says so. */
export function isTooLarge({ payload }: Frame, mtu: number): boolean {
  return payload.kind === 'ip' && ipBytes(payload) > mtu + TAG_BYTES;
}
