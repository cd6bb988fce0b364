// A packet that leaves: larger than its way takes, it goes in fragments, or not at all.
//
// Models:  fragments of local and forwarded packets, refragmenting what was joined here, DF on the packets of tunnels.
// Read:    kernel net/ipv4/ip_output.c, `__ip_finish_output`, `ip_fragment`.

import { fragmentsOf } from '../../net/fragments.ts';
import type { IpPacket } from '../../net/packet.ts';
import { ipBytes } from '../../net/size.ts';
import { sendError } from '../icmp.ts';
import type { StageKey } from '../order.ts';
import { deviceMtu, pathMtu } from '../pathMtu.ts';
import { copySkb, ipOf, type Skb, setIp } from '../skb.ts';
import type { StepDetail } from '../trace.ts';
import type { Walk } from '../walk.ts';

export function fragment(walk: Walk, skb: Skb): StageKey | undefined {
  const packet = ipOf(skb);
  const mtu = mtuFor(walk, skb, packet);
  const joined = skb.largestFragment;
  if (ipBytes(packet) <= mtu && joined === undefined) return 'neighbor';
  const detail = (count: number): StepDetail => ({ kind: 'fragments', count, mtu, bytes: ipBytes(packet) });
  if (packet.df && ipBytes(packet) > mtu) {
    skb.trace.step(skb.view, 'fragments', 'REJECTED', detail(0), skb.frame, skb.frame, skb.outDevice?.name);
    sendError(walk, skb, { type: 'destination-unreachable', code: 4, mtu });
    skb.trace.end(walk.elapsedUs, 'UNREACHABLE', 'PKT_TOO_BIG');
    return undefined;
  }
  split(walk, skb, Math.min(mtu, joined ?? mtu), 'neighbor');
  return undefined;
}

function mtuFor(walk: Walk, skb: Skb, packet: IpPacket): number {
  const limit = Math.min(deviceMtu(skb.outDevice), skb.route?.mtu ?? Number.POSITIVE_INFINITY);
  // What errors have taught counts for this host's own packets only, and those with DF were measured as they were sent.
  // Source: kernel `ip_dst_mtu_maybe_forward`, `ip_sk_use_pmtu`.
  return skb.fromHere && !packet.df ? Math.min(limit, pathMtu(skb.view, packet.dst, walk.now) ?? limit) : limit;
}

/** Sends the packet on in pieces that fit. */
export function split(walk: Walk, skb: Skb, mtu: number, stage: StageKey): void {
  const packet = ipOf(skb);
  const pieces = fragmentsOf(packet, mtu);
  const [first] = pieces;
  if (first === undefined) return;
  skb.largestFragment = undefined;
  const copies = pieces.slice(1).map(piece => ({ piece, copy: copySkb(skb, walk.forkTrace(skb.trace)) }));
  const detail: StepDetail = { kind: 'fragments', count: pieces.length, mtu, bytes: ipBytes(packet) };
  const act = (one: Skb, piece: IpPacket): void => {
    const before = one.frame;
    setIp(one, piece);
    if (pieces.length > 1)
      one.trace.step(one.view, 'fragments', 'FRAGMENTED', detail, before, one.frame, one.outDevice?.name);
    walk.enqueue(one, stage);
  };
  act(skb, first);
  for (const { piece, copy } of copies) {
    copy.trace.role = 'fragment';
    act(copy, piece);
  }
}
