// A packet that came in: is it for this host, is it to be forwarded, or may it not be here?
//
// Models:  martian addresses, route_localnet, reverse-path filter, ip_forward, special routes and the ICMP they answer with.
// Omits:   redirects, multicast forwarding, source routing.
// Read:    kernel net/ipv4/route.c, `ip_route_input_slow`, `ip_error`; fib_frontend.c, `__fib_validate_source`.

import type { NetDevice } from '../../linux/netDevice.ts';
import { type Derived, deviceNamed } from '../../linux/netns.ts';
import { lookupRoute, type RouteLookup } from '../../linux/routes.ts';
import { type Ip, isLoopbackAddress, isMulticast, LIMITED_BROADCAST, UNSPECIFIED } from '../../net/address.ts';
import { sendError } from '../icmp.ts';
import type { StageKey } from '../order.ts';
import { ipOf, type Skb } from '../skb.ts';
import type { DropReason, StepDetail } from '../trace.ts';
import type { Walk } from '../walk.ts';

export function routeInput(walk: Walk, skb: Skb): StageKey | undefined {
  // The bridge has looked the route up already, for a frame that it translated.
  if (skb.route !== undefined) return skb.route.type === 'local' ? 'input' : 'forward';
  const { view } = skb;
  const packet = ipOf(skb);
  const device = skb.inDevice;
  const lookup = lookupRoute(view.derived.fib, {
    dst: packet.dst,
    src: packet.src,
    inInterface: device?.name ?? '',
    mark: skb.mark,
  });
  const martian = martianReason(skb, device);
  if (martian !== undefined) return refuse(walk, skb, lookup, martian);
  if (packet.dst === LIMITED_BROADCAST) return accept(skb, lookup, 'local', undefined);
  if (lookup.kind === 'no-route') return noRoute(walk, skb, lookup);
  const { route } = lookup;
  const isLocal = route.type === 'local' || route.type === 'broadcast';
  if (!isLocal && route.type !== 'unicast') return noRoute(walk, skb, lookup);
  if (!isLocal && !view.derived.sysctl.ipForward) return refuse(walk, skb, lookup, 'IP_INNOROUTES');
  // Only of what may go on is the source asked about: errors go to anybody.
  const reverse = reverseLookup(view.derived, packet, device);
  if (reverse.kind === 'refused') return refuse(walk, skb, lookup, 'IP_RPFILTER', reverse.lookup);
  skb.route = route;
  if (isLocal) return accept(skb, lookup, 'local', reverse.lookup);
  skb.outDevice = deviceNamed(view.derived, route.dev);
  skb.nextHop = route.via ?? packet.dst;
  return accept(skb, lookup, 'forward', reverse.lookup);
}

function accept(
  skb: Skb,
  lookup: RouteLookup,
  outcome: 'local' | 'forward',
  reverse: RouteLookup | undefined,
): StageKey {
  skb.trace.step(skb.view, 'routeInput', 'ROUTED', detailOf(skb, lookup, outcome, reverse), skb.frame, skb.frame);
  return outcome === 'local' ? 'input' : 'forward';
}

function detailOf(
  skb: Skb,
  lookup: RouteLookup,
  outcome: 'local' | 'forward' | 'none',
  reverse: RouteLookup | undefined,
): StepDetail {
  return { kind: 'route', purpose: 'input', destination: ipOf(skb).dst, lookup, outcome, reverse };
}

function refuse(walk: Walk, skb: Skb, lookup: RouteLookup, reason: DropReason, reverse?: RouteLookup): undefined {
  skb.trace.step(skb.view, 'routeInput', 'DROPPED', detailOf(skb, lookup, 'none', reverse), skb.frame, skb.frame);
  skb.trace.end(walk.elapsedUs, 'DROPPED', reason);
  return undefined;
}

/** Addresses that may not appear on the wire of this interface. */
function martianReason(skb: Skb, device: NetDevice | undefined): DropReason | undefined {
  const { src, dst } = ipOf(skb);
  if (isMulticast(src) || src === LIMITED_BROADCAST) return 'IP_INVALID_SOURCE';
  if (src === UNSPECIFIED && dst !== LIMITED_BROADCAST) return 'IP_INVALID_SOURCE';
  if (dst === UNSPECIFIED) return 'IP_INVALID_DEST';
  const looped = isLoopbackAddress(dst) ? 'IP_INVALID_DEST' : isLoopbackAddress(src) ? 'IP_INVALID_SOURCE' : undefined;
  if (looped === undefined || device?.link?.kind === 'loopback') return undefined;
  return skb.view.derived.sysctl.routeLocalnet(device?.name ?? '') ? undefined : looped;
}

type ReverseCheck =
  | { readonly kind: 'passed'; readonly lookup: RouteLookup | undefined }
  /** The way back to the source leads elsewhere, or the source is one of this host's own addresses. */
  | { readonly kind: 'refused'; readonly lookup: RouteLookup };

const NOT_CHECKED: ReverseCheck = { kind: 'passed', lookup: undefined };

/**
 * RFC 3704: strict asks that the way back is the same interface, loose that there is one. An interface without an address
 * cannot be loose. Source: kernel `__fib_validate_source` (`no_addr`).
 */
export function reverseLookup(
  derived: Derived,
  { src: source, dst }: { readonly src: Ip; readonly dst: Ip },
  device: NetDevice | undefined,
): ReverseCheck {
  const arrived = device?.link;
  if (arrived?.kind === 'loopback') return NOT_CHECKED;
  const filter = device?.rpFilter ?? 0;
  const ownAddress = derived.localAddresses.has(source);
  if (filter === 0 && !ownAddress) return NOT_CHECKED;
  const lookup = lookupRoute(derived.fib, { dst: source, src: dst, mark: 0 });
  if (ownAddress) return { kind: 'refused', lookup };
  if (lookup.kind === 'no-route' || lookup.route.type !== 'unicast') return { kind: 'refused', lookup };
  const isStrict = filter === 1 || arrived?.addresses.length === 0;
  return isStrict && lookup.route.dev !== device?.name ? { kind: 'refused', lookup } : { kind: 'passed', lookup };
}

/** No way, or a route that says so: the sender is told, if this host is a router. */
function noRoute(walk: Walk, skb: Skb, lookup: RouteLookup): undefined {
  const type = lookup.kind === 'matched' ? lookup.route.type : 'no-route';
  const answer = type === 'no-route' ? 0 : type === 'unreachable' ? 1 : type === 'prohibit' ? 13 : undefined;
  if (answer === undefined) return refuse(walk, skb, lookup, 'LAB_BLACKHOLE');
  if (!skb.view.derived.sysctl.ipForward) return refuse(walk, skb, lookup, 'IP_INNOROUTES');
  skb.trace.step(skb.view, 'routeInput', 'REJECTED', detailOf(skb, lookup, 'none', undefined), skb.frame, skb.frame);
  sendError(walk, skb, { type: 'destination-unreachable', code: answer });
  skb.trace.end(walk.elapsedUs, 'UNREACHABLE', 'IP_INNOROUTES');
  return undefined;
}
