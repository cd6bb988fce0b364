// What follows what: the only place that knows every stage. A stage names the next one, or ends (or parks) the packet.
//
//  socketSend -> output -> postrouting -> fragment -> neighbor -> linkTransmit ~~ wire ~~> linkReceive
//                                             ^                                  |        \
//                                             |                              prerouting  bridgeReceive
//                                          forward <- routeInput <-----------'   ^        |
//                                                         |                      |     bridgeDecide -> bridgeForward -> linkTransmit
//                                                       input -> socketReceive   '------- passUp
//
// Read:    kernel net/core/dev.c, net/ipv4/ip_input.c, ip_forward.c, ip_output.c, net/bridge/br_input.c.

import type { Skb } from './skb.ts';
import { arpReceive } from './stages/arpReceive.ts';
import { bridgeForward } from './stages/bridgeForward.ts';
import { bridgeDecide, bridgeReceive, bridgeTransmit } from './stages/bridgeReceive.ts';
import { forward } from './stages/forward.ts';
import { fragment } from './stages/fragment.ts';
import { input } from './stages/input.ts';
import { linkReceive } from './stages/linkReceive.ts';
import { linkTransmit } from './stages/linkTransmit.ts';
import { neighbor, neighborResolved } from './stages/neighbor.ts';
import { output } from './stages/output.ts';
import { postrouting } from './stages/postrouting.ts';
import { prerouting } from './stages/prerouting.ts';
import { routeInput } from './stages/routeInput.ts';
import { socketReceive } from './stages/socketReceive.ts';
import type { Walk } from './walk.ts';

// Each stage does its part and names the next, or nothing when the packet ended, waits or went over a wire.

export type StageKey =
  /** A local packet: routed already, now the OUTPUT hook. */
  | 'output'
  /** A frame arrives at an interface. */
  | 'linkReceive'
  /** ... which is a port of a bridge. */
  | 'bridgeReceive'
  /** The bridge looks where the destination is. */
  | 'bridgeDecide'
  /** A packet of this host leaves through the bridge's own interface. */
  | 'bridgeTransmit'
  /** A frame on its way out of one port. */
  | 'bridgeForward'
  /** The IP layer takes it. */
  | 'prerouting'
  /** For this host, or to be forwarded? */
  | 'routeInput'
  | 'input'
  | 'forward'
  | 'postrouting'
  /** Does it fit its way out? */
  | 'fragment'
  /** Whose MAC address goes on the frame? */
  | 'neighbor'
  | 'neighborResolved'
  | 'linkTransmit'
  | 'arpReceive'
  | 'socketReceive';

/** Takes the packet through one stage. Direct calls: an engine cannot see through a table of functions. */
export function runStage(stage: StageKey, walk: Walk, skb: Skb): StageKey | undefined {
  switch (stage) {
    case 'output':
      return output(walk, skb);
    case 'linkReceive':
      return linkReceive(walk, skb);
    case 'bridgeReceive':
      return bridgeReceive(walk, skb);
    case 'bridgeDecide':
      return bridgeDecide(walk, skb);
    case 'bridgeTransmit':
      return bridgeTransmit(walk, skb);
    case 'bridgeForward':
      return bridgeForward(walk, skb);
    case 'prerouting':
      return prerouting(walk, skb);
    case 'routeInput':
      return routeInput(walk, skb);
    case 'input':
      return input(walk, skb);
    case 'forward':
      return forward(walk, skb);
    case 'postrouting':
      return postrouting(walk, skb);
    case 'fragment':
      return fragment(walk, skb);
    case 'neighbor':
      return neighbor(walk, skb);
    case 'neighborResolved':
      return neighborResolved(walk, skb);
    case 'linkTransmit':
      return linkTransmit(walk, skb);
    case 'arpReceive':
      return arpReceive(walk, skb);
    case 'socketReceive':
      return socketReceive(walk, skb);
  }
}
