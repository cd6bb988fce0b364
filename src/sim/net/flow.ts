// Flows: who talks to whom, in one direction.

import type { Ip } from './address.ts';
import { type IpPacket, isIcmpError, type Protocol } from './packet.ts';

/** The identity of a flow: five fields. For ICMP echo the ports are the identifier. */
export interface FlowKey {
  readonly protocol: Protocol;
  readonly src: Ip;
  readonly srcPort: number;
  readonly dst: Ip;
  readonly dstPort: number;
}

/** The flow that a packet belongs to. ICMP errors and tunnels have no ports: 0. */
export function flowOf(packet: IpPacket): FlowKey {
  const body = packet.body;
  let srcPort = 0;
  let dstPort = 0;
  if (body.kind === 'tcp' || body.kind === 'udp') {
    srcPort = body.srcPort;
    dstPort = body.dstPort;
  } else if (body.kind === 'icmp' && !isIcmpError(body)) {
    srcPort = body.id;
    dstPort = body.id;
  }
  return { protocol: body.kind, src: packet.src, srcPort, dst: packet.dst, dstPort };
}

/** The same flow seen from the other end. `reverse(reverse(f))` is `f`. */
export function reverse(flow: FlowKey): FlowKey {
  return { protocol: flow.protocol, src: flow.dst, srcPort: flow.dstPort, dst: flow.src, dstPort: flow.srcPort };
}

export function sameFlow(a: FlowKey, b: FlowKey): boolean {
  return (
    a.srcPort === b.srcPort &&
    a.dstPort === b.dstPort &&
    a.src === b.src &&
    a.dst === b.dst &&
    a.protocol === b.protocol
  );
}

export function formatFlow(flow: FlowKey): string {
  if (flow.protocol === 'tcp' || flow.protocol === 'udp') {
    return `${flow.src}:${flow.srcPort} > ${flow.dst}:${flow.dstPort} ${flow.protocol.toUpperCase()}`;
  }
  return `${flow.src} > ${flow.dst} ${flow.protocol.toUpperCase()}`;
}
