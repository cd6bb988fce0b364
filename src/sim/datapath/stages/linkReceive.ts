// A frame arrives at an interface.
//
// Models:  the check of the destination address, bridge ports, loopback.
// Read:    kernel net/core/dev.c, `__netif_receive_skb_core`; net/ethernet/eth.c, `eth_type_trans`.

import type { InterfaceRef } from '../../linux/interface.ts';
import { deviceNamed } from '../../linux/netns.ts';
import { isGroup } from '../../net/mac.ts';
import { handUp, isForMacvlan } from '../macvlan.ts';
import type { StageKey } from '../order.ts';
import type { Skb } from '../skb.ts';
import type { Walk } from '../walk.ts';

const NO_UPPERS: readonly InterfaceRef[] = [];

export function linkReceive(walk: Walk, skb: Skb): StageKey | undefined {
  const { view, frame } = skb;
  const { name, link: device, bridge, arrival: detail } = skb.inDevice ?? deviceNamed(view.derived, undefined);
  if (device === undefined || !device.up) {
    skb.trace.step(view.name, 'linkReceive', 'DROPPED', detail, frame, frame, name);
    skb.trace.end(walk.elapsedUs, 'DROPPED', 'DEV_READY');
    return undefined;
  }
  const destination = frame.ethernet?.dst;
  const isForUs =
    device.kind === 'loopback' || destination === undefined || destination === device.mac || isGroup(destination);
  const uppers = device.uppers ?? NO_UPPERS;
  const isForUpper = uppers.length > 0 && destination !== undefined && isForMacvlan(walk, uppers, destination);
  if (bridge === undefined && !isForUs && !isForUpper) {
    skb.trace.step(view.name, 'linkReceive', 'DROPPED', detail, frame, frame, name);
    skb.trace.end(walk.elapsedUs, 'DROPPED', 'OTHERHOST');
    return undefined;
  }
  skb.trace.step(view.name, 'linkReceive', 'RECEIVED', detail, frame, frame, name);
  if (uppers.length > 0 && handUp(walk, skb, device) === 'taken') return 'linkReceive';
  if (bridge !== undefined) return 'bridgeReceive';
  return frame.payload.kind === 'arp' ? 'arpReceive' : 'prerouting';
}
