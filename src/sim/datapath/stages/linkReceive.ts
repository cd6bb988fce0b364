// A frame arrives at an interface.
//
// Models:  the check of the destination address, bridge ports, loopback.
// Read:    kernel net/core/dev.c, `__netif_receive_skb_core`; net/ethernet/eth.c, `eth_type_trans`.

import type { Interface, InterfaceRef } from '../../linux/interface.ts';
import { deviceNamed } from '../../linux/netns.ts';
import { isGroup, type Mac } from '../../net/mac.ts';
import { handUp, isForMacvlan } from '../macvlan.ts';
import type { StageKey } from '../order.ts';
import type { Skb } from '../skb.ts';
import type { Walk } from '../walk.ts';

const NO_UPPERS: readonly InterfaceRef[] = [];

export function linkReceive(walk: Walk, skb: Skb): StageKey | undefined {
  const { view, frame } = skb;
  const { name, link: device, bridge, arrival: detail } = skb.inDevice ?? deviceNamed(view.derived, undefined);
  if (device === undefined || !device.up) {
    skb.trace.step(view, 'linkReceive', 'DROPPED', detail, frame, frame, name);
    skb.trace.end(walk.elapsedUs, 'DROPPED', 'DEV_READY');
    return undefined;
  }
  const uppers = device.uppers ?? NO_UPPERS;
  if (bridge === undefined && !isForHere(walk, device, uppers, frame.ethernet?.dst)) {
    skb.trace.step(view, 'linkReceive', 'DROPPED', detail, frame, frame, name);
    skb.trace.end(walk.elapsedUs, 'DROPPED', 'OTHERHOST');
    return undefined;
  }
  skb.trace.step(view, 'linkReceive', 'RECEIVED', detail, frame, frame, name);
  if (uppers.length > 0 && handUp(walk, skb, device) === 'taken') return 'linkReceive';
  if (bridge !== undefined) return 'bridgeReceive';
  return frame.payload.kind === 'arp' ? 'arpReceive' : 'prerouting';
}

/** For the device itself, for everybody, or for a macvlan device on it. */
function isForHere(
  walk: Walk,
  device: Interface,
  uppers: readonly InterfaceRef[],
  destination: Mac | undefined,
): boolean {
  if (device.kind === 'loopback' || destination === undefined || destination === device.mac) return true;
  return isGroup(destination) || (uppers.length > 0 && isForMacvlan(walk, uppers, destination));
}
