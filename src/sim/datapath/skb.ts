// A packet in a kernel's hands, with what that kernel has noted about it: the kernel calls it an skb (socket buffer).

import type { CtDirection, CtEntry, CtState } from '../linux/conntrack.ts';
import type { NetDevice } from '../linux/netDevice.ts';
import type { NetnsView } from '../linux/overlay.ts';
import type { Route } from '../linux/routes.ts';
import type { Ip } from '../net/address.ts';
import type { Frame, IpPacket } from '../net/packet.ts';
import { withIp } from '../net/packet.ts';
import { invariant } from '../runtime/errors.ts';
import type { Errno } from './trace.ts';
import type { TraceBuilder } from './traceBuilder.ts';

/** What connection tracking of this namespace knows about the packet. */
export interface Tracking {
  readonly state: CtState;
  readonly direction: CtDirection;
  /** Absent for INVALID and UNTRACKED packets. */
  entry: CtEntry | undefined;
  /** The entry is in the table; a new one gets there only when the packet leaves. */
  confirmed: boolean;
  /** Whether the nat table has been asked about each side of a new flow. */
  destinationDecided: boolean;
  sourceDecided: boolean;
}

/** What br_netfilter notes about a bridged frame. Source: kernel net/bridge/br_netfilter_hooks.c, `struct nf_bridge_info`. */
export interface BridgedFrame {
  readonly bridge: NetDevice;
  /** The port that it came in by. */
  readonly inPort: NetDevice;
  /** PREROUTING has been asked at the port; the IP stack must not ask it again. */
  readonly prerouted: boolean;
}

export interface Skb {
  readonly trace: TraceBuilder;
  view: NetnsView;
  frame: Frame;
  /** The interface that it came in by, as the IP layer sees it: for a frame that a bridge passed up, the bridge. */
  inDevice: NetDevice | undefined;
  outDevice: NetDevice | undefined;
  mark: number;
  tracking: Tracking | undefined;
  bridged: BridgedFrame | undefined;
  /** The route that was found for it. */
  route: Route | undefined;
  nextHop: Ip | undefined;
  /** Made in this namespace, not received. */
  fromHere: boolean;
  /** Tells the program that made it that it does not leave; none once it has left, or when nobody would hear. */
  unsent: ((why: Errno) => void) | undefined;
  /** The largest of the fragments that were joined to this packet here, in bytes: it leaves in such pieces again. */
  largestFragment: number | undefined;
}

export function newSkb(trace: TraceBuilder, view: NetnsView, frame: Frame): Skb {
  return {
    trace,
    view,
    frame,
    inDevice: undefined,
    outDevice: undefined,
    mark: 0,
    tracking: undefined,
    bridged: undefined,
    route: undefined,
    nextHop: undefined,
    fromHere: true,
    unsent: undefined,
    largestFragment: undefined,
  };
}

/** Another packet with the same notes, for a flooded copy. */
export function copySkb(skb: Skb, trace: TraceBuilder): Skb {
  return { ...skb, trace, tracking: skb.tracking === undefined ? undefined : { ...skb.tracking } };
}

/** The IP packet of an skb that the IP layer holds. */
export function ipOf(skb: Skb): IpPacket {
  invariant(skb.frame.payload.kind === 'ip', 'an IP packet in the IP layer, not ARP');
  return skb.frame.payload;
}

export function setIp(skb: Skb, packet: IpPacket): void {
  skb.frame = withIp(skb.frame, packet);
}

/** On its way into another namespace a packet loses every note: the next kernel starts afresh. */
export function enterNamespace(skb: Skb, view: NetnsView): void {
  skb.view = view;
  skb.inDevice = undefined;
  skb.outDevice = undefined;
  skb.mark = 0;
  skb.tracking = undefined;
  skb.bridged = undefined;
  skb.route = undefined;
  skb.nextHop = undefined;
  skb.fromHere = false;
  skb.unsent = undefined;
  skb.largestFragment = undefined;
}
