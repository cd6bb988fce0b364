// A frame leaves by an interface and arrives at the other end of its wire.
//
// Models:  veth, loopback, a bridge's own interface, VXLAN, macvlan, devices that are down.
// Read:    kernel net/core/dev.c, `__dev_queue_xmit`; drivers/net/veth.c, drivers/net/loopback.c.

import type { Veth } from '../../linux/interface.ts';
import type { NetDevice } from '../../linux/netDevice.ts';
import { deviceNamed } from '../../linux/netns.ts';
import { encapsulateIp } from '../ipip.ts';
import { isTooLarge, tooLargeDetail } from '../linkDetail.ts';
import { sendDown } from '../macvlan.ts';
import type { StageKey } from '../order.ts';
import { enterNamespace, type Skb } from '../skb.ts';
import { encapsulate } from '../vxlan.ts';
import { type Walk, WIRE_US } from '../walk.ts';

export function linkTransmit(walk: Walk, skb: Skb): StageKey | undefined {
  const { view, frame } = skb;
  const out = skb.outDevice ?? deviceNamed(view.derived, undefined);
  const { name, link: device } = out;
  if (device?.kind === 'veth') return crossCable(walk, skb, out, device);
  if (device === undefined || device.kind === 'dummy' || !walk.worlds.world.hasCarrier(device))
    return cannotLeave(walk, skb, out);
  skb.trace.step(view, 'linkTransmit', 'TRANSMITTED', out.departure, frame, frame, name);
  switch (device.kind) {
    case 'loopback': {
      // It stays the same packet: mark and flow go with it. Source: kernel drivers/net/loopback.c, `loopback_xmit`.
      const { mark, tracking } = skb;
      enterNamespace(skb, view);
      skb.mark = mark;
      skb.tracking = tracking;
      skb.inDevice = out;
      return 'linkReceive';
    }
    case 'bridge':
      return 'bridgeTransmit';
    case 'vxlan':
      return encapsulate(walk, skb, device);
    case 'ipip':
      return encapsulateIp(walk, skb, device);
    case 'macvlan':
      return sendDown(walk, skb, device);
  }
}

function crossCable(walk: Walk, skb: Skb, out: NetDevice, device: Veth): StageKey | undefined {
  const { view, frame } = skb;
  const far = walk.worlds.cableOf(view, out, device);
  if (far === 'down') return cannotLeave(walk, skb, out);
  skb.trace.step(view, 'linkTransmit', 'TRANSMITTED', out.departure, frame, frame, out.name);
  const takes = far.device.link?.mtu ?? device.mtu;
  if (takes < device.mtu && isTooLarge(frame, takes)) {
    skb.trace.step(view, 'linkTransmit', 'DROPPED', tooLargeDetail(device, takes), frame, frame, out.name);
    skb.trace.end(walk.elapsedUs, 'DROPPED', 'PKT_TOO_BIG');
    return undefined;
  }
  const isNear = far.view.netns.machine === view.netns.machine;
  walk.pass(skb, isNear ? WIRE_US.withinMachine : WIRE_US.betweenMachines);
  enterNamespace(skb, far.view);
  skb.inDevice = far.device;
  return 'linkReceive';
}

function cannotLeave(walk: Walk, skb: Skb, { name, departure }: NetDevice): undefined {
  skb.trace.step(skb.view, 'linkTransmit', 'DROPPED', departure, skb.frame, skb.frame, name);
  skb.trace.end(walk.elapsedUs, 'DROPPED', 'DEV_READY');
  return undefined;
}
