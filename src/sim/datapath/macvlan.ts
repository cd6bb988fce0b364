// Several MAC addresses on one interface: what a macvlan device sends and what its lower device hands up.
//
// Models:  bridge mode: devices on one lower interface reach each other at once, the rest through the wire. The host
//          of the lower interface is not among them: it and its macvlans never hear each other.
// Omits:   private, VEPA, passthru and source mode.
// Read:    kernel drivers/net/macvlan.c, `macvlan_queue_xmit`, `macvlan_handle_frame`.

import type { Interface, InterfaceRef, Macvlan } from '../linux/interface.ts';
import { deviceNamed } from '../linux/netns.ts';
import { isGroup, type Mac } from '../net/mac.ts';
import type { StageKey } from './order.ts';
import { copySkb, enterNamespace, type Skb } from './skb.ts';
import type { Walk } from './walk.ts';

/** A frame leaves by a macvlan device: to a sibling, or out by the interface below. */
export function sendDown(walk: Walk, skb: Skb, device: Macvlan): StageKey {
  const destination = skb.frame.ethernet?.dst;
  const own: InterfaceRef = { netns: skb.view.name, name: device.name };
  const siblings = uppersOf(walk, device.lower).filter(upper => !isSame(upper, own));
  if (destination !== undefined && isGroup(destination)) {
    for (const sibling of siblings) enqueueCopy(walk, skb, sibling);
    return leaveBelow(walk, skb, device.lower);
  }
  const sibling = siblings.find(upper => macOf(walk, upper) === destination);
  if (sibling === undefined) return leaveBelow(walk, skb, device.lower);
  arriveAt(walk, skb, sibling);
  return 'linkReceive';
}

/** A frame has come in by an interface with macvlans on it: whether one of them takes it, so that the host does not. */
export function handUp(walk: Walk, skb: Skb, device: Interface): 'taken' | 'left' {
  const destination = skb.frame.ethernet?.dst;
  const uppers = device.uppers ?? [];
  if (destination === undefined || uppers.length === 0) return 'left';
  if (isGroup(destination)) {
    for (const upper of uppers) enqueueCopy(walk, skb, upper);
    return 'left';
  }
  const upper = uppers.find(other => macOf(walk, other) === destination);
  if (upper === undefined) return 'left';
  arriveAt(walk, skb, upper);
  return 'taken';
}

/** Whether one of the devices has this address. */
export function isForMacvlan(walk: Walk, uppers: readonly InterfaceRef[], destination: Mac): boolean {
  return uppers.some(upper => macOf(walk, upper) === destination);
}

function uppersOf(walk: Walk, lower: InterfaceRef): readonly InterfaceRef[] {
  return walk.worlds.world.find(lower.netns)?.interface(lower.name)?.uppers ?? [];
}

function macOf(walk: Walk, { netns, name }: InterfaceRef): string | undefined {
  return walk.worlds.world.find(netns)?.interface(name)?.mac;
}

const isSame = (a: InterfaceRef, b: InterfaceRef): boolean => a.netns === b.netns && a.name === b.name;

function arriveAt(walk: Walk, skb: Skb, { netns, name }: InterfaceRef): void {
  const view = walk.view(netns);
  enterNamespace(skb, view);
  skb.inDevice = deviceNamed(view.derived, name);
}

function enqueueCopy(walk: Walk, skb: Skb, upper: InterfaceRef): void {
  const copy = copySkb(skb, walk.forkTrace(skb.trace));
  arriveAt(walk, copy, upper);
  walk.enqueue(copy, 'linkReceive');
}

/** The interface below sends it as it is: the kernel of that namespace does not look at it. */
function leaveBelow(walk: Walk, skb: Skb, lower: InterfaceRef): StageKey {
  const view = walk.view(lower.netns);
  enterNamespace(skb, view);
  skb.outDevice = deviceNamed(view.derived, lower.name);
  return 'linkTransmit';
}
