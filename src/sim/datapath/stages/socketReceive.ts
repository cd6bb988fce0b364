// A packet for this host has come through INPUT: which socket takes it, and what if none does?
//
// Models:  TCP connections and listeners, RST where nobody listens; UDP and "port unreachable"; ICMP echo and errors.
// Omits:   raw sockets.
// Read:    kernel net/ipv4/tcp_ipv4.c, `tcp_v4_rcv`; net/ipv4/udp.c, `__udp4_lib_rcv`; net/ipv4/icmp.c, `icmp_rcv`.

import { type Listener, lookupListener } from '../../linux/sockets.ts';
import { type FlowKey, flowOf, reverse } from '../../net/flow.ts';
import { type IcmpError, type IpPacket, isIcmpError, type Segment } from '../../net/packet.ts';
import { isTooBig } from '../errno.ts';
import { sendError, sendReset } from '../icmp.ts';
import { decapsulateIp } from '../ipip.ts';
import type { StageKey } from '../order.ts';
import { routeOutput, sendLocal } from '../send.ts';
import { ipOf, type Skb } from '../skb.ts';
import { acceptConnection } from '../tcpServer.ts';
import type { Effect, StepDetail } from '../trace.ts';
import { NO_EFFECTS } from '../traceBuilder.ts';
import { serveDatagram } from '../udp.ts';
import { decapsulate, takesTunnel } from '../vxlan.ts';
import type { Walk } from '../walk.ts';

export function socketReceive(walk: Walk, skb: Skb): StageKey | undefined {
  const packet = ipOf(skb);
  const body = packet.body;
  switch (body.kind) {
    case 'tcp':
      receiveSegment(walk, skb, packet, body);
      break;
    case 'udp':
      return receiveDatagram(walk, skb, packet);
    case 'icmp':
      if (isIcmpError(body)) receiveError(walk, skb, packet, body);
      else receiveEcho(walk, skb, packet);
      break;
    case 'ipip':
      return decapsulateIp(walk, skb, packet);
  }
  return undefined;
}

function deliver(
  walk: Walk,
  skb: Skb,
  packet: IpPacket,
  listener: Listener | undefined,
  effects: readonly Effect[] = NO_EFFECTS,
): void {
  const body = packet.body;
  const message = body.kind === 'tcp' || body.kind === 'udp' ? body.payload.message : undefined;
  const detail: StepDetail = { kind: 'socket-receive', flow: flowOf(packet), listener, message };
  skb.trace.step(skb.view, 'socketReceive', 'DELIVERED', detail, skb.frame, skb.frame, undefined, effects);
  skb.trace.end(walk.elapsedUs, 'ACCEPTED');
}

function drop(walk: Walk, skb: Skb, packet: IpPacket, reason: 'NO_SOCKET' | 'LAB_UNWANTED'): void {
  const detail: StepDetail = { kind: 'socket-receive', flow: flowOf(packet), listener: undefined, message: undefined };
  skb.trace.step(skb.view, 'socketReceive', 'DROPPED', detail, skb.frame, skb.frame);
  skb.trace.end(walk.elapsedUs, 'DROPPED', reason);
}

/** The flow as its owner here sees it: local end first. */
function localFlow(packet: IpPacket): FlowKey {
  return reverse(flowOf(packet));
}

function receiveSegment(walk: Walk, skb: Skb, packet: IpPacket, segment: Segment): void {
  const { view } = skb;
  const open = walk.sockets.find(view, localFlow(packet));
  if (open !== undefined) {
    deliver(walk, skb, packet, undefined);
    open.receive(skb, packet);
    return;
  }
  const listener =
    segment.flags === 'SYN'
      ? lookupListener(view.netns.config.listeners, 'tcp', packet.dst, segment.dstPort)
      : undefined;
  if (listener !== undefined) {
    deliver(walk, skb, packet, listener);
    acceptConnection(walk, skb, packet, listener);
    return;
  }
  drop(walk, skb, packet, 'NO_SOCKET');
  sendReset(walk, skb, packet, 'socket');
}

function receiveDatagram(walk: Walk, skb: Skb, packet: IpPacket): StageKey | undefined {
  const { view } = skb;
  const open = walk.sockets.find(view, localFlow(packet));
  if (open !== undefined) {
    deliver(walk, skb, packet, undefined);
    open.receive(skb, packet);
    return undefined;
  }
  const port = packet.body.kind === 'udp' ? packet.body.dstPort : 0;
  if (takesTunnel(view, port)) return decapsulate(walk, skb, packet);
  const listener = lookupListener(view.netns.config.listeners, 'udp', packet.dst, port);
  if (listener !== undefined) {
    deliver(walk, skb, packet, listener);
    serveDatagram(walk, skb, packet, listener);
    return undefined;
  }
  drop(walk, skb, packet, 'NO_SOCKET');
  sendError(walk, skb, { type: 'destination-unreachable', code: 3 });
  return undefined;
}

function receiveError(walk: Walk, skb: Skb, packet: IpPacket, error: IcmpError): void {
  const effects = learnPathMtu(walk, skb, error);
  const owner = walk.sockets.find(skb.view, flowOf(error.quoted));
  if (owner === undefined) {
    drop(walk, skb, packet, 'LAB_UNWANTED');
    return;
  }
  deliver(walk, skb, packet, undefined, effects);
  owner.error(skb, packet, error);
}

/** "Fragmentation needed" is kept for the destination. Source: kernel net/ipv4/icmp.c, `icmp_unreach`; RFC 1191. */
function learnPathMtu(walk: Walk, skb: Skb, error: IcmpError): readonly Effect[] {
  if (!isTooBig(error) || error.mtu === undefined) return NO_EFFECTS;
  const mtu = Math.max(error.mtu, MIN_PATH_MTU);
  skb.view.pathMtus.set(error.quoted.dst, { mtu, since: walk.now });
  return [{ kind: 'learned-path-mtu', destination: error.quoted.dst, mtu }];
}

/** net.ipv4.route.min_pmtu. */
const MIN_PATH_MTU = 552;

function receiveEcho(walk: Walk, skb: Skb, packet: IpPacket): void {
  const echo = packet.body;
  if (echo.kind !== 'icmp' || isIcmpError(echo)) return;
  if (echo.type === 'echo-reply') {
    const owner = walk.sockets.find(skb.view, localFlow(packet));
    if (owner === undefined) drop(walk, skb, packet, 'LAB_UNWANTED');
    else {
      deliver(walk, skb, packet, undefined);
      owner.receive(skb, packet);
    }
    return;
  }
  deliver(walk, skb, packet, undefined);
  walk.served.push({
    protocol: 'icmp',
    backend: { netns: skb.view.name, address: packet.dst, port: 0 },
    source: { address: packet.src, port: echo.id },
  });
  const way = routeOutput(skb.view, packet.src, packet.dst);
  if (way.kind === 'refused') return;
  const reply: IpPacket = {
    kind: 'ip',
    src: packet.dst,
    dst: packet.src,
    ttl: skb.view.derived.sysctl.defaultTtl,
    df: false,
    id: walk.nextId(skb.view, 'ip-id', 1),
    fragment: undefined,
    body: { ...echo, type: 'echo-reply' },
  };
  sendLocal(walk, skb.view, reply, way, {
    role: 'reply',
    label: 'echo reply',
    cause: skb,
    from: { kind: 'socket-send', purpose: 'answers the echo request', flow: flowOf(reply) },
  });
}
