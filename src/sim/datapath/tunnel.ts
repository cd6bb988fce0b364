// What all tunnels share: the packet that carries another one is a new packet of this host.

import { bareFrame, type IpPacket } from '../net/packet.ts';
import type { StageKey } from './order.ts';
import type { OutputRoute } from './send.ts';
import type { Skb } from './skb.ts';
import type { StepDetail } from './trace.ts';

/**
 * The frame of the skb is inside `outer` now. Connection tracking starts afresh, the mark stays.
 * Source: kernel net/core/skbuff.c, `skb_scrub_packet`; net/ipv4/ip_tunnel_core.c, `iptunnel_xmit`.
 */
export function leaveAsOuter(
  skb: Skb,
  outer: IpPacket,
  way: Extract<OutputRoute, { kind: 'found' }>,
  detail: Extract<StepDetail, { kind: 'tunnel' }>,
): StageKey {
  const inner = skb.frame;
  skb.frame = bareFrame(outer);
  skb.trace.step(skb.view, 'tunnel', 'ENCAPSULATED', detail, inner, skb.frame, detail.device);
  skb.tracking = undefined;
  skb.largestFragment = undefined;
  skb.bridged = undefined;
  skb.inDevice = undefined;
  skb.fromHere = true;
  skb.route = way.lookup.kind === 'matched' ? way.lookup.route : undefined;
  skb.outDevice = way.device;
  skb.nextHop = way.nextHop;
  const routed: StepDetail = {
    kind: 'route',
    purpose: 'output',
    destination: outer.dst,
    lookup: way.lookup,
    outcome: 'output',
    reverse: undefined,
  };
  skb.trace.step(skb.view, 'routeOutput', 'ROUTED', routed, skb.frame, skb.frame);
  return 'output';
}
