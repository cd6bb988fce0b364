// Fragments wait for each other: at connection tracking, which needs the ports, and before a local socket.
//
// Models:  a datagram goes on as its first fragment's journey; the others end where they were joined.
// Omits:   the time after which incomplete datagrams are forgotten (30 s: longer than any exchange waits).
// Read:    kernel net/ipv4/netfilter/nf_defrag_ipv4.c; net/ipv4/ip_fragment.c, `ip_defrag`.

import { areComplete, wholeOf } from '../net/fragments.ts';
import type { IpPacket } from '../net/packet.ts';
import { ipBytes } from '../net/size.ts';
import type { StageKey } from './order.ts';
import { ipOf, type Skb, setIp } from './skb.ts';
import type { StepDetail } from './trace.ts';
import type { Walk } from './walk.ts';

/** Who joins fragments: packets of one datagram can wait in several places of one kernel. */
export type Joiner = 'tracking' | 'local';

/**
 * Whether the packet may go on. A fragment that others are missing of waits; when the last one has come, the first one
 * goes on from the same stage with the whole datagram.
 */
export function gather(walk: Walk, skb: Skb, joiner: Joiner, stage: StageKey): 'goes-on' | 'waits' {
  const packet = ipOf(skb);
  if (packet.fragment === undefined) return 'goes-on';
  const key = `${skb.view.name} ${joiner} ${packet.src} ${packet.dst} ${packet.body.kind} ${packet.id}`;
  const waiting = walk.fragments.get(key) ?? [];
  walk.fragments.set(key, waiting);
  waiting.push(skb);
  if (!areComplete(waiting.map(ipOf))) return 'waits';
  walk.fragments.delete(key);
  const first = waiting.find(other => ipOf(other).fragment?.offset === 0) ?? skb;
  for (const other of waiting) if (other !== first) join(walk, other, packet);
  const largest = Math.max(...waiting.map(other => ipBytes(ipOf(other))));
  const before = first.frame;
  setIp(first, wholeOf(ipOf(first)));
  first.largestFragment = largest;
  const detail: StepDetail = { kind: 'fragments', count: waiting.length, mtu: largest, bytes: ipBytes(ipOf(first)) };
  first.trace.step(first.view, 'fragments', 'REASSEMBLED', detail, before, first.frame);
  if (first === skb) return 'goes-on';
  walk.enqueue(first, stage);
  return 'waits';
}

function join(walk: Walk, skb: Skb, packet: IpPacket): void {
  const detail: StepDetail = { kind: 'fragments', count: 1, mtu: ipBytes(ipOf(skb)), bytes: ipBytes(wholeOf(packet)) };
  skb.trace.step(skb.view, 'fragments', 'REASSEMBLED', detail, skb.frame, skb.frame);
  skb.trace.end(walk.elapsedUs, 'ACCEPTED');
}
