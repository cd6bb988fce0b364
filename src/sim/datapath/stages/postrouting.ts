// A packet about to leave this host: the POSTROUTING hook.
//
// Read:    kernel net/ipv4/ip_output.c, `ip_output`.

import { runHook } from '../hooks.ts';
import type { StageKey } from '../order.ts';
import type { Skb } from '../skb.ts';
import type { Walk } from '../walk.ts';

export function postrouting(walk: Walk, skb: Skb): StageKey | undefined {
  const isStopped = runHook(walk, skb, 'POSTROUTING', undefined, skb.outDevice) === 'stopped';
  if (isStopped) skb.unsent?.('EPERM');
  // What happens to it from here on, its sender does not hear from the system call.
  skb.unsent = undefined;
  return isStopped ? undefined : 'fragment';
}
