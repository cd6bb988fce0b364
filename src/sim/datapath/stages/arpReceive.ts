// ARP: a host asks for an address of this one, or answers.
//
// Models:  answers for own addresses and for proxy_arp, learning from requests and answers, waiting packets set free.
// Omits:   arp_ignore, arp_announce, gratuitous ARP.
// Read:    kernel net/ipv4/arp.c, `arp_process`; RFC 826.

import type { Interface } from '../../linux/interface.ts';
import { neighborKey } from '../../linux/neighbors.ts';
import { lookupRoute } from '../../linux/routes.ts';
import type { ArpMessage } from '../../net/packet.ts';
import type { StageKey } from '../order.ts';
import type { Skb } from '../skb.ts';
import type { Effect, StepDetail } from '../trace.ts';
import { NO_EFFECTS } from '../traceBuilder.ts';
import type { Walk } from '../walk.ts';
import { reverseLookup } from './routeInput.ts';

export function arpReceive(walk: Walk, skb: Skb): StageKey | undefined {
  const { view } = skb;
  const message = skb.frame.payload;
  const device = skb.inDevice?.link;
  if (message.kind !== 'arp' || device === undefined) return undefined;
  if (message.operation === 'reply') return acceptReply(walk, skb, message, device);
  // The sender is checked like that of a packet. Source: `arp_process`, `ip_route_input_noref`.
  const ends = { src: message.senderIp, dst: message.targetIp };
  if (reverseLookup(view.derived, ends, skb.inDevice).kind === 'refused') {
    const detail: StepDetail = {
      kind: 'generated',
      what: view.derived.localAddresses.has(message.senderIp)
        ? `ARP request from ${message.senderIp}, its own address`
        : `ARP request from ${message.senderIp}, which is not behind ${device.name}`,
    };
    const effects = overhear(walk, skb, message, device);
    skb.trace.step(view, 'arp', 'DROPPED', detail, skb.frame, skb.frame, device.name, effects);
    skb.trace.end(walk.elapsedUs, 'DROPPED', 'IP_RPFILTER');
    return undefined;
  }
  if (!answersFor(skb, message, device)) {
    const detail: StepDetail = {
      kind: 'generated',
      what: `ARP request for ${message.targetIp}, not an address of this host`,
    };
    const effects = overhear(walk, skb, message, device);
    skb.trace.step(view, 'arp', 'DROPPED', detail, skb.frame, skb.frame, device.name, effects);
    skb.trace.end(walk.elapsedUs, 'DROPPED', 'LAB_UNWANTED');
    return undefined;
  }
  const effects = learn(walk, skb, message, device, 'STALE');
  const detail: StepDetail = { kind: 'generated', what: `ARP answer: ${message.targetIp} is at ${device.mac}` };
  skb.trace.step(view, 'arp', 'ANSWERED', detail, skb.frame, skb.frame, device.name, effects);
  skb.trace.end(walk.elapsedUs, 'ACCEPTED');
  const reply = walk.originate(
    view,
    {
      ethernet: { src: device.mac, dst: message.senderMac },
      payload: {
        kind: 'arp',
        operation: 'reply',
        senderMac: device.mac,
        senderIp: message.targetIp,
        targetMac: message.senderMac,
        targetIp: message.senderIp,
      },
    },
    'arp-reply',
    `ARP ${message.targetIp} is-at ${device.mac}`,
    skb,
  );
  reply.outDevice = skb.inDevice;
  reply.trace.step(view, 'arp', 'SENT', detail, reply.frame, reply.frame, device.name);
  walk.enqueue(reply, 'linkTransmit');
  return undefined;
}

function answersFor(skb: Skb, message: ArpMessage, device: Interface): boolean {
  const { derived } = skb.view;
  if (derived.localAddresses.has(message.targetIp)) return true;
  if (!derived.sysctl.proxyArp(device.name) || !derived.sysctl.ipForward) return false;
  const way = lookupRoute(derived.fib, {
    dst: message.targetIp,
    src: message.senderIp,
    inInterface: device.name,
    mark: 0,
  });
  return way.kind === 'matched' && way.route.type === 'unicast' && way.route.dev !== device.name;
}

function acceptReply(walk: Walk, skb: Skb, message: ArpMessage, device: Interface): undefined {
  const { view } = skb;
  const key = neighborKey(device.name, message.senderIp);
  const known = view.neighbors.get(key);
  const detail: StepDetail = { kind: 'generated', what: `${message.senderIp} is at ${message.senderMac}` };
  if (known === undefined || known.state === 'PERMANENT') {
    skb.trace.step(view, 'arp', 'DROPPED', detail, skb.frame, skb.frame, device.name);
    skb.trace.end(walk.elapsedUs, 'DROPPED', 'LAB_UNWANTED');
    return undefined;
  }
  const effects = learn(walk, skb, message, device, 'REACHABLE');
  skb.trace.step(view, 'arp', 'RECEIVED', detail, skb.frame, skb.frame, device.name, effects);
  skb.trace.end(walk.elapsedUs, 'ACCEPTED');
  return undefined;
}

/** An address that answered a moment ago is not given up for another one. Source: arp(7), locktime. */
const LOCK_MS = 1000;

/** A request for somebody else makes no entry, but tells one that is there already. Source: `arp_process`. */
function overhear(walk: Walk, skb: Skb, message: ArpMessage, device: Interface): readonly Effect[] {
  const known = skb.view.neighbors.get(neighborKey(device.name, message.senderIp));
  if (known === undefined) return NO_EFFECTS;
  if (known.mac !== undefined && (known.mac === message.senderMac || walk.now - known.since <= LOCK_MS))
    return NO_EFFECTS;
  return learn(walk, skb, message, device, 'STALE');
}

/** A request from a host teaches its address (confirmed only once it answers itself); who waited for it goes on. */
function learn(walk: Walk, skb: Skb, message: ArpMessage, device: Interface, state: 'STALE' | 'REACHABLE'): Effect[] {
  const key = neighborKey(device.name, message.senderIp);
  const known = skb.view.neighbors.get(key);
  if (known?.state === 'PERMANENT') return [];
  if (state === 'STALE' && known?.mac === message.senderMac && known.state === 'REACHABLE') return [];
  skb.view.neighbors.set(key, {
    device: device.name,
    address: message.senderIp,
    mac: message.senderMac,
    state,
    since: walk.now,
  });
  const queueKey = `${skb.view.name} ${key}`;
  const waiting = walk.waitingForNeighbor.get(queueKey) ?? [];
  walk.waitingForNeighbor.delete(queueKey);
  for (const packet of waiting) walk.enqueue(packet, 'neighborResolved');
  if (known?.mac === message.senderMac) return [];
  return [{ kind: 'learned-neighbor', device: device.name, address: message.senderIp, mac: message.senderMac }];
}
