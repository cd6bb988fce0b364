// The IP layer takes a packet: the PREROUTING hook.
//
// Read:    kernel net/ipv4/ip_input.c, `ip_rcv`; br_netfilter_hooks.c, `ip_sabotage_in`.

import { runHook } from '../hooks.ts';
import type { StageKey } from '../order.ts';
import { gather } from '../reassembly.ts';
import type { Skb } from '../skb.ts';
import type { Walk } from '../walk.ts';

export function prerouting(walk: Walk, skb: Skb): StageKey | undefined {
  if (skb.view.derived.tracksConnections && gather(walk, skb, 'tracking', 'prerouting') === 'waits') return undefined;
  // A frame that br_netfilter has shown to PREROUTING at the bridge port is not shown again.
  if (skb.bridged?.prerouted !== true && runHook(walk, skb, 'PREROUTING', skb.inDevice, undefined) === 'stopped')
    return undefined;
  return 'routeInput';
}
