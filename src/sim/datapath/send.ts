// A packet of this host is given a route and set on its way.
//
// Read:    kernel net/ipv4/ip_output.c, `__ip_queue_xmit`; net/ipv4/route.c, `ip_route_output_key`.

import type { NetDevice } from '../linux/netDevice.ts';
import { deviceNamed } from '../linux/netns.ts';
import type { NetnsView } from '../linux/overlay.ts';
import { lookupRoute, type RouteLookup } from '../linux/routes.ts';
import { type Ip, isLoopbackAddress } from '../net/address.ts';
import { bareFrame, type IpPacket } from '../net/packet.ts';
import { ipBytes } from '../net/size.ts';
import { sourceFor } from './addresses.ts';
import type { Skb } from './skb.ts';
import type { Errno, Role, StepDetail } from './trace.ts';
import type { Walk } from './walk.ts';

/** The way of a local packet. */
export type OutputRoute =
  | {
      readonly kind: 'found';
      readonly lookup: RouteLookup;
      readonly source: Ip;
      readonly device: NetDevice;
      readonly nextHop: Ip;
    }
  /** The system call fails at once, and no packet leaves. */
  | { readonly kind: 'refused'; readonly lookup: RouteLookup; readonly errno: Errno };

export function routeOutput(view: NetnsView, dst: Ip, bound?: Ip): OutputRoute {
  const { derived } = view;
  const lookup = lookupRoute(derived.fib, { dst, src: bound, mark: 0 });
  const errno = refusalOf(lookup);
  if (lookup.kind === 'no-route' || errno !== undefined)
    return { kind: 'refused', lookup, errno: errno ?? 'ENETUNREACH' };
  const { route } = lookup;
  const source = bound ?? (isLoopbackAddress(dst) ? dst : sourceFor(derived, route, dst));
  if (source === undefined) return { kind: 'refused', lookup, errno: 'ENETUNREACH' };
  return {
    kind: 'found',
    lookup,
    source,
    device: deviceNamed(derived, route.type === 'local' ? 'lo' : route.dev),
    nextHop: route.via ?? dst,
  };
}

/** The error of a system call whose packet has no way, or one that leads nowhere. Source: kernel fib_semantics.c, `fib_props`. */
export function refusalOf(lookup: RouteLookup): Errno | undefined {
  if (lookup.kind === 'no-route') return 'ENETUNREACH';
  switch (lookup.route.type) {
    case 'blackhole':
      return 'EINVAL';
    case 'unreachable':
      return 'EHOSTUNREACH';
    case 'prohibit':
      return 'EACCES';
    default:
      return undefined;
  }
}

/**
 * The way of a client's socket: without an own address it is asked for twice, to find the address and then with it, as
 * a policy rule may ask for the source. Source: kernel include/net/route.h, `ip_route_connect`.
 */
export function routeConnect(view: NetnsView, dst: Ip, bound: Ip | undefined): OutputRoute {
  const way = routeOutput(view, dst, bound);
  return bound === undefined && way.kind === 'found' ? routeOutput(view, dst, way.source) : way;
}

/**
 * Queues a packet that this namespace made, by the route that was found for it. `unsent` is called when the namespace's
 * own rules end it or leave it without a way: the system call fails. Source: kernel net/ipv4/ip_output.c, `ip_send_skb`.
 */
export function sendLocal(
  walk: Walk,
  view: NetnsView,
  packet: IpPacket,
  way: Extract<OutputRoute, { kind: 'found' }>,
  journey: {
    readonly role: Role;
    readonly label: string;
    readonly cause?: Skb | undefined;
    readonly from: StepDetail;
    readonly unsent?: (why: Errno) => void;
  },
): Skb {
  const skb = walk.originate(view, bareFrame(packet), journey.role, journey.label, journey.cause);
  skb.unsent = journey.unsent;
  const stage = journey.from.kind === 'generated' ? 'icmp' : 'socketSend';
  skb.trace.step(view, stage, 'SENT', journey.from, skb.frame, skb.frame);
  const detail: StepDetail = {
    kind: 'route',
    purpose: 'output',
    destination: packet.dst,
    lookup: way.lookup,
    outcome: 'output',
    reverse: undefined,
  };
  skb.trace.step(view, 'routeOutput', 'ROUTED', detail, skb.frame, skb.frame);
  skb.route = way.lookup.kind === 'matched' ? way.lookup.route : undefined;
  skb.outDevice = way.device;
  skb.nextHop = way.nextHop;
  walk.enqueue(skb, 'output');
  return skb;
}

/** The record of a system call that failed before any packet was made. */
export function recordUnsent(
  walk: Walk,
  view: NetnsView,
  packet: IpPacket,
  way: Extract<OutputRoute, { kind: 'refused' }>,
  journey: { readonly role: Role; readonly label: string; readonly from: StepDetail },
): void {
  const skb = walk.originate(view, bareFrame(packet), journey.role, journey.label);
  skb.trace.step(view, 'socketSend', 'SENT', journey.from, skb.frame, skb.frame);
  const detail: StepDetail = {
    kind: 'route',
    purpose: 'output',
    destination: packet.dst,
    lookup: way.lookup,
    outcome: 'none',
    reverse: undefined,
  };
  skb.trace.step(view, 'routeOutput', 'DROPPED', detail, skb.frame, skb.frame);
  skb.trace.end(walk.elapsedUs, 'DROPPED', way.errno === 'EINVAL' ? 'LAB_BLACKHOLE' : 'IP_OUTNOROUTES');
}

/** The record of a datagram that was too large for the way: the system call failed, and no packet left. */
export function recordTooLarge(
  walk: Walk,
  view: NetnsView,
  packet: IpPacket,
  way: Extract<OutputRoute, { kind: 'found' }>,
  journey: { readonly role: Role; readonly label: string; readonly from: StepDetail },
  mtu: number,
): void {
  const skb = walk.originate(view, bareFrame(packet), journey.role, journey.label);
  skb.trace.step(view, 'socketSend', 'SENT', journey.from, skb.frame, skb.frame);
  const detail: StepDetail = { kind: 'fragments', count: 0, mtu, bytes: ipBytes(packet) };
  skb.trace.step(view, 'fragments', 'DROPPED', detail, skb.frame, skb.frame, way.device.name);
  skb.trace.end(walk.elapsedUs, 'DROPPED', 'PKT_TOO_BIG');
}
