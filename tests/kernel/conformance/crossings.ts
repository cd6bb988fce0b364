// Traces as interface crossings with what changed since the last, in the form in which the recordings write them:
// `n1/vethp12> dst=10.244.1.3:8080`, `n1/eth0> vxlan1[172.18.0.2>172.18.0.3 ttl64 len110]`.

import type { Step, Trace } from '../../../src/sim/datapath/trace.ts';
import { flowOf } from '../../../src/sim/net/flow.ts';
import { icmpTypeNumber } from '../../../src/sim/net/numbers.ts';
import { type IpPacket, isIcmpError } from '../../../src/sim/net/packet.ts';
import { ipBytes } from '../../../src/sim/net/size.ts';

/** One packet at one interface. */
export interface Crossing {
  readonly host: string;
  readonly device: string;
  readonly way: '>' | '<';
  readonly packet: IpPacket;
}

/**
 * Crossings of traces, the first ones of all before the second ones, as packets of a flood travel at the same time; the
 * second packet at the same place says nothing new.
 */
export function crossingsOf(traces: readonly Trace[], keyOf: (crossing: Crossing) => string): readonly Crossing[] {
  const ways = traces.map(wayOf);
  const seen = new Set<string>();
  const found: Crossing[] = [];
  const longest = Math.max(0, ...ways.map(way => way.length));
  for (let at = 0; at < longest; at++) {
    for (const way of ways) {
      const crossing = way[at];
      if (crossing === undefined) continue;
      const { host, device, packet } = crossing;
      const key = `${host} ${device} ${crossing.way} ${tunnelOf(packet) !== undefined} ${keyOf(crossing)}`;
      if (seen.has(key)) continue;
      seen.add(key);
      found.push(crossing);
    }
  }
  return found;
}

function wayOf(trace: Trace): readonly Crossing[] {
  return trace.hops.flatMap(hop =>
    hop.steps.flatMap((step): readonly Crossing[] => {
      const place = placeOf(step);
      if (place === undefined || step.after.payload.kind !== 'ip') return [];
      // Later fragments carry nothing that tells whose they are.
      if ((innermost(step.after.payload).fragment?.offset ?? 0) > 0) return [];
      return [{ host: hop.netns, ...place, packet: step.after.payload }];
    }),
  );
}

function placeOf(step: Step): { readonly device: string; readonly way: '>' | '<' } | undefined {
  if (step.detail.kind === 'link' && step.stage === 'linkReceive') return { device: step.detail.device, way: '<' };
  if (step.detail.kind === 'link' && step.action === 'TRANSMITTED') return { device: step.detail.device, way: '>' };
  if (step.detail.kind === 'bridge' && step.action === 'PASSED_UP') return { device: step.detail.bridge, way: '<' };
  return undefined;
}

/** @param towardsServer the client's port is the source's; absent client port: as it is for echo requests */
export function pathText(
  crossings: readonly Crossing[],
  clientPort: number | undefined,
  towardsServer: boolean,
): readonly string[] {
  let last: Readonly<Record<'src' | 'dst' | 'ttl', string>> | undefined;
  return crossings.map(({ host, device, way, packet: outer }) => {
    const notes: string[] = [];
    const tunnel = tunnelOf(outer);
    const packet = tunnel?.inner ?? outer;
    if (tunnel === undefined && outer.body.kind === 'udp' && outer.fragment !== undefined) notes.push('frag');
    if (tunnel !== undefined) {
      const df = outer.df ? ' DF' : '';
      notes.push(`vxlan${tunnel.vni}[${outer.src}>${outer.dst} ttl${outer.ttl}${df} len${ipBytes(outer)}]`);
    }
    if (isIcmpError(packet.body)) notes.push(`icmp${icmpTypeNumber(packet.body)}/${packet.body.code}`);
    const now = {
      src: endText(packet, 'src', clientPort, towardsServer),
      dst: endText(packet, 'dst', clientPort, !towardsServer),
      ttl: String(packet.ttl),
    };
    if (last === undefined) notes.push(`${now.src}>${now.dst} ttl${now.ttl}`);
    else for (const key of ['src', 'dst', 'ttl'] as const) if (last[key] !== now[key]) notes.push(`${key}=${now[key]}`);
    last = now;
    return [`${host}/${device}${way}`, ...notes].join(' ');
  });
}

/** The IP packet that a tunnel's packet carries. */
export function tunnelOf(packet: IpPacket): { readonly vni: number; readonly inner: IpPacket } | undefined {
  const vxlan = packet.body.kind === 'udp' ? packet.body.vxlan : undefined;
  return vxlan?.frame.payload.kind === 'ip' ? { vni: vxlan.vni, inner: vxlan.frame.payload } : undefined;
}

/** The packet that the probe's flow is about: inside a tunnel the inner one. */
export const innermost = (packet: IpPacket): IpPacket => tunnelOf(packet)?.inner ?? packet;

function endText(packet: IpPacket, end: 'src' | 'dst', clientPort: number | undefined, isClientSide: boolean): string {
  if (packet.body.kind !== 'tcp' && packet.body.kind !== 'udp') return packet[end];
  const flow = flowOf(packet);
  const port = end === 'src' ? flow.srcPort : flow.dstPort;
  return `${packet[end]}:${isClientSide ? (port === clientPort ? 'C' : 'R') : port}`;
}
