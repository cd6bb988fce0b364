// A packet for this host: the INPUT hook, then its socket.
//
// Read:    kernel net/ipv4/ip_input.c, `ip_local_deliver`.

import { runHook } from '../hooks.ts';
import type { StageKey } from '../order.ts';
import { gather } from '../reassembly.ts';
import type { Skb } from '../skb.ts';
import type { Walk } from '../walk.ts';

export function input(walk: Walk, skb: Skb): StageKey | undefined {
  if (gather(walk, skb, 'local', 'input') === 'waits') return undefined;
  return runHook(walk, skb, 'INPUT', skb.inDevice, undefined) === 'stopped' ? undefined : 'socketReceive';
}
