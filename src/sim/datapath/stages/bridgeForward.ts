// A frame on its way from one bridge port to another: br_netfilter shows it to FORWARD and POSTROUTING.
//
// Read:    kernel net/bridge/br_forward.c; br_netfilter_hooks.c, `br_nf_forward_ip`, `br_nf_post_routing`.

import { ipBytes } from '../../net/size.ts';
import { runHook } from '../hooks.ts';
import type { StageKey } from '../order.ts';
import { ipOf, type Skb } from '../skb.ts';
import type { Walk } from '../walk.ts';
import { split } from './fragment.ts';

export function bridgeForward(walk: Walk, skb: Skb): StageKey | undefined {
  const { view, bridged } = skb;
  const port = view.derived.interfaces.get(skb.outDevice ?? '');
  if (bridged !== undefined) {
    const { bridge } = bridged;
    if (runHook(walk, skb, 'FORWARD', { in: bridge, out: bridge }) === 'stopped') return undefined;
    if (runHook(walk, skb, 'POSTROUTING', { in: undefined, out: bridge }) === 'stopped') return undefined;
  }
  // br_netfilter cuts what it has put together, if it must.
  if (skb.largestFragment !== undefined && port !== undefined && ipBytes(ipOf(skb)) > port.mtu) {
    split(walk, skb, port.mtu, 'linkTransmit');
    return undefined;
  }
  if (skb.frame.payload.kind === 'ip' && port !== undefined && ipBytes(ipOf(skb)) > port.mtu) {
    const detail = { kind: 'link', device: port.name, deviceKind: port.kind, peer: undefined } as const;
    skb.trace.step(view.name, 'bridge', 'DROPPED', detail, skb.frame, skb.frame, port.name);
    skb.trace.end(walk.elapsedUs, 'DROPPED', 'PKT_TOO_BIG');
    return undefined;
  }
  return 'linkTransmit';
}
