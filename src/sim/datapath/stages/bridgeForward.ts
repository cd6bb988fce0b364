// A frame on its way from one bridge port to another: br_netfilter shows it to FORWARD and POSTROUTING.
//
// Read:    kernel net/bridge/br_forward.c; br_netfilter_hooks.c, `br_nf_forward_ip`, `br_nf_post_routing`.

import type { Interface } from '../../linux/interface.ts';
import type { NetDevice } from '../../linux/netDevice.ts';
import { ipBytes } from '../../net/size.ts';
import { runHook } from '../hooks.ts';
import { isTooLarge, tooLargeDetail } from '../linkDetail.ts';
import type { StageKey } from '../order.ts';
import { ipOf, type Skb } from '../skb.ts';
import type { Walk } from '../walk.ts';
import { split } from './fragment.ts';

export function bridgeForward(walk: Walk, skb: Skb): StageKey | undefined {
  const { bridged, outDevice } = skb;
  if (bridged !== undefined) {
    const { bridge } = bridged;
    if (runHook(walk, skb, 'FORWARD', bridge, bridge) === 'stopped') return undefined;
    if (runHook(walk, skb, 'POSTROUTING', undefined, bridge) === 'stopped') return undefined;
  }
  const port = outDevice?.link;
  if (port === undefined) return 'linkTransmit';
  if (bridged !== undefined) return fitted(walk, skb, bridged.bridge, port);
  return isTooLarge(skb.frame, port.mtu) ? tooLarge(walk, skb, port) : 'linkTransmit';
}

/**
 * br_netfilter cuts what it has put together, and what does not fit: for the bridge's MTU. What may not be cut ends.
 * Source: kernel br_netfilter_hooks.c, `br_nf_dev_queue_xmit`, `br_nf_ip_fragment`.
 */
function fitted(walk: Walk, skb: Skb, bridge: NetDevice, port: Interface): StageKey | undefined {
  const packet = ipOf(skb);
  const joined = skb.largestFragment ?? Number.POSITIVE_INFINITY;
  if (ipBytes(packet) <= Math.min(port.mtu, joined)) return 'linkTransmit';
  const mtu = bridge.link?.mtu ?? port.mtu;
  if (packet.df || (skb.largestFragment ?? 0) > mtu) return tooLarge(walk, skb, port);
  split(walk, skb, Math.min(mtu, joined), 'linkTransmit');
  return undefined;
}

function tooLarge(walk: Walk, skb: Skb, port: Interface): undefined {
  const detail = tooLargeDetail(port, port.mtu);
  skb.trace.step(skb.view, 'bridge', 'DROPPED', detail, skb.frame, skb.frame, port.name);
  skb.trace.end(walk.elapsedUs, 'DROPPED', 'PKT_TOO_BIG');
  return undefined;
}
