// How large a packet may be on its way: what the devices say, and what errors have taught.
//
// Read:    RFC 1191; kernel net/ipv4/route.c, `__ip_rt_update_pmtu`; ip-sysctl.rst, mtu_expires.

import { ETHERNET_MTU } from '../linux/interface.ts';
import type { NetDevice } from '../linux/netDevice.ts';
import type { NetnsView } from '../linux/overlay.ts';
import type { Ip } from '../net/address.ts';
import type { VirtualMs } from '../runtime/clock.ts';
import type { OutputRoute } from './send.ts';
import type { Question } from './trace.ts';

/** How long a learned path MTU holds: net.ipv4.route.mtu_expires, 600 s. */
const EXPIRES_MS = 600_000;

export function deviceMtu(device: NetDevice | undefined): number {
  return device?.link?.mtu ?? ETHERNET_MTU;
}

/** The path MTU that was learned for a destination, if one was and still holds. */
export function pathMtu(view: NetnsView, destination: Ip, now: VirtualMs): number | undefined {
  const learned = view.pathMtus.get(destination);
  return learned === undefined || now - learned.since > EXPIRES_MS ? undefined : learned.mtu;
}

/** The largest packet that this host sends to a destination in one piece. */
export function outputMtu(
  view: NetnsView,
  way: Extract<OutputRoute, { kind: 'found' }>,
  destination: Ip,
  now: VirtualMs,
): number {
  const route = way.lookup.kind === 'matched' ? way.lookup.route.mtu : undefined;
  const limit = Math.min(deviceMtu(way.device), route ?? Number.POSITIVE_INFINITY);
  return Math.min(limit, pathMtu(view, destination, now) ?? limit);
}

/** How a datagram of so many bytes in all leaves its own kernel. */
export type DatagramFit =
  | { readonly kind: 'sent'; readonly df: boolean }
  /** The system call fails with EMSGSIZE. */
  | { readonly kind: 'too-large'; readonly mtu: number };

/** Source: kernel net/ipv4/ip_output.c, `__ip_append_data`, `__ip_make_skb`; ip(7), IP_MTU_DISCOVER. */
export function fitDatagram(
  bytes: number,
  wish: Question['fragmentation'],
  limits: { readonly device: number; readonly path: number },
): DatagramFit {
  switch (wish ?? 'want') {
    case 'dont':
      return { kind: 'sent', df: false };
    case 'do':
      return bytes > limits.path ? { kind: 'too-large', mtu: limits.path } : { kind: 'sent', df: true };
    case 'probe':
      return bytes > limits.device ? { kind: 'too-large', mtu: limits.device } : { kind: 'sent', df: true };
    case 'want':
      return { kind: 'sent', df: bytes <= limits.path };
  }
}

/** The same for a client's question; what has no route is not measured. */
export function fitOf(
  walk: { readonly now: VirtualMs },
  view: NetnsView,
  question: Question,
  way: OutputRoute,
  bytes: number,
): DatagramFit {
  if (way.kind === 'refused') return { kind: 'sent', df: true };
  const limits = { device: deviceMtu(way.device), path: outputMtu(view, way, question.to, walk.now) };
  return fitDatagram(bytes, question.fragmentation, limits);
}
