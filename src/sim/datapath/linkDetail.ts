// What a device takes, of frames that did not come to it by routing.

import type { Interface } from '../linux/interface.ts';
import type { LinkFacts } from '../linux/netDevice.ts';
import type { Frame } from '../net/packet.ts';
import { ipBytes } from '../net/size.ts';

/** A frame ends at a device that takes less. */
export function tooLargeDetail(device: Interface, takes: number): LinkFacts {
  return { kind: 'link', device: device.name, deviceKind: device.kind, peer: undefined, takes };
}

/** Room for a VLAN tag, tagged or not. Source: kernel include/linux/netdevice.h, `__is_skb_forwardable`. */
const TAG_BYTES = 4;

/** Whether a frame is more than a device takes that it did not come from by routing: no ICMP error says so. */
export function isTooLarge({ payload }: Frame, mtu: number): boolean {
  return payload.kind === 'ip' && ipBytes(payload) > mtu + TAG_BYTES;
}
