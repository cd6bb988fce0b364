// A frame leaves by an interface and arrives at the other end of its wire.
//
// Models:  veth, loopback, a bridge's own interface, VXLAN, macvlan, devices that are down.
// Read:    kernel net/core/dev.c, `__dev_queue_xmit`; drivers/net/veth.c, drivers/net/loopback.c.

import { encapsulateIp } from '../ipip.ts';
import { isTooLarge, missingDetail, tooLargeDetail, transmitDetail } from '../linkDetail.ts';
import { sendDown } from '../macvlan.ts';
import type { StageKey } from '../order.ts';
import { enterNamespace, type Skb } from '../skb.ts';
import { encapsulate } from '../vxlan.ts';
import { type Walk, WIRE_US } from '../walk.ts';

export function linkTransmit(walk: Walk, skb: Skb): StageKey | undefined {
  const { view, frame } = skb;
  const name = skb.outDevice ?? '';
  const device = view.derived.interfaces.get(name);
  const detail = device === undefined ? missingDetail(name) : transmitDetail(device);
  if (device === undefined || device.kind === 'dummy' || !walk.worlds.world.hasCarrier(device)) {
    skb.trace.step(view.name, 'linkTransmit', 'DROPPED', detail, frame, frame, name);
    skb.trace.end(walk.elapsedUs, 'DROPPED', 'DEV_READY');
    return undefined;
  }
  skb.trace.step(view.name, 'linkTransmit', 'TRANSMITTED', detail, frame, frame, name);
  switch (device.kind) {
    case 'loopback': {
      // It stays the same packet: mark and flow go with it. Source: kernel drivers/net/loopback.c, `loopback_xmit`.
      const { mark, tracking } = skb;
      enterNamespace(skb, view);
      skb.mark = mark;
      skb.tracking = tracking;
      skb.inDevice = name;
      return 'linkReceive';
    }
    case 'bridge':
      return 'bridgeTransmit';
    case 'veth': {
      const next = walk.view(device.peer.netns);
      const takes = walk.worlds.world.peerOf(device)?.mtu ?? device.mtu;
      if (takes < device.mtu && isTooLarge(frame, takes)) {
        skb.trace.step(view.name, 'linkTransmit', 'DROPPED', tooLargeDetail(device, takes), frame, frame, name);
        skb.trace.end(walk.elapsedUs, 'DROPPED', 'PKT_TOO_BIG');
        return undefined;
      }
      walk.pass(next.netns.machine === view.netns.machine ? WIRE_US.withinMachine : WIRE_US.betweenMachines);
      enterNamespace(skb, next);
      skb.inDevice = device.peer.name;
      return 'linkReceive';
    }
    case 'vxlan':
      return encapsulate(walk, skb, device);
    case 'ipip':
      return encapsulateIp(walk, skb, device);
    case 'macvlan':
      return sendDown(walk, skb, device);
  }
}
