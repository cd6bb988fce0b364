// A packet of this host: the OUTPUT hook, and a second look at the route if the hook changed what decides it.
//
// Read:    kernel net/ipv4/ip_output.c, `__ip_local_out`; net/ipv4/netfilter.c, `ip_route_me_harder`.

import { deviceNamed } from '../../linux/netns.ts';
import { lookupRoute, type Route } from '../../linux/routes.ts';
import { isLoopbackAddress } from '../../net/address.ts';
import { runHook } from '../hooks.ts';
import type { StageKey } from '../order.ts';
import { refusalOf } from '../send.ts';
import { ipOf, type Skb } from '../skb.ts';
import type { Walk } from '../walk.ts';

export function output(walk: Walk, skb: Skb): StageKey | undefined {
  const { view } = skb;
  const before = { dst: ipOf(skb).dst, mark: skb.mark };
  if (runHook(walk, skb, 'OUTPUT', undefined, skb.outDevice) === 'stopped') {
    skb.unsent?.('EPERM');
    return undefined;
  }
  const packet = ipOf(skb);
  if (packet.dst === before.dst && skb.mark === before.mark) return 'postrouting';
  const lookup = lookupRoute(view.derived.fib, { dst: packet.dst, src: packet.src, mark: skb.mark });
  const route =
    lookup.kind === 'matched' &&
    (lookup.route.type === 'unicast' || lookup.route.type === 'local') &&
    mayLeave(skb, lookup.route)
      ? lookup.route
      : undefined;
  const detail = {
    kind: 'route',
    purpose: 'reroute',
    destination: packet.dst,
    lookup,
    outcome: route === undefined ? 'none' : 'output',
    reverse: undefined,
  } as const;
  skb.trace.step(view, 'routeOutput', route === undefined ? 'DROPPED' : 'ROUTED', detail, skb.frame, skb.frame);
  if (route === undefined) {
    skb.trace.end(walk.elapsedUs, 'DROPPED', 'IP_OUTNOROUTES');
    skb.unsent?.(refusalOf(lookup) ?? 'EINVAL');
    return undefined;
  }
  skb.route = route;
  skb.outDevice = deviceNamed(view.derived, route.type === 'local' ? 'lo' : route.dev);
  skb.nextHop = route.via ?? packet.dst;
  return 'postrouting';
}

/** A loopback source leaves the host only where route_localnet says so. Source: kernel route.c, `__mkroute_output`. */
function mayLeave(skb: Skb, route: Route): boolean {
  if (route.type === 'local' || !isLoopbackAddress(ipOf(skb).src)) return true;
  return skb.view.derived.sysctl.routeLocalnet(route.dev ?? '');
}
