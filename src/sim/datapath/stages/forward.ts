// A packet on its way through this host: time to live, size, then the FORWARD hook.
//
// Models:  "time exceeded", "fragmentation needed", the TTL that each router takes one of.
// Omits:   redirects.
// Read:    kernel net/ipv4/ip_forward.c; RFC 1812, section 5.3.1.

import { withTtl } from '../../net/packet.ts';
import { ipBytes } from '../../net/size.ts';
import { runHook } from '../hooks.ts';
import { sendError } from '../icmp.ts';
import type { StageKey } from '../order.ts';
import { ipOf, type Skb, setIp } from '../skb.ts';
import type { StepDetail } from '../trace.ts';
import type { Walk } from '../walk.ts';

export function forward(walk: Walk, skb: Skb): StageKey | undefined {
  const { view } = skb;
  const packet = ipOf(skb);
  skb.nextHop = skb.route?.via ?? packet.dst;
  const mtu = Math.min(skb.outDevice?.link?.mtu ?? 0, skb.route?.mtu ?? Number.POSITIVE_INFINITY);
  const bytes = ipBytes(packet);
  const detail: StepDetail = { kind: 'forward', outDevice: skb.outDevice?.name ?? '', mtu, bytes };
  if (packet.ttl <= 1) {
    skb.trace.step(view, 'forward', 'REJECTED', detail, skb.frame, skb.frame);
    sendError(walk, skb, { type: 'time-exceeded', code: 0 });
    skb.trace.end(walk.elapsedUs, 'UNREACHABLE', 'IP_INHDR');
    return undefined;
  }
  if (packet.df && Math.max(bytes, skb.largestFragment ?? 0) > mtu) {
    skb.trace.step(view, 'forward', 'REJECTED', detail, skb.frame, skb.frame);
    sendError(walk, skb, { type: 'destination-unreachable', code: 4, mtu });
    skb.trace.end(walk.elapsedUs, 'UNREACHABLE', 'PKT_TOO_BIG');
    return undefined;
  }
  const before = skb.frame;
  setIp(skb, withTtl(packet, packet.ttl - 1));
  skb.trace.step(view, 'forward', 'FORWARDED', detail, before, skb.frame);
  return runHook(walk, skb, 'FORWARD', skb.inDevice, skb.outDevice) === 'stopped' ? undefined : 'postrouting';
}
