// The server's end of a UDP exchange: one datagram, one answer.

import type { Listener } from '../linux/sockets.ts';
import { flowOf, reverse } from '../net/flow.ts';
import type { IpPacket } from '../net/packet.ts';
import { IPV4_HEADER_BYTES, UDP_HEADER_BYTES } from '../net/size.ts';
import { messageName } from './label.ts';
import { deviceMtu, fitDatagram, outputMtu } from './pathMtu.ts';
import { routeOutput, sendLocal } from './send.ts';
import type { Skb } from './skb.ts';
import type { Walk } from './walk.ts';

export function serveDatagram(walk: Walk, skb: Skb, packet: IpPacket, listener: Listener): void {
  if (packet.body.kind !== 'udp') return;
  const { view } = skb;
  const flow = reverse(flowOf(packet));
  const answer = walk.programs.get(listener.program)?.({
    listener,
    netns: view.name,
    payload: packet.body.payload,
    local: { address: flow.src, port: flow.srcPort },
    peer: { address: flow.dst, port: flow.dstPort },
  });
  if (answer === undefined) return;
  walk.served.push({
    protocol: 'udp',
    backend: { netns: view.name, address: flow.src, port: flow.srcPort, listener },
    source: { address: flow.dst, port: flow.dstPort },
  });
  const way = routeOutput(view, flow.dst, flow.src);
  if (way.kind === 'refused') return;
  const bytes = IPV4_HEADER_BYTES + UDP_HEADER_BYTES + answer.bytes;
  const limits = { device: deviceMtu(way.device), path: outputMtu(view, way, flow.dst, walk.now) };
  const fit = fitDatagram(bytes, 'want', limits);
  const reply: IpPacket = {
    kind: 'ip',
    src: flow.src,
    dst: flow.dst,
    ttl: view.derived.sysctl.defaultTtl,
    df: fit.kind === 'sent' && fit.df,
    id: walk.nextId(view, 'ip-id', 1),
    fragment: undefined,
    body: { kind: 'udp', srcPort: flow.srcPort, dstPort: flow.dstPort, payload: answer },
  };
  const label = answer.message === undefined ? 'UDP' : messageName(answer.message);
  sendLocal(walk, view, reply, way, {
    role: 'reply',
    label,
    cause: skb,
    from: { kind: 'socket-send', purpose: 'answers', flow },
  });
}
