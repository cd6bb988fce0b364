// IP packets in IP packets: what an ipip device does with what leaves and what arrives.
//
// Models:  tunnels with a fixed other end, and those without one, whose other end is the next hop of the route
//          (Calico's tunl0); TTL and DF of the packet inside go to the outer one.
// Omits:   keys, options, path MTU of the tunnel.
// Read:    RFC 2003; kernel net/ipv4/ipip.c, net/ipv4/ip_tunnel.c, `ip_tunnel_xmit`, `ip_tunnel_lookup`.

import type { Interface, Ipip } from '../linux/interface.ts';
import { deviceNamed } from '../linux/netns.ts';
import type { NetnsView } from '../linux/overlay.ts';
import { bareFrame, type IpPacket } from '../net/packet.ts';
import { sendError } from './icmp.ts';
import type { StageKey } from './order.ts';
import { routeOutput } from './send.ts';
import { ipOf, type Skb } from './skb.ts';
import type { StepDetail } from './trace.ts';
import { leaveAsOuter } from './tunnel.ts';
import type { Walk } from './walk.ts';

export function encapsulateIp(walk: Walk, skb: Skb, device: Ipip): StageKey | undefined {
  const { view } = skb;
  const inner = ipOf(skb);
  const remote = device.remote ?? skb.nextHop;
  const detail: StepDetail = { kind: 'tunnel', device: device.name, remote };
  const way = remote === undefined ? undefined : routeOutput(view, remote, device.local);
  if (remote === undefined || way === undefined || way.kind === 'refused') {
    skb.trace.step(view, 'tunnel', 'DROPPED', detail, skb.frame, skb.frame, device.name);
    skb.trace.end(walk.elapsedUs, 'DROPPED', 'IP_OUTNOROUTES');
    return undefined;
  }
  const outer: IpPacket = {
    kind: 'ip',
    src: device.local ?? way.source,
    dst: remote,
    ttl: inner.ttl,
    df: inner.df,
    id: walk.nextId(view, 'ip-id', 1),
    fragment: undefined,
    body: { kind: 'ipip', inner },
  };
  return leaveAsOuter(skb, outer, way, detail);
}

/** A packet of protocol 4 for this host: the one inside arrives at the tunnel that fits best. */
export function decapsulateIp(walk: Walk, skb: Skb, packet: IpPacket): StageKey | undefined {
  const { view } = skb;
  const outer = skb.frame;
  const device = tunnelFor(view, packet);
  const detail: StepDetail = { kind: 'tunnel', device: device?.name ?? '', remote: packet.src };
  if (device === undefined || packet.body.kind !== 'ipip') {
    skb.trace.step(view, 'tunnel', 'DROPPED', detail, outer, outer);
    sendError(walk, skb, { type: 'destination-unreachable', code: 2 });
    skb.trace.end(walk.elapsedUs, 'DROPPED', 'UNHANDLED_PROTO');
    return undefined;
  }
  skb.frame = bareFrame(packet.body.inner);
  skb.trace.step(view, 'tunnel', 'DECAPSULATED', detail, outer, skb.frame, device.name);
  skb.tracking = undefined;
  skb.largestFragment = undefined;
  skb.bridged = undefined;
  skb.route = undefined;
  skb.outDevice = undefined;
  skb.nextHop = undefined;
  skb.fromHere = false;
  skb.inDevice = deviceNamed(view.derived, device.name);
  return walk.defer(skb, 'linkReceive');
}

/** Both ends known before one end known before none. */
function tunnelFor(view: NetnsView, { src, dst }: IpPacket): Ipip | undefined {
  const isIpip = (device: Interface): device is Ipip => device.kind === 'ipip' && device.up;
  const fits = (device: Ipip): boolean =>
    (device.remote === undefined || device.remote === src) && (device.local === undefined || device.local === dst);
  const known = (device: Ipip): number => (device.remote === undefined ? 0 : 2) + (device.local === undefined ? 0 : 1);
  return view.netns.config.interfaces
    .filter(isIpip)
    .filter(fits)
    .sort((a, b) => known(b) - known(a))[0];
}
