// Whose MAC address goes on the frame? Asked of the neighbour table, and by ARP of the link when the table does not know.
//
// Models:  waiting packets, three requests a second apart, "host unreachable" for what waited in vain.
// Omits:   the limit of waiting packets.
// Read:    kernel net/ipv4/ip_output.c, `ip_finish_output2`; net/core/neighbour.c; net/ipv4/arp.c; RFC 826, RFC 1122 2.3.2.

import { hasEthernet, type Interface } from '../../linux/interface.ts';
import { agedNeighbor, MAX_REQUESTS, type Neighbor, neighborKey, RETRANSMIT_MS } from '../../linux/neighbors.ts';
import { deviceNamed } from '../../linux/netns.ts';
import type { NetnsView } from '../../linux/overlay.ts';
import type { Ip } from '../../net/address.ts';
import { BROADCAST_MAC, ZERO_MAC } from '../../net/mac.ts';
import { outgoingAddress } from '../addresses.ts';
import { sendError } from '../icmp.ts';
import type { StageKey } from '../order.ts';
import type { Skb } from '../skb.ts';
import type { StepDetail } from '../trace.ts';
import type { Walk } from '../walk.ts';

export function neighbor(walk: Walk, skb: Skb): StageKey | undefined {
  const { view } = skb;
  const out = skb.outDevice;
  const device = out?.link;
  const nextHop = skb.nextHop;
  if (out === undefined || device === undefined || nextHop === undefined || !hasEthernet(device)) return 'linkTransmit';
  if (skb.route?.type === 'broadcast') {
    skb.frame = { ethernet: { src: device.mac, dst: BROADCAST_MAC }, payload: skb.frame.payload };
    return 'linkTransmit';
  }
  const { key } = out.station(nextHop);
  const known = view.neighbors.get(key);
  const entry = known === undefined ? undefined : agedNeighbor(known, walk.now);
  if (entry?.mac !== undefined && entry.state !== 'FAILED' && entry.state !== 'INCOMPLETE') {
    if (entry.state === 'STALE' && known?.state !== 'STALE') view.neighbors.set(key, entry);
    return resolved(skb, device, nextHop, entry);
  }
  const detail: StepDetail = { kind: 'neighbor', device: device.name, nextHop, entry };
  skb.trace.step(view, 'neighbor', 'QUEUED', detail, skb.frame, skb.frame, device.name);
  const queueKey = `${view.name} ${key}`;
  const waiting = walk.waitingForNeighbor.get(queueKey);
  if (waiting !== undefined) {
    waiting.push(skb);
    return undefined;
  }
  walk.waitingForNeighbor.set(queueKey, [skb]);
  view.neighbors.set(key, { device: device.name, address: nextHop, state: 'INCOMPLETE', since: walk.now });
  ask(walk, skb, device, nextHop, 1);
  return undefined;
}

/** The waiting packet goes on: its neighbour has answered. */
export function neighborResolved(walk: Walk, skb: Skb): StageKey | undefined {
  const { view } = skb;
  const { nextHop, outDevice: out } = skb;
  if (out?.link === undefined || nextHop === undefined) return neighbor(walk, skb);
  const entry = view.neighbors.get(out.station(nextHop).key);
  if (entry?.mac === undefined) return neighbor(walk, skb);
  return resolved(skb, out.link, nextHop, entry);
}

function resolved(skb: Skb, device: Interface, nextHop: Ip, entry: Neighbor): StageKey {
  const before = skb.frame;
  const source = skb.bridged !== undefined && skb.inDevice === skb.bridged.inPort ? before.ethernet?.src : device.mac;
  skb.frame = { ethernet: { src: source ?? device.mac, dst: entry.mac ?? ZERO_MAC }, payload: before.payload };
  const detail: StepDetail = { kind: 'neighbor', device: device.name, nextHop, entry };
  skb.trace.step(skb.view, 'neighbor', 'RESOLVED', detail, before, skb.frame, device.name);
  return 'linkTransmit';
}

/** Sends an ARP request, and again each second; after the third silence everyone who waits is given up. */
function ask(walk: Walk, cause: Skb, device: Interface, address: Ip, attempt: number): void {
  const { view } = cause;
  const sender = outgoingAddress(view.derived, deviceNamed(view.derived, device.name), address) ?? address;
  const request = walk.originate(
    view,
    {
      ethernet: { src: device.mac, dst: BROADCAST_MAC },
      payload: {
        kind: 'arp',
        operation: 'request',
        senderMac: device.mac,
        senderIp: sender,
        targetMac: ZERO_MAC,
        targetIp: address,
      },
    },
    'arp-request',
    `ARP who-has ${address}`,
    cause,
  );
  request.outDevice = deviceNamed(view.derived, device.name);
  const detail: StepDetail = { kind: 'generated', what: `ARP request ${attempt} of ${MAX_REQUESTS}` };
  request.trace.step(view, 'arp', 'SENT', detail, request.frame, request.frame, device.name);
  walk.enqueue(request, 'linkTransmit');
  walk.setTimer(RETRANSMIT_MS * 1000, () => {
    const entry = view.neighbors.get(neighborKey(device.name, address));
    if (entry?.state !== 'INCOMPLETE') return;
    if (attempt < MAX_REQUESTS) ask(walk, cause, device, address, attempt + 1);
    else giveUp(walk, view, device.name, address);
  });
}

/** Source: kernel net/ipv4/arp.c, `arp_error_report`. */
function giveUp(walk: Walk, view: NetnsView, device: string, address: Ip): void {
  const key = neighborKey(device, address);
  view.neighbors.set(key, { device, address, state: 'FAILED', since: walk.now });
  const queueKey = `${view.name} ${key}`;
  const waiting = walk.waitingForNeighbor.get(queueKey) ?? [];
  walk.waitingForNeighbor.delete(queueKey);
  for (const skb of waiting) {
    const detail: StepDetail = { kind: 'neighbor', device, nextHop: address, entry: undefined };
    skb.trace.step(view, 'neighbor', 'DROPPED', detail, skb.frame, skb.frame, device, [
      { kind: 'neighbor-failed', device, address },
    ]);
    sendError(walk, skb, { type: 'destination-unreachable', code: 1 });
    skb.trace.end(walk.elapsedUs, skb.fromHere ? 'DROPPED' : 'UNREACHABLE', 'NEIGH_FAILED');
  }
}
